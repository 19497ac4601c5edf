#include "core/capture/read/packet_clock.h"

#include <algorithm>
#include <limits>

namespace sockbench {
namespace {

constexpr std::uint64_t kSecond = 1'000'000'000;
constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<WallNanos>::max());

std::uint64_t times(std::uint64_t a, std::uint64_t b) {
  std::uint64_t product = 0;
  return __builtin_mul_overflow(a, b, &product) ? kMost : std::min(product, kMost);
}

std::uint64_t plus(std::uint64_t a, std::uint64_t b) {
  std::uint64_t sum = 0;
  return __builtin_add_overflow(a, b, &sum) ? kMost : std::min(sum, kMost);
}

std::uint64_t ofDecimal(std::uint64_t stamp, unsigned digits) {
  for (; digits > 9 && stamp > 0; --digits) stamp /= 10;
  std::uint64_t unit = 1;
  for (; digits < 9; ++digits) unit *= 10;
  return times(stamp, unit);
}

std::uint64_t ofBinary(std::uint64_t stamp, unsigned bits) {
  // Of a fraction 34 bits are kept: finer than a nanosecond, and a billion times that fits into 64 bits.
  constexpr unsigned kKept = 34;
  const std::uint64_t seconds = bits < 64 ? stamp >> bits : 0;
  std::uint64_t fraction = bits < 64 ? stamp & ((std::uint64_t{1} << bits) - 1) : stamp;
  if (bits > kKept) {
    const unsigned cut = bits - kKept;
    fraction = cut < 64 ? fraction >> cut : 0;
    bits = kKept;
  }
  return plus(times(seconds, kSecond), (fraction * kSecond) >> bits);
}

}  // namespace

WallNanos PacketClock::nanos(std::uint64_t stamp) const {
  const unsigned exponent = resolution & 0x7FU;
  const std::uint64_t since =
      (resolution & 0x80U) != 0 ? ofBinary(stamp, exponent) : ofDecimal(stamp, exponent);
  if (offset >= 0)
    return static_cast<WallNanos>(plus(since, times(static_cast<std::uint64_t>(offset), kSecond)));
  const std::uint64_t back = times(0 - static_cast<std::uint64_t>(offset), kSecond);
  return since > back ? static_cast<WallNanos>(since - back) : 0;
}

}  // namespace sockbench
