#include <array>
#include <charconv>

#include "core/base/unicode.h"
#include "core/toml/toml_scalars.h"

namespace sockbench {
namespace {

class TextReader {
 public:
  TextReader(TomlSource& source, bool oneLine) : source_(source), begin_(source.offset()) {
    quote_ = source.peek();
    isLong_ = !oneLine && source.peek(1) == quote_ && source.peek(2) == quote_;
  }

  TomlParsed<std::string> read() {
    source_.skip(isLong_ ? 3 : 1);
    if (isLong_) source_.skip(source_.newline());
    while (!takeEnd()) {
      if (auto step = readPart(); !step) return std::unexpected(std::move(step.error()));
    }
    return std::move(text_);
  }

 private:
  // Three quotes end a long text; up to two before them are its own.
  bool takeEnd() {
    if (source_.atEnd() || source_.peek() != quote_) return false;
    if (!isLong_) return source_.take(quote_);
    std::size_t quotes = 1;
    while (quotes < 5 && source_.peek(quotes) == quote_) ++quotes;
    if (quotes < 3) return false;
    source_.skip(quotes);
    text_.append(quotes - 3, quote_);
    return true;
  }

  TomlParsed<void> readPart() {
    if (source_.atEnd()) return TomlSource::fault(begin_, "text that is not closed");
    if (const std::size_t newline = source_.newline(); newline != 0) {
      if (!isLong_) return source_.fault("text that is not closed at the end of its line");
      source_.skip(newline);
      text_ += '\n';
      return {};
    }
    if (quote_ == '"' && source_.peek() == '\\') return readEscape();
    if (isTomlControl(source_.peek())) return source_.fault("a control character in text must be escaped");
    text_ += source_.peek();
    source_.skip(1);
    return {};
  }

  TomlParsed<void> readEscape() {
    static constexpr std::string_view letters = "btnfr\"\\";
    static constexpr std::string_view meanings = "\b\t\n\f\r\"\\";
    const char letter = source_.peek(1);
    if (letter == 'u' || letter == 'U') return readCode(letter == 'u' ? 4 : 8);
    if (const std::size_t at = letters.find(letter); letter != '\0' && at != std::string_view::npos) {
      text_ += meanings[at];
      source_.skip(2);
      return {};
    }
    if (isLong_ && takeLineEnd()) return {};
    return source_.fault("an unknown escape; there is \\b \\t \\n \\f \\r \\\" \\\\ \\uXXXX \\UXXXXXXXX");
  }

  // A backslash at the end of a line takes all space away up to the next character.
  bool takeLineEnd() {
    std::size_t ahead = 1;
    while (source_.peek(ahead) == ' ' || source_.peek(ahead) == '\t') ++ahead;
    if (source_.peek(ahead) == '\r') ++ahead;
    if (source_.peek(ahead) != '\n') return false;
    source_.skip(ahead);
    for (std::size_t newline = 1; newline != 0;) {
      source_.skip(newline);
      source_.skipBlanks();
      newline = source_.newline();
    }
    return true;
  }

  TomlParsed<void> readCode(std::size_t digits) {
    std::array<char, 8> text{};
    for (std::size_t i = 0; i < digits; ++i) text[i] = source_.peek(2 + i);
    std::uint32_t code = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + digits, code, 16);
    if (fault != std::errc() || end != text.data() + digits)
      return source_.fault("an escape needs " + std::to_string(digits) + " hexadecimal digits");
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
      return source_.fault("an escape of no character that there is");
    appendUtf8(text_, code);
    source_.skip(2 + digits);
    return {};
  }

  TomlSource& source_;
  std::size_t begin_;
  char quote_ = '"';
  bool isLong_ = false;
  std::string text_;
};

}  // namespace

bool isTomlControl(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t') || byte == 0x7F;
}

TomlParsed<std::string> readTomlText(TomlSource& source, bool oneLine) {
  return TextReader(source, oneLine).read();
}

}  // namespace sockbench
