#include "ui/widgets/hex_painter.h"

#include <QPainter>
#include <algorithm>

#include "ui/widgets/hex_dump.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {

void HexPainter::paint(int line, int y) const {
  const qsizetype start = layout.firstOf(line);
  const qsizetype end = std::min<qsizetype>(start + layout.bytesPerLine, layout.size);
  paintSelection(start, end, y);
  const qreal baseline = y + (layout.lineHeight - metrics.height()) / 2 + metrics.ascent();
  painter.setPen(theme::color(theme::Role::dim));
  painter.drawText(QPointF(layout.offsetX(), baseline), hexOffset(start, layout));
  for (qsizetype byte = start; byte < end; ++byte) {
    const int column = static_cast<int>(byte - start);
    const auto value = std::to_integer<std::uint8_t>(bytes[static_cast<std::size_t>(byte)]);
    const ByteMark& mark = marks[value];
    const QChar digits[] = {QLatin1Char(kHexDigits[value >> 4]), QLatin1Char(kHexDigits[value & 15])};
    painter.setPen(theme::color(mark.printing ? theme::Role::text : theme::Role::dim));
    painter.drawText(QPointF(layout.hexX(column), baseline), QString::fromRawData(digits, 2));
    painter.drawText(QPointF(layout.asciiX(column), baseline), QString::fromRawData(&mark.character, 1));
    if (mark.caret) {
      const qreal under = baseline + 2;
      painter.drawLine(QPointF(layout.asciiX(column) + 1, under),
                       QPointF(layout.asciiX(column) + layout.cell - 1, under));
    }
  }
}

void HexPainter::paintSelection(qsizetype start, qsizetype end, int y) const {
  const auto band = [&](qreal left, qreal right) { return QRectF(left, y, right - left, layout.lineHeight); };
  const qreal half = layout.cell / 2;
  if (selection && selection->first < end && selection->second >= start) {
    const int first = static_cast<int>(std::max(selection->first, start) - start);
    const int last = static_cast<int>(std::min(selection->second, end - 1) - start);
    const QColor wash = theme::color(theme::Role::selection);
    painter.fillRect(band(layout.hexX(first) - half, layout.hexX(last) + layout.cell * 2 + half), wash);
    painter.fillRect(band(layout.asciiX(first), layout.asciiX(last) + layout.cell), wash);
  }
  if (cursor >= start && cursor < end) {
    const int column = static_cast<int>(cursor - start);
    painter.setPen(theme::color(theme::Role::accent));
    painter.drawRect(band(layout.hexX(column) - half, layout.hexX(column) + layout.cell * 2 + half)
                         .adjusted(0.5, 0.5, -0.5, -0.5));
    painter.drawRect(
        band(layout.asciiX(column), layout.asciiX(column) + layout.cell).adjusted(0, 0.5, 0, -0.5));
  }
}

}  // namespace sockbench::ui
