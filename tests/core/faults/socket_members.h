// Every member of Socket that makes a system call, ready to be called on sockets that would let it succeed.
#pragma once

#include <optional>
#include <span>

#include "core/net/socket.h"
#include "tests/core/faults/fault_plan.h"

namespace sockbench::faults {

// What a member needs: a connected TCP socket with 4 bytes to read, a fresh one, a listener with somebody in
// its backlog, and a file of 4 bytes. Made before the fault is armed.
class Bench {
 public:
  explicit Bench(Timeout timeout);
  ~Bench();
  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;

  Socket connected;
  Socket peer;
  Socket fresh;
  Socket listener;
  Socket waiting;         // in the listener's backlog
  SocketAddress address;  // the listener's
  int file = -1;
};

struct Member {
  const char* name;
  Call call;
  Operation op;
  bool retriesEintr;
  bool waits;      // EAGAIN is waited out while there is time
  bool needsTime;  // makes the call only on a socket with a timeout
  std::optional<Error> (*act)(Bench&);
};
std::span<const Member> socketMembers();

}  // namespace sockbench::faults
