// What came in answer to one question over one transport, and what went wrong on the way. Private to
// core/resolve.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/net/socket_address.h"
#include "core/resolve/dns/message.h"

namespace sockbench::dns {

// Messages that came and were passed over, since they may be forged or late.
struct Ignored {
  int notDns = 0;
  int otherId = 0;
  int otherQuestion = 0;

  int all() const { return notDns + otherId + otherQuestion; }
  Ignored& operator+=(const Ignored& more);
  std::string sentence()
      const;  // "3 replies did not belong to this question (2 with another id, ...)"; "": none
};

// What a server did instead of answering; the last thing counts.
struct Trouble {
  SocketAddress server;
  Operation op = Operation::none;
  int code = 0;        // errno; 0: see `what`
  std::string what{};  // "closed the connection after 3 of 60 bytes"
  std::string sentence() const;
};

// One server's stream of messages, each behind its length (RFC 7766, section 8).
class StreamMessages {
 public:
  // Takes what was received; answers the message that it completes, if it does. Never more than one: c-ares
  // asks for no byte beyond.
  std::optional<Bytes> take(ByteView received);
  bool isWithinMessage() const { return !bytes_.empty(); }
  std::string progress() const;  // "after 3 of 60 bytes", "before its answer"

 private:
  Bytes bytes_;
};

}  // namespace sockbench::dns
