#include "ui/widgets/hex_layout.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace sockbench::ui {
namespace {

constexpr qreal kMargin = 14;
constexpr int kGroup = 8;  // bytes between gaps

}  // namespace

HexLayout HexLayout::fit(qreal cell, int lineHeight, qsizetype size, int width, int least, int most) {
  HexLayout layout{.cell = cell, .lineHeight = lineHeight, .bytesPerLine = most, .size = size};
  for (qsizetype last = std::max<qsizetype>(size - 1, 0) >> 24; last > 0; last >>= 4) ++layout.offsetDigits;
  while (layout.width() > width && layout.bytesPerLine > least) layout.bytesPerLine /= 2;
  return layout;
}

int HexLayout::lineCount() const {
  const qsizetype places = size == 0 ? 0 : lead + size + trail;
  const qsizetype lines = places / bytesPerLine + (places % bytesPerLine != 0 ? 1 : 0);
  return static_cast<int>(std::min<qsizetype>(lines, std::numeric_limits<int>::max()));
}

qreal HexLayout::offsetX() const {
  return kMargin;
}

qreal HexLayout::hexX(int column) const {
  return kMargin + cell * (offsetDigits + 3 + column * 3 + column / kGroup);
}

qreal HexLayout::asciiX(int column) const {
  return hexX(bytesPerLine - 1) + cell * (4 + column);
}

qreal HexLayout::width() const {
  return asciiX(bytesPerLine) + kMargin;
}

std::optional<qsizetype> HexLayout::byteAt(qreal x, int y, int topLine) const {
  if (size == 0) return std::nullopt;
  const qsizetype line = std::clamp<qsizetype>(
      topLine + static_cast<qsizetype>(std::floor(y / qreal(lineHeight))), 0, lineCount() - 1);
  int column = 0;
  if (x >= asciiX(0) - cell) {
    column = static_cast<int>((x - asciiX(0)) / cell);
  } else {
    // The space before a byte's digits belongs half to it and half to its neighbour.
    while (column + 1 < bytesPerLine && x >= hexX(column + 1) - cell / 2) ++column;
  }
  const qsizetype byte = line * bytesPerLine - lead + std::clamp(column, 0, bytesPerLine - 1);
  return std::clamp<qsizetype>(byte, 0, size - 1);
}

}  // namespace sockbench::ui
