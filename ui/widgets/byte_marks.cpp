#include "ui/widgets/byte_marks.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <array>

namespace sockbench::ui {
namespace {

constexpr std::array kControlNames{
    QT_TRANSLATE_NOOP("sockbench::ui::HexView", "NUL, null"),
    QT_TRANSLATE_NOOP("sockbench::ui::HexView", "SOH, start of heading"),
    QT_TRANSLATE_NOOP("sockbench::ui::HexView", "STX, start of text"),
    QT_TRANSLATE_NOOP("sockbench::ui::HexView", "ETX, end of text"),
    QT_TRANSLATE_NOOP("sockbench::ui::HexView", "EOT, end of transmission"),
    QT_TRANSLATE_NOOP("sockbench::ui::HexView", "ENQ, enquiry"),
    QT_TRANSLATE_NOOP("sockbench::ui::HexView", "ACK, acknowledge"),
    QT_TRANSLATE_NOOP("sockbench::ui::HexView", "BEL, bell"),
    QT_TRANSLATE_NOOP("sockbench::ui::HexView", "BS, backspace"),
    QT_TRANSLATE_NOOP("sockbench::ui::HexView", "TAB, horizontal tab"),
    QT_TRANSLATE_NOOP("sockbench::ui::HexView", "LF, line feed"),
    QT_TRANSLATE_NOOP("sockbench::ui::HexView", "VT, vertical tab"),
    QT_TRANSLATE_NOOP("sockbench::ui::HexView", "FF, form feed"),
    QT_TRANSLATE_NOOP("sockbench::ui::HexView", "CR, carriage return"),
    QT_TRANSLATE_NOOP("sockbench::ui::HexView", "SO, shift out"),
    QT_TRANSLATE_NOOP("sockbench::ui::HexView", "SI, shift in"),
    QT_TRANSLATE_NOOP("sockbench::ui::HexView", "DLE, data link escape"),
    QT_TRANSLATE_NOOP("sockbench::ui::HexView", "DC1, XON"),
    QT_TRANSLATE_NOOP("sockbench::ui::HexView", "DC2, device control 2"),
    QT_TRANSLATE_NOOP("sockbench::ui::HexView", "DC3, XOFF"),
    QT_TRANSLATE_NOOP("sockbench::ui::HexView", "DC4, device control 4"),
    QT_TRANSLATE_NOOP("sockbench::ui::HexView", "NAK, negative acknowledge"),
    QT_TRANSLATE_NOOP("sockbench::ui::HexView", "SYN, synchronous idle"),
    QT_TRANSLATE_NOOP("sockbench::ui::HexView", "ETB, end of block"),
    QT_TRANSLATE_NOOP("sockbench::ui::HexView", "CAN, cancel"),
    QT_TRANSLATE_NOOP("sockbench::ui::HexView", "EM, end of medium"),
    QT_TRANSLATE_NOOP("sockbench::ui::HexView", "SUB, substitute"),
    QT_TRANSLATE_NOOP("sockbench::ui::HexView", "ESC, escape"),
    QT_TRANSLATE_NOOP("sockbench::ui::HexView", "FS, file separator"),
    QT_TRANSLATE_NOOP("sockbench::ui::HexView", "GS, group separator"),
    QT_TRANSLATE_NOOP("sockbench::ui::HexView", "RS, record separator"),
    QT_TRANSLATE_NOOP("sockbench::ui::HexView", "US, unit separator"),
};

QString words(const char* text) {
  return QCoreApplication::translate("sockbench::ui::HexView", text);
}

char16_t sign(std::uint8_t byte) {
  switch (byte) {
    case 0x00:
      return 0x00D8;  // a slashed O
    case 0x09:
      return 0x2192;  // onwards
    case 0x0A:
      return 0x21B5;  // return arrow
    case 0x0D:
      return 0x2190;  // left arrow: back to the line's start
    default:
      return 0;
  }
}

}  // namespace

ByteMark byteMark(std::uint8_t byte, const QFontMetricsF& metrics) {
  if (byte >= 0x80) return {QChar(0x00B7)};
  if (byte >= 0x20 && byte != 0x7F) return {QLatin1Char(static_cast<char>(byte)), true};
  const QChar own(sign(byte));
  if (!own.isNull() && metrics.inFont(own)) return {own};
  return {QLatin1Char(static_cast<char>(byte ^ 0x40)), false, true};
}

QString byteDescription(std::uint8_t byte) {
  const QString number = QStringLiteral("0x%1  %2").arg(byte, 2, 16, QLatin1Char('0')).arg(byte);
  if (byte < kControlNames.size()) {
    return QStringLiteral("%1  %2 (Ctrl+%3)")
        .arg(number, words(kControlNames[byte]))
        .arg(QLatin1Char(static_cast<char>(byte ^ 0x40)));
  }
  if (byte == 0x20)
    return number + QStringLiteral("  ") + words(QT_TRANSLATE_NOOP("sockbench::ui::HexView", "space"));
  if (byte == 0x7F)
    return number + QStringLiteral("  ") + words(QT_TRANSLATE_NOOP("sockbench::ui::HexView", "DEL, delete"));
  if (byte < 0x7F) return number + QStringLiteral("  ") + QLatin1Char(static_cast<char>(byte));
  return number;
}

}  // namespace sockbench::ui
