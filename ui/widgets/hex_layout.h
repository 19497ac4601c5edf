// HexLayout: where offset, hexadecimal and character of a byte stand in a HexView, in pixels and lines. No
// widget.
#pragma once

#include <QRectF>
#include <QtGlobal>
#include <optional>

namespace sockbench::ui {

struct HexLayout {
  qreal cell = 8;  // width of one character of the fixed-width font
  int lineHeight = 18;
  int bytesPerLine = 16;  // 16, or 8 where that does not fit
  int offsetDigits = 6;   // at least 6, more as the bytes need
  qsizetype size = 0;     // bytes

  // The widest that fits into `width`.
  static HexLayout fit(qreal cell, int lineHeight, qsizetype size, int width);

  // At most INT_MAX, since scroll bars count in int: 16 GiB at 8 bytes a line.
  int lineCount() const;
  int lineOf(qsizetype byte) const { return static_cast<int>(byte / bytesPerLine); }
  qsizetype firstOf(int line) const { return qsizetype{line} * bytesPerLine; }
  qreal offsetX() const;
  qreal hexX(int column) const;  // left edge of a byte's two digits; a gap stands in the middle of the line
  qreal asciiX(int column) const;
  qreal width() const;

  // The byte nearest to a place, `y` counted from the top of `topLine`; nullopt when there are no bytes.
  std::optional<qsizetype> byteAt(qreal x, int y, int topLine) const;
};

}  // namespace sockbench::ui
