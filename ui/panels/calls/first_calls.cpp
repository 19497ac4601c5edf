#include "ui/panels/calls/first_calls.h"

namespace sockbench::ui {

std::vector<std::string> firstCalls() {
  return {
      "s = socket(AF_INET, SOCK_STREAM)   # the server's socket",
      "s.bind((\"127.0.0.1\", 0))           # port 0: the kernel picks a free one",
      "s.listen(5)",
      "name = s.getsockname()             # which port it picked",
      "c = socket(AF_INET, SOCK_STREAM)   # the client's socket",
      "c.connect(name)",
      "conn, addr = s.accept()            # a new socket, connected to the client",
      "c.sendall(b\"hello\\r\\n\")",
      "data = conn.recv(1024)",
      "conn.sendall(data)                 # the echo",
      "c.recv(1024)",
      "c.shutdown(SHUT_WR)                # the client has said everything",
      "conn.recv(1024)                    # b'': the peer's end",
  };
}

}  // namespace sockbench::ui
