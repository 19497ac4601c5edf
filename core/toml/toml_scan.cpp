#include "core/toml/toml_scan.h"

#include <cstddef>

#include "core/base/unicode.h"

namespace sockbench {
namespace {

TomlPlace placeAt(std::string_view text, std::size_t offset) {
  TomlPlace place{1, 1};
  for (const char c : text.substr(0, offset)) {
    ++place.column;
    if (c == '\n') place = {place.line + 1, 1};
  }
  return place;
}

std::optional<std::size_t> firstInvalid(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    if (nextUtf8(text, at) == kInvalidUtf8) return begin;
  }
  return std::nullopt;
}

// Where the string that begins at `at` is over. It is of several lines if it begins with three quotes.
std::size_t behindString(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const std::string three(3, quote);
  const bool isLong = text.substr(at).starts_with(three);
  for (std::size_t i = at + (isLong ? 3 : 1); i < text.size(); ++i) {
    if (text[i] == '\\' && quote == '"') {
      ++i;
    } else if (isLong ? text.substr(i).starts_with(three) : text[i] == quote) {
      i += isLong ? 3 : 1;
      while (isLong && i < text.size() && text[i] == quote) ++i;  // up to two of its own before the end
      return i;
    } else if (!isLong && text[i] == '\n') {
      return i;
    }
  }
  return text.size();
}

class DepthScan {
 public:
  explicit DepthScan(std::string_view text) : text_(text) {}

  std::optional<std::size_t> tooDeep() {
    while (at_ < text_.size()) {
      const std::size_t begin = at_;
      step();
      if (brackets_ > kDeepestToml || dots_ > kDeepestToml) return begin;
    }
    return std::nullopt;
  }

 private:
  void step() {
    const char c = text_[at_];
    if (c == '"' || c == '\'') {
      at_ = behindString(text_, at_);
      return;
    }
    if (c == '#') {
      at_ = std::min(text_.find('\n', at_), text_.size());
      return;
    }
    ++at_;
    if (c == '[' || c == '{') ++brackets_;
    if ((c == ']' || c == '}') && brackets_ > 0) --brackets_;
    if (c == '.') ++dots_;
    if (c == '\n' || c == '=' || c == ',' || c == '{' || c == '[') dots_ = 0;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int brackets_ = 0;
  int dots_ = 0;  // since the last thing that may begin a key
};

}  // namespace

std::optional<TomlFault> scanToml(std::string_view text) {
  if (const auto invalid = firstInvalid(text))
    return TomlFault{placeAt(text, *invalid), "a byte that is not UTF-8"};
  if (const auto deep = DepthScan(text).tooDeep()) {
    return TomlFault{placeAt(text, *deep), "nested deeper than " + std::to_string(kDeepestToml) + " levels"};
  }
  return std::nullopt;
}

}  // namespace sockbench
