#include "ui/widgets/composer_message.h"

#include <algorithm>
#include <limits>

#include "core/payload/escapes.h"
#include "core/payload/hex.h"
#include "ui/bridge/core_types.h"

namespace sockbench::ui {
namespace {

std::string_view endingCharacters(Composer::LineEnding ending) {
  using namespace std::string_view_literals;
  switch (ending) {
    case Composer::LineEnding::none:
      return ""sv;
    case Composer::LineEnding::lf:
      return "\n"sv;
    case Composer::LineEnding::crLf:
      return "\r\n"sv;
    case Composer::LineEnding::cr:
      return "\r"sv;
    case Composer::LineEnding::nul:
      return "\0"sv;
  }
  return ""sv;
}

std::string byteEscapes(ByteView content) {
  const std::string digits = toHex(content);
  std::string out;
  out.reserve(digits.size() * 2);
  for (std::size_t i = 0; i < digits.size(); i += 2) out.append("\\x").append(digits, i, 2);
  return out;
}

std::string escapedText(ByteView content, TextEncoding encoding) {
  if (encoding == TextEncoding::utf8) return escape(content);
  std::string text = escape(asBytes(decodeText(content, encoding)));
  // Bytes that are not of the encoding, or that it has a second spelling for, stand as bytes.
  const Result<Bytes> again = encodeEscapedText(text, encoding);
  if (again && std::ranges::equal(*again, content)) return text;
  return byteEscapes(content);
}

}  // namespace

Result<Bytes> contentBytes(const QString& text, Composer::Mode mode, TextEncoding encoding) {
  const std::string utf8 = toUtf8(text);
  return mode == Composer::Mode::hex ? parseHex(utf8) : encodeEscapedText(utf8, encoding);
}

Result<Bytes> messageBytes(const QString& text, const MessageFormat& format) {
  Result<Bytes> bytes = contentBytes(text, format.mode, format.encoding);
  if (!bytes || format.ending == Composer::LineEnding::none) return bytes;
  const Result<Bytes> ending = encodeText(endingCharacters(format.ending), format.encoding);
  if (!ending) return ending;
  bytes->insert(bytes->end(), ending->begin(), ending->end());
  return bytes;
}

QString contentText(ByteView content, Composer::Mode mode, TextEncoding encoding) {
  if (mode == Composer::Mode::hex)
    return toQString(toHexSpaced(content, std::numeric_limits<std::size_t>::max()));
  return toQString(escapedText(content, encoding));
}

QString editableText(QString text, Composer::Mode mode) {
  if (mode == Composer::Mode::hex) return text;
  const std::pair<char16_t, QLatin1String> escapes[] = {
      {u'\r', QLatin1String("\\r")},
      {u'\0', QLatin1String("\\0")},
      {u'\u2029', QLatin1String("\\u{2029}")},
      {char16_t{0xFDD0}, QLatin1String("\\u{fdd0}")},
      {char16_t{0xFDD1}, QLatin1String("\\u{fdd1}")},
  };
  for (const auto& [character, escaped] : escapes) text.replace(QChar(character), escaped);
  return text;
}

}  // namespace sockbench::ui
