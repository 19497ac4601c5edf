#include "ui/models/crc_text.h"

#include <QCoreApplication>
#include <QStringList>
#include <optional>

#include "ui/bridge/core_types.h"
#include "ui/models/shown_text.h"

namespace sockbench::ui {
namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("CrcText", text);
}

std::optional<quint64> number(const QString& text) {
  bool valid = false;
  const bool hex = text.startsWith(QStringLiteral("0x"));
  const quint64 value = hex ? text.mid(2).toULongLong(&valid, 16) : text.toULongLong(&valid, 10);
  return valid ? std::optional(value) : std::nullopt;
}

std::optional<bool> truth(const QString& text) {
  if (text == QStringLiteral("true") || text == QStringLiteral("1")) return true;
  if (text == QStringLiteral("false") || text == QStringLiteral("0")) return false;
  return std::nullopt;
}

template <class Value, class Field>
bool put(const std::optional<Value>& value, Field& field) {
  if (value) field = static_cast<Field>(*value);
  return value.has_value();
}

// False: no such name, or no such value of it.
bool read(const QString& name, const QString& value, CrcParameters& crc) {
  if (name == QStringLiteral("width")) {
    const auto width = number(value);
    return width && *width <= 64 && put(width, crc.width);
  }
  if (name == QStringLiteral("poly")) return put(number(value), crc.poly);
  if (name == QStringLiteral("init")) return put(number(value), crc.init);
  if (name == QStringLiteral("xorout")) return put(number(value), crc.xorout);
  if (name == QStringLiteral("refin")) return put(truth(value), crc.refin);
  return name == QStringLiteral("refout") && put(truth(value), crc.refout);
}

}  // namespace

QString crcText(const CrcParameters& crc) {
  const auto hex = [&](std::uint64_t value) {
    const int digits = static_cast<int>((crc.width + 3) / 4);
    return QStringLiteral("0x%1").arg(value, digits, 16, QLatin1Char('0'));
  };
  const auto word = [](bool value) { return value ? QStringLiteral("true") : QStringLiteral("false"); };
  return QStringLiteral("width=%1 poly=%2 init=%3 refin=%4 refout=%5 xorout=%6")
      .arg(QString::number(crc.width), hex(crc.poly), hex(crc.init), word(crc.refin), word(crc.refout),
           hex(crc.xorout));
}

std::expected<CrcParameters, QString> parseCrcText(const QString& text) {
  CrcParameters crc{.width = 0};
  bool poly = false;
  for (const QString& part : text.simplified().toLower().split(u' ', Qt::SkipEmptyParts)) {
    const qsizetype equals = part.indexOf(u'=');
    if (equals < 0 || !read(part.left(equals), part.mid(equals + 1), crc))
      return std::unexpected(
          tr("What does \u201c%1\u201d mean? A part is width=16, poly=0x8005, init=, refin=true, "
             "refout= or xorout=.")
              .arg(shownText(toUtf8(part))));
    poly = poly || part.startsWith(QStringLiteral("poly="));
  }
  if (crc.width == 0 || !poly) return std::unexpected(tr("A CRC needs a width and a poly."));
  if (const auto made = makeCrc(crc); !made)
    return std::unexpected(tr("The width is 3 to 64 bits, and every value fits into it."));
  return crc;
}

}  // namespace sockbench::ui
