#include "core/payload/reading_texts.h"

#include <arpa/inet.h>

#include <array>
#include <bit>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>

#include "core/base/clock.h"

namespace sockbench {
namespace {

constexpr std::uint64_t kNanosPerSecond = 1'000'000'000;
constexpr std::uint64_t kYear2201 = 7'289'654'400;                  // in Unix seconds
constexpr std::uint64_t kNtpToUnix = 2'208'988'800;                 // seconds from 1900 to 1970
constexpr std::uint64_t kNtpEra = std::uint64_t{1} << 32;           // in seconds
constexpr std::uint64_t kFiletimeToUnix = 116'444'736'000'000'000;  // 100 ns from 1601 to 1970
constexpr std::size_t kWholeSeconds = 19;                           // characters of "2026-11-21T12:33:18"

// An exponent is written below 1e-4 and from 1e16 on, as most languages do.
template <class Float>
std::string shortest(Float value) {
  const Float size = std::fabs(value);
  const bool isPlain = size == 0 || (size >= Float(1e-4) && size < Float(1e16));
  std::array<char, 64> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value,
                                 isPlain ? std::chars_format::fixed : std::chars_format::scientific);
  return {text.data(), end.ptr};
}

// `decimals`: digits of the second that are known; 0 to 9.
std::optional<std::string> timeText(std::uint64_t seconds, std::uint64_t nanos, std::size_t decimals) {
  if (seconds >= kYear2201) return std::nullopt;
  std::string text = toRfc3339(static_cast<WallNanos>(seconds * kNanosPerSecond + nanos));
  text.resize(decimals == 0 ? kWholeSeconds : kWholeSeconds + 1 + decimals);
  return text + 'Z';
}

}  // namespace

// IEEE 754 binary16: a sign, five bits of exponent, ten of fraction. Each of them is a float.
std::optional<std::string> halfText(std::uint64_t bits) {
  const auto exponent = static_cast<int>(bits >> 10 & 0x1F);
  const auto fraction = static_cast<float>(bits & 0x3FF);
  const bool isNegative = (bits & 0x8000) != 0;
  if (exponent == 0x1F) {
    const std::string sign = isNegative ? "-" : "";
    return sign + (fraction == 0 ? "inf" : "nan");
  }
  const float size = exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(fraction + 1024, exponent - 25);
  return shortest(isNegative ? -size : size);
}

std::optional<std::string> floatText(std::uint64_t bits) {
  return shortest(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
}

std::optional<std::string> doubleText(std::uint64_t bits) {
  return shortest(std::bit_cast<double>(bits));
}

std::optional<std::string> unixSecondsText(std::uint64_t value) {
  return timeText(value, 0, 0);
}

std::optional<std::string> unixMillisText(std::uint64_t value) {
  return timeText(value / 1000, value % 1000 * 1'000'000, 3);
}

std::optional<std::string> unixMicrosText(std::uint64_t value) {
  return timeText(value / 1'000'000, value % 1'000'000 * 1000, 6);
}

std::optional<std::string> unixNanosText(std::uint64_t value) {
  return timeText(value / kNanosPerSecond, value % kNanosPerSecond, 9);
}

std::optional<std::string> ntpText(std::uint64_t value) {
  std::uint64_t seconds = value >> 32;
  if (value == 0) return std::nullopt;
  if (seconds >> 31 == 0) seconds += kNtpEra;
  if (seconds < kNtpToUnix) return std::nullopt;
  return timeText(seconds - kNtpToUnix, (value & 0xFFFFFFFF) * kNanosPerSecond >> 32, 9);
}

std::optional<std::string> filetimeText(std::uint64_t value) {
  if (value < kFiletimeToUnix) return std::nullopt;
  const std::uint64_t ticks = value - kFiletimeToUnix;
  return timeText(ticks / 10'000'000, ticks % 10'000'000 * 100, 7);
}

// The date is the high half: seven bits of years since 1980, four of months, five of days; five of hours, six
// of minutes and five of two seconds each below.
std::optional<std::string> dosText(std::uint64_t value) {
  const auto bits = [value](unsigned shift, unsigned count) {
    return static_cast<unsigned>(value >> shift & ((1U << count) - 1));
  };
  const std::chrono::year_month_day day{std::chrono::year(1980 + static_cast<int>(bits(25, 7))),
                                        std::chrono::month(bits(21, 4)), std::chrono::day(bits(16, 5))};
  const unsigned hour = bits(11, 5);
  const unsigned minute = bits(5, 6);
  const unsigned second = bits(0, 5) * 2;
  if (!day.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  std::array<char, 32> text{};
  const int length = std::snprintf(text.data(), text.size(), "%04d-%02u-%02u %02u:%02u:%02u",
                                   static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                                   static_cast<unsigned>(day.day()), hour, minute, second);
  return std::string(text.data(), static_cast<std::size_t>(length));
}

std::string ipv4Text(ByteView bytes) {
  std::array<char, INET_ADDRSTRLEN> text{};
  inet_ntop(AF_INET, bytes.data(), text.data(), text.size());
  return text.data();
}

std::string ipv6Text(ByteView bytes) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(AF_INET6, bytes.data(), text.data(), text.size());
  return text.data();
}

}  // namespace sockbench
