#include "core/base/duration_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <optional>

namespace sockbench {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t nanos;
};

constexpr std::array kUnits{Unit{"ns", 1},
                            Unit{"us", 1'000},
                            Unit{"ms", 1'000'000},
                            Unit{"s", 1'000'000'000},
                            Unit{"m", 60'000'000'000},
                            Unit{"h", 3'600'000'000'000}};
constexpr std::string_view kDigits = "0123456789";
// So that it can be added to a time of any clock.
constexpr std::int64_t kLongest = std::numeric_limits<std::int64_t>::max() / 4;

std::unexpected<Error> wrong(std::string_view text, TextSpan where, std::string detail,
                             InputFault fault = InputFault::badSyntax) {
  return std::unexpected(Error::fromInput(fault, std::string(text), where, std::move(detail)));
}

// DIGITS and FRACTION of a unit, in nanoseconds. nullopt: more than 64 bits hold.
std::optional<std::int64_t> scaled(std::string_view whole, std::string_view fraction, std::int64_t unit,
                                   bool& isExact) {
  std::int64_t sum = 0;
  for (const char c : whole) {
    if (__builtin_mul_overflow(sum, 10, &sum) || __builtin_add_overflow(sum, c - '0', &sum))
      return std::nullopt;
  }
  if (__builtin_mul_overflow(sum, unit, &sum)) return std::nullopt;
  for (const char c : fraction) {
    isExact = isExact && (c == '0' || unit % 10 == 0);
    unit /= 10;
    if (__builtin_add_overflow(sum, (c - '0') * unit, &sum)) return std::nullopt;
  }
  return sum;
}

}  // namespace

Result<std::chrono::nanoseconds> parseDuration(std::string_view text) {
  const std::size_t wholeEnd = std::min(text.find_first_not_of(kDigits), text.size());
  std::size_t end = wholeEnd;
  if (end < text.size() && text[end] == '.')
    end = std::min(text.find_first_not_of(kDigits, end + 1), text.size());
  const std::string_view whole = text.substr(0, wholeEnd);
  const std::string_view fraction =
      end > wholeEnd ? text.substr(wholeEnd + 1, end - wholeEnd - 1) : std::string_view();
  if (whole.empty() || (end > wholeEnd && fraction.empty()))
    return wrong(text, {end, 0}, "a length of time begins with a number, as in 100ms or 1.5s");
  const std::string_view name = text.substr(end);
  if (name.empty() && text.find_first_not_of('0') == std::string_view::npos)
    return std::chrono::nanoseconds(0);
  const auto unit = std::ranges::find(kUnits, name, &Unit::name);
  if (unit == kUnits.end())
    return wrong(text, {end, name.size()}, "a length of time needs a unit: ns, us, ms, s, m or h");
  bool isExact = true;
  const auto nanos = scaled(whole, fraction, unit->nanos, isExact);
  if (!nanos || *nanos > kLongest) return wrong(text, {0, end}, "longer than 73 years", InputFault::tooLarge);
  if (!isExact) return wrong(text, {wholeEnd, end - wholeEnd}, "finer than a nanosecond");
  return std::chrono::nanoseconds(*nanos);
}

std::string durationText(std::chrono::nanoseconds time) {
  const std::int64_t nanos = time.count();
  if (nanos == 0) return "0s";
  const auto largest = std::find_if(kUnits.rbegin() + 2, kUnits.rend() - 1,
                                    [&](const Unit& unit) { return unit.nanos <= nanos; });
  std::string text = std::to_string(nanos / largest->nanos);
  if (const std::int64_t rest = nanos % largest->nanos; rest != 0) {
    std::string digits = std::to_string(largest->nanos + rest).substr(1);
    digits.erase(digits.find_last_not_of('0') + 1);
    text += '.' + digits;
  }
  return text + std::string(largest->name);
}

}  // namespace sockbench
