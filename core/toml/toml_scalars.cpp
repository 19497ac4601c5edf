#include "core/toml/toml_scalars.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <limits>
#include <optional>

namespace sockbench {
namespace {

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

bool isWordCharacter(char c) {
  return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         std::string_view("_+-.:").contains(c);
}

// Digits of a base, with single underscores between them, which are left out. nullopt: something else.
std::optional<std::string> plainDigits(std::string_view text, int base) {
  static constexpr std::string_view all = "0123456789abcdef";
  std::string digits;
  bool afterDigit = false;
  for (const char c : text) {
    const char low = c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c;
    const bool isOne = all.substr(0, static_cast<std::size_t>(base)).contains(low);
    if (!isOne && (c != '_' || !afterDigit)) return std::nullopt;
    if (isOne) digits += low;
    afterDigit = isOne;
  }
  if (!afterDigit) return std::nullopt;
  return digits;
}

// What stands before the first of `marks`, which it is cut off from the front of `text` without.
std::string_view cutBefore(std::string_view& text, std::string_view marks) {
  const std::size_t end = std::min(text.find_first_of(marks), text.size());
  const std::string_view front = text.substr(0, end);
  text.remove_prefix(end);
  return front;
}

// A number's decimal form for from_chars(). nullopt: it is none of TOML's.
std::optional<std::string> decimalText(std::string_view word) {
  std::string out;
  if (word.starts_with('-')) out = "-";
  if (word.starts_with('-') || word.starts_with('+')) word.remove_prefix(1);
  const auto whole = plainDigits(cutBefore(word, ".eE"), 10);
  if (!whole || (whole->size() > 1 && whole->starts_with('0'))) return std::nullopt;
  out += *whole;
  if (word.starts_with('.')) {
    word.remove_prefix(1);
    const auto fraction = plainDigits(cutBefore(word, "eE"), 10);
    if (!fraction) return std::nullopt;
    out += '.' + *fraction;
  }
  if (word.empty()) return out;
  word.remove_prefix(1);
  out += word.starts_with('-') ? "e-" : "e+";
  if (word.starts_with('-') || word.starts_with('+')) word.remove_prefix(1);
  const auto exponent = plainDigits(word, 10);
  if (!exponent) return std::nullopt;
  return out + *exponent;
}

TomlParsed<TomlValue> integerOf(std::string_view digits, int base, std::size_t offset) {
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), number, base);
  if (fault != std::errc()) return TomlSource::fault(offset, "a whole number beyond 64 bits");
  return TomlValue(number);
}

TomlParsed<TomlValue> realOf(std::string_view text, std::size_t offset) {
  double number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc()) return TomlSource::fault(offset, "a number too large or too small for 64 bits");
  return TomlValue(number);
}

// Reads the fields of a date or a time off the front.
class TimeReader {
 public:
  explicit TimeReader(std::string_view text) : text_(text) {}

  bool isTime() {
    if (text_.size() > 4 && text_[4] == '-') {
      if (!date()) return false;
      if (text_.empty()) return true;
      if (!take("Tt ") || !clock()) return false;
      return text_.empty() || (offset() && text_.empty());
    }
    return clock() && text_.empty();
  }

 private:
  std::optional<int> digits(std::size_t count) {
    if (text_.size() < count || !std::ranges::all_of(text_.substr(0, count), isDigit)) return std::nullopt;
    int number = 0;
    for (const char c : text_.substr(0, count)) number = number * 10 + (c - '0');
    text_.remove_prefix(count);
    return number;
  }

  bool field(std::size_t count, int most) {
    const auto number = digits(count);
    return number && *number <= most;
  }

  bool take(std::string_view any) {
    const bool isThere = !text_.empty() && any.contains(text_.front());
    if (isThere) text_.remove_prefix(1);
    return isThere;
  }

  bool date() {
    const auto year = digits(4);
    if (!year || !take("-")) return false;
    const auto month = digits(2);
    if (!month || !take("-")) return false;
    const auto day = digits(2);
    return day && std::chrono::year_month_day(std::chrono::year(*year),
                                              std::chrono::month(static_cast<unsigned>(*month)),
                                              std::chrono::day(static_cast<unsigned>(*day)))
                      .ok();
  }

  bool clock() {
    if (!field(2, 23) || !take(":") || !field(2, 59) || !take(":") || !field(2, 60)) return false;
    if (!take(".")) return true;
    const std::size_t end = std::min(text_.find_first_not_of("0123456789"), text_.size());
    text_.remove_prefix(end);
    return end > 0;
  }

  bool offset() { return take("Zz") || (take("+-") && field(2, 23) && take(":") && field(2, 59)); }

  std::string_view text_;
};

bool looksLikeTime(std::string_view word) {
  const auto digitsUpTo = [&](std::size_t end) { return std::ranges::all_of(word.substr(0, end), isDigit); };
  return (word.size() > 4 && word[4] == '-' && digitsUpTo(4)) ||
         (word.size() > 2 && word[2] == ':' && digitsUpTo(2));
}

std::optional<TomlValue> namedValue(std::string_view word) {
  if (word == "true" || word == "false") return TomlValue(word == "true");
  const bool negative = word.starts_with('-');
  if (negative || word.starts_with('+')) word.remove_prefix(1);
  if (word == "nan") return TomlValue(std::numeric_limits<double>::quiet_NaN());
  if (word != "inf") return std::nullopt;
  const double infinity = std::numeric_limits<double>::infinity();
  return TomlValue(negative ? -infinity : infinity);
}

TomlParsed<TomlValue> numberOf(std::string_view word, std::size_t offset) {
  static constexpr std::array<std::pair<std::string_view, int>, 3> bases{{{"0x", 16}, {"0o", 8}, {"0b", 2}}};
  for (const auto& [prefix, base] : bases) {
    if (!word.starts_with(prefix)) continue;
    const auto digits = plainDigits(word.substr(2), base);
    return digits ? integerOf(*digits, base, offset)
                  : TomlSource::fault(offset, "not a number: " + tomlQuoted(word));
  }
  const auto decimal = decimalText(word);
  if (!decimal)
    return TomlSource::fault(offset, "not a value: " + tomlQuoted(word) + "; text stands in quotes");
  return decimal->find_first_of(".e") == std::string::npos ? integerOf(*decimal, 10, offset)
                                                           : realOf(*decimal, offset);
}

}  // namespace

TomlParsed<TomlValue> readTomlScalar(TomlSource& source) {
  const std::size_t begin = source.offset();
  const auto takeWord = [&] {
    while (isWordCharacter(source.peek())) source.skip(1);
  };
  takeWord();
  if (source.offset() == begin) return source.fault("a value is missing");
  constexpr std::size_t dateLength = 10;
  if (looksLikeTime(source.from(begin)) && source.offset() - begin == dateLength && source.peek() == ' ' &&
      isDigit(source.peek(1))) {
    source.skip(1);
    takeWord();
  }
  const std::string_view word = source.from(begin);
  if (looksLikeTime(word)) {
    if (TimeReader(word).isTime()) return TomlValue(TomlTime{std::string(word)});
    return TomlSource::fault(begin, "not a date or a time: " + tomlQuoted(word));
  }
  if (auto named = namedValue(word)) return *std::move(named);
  return numberOf(word, begin);
}

}  // namespace sockbench
