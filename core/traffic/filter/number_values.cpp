#include "core/traffic/filter/number_values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "core/net/interface_name.h"
#include "core/net/service_port.h"
#include "core/traffic/filter/error_symbols.h"
#include "core/traffic/filter/filter_words.h"

namespace sockbench {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

struct Unit {
  std::string_view name;
  std::int64_t factor;
};

constexpr std::array kUnits{
    Unit{"", 1},
    Unit{"k", 1'000},
    Unit{"kB", 1'000},
    Unit{"M", 1'000'000},
    Unit{"MB", 1'000'000},
    Unit{"G", 1'000'000'000},
    Unit{"GB", 1'000'000'000},
    Unit{"KiB", std::int64_t{1} << 10},
    Unit{"MiB", std::int64_t{1} << 20},
    Unit{"GiB", std::int64_t{1} << 30},
};

constexpr std::array kSecondUnits{
    Unit{"", 1'000'000'000}, Unit{"s", 1'000'000'000}, Unit{"ms", 1'000'000}, Unit{"us", 1'000},
    Unit{"ns", 1},
};

std::optional<std::int64_t> factorOf(std::string_view name, std::span<const Unit> units) {
  const auto found = std::ranges::find(units, name, &Unit::name);
  return found == units.end() ? std::nullopt : std::optional(found->factor);
}

std::unexpected<Error> notANumber(const FilterOperand& operand) {
  return filterFault(
      operand, InputFault::badSyntax,
      quotedWord(operand.text) + " is no number; write digits, 0x and hexadecimal digits, or 10k, 1M, 64KiB");
}

struct Digits {
  std::uint64_t value = 0;
  std::string_view rest;
};

// nullopt: none, or too many.
std::optional<Digits> readDigits(std::string_view text, int base = 10) {
  std::uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [rest, fault] = std::from_chars(text.data(), end, value, base);
  if (fault != std::errc()) return std::nullopt;
  return Digits{value, text.substr(static_cast<std::size_t>(rest - text.data()))};
}

bool startsWithDigit(std::string_view text) {
  return !text.empty() && text.front() >= '0' && text.front() <= '9';
}

// "0.25" in units of 1/`factor`; nullopt: finer than 1, or too large.
std::optional<std::int64_t> scaled(std::uint64_t whole, std::string_view fraction, std::int64_t factor) {
  if (whole > static_cast<std::uint64_t>(kMost / factor - 1)) return std::nullopt;
  std::int64_t value = static_cast<std::int64_t>(whole) * factor;
  for (const char digit : fraction) {
    if (factor % 10 != 0) return std::nullopt;
    factor /= 10;
    value += (digit - '0') * factor;
  }
  return value;
}

}  // namespace

Result<std::int64_t> filterNumber(const FilterOperand& operand) {
  const bool isHex = startsAnyCase(operand.text, "0x");
  if (!startsWithDigit(operand.text)) return notANumber(operand);
  const std::string_view digits = operand.text.substr(isHex ? 2 : 0);
  const std::optional<Digits> number = readDigits(digits, isHex ? 16 : 10);
  if (!number && startsWithDigit(digits)) {
    return filterFault(operand, InputFault::badSyntax, "the number is larger than any there is");
  }
  if (!number) return notANumber(operand);
  const std::optional<std::int64_t> factor = factorOf(number->rest, kUnits);
  if (!factor) return notANumber(operand);
  if (number->value > static_cast<std::uint64_t>(kMost / *factor)) {
    return filterFault(operand, InputFault::badSyntax, "the number is larger than any there is");
  }
  return static_cast<std::int64_t>(number->value) * *factor;
}

Result<std::int64_t> filterPort(const FilterOperand& operand) {
  constexpr std::int64_t kHighest = 65535;
  if (startsWithDigit(operand.text)) {
    const Result<std::int64_t> number = filterNumber(operand);
    if (number && *number <= kHighest) return number;
    const bool isTooHigh = number.has_value();
    return filterFault(operand, InputFault::badPort,
                       isTooHigh ? "port " + std::string(operand.text) + " is above 65535"
                                 : quotedWord(operand.text) + " is no port; write 0 to 65535, or a service");
  }
  for (const std::string_view protocol : {"tcp", "udp"}) {
    if (const auto found = servicePort(operand.text, protocol)) return *found;
  }
  return filterFault(operand, InputFault::badPort,
                     quotedWord(operand.text) + " is no service here; write a port, 0 to 65535");
}

Result<std::int64_t> filterSeconds(const FilterOperand& operand) {
  const bool isNegative = operand.text.starts_with('-');
  const std::string_view text = operand.text.substr(isNegative ? 1 : 0);
  const std::optional<Digits> whole = startsWithDigit(text) ? readDigits(text) : std::nullopt;
  std::string_view rest = whole ? whole->rest : text;
  std::string_view fraction;
  if (whole && rest.starts_with('.')) {
    fraction = rest.substr(1, std::min(rest.find_first_not_of("0123456789", 1), rest.size()) - 1);
    rest.remove_prefix(1 + fraction.size());
  }
  const std::optional<std::int64_t> factor = factorOf(rest, kSecondUnits);
  if (!whole || !factor) {
    return filterFault(
        operand, InputFault::badSyntax,
        quotedWord(operand.text) + " is no time span; write seconds, 0.25, or 250ms, 40us, 7ns");
  }
  const std::optional<std::int64_t> value = scaled(whole->value, fraction, *factor);
  if (!value) {
    return filterFault(
        operand, InputFault::badSyntax,
        "a time span is at most nine thousand million seconds, and no finer than a nanosecond");
  }
  return isNegative ? -*value : *value;
}

Result<std::int64_t> filterWord(const FilterOperand& operand, std::span<const std::string_view> words) {
  const auto found =
      std::ranges::find_if(words, [&](std::string_view word) { return equalAnyCase(word, operand.text); });
  if (found != words.end()) return found - words.begin();
  const std::string_view nearest = nearestWord(operand.text, words);
  return filterFault(
      operand, InputFault::unknownName,
      quotedWord(operand.text) + " is not one of the words; " +
          (nearest.empty() ? "there are " + wordList(words) : "did you mean " + std::string(nearest) + "?"));
}

Result<std::int64_t> filterInterface(const FilterOperand& operand) {
  if (const std::uint32_t index = interfaceIndex(operand.text)) return index;
  if (const auto number = filterNumber(operand); number && *number > 0) return number;
  return filterFault(
      operand, InputFault::unknownName,
      "this machine has no interface " + quotedWord(operand.text) + "; its number does as well");
}

Result<std::int64_t> filterSymbol(const FilterOperand& operand) {
  if (startsWithDigit(operand.text)) {
    const Result<std::int64_t> number = filterNumber(operand);
    if (!number || *number > std::numeric_limits<int>::max()) return notANumber(operand);
    return errorNumber(ErrorDomain::system, static_cast<int>(*number));
  }
  std::string symbol(operand.text);
  std::ranges::transform(symbol, symbol.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  if (const auto number = errorNumberOf(symbol)) return *number;
  const std::string_view nearest = nearestWord(operand.text, errorSymbols());
  return filterFault(
      operand, InputFault::unknownName,
      "no error is called " + quotedWord(operand.text) +
          (nearest.empty() ? "; write a symbol such as ECONNREFUSED or EAI_NONAME, or an errno's number"
                           : "; did you mean " + std::string(nearest) + "?"));
}

}  // namespace sockbench
