#include "core/net/socket_wait.h"

#include <poll.h>

#include <algorithm>

namespace sockbench {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::nanoseconds;

timespec toTimespec(nanoseconds time) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time);
  return {static_cast<time_t>(seconds.count()), static_cast<long>((time - seconds).count())};
}

}  // namespace

Deadline::Deadline(Timeout timeout) {
  if (!timeout) return;
  kind_ = *timeout > nanoseconds(0) ? Kind::until : Kind::never;
  const auto now = Clock::now();
  end_ = now + std::min(*timeout, nanoseconds(Clock::time_point::max() - now));
}

std::optional<nanoseconds> Deadline::left() const {
  if (kind_ == Kind::forEver) return std::nullopt;
  return end_ - Clock::now();
}

int waitFor(int descriptor, short events, const Deadline& deadline) {
  while (true) {
    const std::optional<nanoseconds> left = deadline.left();
    if (left && *left <= nanoseconds(0)) return ETIMEDOUT;
    const timespec limit = toTimespec(left.value_or(nanoseconds(0)));
    pollfd waiting{descriptor, events, 0};
    const int ready = ppoll(&waiting, 1, left ? &limit : nullptr, nullptr);
    if (ready > 0) return 0;
    if (ready < 0 && errno != EINTR) return errno;
  }
}

}  // namespace sockbench
