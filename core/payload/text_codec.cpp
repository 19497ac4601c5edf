#include "core/payload/text_codec.h"

#include <array>
#include <cstdio>
#include <optional>

#include "core/payload/escape_scan.h"
#include "core/payload/gbk_codec.h"
#include "core/payload/visible_text.h"

namespace sockbench {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

void appendUnit(Bytes& out, char32_t unit, bool bigEndian) {
  const auto low = static_cast<std::byte>(unit & 0xFF);
  const auto high = static_cast<std::byte>(unit >> 8);
  out.push_back(bigEndian ? high : low);
  out.push_back(bigEndian ? low : high);
}

void appendUtf16(Bytes& out, char32_t c, bool bigEndian) {
  if (c < 0x10000) {
    appendUnit(out, c, bigEndian);
  } else {
    appendUnit(out, 0xD800 + ((c - 0x10000) >> 10), bigEndian);
    appendUnit(out, 0xDC00 + ((c - 0x10000) & 0x3FF), bigEndian);
  }
}

void appendText(Bytes& out, std::string_view text) {
  const ByteView view = asBytes(text);
  out.insert(out.end(), view.begin(), view.end());
}

// Appends `utf8` in an encoding other than GBK; answers the offset of the first character it does not have.
std::optional<std::size_t> encodeByCharacter(std::string_view utf8, TextEncoding encoding, Bytes& out) {
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t start = at;
    const char32_t c = nextUtf8(utf8, at);
    if (c == kInvalidUtf8 || (encoding == TextEncoding::latin1 && c > 0xFF)) return start;
    if (encoding == TextEncoding::utf8) {
      appendText(out, utf8.substr(start, at - start));
    } else if (encoding == TextEncoding::latin1) {
      out.push_back(static_cast<std::byte>(c));
    } else {
      appendUtf16(out, c, encoding == TextEncoding::utf16be);
    }
  }
  return std::nullopt;
}

// Appends `utf8` to `out`; answers the place of the first character that the encoding does not have.
std::optional<TextSpan> appendEncoded(std::string_view utf8, TextEncoding encoding, Bytes& out) {
  const std::optional<std::size_t> wrong =
      encoding == TextEncoding::gbk ? encodeGbk(utf8, out) : encodeByCharacter(utf8, encoding, out);
  if (!wrong) return std::nullopt;
  std::size_t end = *wrong;
  nextUtf8(utf8, end);
  return TextSpan{*wrong, end - *wrong};
}

std::string describeMissing(std::string_view character, TextEncoding encoding) {
  std::size_t at = 0;
  const char32_t c = nextUtf8(character, at);
  char code[16];
  if (c == kInvalidUtf8) {
    std::snprintf(code, sizeof code, "0x%02x",
                  static_cast<unsigned>(static_cast<unsigned char>(character[0])));
    return std::string("the byte ") + code + " is not part of UTF-8 text";
  }
  std::snprintf(code, sizeof code, "U+%04X", static_cast<unsigned>(c));
  return std::string(textEncodingName(encoding)) + " has no \"" + visibleText(character) + "\" (" + code +
         ")";
}

Error encodingError(std::string_view subject, TextSpan where, std::string_view character,
                    TextEncoding encoding) {
  return Error::fromInput(InputFault::badEncoding, std::string(subject), where,
                          describeMissing(character, encoding));
}

struct EncodingSink {
  std::string_view source;
  TextEncoding encoding;
  Bytes& out;
  std::optional<Error>& error;

  void characters(std::string_view text, TextSpan from) {
    if (error) return;
    const std::optional<TextSpan> wrong = appendEncoded(text, encoding, out);
    if (!wrong) return;
    // An escape is longer than its character and is wrong as a whole; plain text is wrong at one place.
    const bool isEscape = from.length != text.size();
    const TextSpan where = isEscape ? from : TextSpan{from.offset + wrong->offset, wrong->length};
    error = encodingError(source, where, text.substr(wrong->offset, wrong->length), encoding);
  }
  void byte(char value) { out.push_back(static_cast<std::byte>(value)); }
};

