#include "core/engine/detail/token_bucket.h"

#include <algorithm>

namespace sockbench::detail {
namespace {

// Bounds that keep burst * kNanos within 64 bits.
constexpr std::uint64_t kNanos = 1'000'000'000;
constexpr std::uint64_t kMostRate = std::uint64_t{1} << 40;
constexpr std::uint64_t kMostBurst = std::uint64_t{1} << 30;

}  // namespace

TokenBucket::TokenBucket(std::uint64_t bytesPerSecond, std::size_t leastBurst, Clock::time_point now)
    : rate_(std::min(bytesPerSecond, kMostRate)) {
  if (!isLimited()) return;
  burst_ = static_cast<std::size_t>(
      std::clamp<std::uint64_t>(rate_ / 8, std::min<std::uint64_t>(leastBurst, kMostBurst), kMostBurst));
  since_ = now - costOf(burst_);
}

std::chrono::nanoseconds TokenBucket::costOf(std::size_t bytes) const {
  return std::chrono::nanoseconds((bytes * kNanos + rate_ - 1) / rate_);
}

std::size_t TokenBucket::available(Clock::time_point now) const {
  if (!isLimited()) return SIZE_MAX;
  const auto waited = std::chrono::nanoseconds(now - since_);
  if (waited <= std::chrono::nanoseconds::zero()) return 0;
  if (waited >= costOf(burst_)) return burst_;
  // Less than the cost of the burst: the product is below kMostBurst * kNanos.
  return static_cast<std::size_t>(static_cast<std::uint64_t>(waited.count()) * rate_ / kNanos);
}

void TokenBucket::take(std::size_t bytes, Clock::time_point now) {
  if (!isLimited()) return;
  since_ = std::max(since_, now - costOf(burst_)) + costOf(bytes);
}

TokenBucket::Clock::time_point TokenBucket::readyAt(std::size_t bytes) const {
  return isLimited() ? since_ + costOf(bytes) : Clock::time_point::min();
}

}  // namespace sockbench::detail
