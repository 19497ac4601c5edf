#include "core/payload/visible_text.h"

namespace sockbench {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr std::string_view kEllipsis = "\xE2\x80\xA6";

void appendCodePoint(std::string& out, char32_t c) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  out += "<U+";
  for (int shift = c > 0xFFFFF ? 20 : c > 0xFFFF ? 16 : 12; shift >= 0; shift -= 4) {
    out += kDigits[(c >> shift) & 0xF];
  }
  out += '>';
}

void appendVisible(std::string& out, char32_t c) {
  if (c == kInvalidUtf8) {
    appendUtf8(out, kReplacement);
  } else if (c < 0x20) {
    appendUtf8(out, 0x2400 + c);
  } else if (c == 0x7F) {
    appendUtf8(out, 0x2421);
  } else if (isDeceptiveCharacter(c)) {
    appendCodePoint(out, c);
  } else {
    appendUtf8(out, c);
  }
}

}  // namespace

std::string visibleText(std::string_view utf8, bool keepNewlines) {
  std::string out;
  out.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = nextUtf8(utf8, at);
    if (c == '\n' && keepNewlines) {
      out += '\n';
    } else {
      appendVisible(out, c);
    }
  }
  return out;
}

std::string previewText(ByteView bytes, std::size_t maxCharacters) {
  const std::string_view text = asChars(bytes);
  std::string out;
  std::size_t at = 0;
  for (std::size_t count = 0; at < text.size() && count < maxCharacters; ++count) {
    appendVisible(out, nextUtf8(text, at));
  }
  if (at < text.size()) out += kEllipsis;
  return out;
}

}  // namespace sockbench
