#include "ui/widgets/composer_message.h"

#include <algorithm>
#include <limits>

#include "core/payload/base64.h"
#include "core/payload/escapes.h"
#include "core/payload/hex.h"
#include "ui/bridge/core_types.h"

namespace sockbench::ui {
namespace {

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
  if (mode == Composer::Mode::hex) return parseHex(utf8);
  if (mode == Composer::Mode::text) return encodeEscapedText(utf8, encoding);
  MessageSpec spec;
  spec.form = mode;
  spec.body = utf8;
  const Result<Message> message = Message::read(std::move(spec));
  if (!message) return std::unexpected(message.error());
  Result<ExpandedMessage> expanded = message->expand({});
  if (!expanded) return std::unexpected(std::move(expanded.error()));
  return std::move(expanded->bytes);
}

bool isConvertible(const QString& text, Composer::Mode from, Composer::Mode to) {
  return from != Composer::Mode::file && to != Composer::Mode::file && !text.contains(QLatin1String("{{"));
}

QString contentText(ByteView content, Composer::Mode mode, TextEncoding encoding) {
  if (mode == Composer::Mode::hex)
    return toQString(toHexSpaced(content, std::numeric_limits<std::size_t>::max()));
  if (mode == Composer::Mode::base64) return toQString(toBase64(content));
  return toQString(escapedText(content, encoding));
}

QString editableText(QString text, Composer::Mode mode) {
  if (mode != Composer::Mode::text) return text;
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
