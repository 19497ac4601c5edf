#include "core/calls/script/script_tokens.h"

#include <array>
#include <optional>

#include "core/base/unicode.h"
#include "core/calls/script/script_literals.h"

namespace sockbench {
namespace {

bool isNameBegin(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

std::optional<std::size_t> firstWrongByte(std::string_view line) {
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t begin = at;
    if (const char32_t c = nextUtf8(line, at); c == kInvalidUtf8 || c == 0) return begin;
  }
  return std::nullopt;
}

// Two characters that belong together, so that == is not read as an assignment.
std::size_t symbolLength(std::string_view rest) {
  static constexpr std::array<std::string_view, 14> kPairs{
      "==", ":=", "!=", "<=", ">=", "+=", "-=", "*=", "/=", "|=", "&=", "**", "->", "<<"};
  for (const std::string_view pair : kPairs) {
    if (rest.starts_with(pair)) return 2;
  }
  return 1;
}

class LineReader {
 public:
  explicit LineReader(std::string_view line) : line_(line) {}

  ScriptRead<std::vector<ScriptToken>> read() {
    for (skipSpace(); at_ < line_.size() && line_[at_] != '#'; skipSpace()) {
      if (auto token = next(); !token) return std::unexpected(token.error());
    }
    tokens_.push_back({ScriptToken::Kind::end, {}, {}, {at_, 0}});
    return std::move(tokens_);
  }

 private:
  void skipSpace() {
    while (at_ < line_.size() && std::string_view(" \t\f").contains(line_[at_])) ++at_;
  }

  ScriptRead<void> next() {
    const char c = line_[at_];
    if (beginsString(line_, at_)) return literal(ScriptToken::Kind::string, readString);
    const bool isFraction = c == '.' && at_ + 1 < line_.size() && isDigit(line_[at_ + 1]);
    if (isDigit(c) || isFraction) return literal(ScriptToken::Kind::number, readNumber);
    return isNameBegin(c) ? name() : symbol();
  }

  ScriptRead<void> literal(ScriptToken::Kind kind,
                           ScriptRead<CallValue> (*readLiteral)(std::string_view, std::size_t&)) {
    const std::size_t begin = at_;
    ScriptRead<CallValue> value = readLiteral(line_, at_);
    if (!value) return std::unexpected(value.error());
    add(kind, begin, *std::move(value));
    return {};
  }

  ScriptRead<void> name() {
    const std::size_t begin = at_;
    while (at_ < line_.size() && (isNameBegin(line_[at_]) || isDigit(line_[at_]))) ++at_;
    add(ScriptToken::Kind::name, begin);
    return {};
  }

  ScriptRead<void> symbol() {
    const std::size_t begin = at_;
    if (static_cast<unsigned char>(line_[at_]) >= 0x80) {
      nextUtf8(line_, at_);
      return scriptFault({begin, at_ - begin},
                         "this character stands only in text; a name is made of a-z, A-Z, 0-9 and _");
    }
    if (line_[at_] == '\\') return scriptFault({at_, 1}, "a call stands on one line");
    at_ += symbolLength(line_.substr(at_));
    add(ScriptToken::Kind::symbol, begin);
    return {};
  }

  void add(ScriptToken::Kind kind, std::size_t begin, CallValue value = {}) {
    tokens_.push_back({kind, line_.substr(begin, at_ - begin), std::move(value), {begin, at_ - begin}});
  }

  std::string_view line_;
  std::size_t at_ = 0;
  std::vector<ScriptToken> tokens_;
};

}  // namespace

ScriptRead<std::vector<ScriptToken>> scriptTokens(std::string_view line) {
  if (const auto wrong = firstWrongByte(line)) {
    return scriptFault({*wrong, 1}, "a script is UTF-8 text; a byte of a string is written \\xHH");
  }
  return LineReader(line).read();
}

}  // namespace sockbench