std::string decodeUtf8(ByteView bytes, std::size_t& invalid) {
  const std::string_view text = asChars(bytes);
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = nextUtf8(text, at);
    if (c == kInvalidUtf8) ++invalid;
    appendUtf8(out, c == kInvalidUtf8 ? kReplacement : c);
  }
  return out;
}

std::string decodeLatin1(ByteView bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (const std::byte byte : bytes) appendUtf8(out, std::to_integer<char32_t>(byte));
  return out;
}

class Utf16Reader {
 public:
  Utf16Reader(ByteView bytes, bool bigEndian) : bytes_(bytes), bigEndian_(bigEndian) {}

  std::string decode(std::size_t& invalid) const {
    std::string out;
    out.reserve(bytes_.size());
    for (std::size_t at = 0; at < bytes_.size();) {
      const std::size_t left = bytes_.size() - at;
      const std::optional<char32_t> c = left < 2 ? std::nullopt : characterAt(at);
      const std::size_t used = left < 2 ? 1 : c.value_or(0) > 0xFFFF ? 4 : 2;
      at += used;
      if (c) {
        appendUtf8(out, *c);
        continue;
      }
      invalid += used;
      for (std::size_t i = 0; i < used; ++i) appendUtf8(out, kReplacement);
    }
    return out;
  }

 private:
  char32_t unitAt(std::size_t at) const {
    const auto first = std::to_integer<char32_t>(bytes_[at]);
    const auto second = std::to_integer<char32_t>(bytes_[at + 1]);
    return bigEndian_ ? first << 8 | second : second << 8 | first;
  }

  // nullopt: half a surrogate pair.
  std::optional<char32_t> characterAt(std::size_t at) const {
    const char32_t unit = unitAt(at);
    if (unit < 0xD800 || unit > 0xDFFF) return unit;
    if (unit > 0xDBFF || at + 4 > bytes_.size()) return std::nullopt;
    const char32_t low = unitAt(at + 2);
    if (low < 0xDC00 || low > 0xDFFF) return std::nullopt;
    return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
  }

  ByteView bytes_;
  bool bigEndian_;
};

}  // namespace

std::span<const TextEncoding> textEncodings() {
  static constexpr std::array kAll = {TextEncoding::utf8, TextEncoding::latin1, TextEncoding::gbk,
                                      TextEncoding::utf16le, TextEncoding::utf16be};
  return kAll;
}

std::string_view textEncodingName(TextEncoding e) {
  static constexpr std::array<std::string_view, 5> kNames = {"UTF-8", "Latin-1", "GBK", "UTF-16LE",
                                                             "UTF-16BE"};
  return kNames.at(static_cast<std::size_t>(e));
}

Result<Bytes> encodeText(std::string_view utf8, TextEncoding encoding) {
  Bytes bytes;
  bytes.reserve(utf8.size());
  if (const auto wrong = appendEncoded(utf8, encoding, bytes)) {
    return std::unexpected(encodingError(utf8, *wrong, utf8.substr(wrong->offset, wrong->length), encoding));
  }
  return bytes;
}

Result<Bytes> encodeEscapedText(std::string_view escaped, TextEncoding encoding) {
  Bytes bytes;
  bytes.reserve(escaped.size());
  std::optional<Error> error;
  const Result<void> read = scanEscapes(escaped, EncodingSink{escaped, encoding, bytes, error});
  if (error) return std::unexpected(std::move(*error));
  if (!read) return std::unexpected(read.error());
  return bytes;
}

std::string decodeText(ByteView bytes, TextEncoding encoding, std::size_t* invalid) {
  std::size_t count = 0;
  std::string text;
  switch (encoding) {
    case TextEncoding::utf8:
      text = decodeUtf8(bytes, count);
      break;
    case TextEncoding::latin1:
      text = decodeLatin1(bytes);
      break;
    case TextEncoding::gbk:
      text = decodeGbk(bytes, count);
      break;
    case TextEncoding::utf16le:
    case TextEncoding::utf16be:
      text = Utf16Reader(bytes, encoding == TextEncoding::utf16be).decode(count);
      break;
  }
  if (invalid != nullptr) *invalid = count;
  return text;
}

}  // namespace sockbench
