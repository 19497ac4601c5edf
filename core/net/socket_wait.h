// Waiting for a descriptor within a socket's timeout.
#pragma once

#include <cerrno>
#include <chrono>
#include <cstddef>
#include <expected>
#include <optional>

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

// poll(2) for `events`; EINTR is retried with the time that is left. 0: ready; else errno, ETIMEDOUT when
// over.
int waitFor(int descriptor, short events, const Deadline& deadline);

// Makes `call` (which answers -1 and errno, as system calls do) until it does not say EAGAIN or the time is
// over. A blocking socket waits inside the call itself, so that its own SO_RCVTIMEO and SO_SNDTIMEO are
// heard.
template <class Call>
std::expected<std::size_t, int> callInTime(int descriptor, short events, Timeout timeout,
                                           const Deadline& deadline, Call call) {
  while (true) {
    const auto result = call();
    if (result >= 0) return static_cast<std::size_t>(result);
    const int code = errno;
    if (code == EINTR) continue;
    if (code != EAGAIN || !timeout || !deadline.waits()) return std::unexpected(code);
    if (const int failed = waitFor(descriptor, events, deadline)) return std::unexpected(failed);
  }
}

template <class Call>
std::expected<std::size_t, int> callInTime(int descriptor, short events, Timeout timeout, Call call) {
  return callInTime(descriptor, events, timeout, Deadline(timeout), call);
}

}  // namespace sockbench
