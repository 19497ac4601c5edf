#include <cstdint>
#include <optional>

#include "core/base/unicode.h"
#include "core/calls/script/script_literals.h"
#include "core/payload/hex_digits.h"

namespace sockbench {
namespace {

constexpr std::size_t kMostPrefix = 2;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

// The letters in front of a quote at or behind `at`, in small letters; nullopt: no string begins there.
std::optional<std::string> prefixAt(std::string_view line, std::size_t at) {
  std::string prefix;
  for (; at < line.size() && prefix.size() <= kMostPrefix; ++at) {
    if (line[at] == '"' || line[at] == '\'') break;
    prefix += lower(line[at]);
  }
  if (at >= line.size() || (line[at] != '"' && line[at] != '\'')) return std::nullopt;
  for (const std::string_view known : {"", "b", "r", "u", "f", "br", "rb", "fr", "rf"}) {
    if (prefix == known) return prefix;
  }
  return std::nullopt;
}

class StringReader {
 public:
  StringReader(std::string_view line, std::size_t begin, const std::string& prefix)
      : line_(line),
        begin_(begin),
        at_(begin + prefix.size() + 1),
        quote_(line[begin + prefix.size()]),
        isBytes_(prefix.contains('b')),
        isRaw_(prefix.contains('r')) {}

  ScriptRead<CallValue> read(std::size_t& end) {
    while (at_ < line_.size() && line_[at_] != quote_) {
      if (auto done = line_[at_] == '\\' ? backslash() : plain(); !done) return std::unexpected(done.error());
    }
    if (at_ >= line_.size()) {
      return scriptFault({begin_, line_.size() - begin_},
                         "the string is not closed: it ends with " + std::string(1, quote_));
    }
    end = at_ + 1;
    return isBytes_ ? CallValue(toBytes(out_)) : CallValue(std::move(out_));
  }

 private:
  ScriptRead<void> plain() {
    const std::size_t from = at_;
    nextUtf8(line_, at_);
    if (isBytes_ && static_cast<unsigned char>(line_[from]) >= 0x80) {
      return scriptFault({from, at_ - from}, "bytes are written in ASCII: write \\xHH for each byte of it");
    }
    out_.append(line_, from, at_ - from);
    return {};
  }

  ScriptRead<void> backslash() {
    if (at_ + 1 >= line_.size()) return scriptFault({at_, 1}, "the string is not closed");
    if (!isRaw_) return escape();
    out_ += line_[at_++];
    return plain();
  }

  ScriptRead<void> escape() {
    static constexpr std::string_view kLetters = "\\'\"abfnrtv";
    static constexpr std::string_view kMeanings = "\\'\"\a\b\f\n\r\t\v";
    const char letter = line_[at_ + 1];
    if (const std::size_t known = kLetters.find(letter); known != std::string_view::npos) {
      out_ += kMeanings[known];
      at_ += 2;
      return {};
    }
    if (letter >= '0' && letter <= '7') return octal();
    if (letter == 'x') return hex(2);
    if (!isBytes_ && (letter == 'u' || letter == 'U')) return hex(letter == 'u' ? 4 : 8);
    return unknownEscape();
  }

  ScriptRead<void> unknownEscape() {
    std::size_t end = at_ + 1;
    nextUtf8(line_, end);
    const TextSpan where{at_, end - at_};
    if (line_[at_ + 1] == 'N' && !isBytes_) return scriptFault(where, "write the character, or \\uXXXX");
    const std::string which(line_.substr(at_, end - at_));
    return scriptFault(where, "unknown escape " + which + "; a backslash itself is written \\\\");
  }

  ScriptRead<void> octal() {
    const std::size_t from = at_++;
    std::uint32_t number = 0;
    for (int i = 0; i < 3 && at_ < line_.size() && line_[at_] >= '0' && line_[at_] <= '7'; ++i, ++at_) {
      number = number * 8 + static_cast<std::uint32_t>(line_[at_] - '0');
    }
    return append(number, {from, at_ - from});
  }

  ScriptRead<void> hex(int digits) {
    const std::size_t from = at_;
    at_ += 2;
    std::uint32_t number = 0;
    for (int i = 0; i < digits; ++i, ++at_) {
      const auto digit = at_ < line_.size() ? hexDigitValue(line_[at_]) : std::nullopt;
      if (!digit) {
        return scriptFault({from, at_ - from}, std::string(line_.substr(from, 2)) + " is followed by " +
                                                   std::to_string(digits) + " hexadecimal digits");
      }
      number = number << 4U | *digit;
    }
    return append(number, {from, at_ - from});
  }

  ScriptRead<void> append(std::uint32_t number, TextSpan where) {
    if (number > (isBytes_ ? 0xFFU : 0x10FFFFU)) {
      return scriptFault(where, isBytes_ ? "a byte is at most \\377" : "a character is at most \\U0010ffff");
    }
    if (isBytes_) {
      out_ += static_cast<char>(number);
    } else {
      appendTextCharacter(out_, number);
    }
    return {};
  }

  std::string_view line_;
  std::size_t begin_;
  std::size_t at_;
  char quote_;
  bool isBytes_;
  bool isRaw_;
  std::string out_;
};

}  // namespace

bool beginsString(std::string_view line, std::size_t at) {
  return prefixAt(line, at).has_value();
}

ScriptRead<CallValue> readString(std::string_view line, std::size_t& at) {
  const std::string prefix = prefixAt(line, at).value_or("");
  const std::size_t open = at + prefix.size();
  if (prefix.contains('f')) return scriptFault({at, prefix.size() + 1}, "Calls knows no f-strings");
  if (line.substr(open, 3) == std::string(3, line[open])) {
    return scriptFault({at, prefix.size() + 3}, "Calls knows no strings in three quotes");
  }
  return StringReader(line, at, prefix).read(at);
}

}  // namespace sockbench
