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
  int bytesPerLine = 16;  // 16, 8 where that does not fit, or 4
  int offsetDigits = 6;   // at least 6, more as the bytes need
  qsizetype size = 0;     // bytes
  qsizetype lead = 0;     // empty places before the first byte and behind the last: by these two views of
  qsizetype trail = 0;    // different bytes have alike lines

  // The widest that fits into `width`, with `least` to `most` bytes a line (4, 8 or 16).
  static HexLayout fit(qreal cell, int lineHeight, qsizetype size, int width, int least = 8, int most = 16);

  // At most INT_MAX, since scroll bars count in int: 16 GiB at 8 bytes a line.
  int lineCount() const;
  int lineOf(qsizetype byte) const { return static_cast<int>((byte + lead) / bytesPerLine); }
  // The byte at a line's left edge: negative where the lead stands there.
  qsizetype firstOf(int line) const { return qsizetype{line} * bytesPerLine - lead; }
  int columnOf(qsizetype byte) const { return static_cast<int>((byte + lead) % bytesPerLine); }
  qreal offsetX() const;
  qreal hexX(int column) const;  // left edge of a byte's two digits; a gap stands in the middle of the line
  qreal asciiX(int column) const;
  qreal width() const;

  // The byte nearest to a place, `y` counted from the top of `topLine`; nullopt when there are no bytes.
  std::optional<qsizetype> byteAt(qreal x, int y, int topLine) const;
};

}  // namespace sockbench::ui
