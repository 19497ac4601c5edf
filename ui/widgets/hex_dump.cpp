#include "ui/widgets/hex_dump.h"

namespace sockbench::ui {

QString hexOffset(qsizetype offset, const HexLayout& layout) {
  return QStringLiteral("%1").arg(offset, layout.offsetDigits, 16, QLatin1Char('0'));
}

}  // namespace sockbench::ui
