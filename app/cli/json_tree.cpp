#include "app/cli/json_tree.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <utility>

#include "core/base/unicode.h"

namespace sockbench::cli {
namespace {

struct BadJson {
  std::string what;
};

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

class Reader {
 public:
  Reader(std::string_view text, JsonObject* seen) : text_(text), seen_(seen) {}

  JsonTree whole() {
    JsonTree tree = value(0);
    skipSpace();
    if (at_ < text_.size()) fail("something stands behind the value");
    return tree;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw BadJson{what + " (at byte " + std::to_string(at_ + 1) + ")"};
  }
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  void skipSpace() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }

  JsonTree value(std::size_t depth) {
    if (depth > kMostJsonDepth) fail("values nest too deeply");
    skipSpace();
    if (at_ >= text_.size()) fail("a value is missing");
    switch (peek()) {
      case '{':
        return {object(depth)};
      case '[':
        return {array(depth)};
      case '"':
        return {string()};
      default:
        return word();
    }
  }

  JsonTree word() {
    if (take("null")) return {};
    if (take("true")) return {true};
    if (take("false")) return {false};
    if (take("NaN")) return {std::numeric_limits<double>::quiet_NaN()};
    if (take("Infinity")) return {std::numeric_limits<double>::infinity()};
    if (take("-Infinity")) return {-std::numeric_limits<double>::infinity()};
    if (peek() == '-' || isDigit(peek())) return number();
    fail("no value begins so");
  }

  JsonArray array(std::size_t depth) {
    JsonArray items;
    ++at_;
    skipSpace();
    if (take("]")) return items;
    while (true) {
      items.push_back(value(depth + 1));
      skipSpace();
      if (take("]")) return items;
      if (!take(",")) fail("a comma or ] is missing");
    }
  }

  JsonObject object(std::size_t depth) {
    JsonObject members;
    ++at_;
    skipSpace();
    if (take("}")) return members;
    while (true) {
      skipSpace();
      if (peek() != '"') fail("a key is missing");
      if (members.size() >= kMostJsonKeys) fail("an object has too many keys");
      std::string key = string();
      if (std::ranges::any_of(members, [&](const auto& member) { return member.key == key; }))
        fail("the key stands twice");
      skipSpace();
      if (!take(":")) fail("a colon is missing");
      members.emplace_back(std::move(key), value(depth + 1));
      if (depth == 0 && seen_ != nullptr) seen_->push_back(members.back());
      skipSpace();
      if (take("}")) return members;
      if (!take(",")) fail("a comma or } is missing");
    }
  }

  std::size_t digits() {
    const std::size_t from = at_;
    while (isDigit(peek())) ++at_;
    if (at_ == from) fail("a digit is missing");
    return at_ - from;
  }

  JsonTree number() {
    const std::size_t from = at_;
    take("-");
    const bool zero = peek() == '0';
    if (digits() > 1 && zero) fail("a number begins with 0");
    bool isFloat = false;
    if (take(".")) {
      isFloat = true;
      digits();
    }
    if (take("e") || take("E")) {
      isFloat = true;
      if (!take("+")) take("-");
      digits();
    }
    const std::string_view raw = text_.substr(from, at_ - from);
    return isFloat ? JsonTree{floatOf(raw)} : wholeNumber(raw);
  }

  static double floatOf(std::string_view raw) {
    double number = 0;
    const auto read = std::from_chars(raw.data(), raw.data() + raw.size(), number);
    if (read.ec != std::errc::result_out_of_range) return number;
    // Python reads what is too large as infinite, and what is too small as 0.
    const std::size_t exponent = raw.find_first_of("eE");
    const bool isSmall = exponent != std::string_view::npos && raw.substr(exponent + 1).starts_with('-');
    const double size = isSmall ? 0.0 : std::numeric_limits<double>::infinity();
    return raw.starts_with('-') ? -size : size;
  }

  static JsonTree wholeNumber(std::string_view raw) {
    std::int64_t number = 0;
    const auto read = std::from_chars(raw.data(), raw.data() + raw.size(), number);
    if (read.ec == std::errc()) return {number};
    return {HugeInteger{std::string(raw)}};
  }

  std::string string() {
    std::string text;
    ++at_;
    while (true) {
      const std::size_t end = std::min(text_.find_first_of("\"\\", at_), text_.size());
      plain(text, text_.substr(at_, end - at_));
      at_ = end;
      if (at_ >= text_.size()) fail("a string has no end");
      if (take("\"")) return text;
      ++at_;
      escape(text);
    }
  }

  void plain(std::string& text, std::string_view run) const {
    for (std::size_t offset = 0; offset < run.size();) {
      if (static_cast<unsigned char>(run[offset]) < 0x20) fail("a string has a control character");
      const std::size_t before = offset;
      if (nextUtf8(run, offset) == kInvalidUtf8) fail("a string is not UTF-8");
      text += run.substr(before, offset - before);
    }
  }

  void escape(std::string& text) {
    constexpr std::string_view kLetters = "\"\\/bfnrt";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    const char letter = peek();
    ++at_;
    if (letter == 'u') {
      appendTextCharacter(text, unicodeEscape());
    } else if (const std::size_t known = kLetters.find(letter); known != std::string_view::npos) {
      text += kMeanings[known];
    } else {
      fail("no escape begins so");
    }
  }

  char32_t hexDigits() {
    const std::string_view digits = text_.substr(std::min(at_, text_.size()), 4);
    unsigned value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (digits.size() != 4 || read.ptr != digits.data() + 4) fail("\\u is not followed by four hex digits");
    at_ += 4;
    return value;
  }

  char32_t unicodeEscape() {
    const char32_t high = hexDigits();
    if (high < 0xD800 || high > 0xDBFF || !text_.substr(at_).starts_with("\\u")) return high;
    const std::size_t before = at_;
    at_ += 2;
    const char32_t low = hexDigits();
    if (low >= 0xDC00 && low <= 0xDFFF) return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
    at_ = before;
    return high;
  }

  std::string_view text_;
  JsonObject* seen_;
  std::size_t at_ = 0;
};

}  // namespace

const JsonTree* JsonTree::find(std::string_view key) const {
  const auto* const members = as<JsonObject>();
  if (members == nullptr) return nullptr;
  const auto found = std::ranges::find(*members, key, [](const auto& member) { return member.key; });
  return found == members->end() ? nullptr : &found->value;
}

std::expected<JsonTree, std::string> readJson(std::string_view text, JsonObject* seen) {
  try {
    return Reader(text, seen).whole();
  } catch (const BadJson& bad) {
    return std::unexpected(bad.what);
  }
}

}  // namespace sockbench::cli
