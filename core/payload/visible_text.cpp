#include "core/payload/visible_text.h"

namespace sockbench {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr std::size_t kMostMarks = 4;  // of any language's writing; more would cover the lines around
constexpr std::string_view kEllipsis = "\xE2\x80\xA6";

void appendCodePoint(std::string& out, char32_t c) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  out += "<U+";
  for (int shift = c > 0xFFFFF ? 20 : c > 0xFFFF ? 16 : 12; shift >= 0; shift -= 4) {
    out += kDigits[(c >> shift) & 0xF];
  }
  out += '>';
}

// Characters one after another, since marks are counted.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  void add(char32_t c) {
    marks_ = isCombiningMark(c) ? marks_ + 1 : 0;
    if (c == kInvalidUtf8) {
      appendUtf8(out_, kReplacement);
    } else if (c < 0x20) {
      appendUtf8(out_, 0x2400 + c);
    } else if (c == 0x7F) {
      appendUtf8(out_, 0x2421);
    } else if (isDeceptiveCharacter(c) || marks_ > kMostMarks) {
      appendCodePoint(out_, c);
    } else {
      appendUtf8(out_, c);
    }
  }
  void newLine() {
    marks_ = 0;
    out_ += '\n';
  }

 private:
  std::string& out_;
  std::size_t marks_ = 0;  // in a row, up to here
};

}  // namespace

std::string visibleText(std::string_view utf8, bool keepNewlines) {
  std::string out;
  out.reserve(utf8.size());
  Writer writer(out);
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = nextUtf8(utf8, at);
    if (c == '\n' && keepNewlines) {
      writer.newLine();
    } else {
      writer.add(c);
    }
  }
  return out;
}

std::string previewText(ByteView bytes, std::size_t maxCharacters) {
  const std::string_view text = asChars(bytes);
  std::string out;
  Writer writer(out);
  std::size_t at = 0;
  for (std::size_t count = 0; at < text.size() && count < maxCharacters; ++count) {
    writer.add(nextUtf8(text, at));
  }
  if (at < text.size()) out += kEllipsis;
  return out;
}

}  // namespace sockbench
