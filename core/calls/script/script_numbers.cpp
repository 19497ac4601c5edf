#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "core/calls/script/script_literals.h"
#include "core/payload/hex_digits.h"

namespace sockbench {
namespace {

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

bool isWordCharacter(char c) {
  return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// Where a number that begins at `at` ends: all that could belong to it, so that 12ab is one wrong number.
std::size_t endOfNumber(std::string_view line, std::size_t at) {
  const bool isPlain = line[at] != '0' || at + 1 >= line.size() || isDigit(line[at + 1]) ||
                       line[at + 1] == '.' || line[at + 1] == 'e' || line[at + 1] == 'E';
  std::size_t end = at;
  while (end < line.size()) {
    const bool afterExponent = end > at && (line[end - 1] == 'e' || line[end - 1] == 'E');
    const bool isSign = isPlain && afterExponent && (line[end] == '+' || line[end] == '-');
    if (!isWordCharacter(line[end]) && line[end] != '.' && !isSign) break;
    ++end;
  }
  return end;
}

bool isDigitOf(char c, unsigned base) {
  const auto value = hexDigitValue(c);
  return value && *value < base;
}

// The digits without their underscores, each of which stands between two digits; nullopt: it does not.
std::optional<std::string> withoutUnderscores(std::string_view digits, unsigned base) {
  std::string plain;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (digits[i] != '_') {
      plain += digits[i];
    } else if (i == 0 || i + 1 == digits.size() || !isDigitOf(digits[i - 1], base) ||
               !isDigitOf(digits[i + 1], base)) {
      return std::nullopt;
    }
  }
  return plain;
}

// Digits of a base to decimal ones, in limbs of nine digits.
std::string decimalDigits(std::string_view digits, unsigned base) {
  constexpr std::uint64_t kLimb = 1'000'000'000;
  std::vector<std::uint64_t> limbs{0};
  for (const char c : digits) {
    std::uint64_t carry = hexDigitValue(c).value_or(0);
    for (std::uint64_t& limb : limbs) {
      const std::uint64_t sum = limb * base + carry;
      limb = sum % kLimb;
      carry = sum / kLimb;
    }
    if (carry != 0) limbs.push_back(carry);
  }
  std::string text = std::to_string(limbs.back());
  for (auto limb = limbs.rbegin() + 1; limb != limbs.rend(); ++limb) {
    const std::string part = std::to_string(*limb);
    text += std::string(9 - part.size(), '0') + part;
  }
  return text;
}

CallValue integerValue(std::string_view digits, unsigned base) {
  std::int64_t number = 0;
  const char* end = digits.data() + digits.size();
  const auto [stopped, error] = std::from_chars(digits.data(), end, number, static_cast<int>(base));
  if (error == std::errc() && stopped == end) return number;
  return HugeInteger{decimalDigits(digits, base)};
}

bool allDigitsOf(std::string_view digits, unsigned base) {
  return !digits.empty() && std::ranges::all_of(digits, [&](char c) { return isDigitOf(c, base); });
}

// 0x, 0o and 0b; an underscore may follow the prefix.
ScriptRead<CallValue> readPrefixed(std::string_view word, TextSpan where) {
  const char letter = static_cast<char>(word[1] | 0x20);
  const unsigned base = letter == 'x' ? 16 : letter == 'o' ? 8 : 2;
  std::string_view digits = word.substr(2);
  if (digits.starts_with('_')) digits.remove_prefix(1);
  const auto plain = withoutUnderscores(digits, base);
  if (!plain || !allDigitsOf(*plain, base)) {
    return scriptFault(where, "not a number: after 0" + std::string(1, letter) + " come digits of base " +
                                  std::to_string(base));
  }
  return integerValue(*plain, base);
}

// Beyond a double is infinity, as in Python; below it is 0.
double beyondDouble(const std::string& text) {
  long double number = 0;
  const auto [stopped, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool small = error == std::errc() ? number < 1 : text.contains("e-");
  return small ? 0.0 : std::numeric_limits<double>::infinity();
}

ScriptRead<CallValue> readFloat(std::string text, TextSpan where) {
  std::ranges::replace(text, 'E', 'e');
  double number = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  if (stopped != end || text.ends_with('e') || error == std::errc::invalid_argument) {
    return scriptFault(where, "not a number");
  }
  return error == std::errc::result_out_of_range ? beyondDouble(text) : number;
}

ScriptRead<CallValue> readDecimal(std::string_view word, TextSpan where) {
  if (word.ends_with('j') || word.ends_with('J'))
    return scriptFault(where, "no call takes an imaginary number");
  const auto plain = withoutUnderscores(word, 10);
  if (!plain) return scriptFault(where, "not a number: _ stands between two digits");
  if (!allDigitsOf(*plain, 10)) return readFloat(*plain, where);
  const bool isZero = plain->find_first_not_of('0') == std::string::npos;
  if (plain->starts_with('0') && !isZero) {
    return scriptFault(where, "a whole number does not begin with 0; an octal one is written 0o" +
                                  plain->substr(plain->find_first_not_of('0')));
  }
  return integerValue(*plain, 10);
}

}  // namespace

ScriptRead<CallValue> readNumber(std::string_view line, std::size_t& at) {
  const std::size_t begin = at;
  at = endOfNumber(line, begin);
  const std::string_view word = line.substr(begin, at - begin);
  const TextSpan where{begin, word.size()};
  if (word.size() > kMostNumberCharacters) {
    return scriptFault(where, "a number has at most " + std::to_string(kMostNumberCharacters) + " characters",
                       InputFault::tooLarge);
  }
  const bool prefixed = word.size() > 1 && word[0] == '0' && std::string_view("xXoObB").contains(word[1]);
  return prefixed ? readPrefixed(word, where) : readDecimal(word, where);
}

}  // namespace sockbench
