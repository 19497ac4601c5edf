// Waiting for a descriptor within a socket's timeout.
#pragma once

#include <time.h>

#include <cerrno>
#include <chrono>
#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "core/net/kernel_witness.h"
#include "core/net/socket.h"

namespace sockbench {

// When a call that began now has to give up.
class Deadline {
 public:
  explicit Deadline(Timeout timeout);

  bool waits() const { return kind_ != Kind::never; }    // false: non-blocking, the call must not wait at all
  std::optional<std::chrono::nanoseconds> left() const;  // nullopt: for ever; <= 0: over

 private:
  enum class Kind { never, until, forEver };
  Kind kind_ = Kind::forEver;
  std::chrono::steady_clock::time_point end_;
};

timespec toTimespec(std::chrono::nanoseconds time);  // of a time that is not negative

// poll(2) for `events`; EINTR is retried with the time that is left, unless the thread's witness ends the
// wait with it. 0: ready; else errno, ETIMEDOUT when over.
int waitFor(int descriptor, short events, const Deadline& deadline);

// "POLLIN|POLLHUP"; "" for none.
std::string pollEventsText(short events);

// What a call is, and what it waits for.
struct WaitingCall {
  std::string_view name;  // "recv"
  int descriptor;
  short events;     // of poll(2): what ends its wait
  Timeout timeout;  // of its socket
  int flags =
      0;  // MSG_*: a blocking socket does not wait with MSG_DONTWAIT, MSG_ERRQUEUE and, receiving, MSG_OOB
};

// Tells the thread's witness if a call that waits inside the kernel is about to.
void tellOfWait(const WaitingCall& what);

// Makes `call` (which answers -1 and errno, as system calls do) until it does not say EAGAIN or the time is
// over. A blocking socket waits inside the call itself, so that its own SO_RCVTIMEO and SO_SNDTIMEO are
// heard. EINTR: see waitFor.
template <class Call>
std::expected<std::size_t, int> callInTime(const WaitingCall& what, const Deadline& deadline, Call call) {
  if (KernelWitness::ofThisThread() != nullptr) tellOfWait(what);
  while (true) {
    const auto result = witnessed(what.name, call);
    if (result >= 0) return static_cast<std::size_t>(result);
    const int code = errno;
    if (code == EINTR && !waitIsInterrupted()) continue;
    if (code != EAGAIN || !what.timeout || !deadline.waits()) return std::unexpected(code);
    if (const int failed = waitFor(what.descriptor, what.events, deadline)) return std::unexpected(failed);
  }
}

template <class Call>
std::expected<std::size_t, int> callInTime(const WaitingCall& what, Call call) {
  return callInTime(what, Deadline(what.timeout), call);
}

}  // namespace sockbench
