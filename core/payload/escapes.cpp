#include "core/payload/escapes.h"

#include <algorithm>
#include <optional>

#include "core/payload/escape_scan.h"
#include "core/payload/hex_digits.h"
#include "core/payload/visible_text.h"

namespace sockbench {
namespace {

constexpr std::size_t kMostCodePointDigits = 6;

// The wrong escape runs from `start` through the character at `end` (where the text is over: to its end).
Error escapeError(std::string_view text, std::size_t start, std::size_t end, std::string detail) {
  if (end < text.size()) nextUtf8(text, end);
  return Error::fromInput(InputFault::badEscape, std::string(text), TextSpan{start, end - start},
                          std::move(detail));
}

Result<ScannedEscape> scanByte(std::string_view text, std::size_t start) {
  char32_t value = 0;
  for (std::size_t at = start + 2; at < start + 4; ++at) {
    const std::optional<unsigned> digit = at < text.size() ? hexDigitValue(text[at]) : std::nullopt;
    if (!digit) return std::unexpected(escapeError(text, start, at, "\\x needs two hexadecimal digits"));
    value = value << 4 | *digit;
  }
  return ScannedEscape{4, true, value};
}

Result<ScannedEscape> scanCodePoint(std::string_view text, std::size_t start) {
  const auto wrong = [&](std::size_t at, std::string detail) {
    return std::unexpected(escapeError(text, start, at, std::move(detail)));
  };
  std::size_t at = start + 2;
  if (at == text.size() || text[at] != '{') return wrong(at, "\\u is written \\u{1F600}, with braces");
  char32_t value = 0;
  std::size_t digits = 0;
  for (++at; at < text.size() && text[at] != '}'; ++at, ++digits) {
    const std::optional<unsigned> digit = hexDigitValue(text[at]);
    if (!digit || digits == kMostCodePointDigits) {
      return wrong(at, "\\u{...} takes one to six hexadecimal digits");
    }
    value = value << 4 | *digit;
  }
  if (at == text.size()) return wrong(at, "\\u{ has no closing brace");
  if (digits == 0) return wrong(at, "\\u{...} takes one to six hexadecimal digits");
  if (value > 0x10FFFF) return wrong(at, "there is no character above U+10FFFF");
  if (value >= 0xD800 && value <= 0xDFFF)
    return wrong(at, "U+D800 to U+DFFF are halves of UTF-16, no characters");
  return ScannedEscape{at + 1 - start, false, value};
}

std::optional<char> letterOf(char32_t c) {
  switch (c) {
    case 0:
      return '0';
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    case '\\':
      return '\\';
    default:
      return std::nullopt;
  }
}

bool isPrivateUse(char32_t c) {
  return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
}

void appendByteEscape(std::string& out, char byte) {
  const auto value = static_cast<unsigned char>(byte);
  out += "\\x";
  out += kHexDigits[value >> 4];
  out += kHexDigits[value & 0xF];
}

void appendCodePointEscape(std::string& out, char32_t c) {
  static constexpr std::string_view kUpperDigits = "0123456789ABCDEF";
  int shift = 20;
  while (shift > 0 && (c >> shift) == 0) shift -= 4;
  out += "\\u{";
  for (; shift >= 0; shift -= 4) out += kUpperDigits[(c >> shift) & 0xF];
  out += '}';
}

struct BytesSink {
  Bytes& out;
  void characters(std::string_view text, TextSpan) {
    const ByteView view = asBytes(text);
    out.insert(out.end(), view.begin(), view.end());
  }
  void byte(char value) { out.push_back(static_cast<std::byte>(value)); }
};

struct PiecesSink {
  std::vector<EscapedPiece>& out;
  std::string& last(bool isByte) {
    if (out.empty() || out.back().isByte != isByte) out.push_back({isByte, {}});
    return out.back().text;
  }
  void characters(std::string_view text, TextSpan) { last(false) += text; }
  void byte(char value) { last(true) += value; }
};

}  // namespace

Result<ScannedEscape> scanEscape(std::string_view text, std::size_t at) {
  if (at + 1 == text.size()) {
    return std::unexpected(
        escapeError(text, at, at + 1, "a single \\ at the end; write \\\\ for a backslash"));
  }
  switch (text[at + 1]) {
    case 'n':
      return ScannedEscape{2, false, U'\n'};
    case 'r':
      return ScannedEscape{2, false, U'\r'};
    case 't':
      return ScannedEscape{2, false, U'\t'};
    case '\\':
      return ScannedEscape{2, false, U'\\'};
    case '0':
      return ScannedEscape{2, true, 0};
    case 'x':
      return scanByte(text, at);
    case 'u':
      return scanCodePoint(text, at);
    default:
      return std::unexpected(
          escapeError(text, at, at + 1, "unknown escape; there are \\n \\r \\t \\0 \\\\ \\xHH \\u{1F600}"));
  }
}

Result<Bytes> unescape(std::string_view text) {
  Bytes bytes;
  bytes.reserve(text.size());
  if (const Result<void> read = scanEscapes(text, BytesSink{bytes}); !read)
    return std::unexpected(read.error());
  return bytes;
}

Result<std::vector<EscapedPiece>> splitEscapes(std::string_view text) {
  std::vector<EscapedPiece> pieces;
  if (const Result<void> read = scanEscapes(text, PiecesSink{pieces}); !read)
    return std::unexpected(read.error());
  return pieces;
}

std::string escape(ByteView bytes) {
  const std::string_view text = asChars(bytes);
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const char32_t c = nextUtf8(text, at);
    if (const std::optional<char> letter = letterOf(c)) {
      out += '\\';
      out += *letter;
    } else if (c == kInvalidUtf8 || c < 0x20 || c == 0x7F) {
      appendByteEscape(out, text[start]);
    } else if (isDeceptiveCharacter(c) || isPrivateUse(c)) {
      appendCodePointEscape(out, c);
    } else {
      out += text.substr(start, at - start);
    }
  }
  return out;
}

}  // namespace sockbench
