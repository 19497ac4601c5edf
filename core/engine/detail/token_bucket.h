// TokenBucket: how many bytes may go now, so that never more go than a rate and one burst allow.
//
// In any span of time t at most `bytesPerSecond` * t + burst() bytes are taken, exactly: what a byte costs is
// rounded up to a whole nanosecond. It starts full. Times come from the caller and must not go backwards.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace sockbench::detail {

class TokenBucket {
 public:
  using Clock = std::chrono::steady_clock;

  // No limit.
  TokenBucket() = default;
  // The burst is an eighth of a second's worth, but at least `leastBurst` bytes (1 or more) and at most 1
  // GiB. bytesPerSecond 0: no limit; above 1 TiB counts as 1 TiB.
  TokenBucket(std::uint64_t bytesPerSecond, std::size_t leastBurst, Clock::time_point now);

  bool isLimited() const { return rate_ > 0; }
  std::size_t burst() const { return burst_; }  // SIZE_MAX without a limit
  std::size_t available(Clock::time_point now) const;
  void take(std::size_t bytes, Clock::time_point now);  // at most available(now)
  // When `bytes` (at most burst()) will be available, if none are taken meanwhile.
  Clock::time_point readyAt(std::size_t bytes) const;

 private:
  std::chrono::nanoseconds costOf(std::size_t bytes) const;

  std::uint64_t rate_ = 0;
  std::size_t burst_ = SIZE_MAX;
  Clock::time_point since_{};  // what is available has come together since then
};

}  // namespace sockbench::detail
