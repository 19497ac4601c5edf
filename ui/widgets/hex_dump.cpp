#include "ui/widgets/hex_dump.h"

namespace sockbench::ui {
namespace {

QString dumpLine(ByteView bytes, qsizetype start, qsizetype first, qsizetype last, const HexLayout& layout) {
  QString hex;
  QString ascii;
  for (qsizetype byte = start; byte < start + layout.bytesPerLine; ++byte) {
    if (byte == start + 8) hex += QLatin1Char(' ');
    if (byte < first || byte > last) {
      hex += QStringLiteral("   ");
      if (byte < first) ascii += QLatin1Char(' ');
      continue;
    }
    const auto value = std::to_integer<unsigned char>(bytes[static_cast<std::size_t>(byte)]);
    hex += QLatin1Char(kHexDigits[value >> 4]);
    hex += QLatin1Char(kHexDigits[value & 15]);
    hex += QLatin1Char(' ');
    ascii += QLatin1Char(value >= 0x20 && value < 0x7F ? static_cast<char>(value) : '.');
  }
  return hexOffset(start, layout) + QStringLiteral("  ") + hex + QLatin1Char(' ') + ascii + QLatin1Char('\n');
}

}  // namespace

QString hexOffset(qsizetype offset, const HexLayout& layout) {
  return QStringLiteral("%1").arg(offset, layout.offsetDigits, 16, QLatin1Char('0'));
}

QString hexDump(ByteView bytes, qsizetype first, qsizetype last, const HexLayout& layout) {
  QString dump;
  for (int line = layout.lineOf(first); line <= layout.lineOf(last); ++line) {
    dump += dumpLine(bytes, layout.firstOf(line), first, last, layout);
  }
  return dump;
}

}  // namespace sockbench::ui
