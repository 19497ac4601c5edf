// CallBench: sockets that a person holds by handles, and calls on them, each on a thread of its own while it
// waits. Python's socket module decides what a call means; the kernel's answers are kept beside.
//
// Calls on one handle begin in the order in which they were started: the next begins when the one before has
// ended or is known to wait. Those that wait to receive are served in that order, too, and those that wait to
// send or to shut that side down; one that must not wait goes by, and one with a timeout is held no longer
// than that. Calls on different handles, and functions, run side by side. A look-up that hangs cannot be
// interrupted: it is abandoned and its answer dropped.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/calls/call_outcome.h"
#include "core/net/socket.h"
#include "core/net/socket_address.h"
#include "core/traffic/traffic_log.h"

namespace sockbench {

// A socket of the bench, as it stands.
struct CallSocketFacts {
  CallHandle handle;
  int descriptor = -1;  // -1: closed or detached
  int family = 0;       // AF_*, SOCK_*, IPPROTO_*, as getsockopt tells (as asked for where it does not)
  int type = 0;
  int protocol = 0;
  Timeout timeout;      // see Socket
  SocketAddress local;  // empty: none, or unknown
  SocketAddress peer;
  SessionId session;        // its rows in the timeline; none without a log
  std::string kernelState;  // TCP: "ESTABLISHED"; else empty
};

struct CallBenchSettings {
  // What is sent and received stands in this log, each socket as a session of its own, and a large message in
  // rows of at most 64 KiB. Empty: no log.
  std::shared_ptr<TrafficLog> log = {};
  std::function<SessionId()> newSession = {};  // the next free id; needed with a log. Called by any thread
  // The most handles open at once; a socket beyond it is EMFILE. 0: as many as the kernel gives.
  std::size_t mostSockets = 0;
  // True: every method of a handle that was closed is os/EBADF. False, as Python has it: the object stays, a
  // second close() does nothing, gettimeout() answers, and what asks the kernel meets EBADF there (of the
  // last 10,000 that were closed).
  bool closedHandlesFail = false;
};

class BenchState;

class CallBench {
 public:
  // Called once for each call, on the thread that ran it (or, for one that never began or was abandoned, on
  // another; on the caller's where no thread can be started). Perhaps before start() returns. Must not block.
  using Done = std::function<void(CallId, CallOutcome)>;

  explicit CallBench(CallBenchSettings settings = {});
  // Interrupts what waits, closes every socket (and each descriptor that was received and taken by nobody).
  ~CallBench();

  // Returns at once. Thread: any, for everything here.
  // Where the system gives no more threads, the call ends with EAGAIN.
  CallId start(CallRequest request, Done done);
  CallOutcome run(CallRequest request);  // start, and wait for the end
  // A call that waits ends with EINTR (`interrupted`); what had been done is told. Unknown or done: nothing.
  void interrupt(CallId id);
  void interruptAll();
  // Interrupts every call, waits until it has ended (a second at most) and its Done has returned, and closes
  // every socket. Handles are closed, not forgotten. SO_LINGER is not waited for. Not from inside a Done.
  void closeAll();

  std::optional<CallSocketFacts> socket(CallHandle handle) const;
  std::vector<CallSocketFacts> sockets() const;  // open ones, by handle
  // A second descriptor of it (dup(2)), for one who looks at its options. EBADF: unknown or closed.
  Result<Socket> duplicate(CallHandle handle) const;
  std::size_t waiting() const;  // calls under way
  // Waits until those under way do nothing but sleep, at most so long.
  void settle(std::chrono::milliseconds most);

 private:
  std::shared_ptr<BenchState> state_;
};

}  // namespace sockbench
