#include "ui/widgets/hex_painter.h"

#include <QPainter>
#include <algorithm>

#include "ui/widgets/hex_dump.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

// Thin enough that every ink of the bytes stays legible over it.
constexpr int kWash = 34;
constexpr QPointF kInside{0, -0.5};  // of the line, not of the next

QColor inkOf(HexMark mark) {
  return theme::color(mark == HexMark::match ? theme::Role::warning : theme::Role::error);
}

}  // namespace

void HexPainter::paint(int line, int y) const {
  const qsizetype start = layout.firstOf(line);
  if (start + layout.bytesPerLine <= 0 || start >= layout.size) return;
  paintSelection(line, y);
  paintHighlights(line, y);
  paintBytes(line, y);
}

void HexPainter::paintBytes(int line, int y) const {
  const qsizetype start = layout.firstOf(line);
  const qsizetype first = std::max<qsizetype>(start, 0);
  const qsizetype end = std::min<qsizetype>(start + layout.bytesPerLine, layout.size);
  const qreal baseline = y + (layout.lineHeight - metrics.height()) / 2 + metrics.ascent();
  painter.setPen(theme::color(theme::Role::dim));
  painter.drawText(QPointF(layout.offsetX(), baseline), hexOffset(first, layout));
  for (qsizetype byte = first; byte < end; ++byte) {
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

std::optional<HexPainter::Stretch> HexPainter::within(int line, qsizetype first, qsizetype last) const {
  const qsizetype start = layout.firstOf(line);
  if (last < start || first >= start + layout.bytesPerLine) return std::nullopt;
  return Stretch{static_cast<int>(std::max(first, start) - start),
                 static_cast<int>(std::min<qsizetype>(last - start, layout.bytesPerLine - 1))};
}

QRectF HexPainter::hexBand(Stretch stretch, int y) const {
  const qreal half = layout.cell / 2;
  const qreal left = layout.hexX(stretch.first) - half;
  return {left, qreal(y), layout.hexX(stretch.last) + layout.cell * 2 + half - left,
          qreal(layout.lineHeight)};
}

QRectF HexPainter::asciiBand(Stretch stretch, int y) const {
  const qreal left = layout.asciiX(stretch.first);
  return {left, qreal(y), layout.asciiX(stretch.last) + layout.cell - left, qreal(layout.lineHeight)};
}

void HexPainter::paintSelection(int line, int y) const {
  if (selection) {
    if (const auto stretch = within(line, selection->first, selection->last)) {
      const QColor wash = theme::color(theme::Role::selection);
      painter.fillRect(hexBand(*stretch, y), wash);
      painter.fillRect(asciiBand(*stretch, y), wash);
    }
  }
  if (const auto stretch = within(line, cursor, cursor); cursor >= 0 && stretch) {
    painter.setPen(theme::color(theme::Role::accent));
    painter.drawRect(hexBand(*stretch, y).adjusted(0.5, 0.5, -0.5, -0.5));
    painter.drawRect(asciiBand(*stretch, y).adjusted(0, 0.5, 0, -0.5));
  }
}

void HexPainter::paintHighlights(int line, int y) const {
  const qsizetype start = layout.firstOf(line);
  auto at = std::ranges::lower_bound(highlights, start, {}, &HexHighlight::last);
  for (; at != highlights.end() && at->first < start + layout.bytesPerLine; ++at) {
    const auto index = static_cast<std::size_t>(at - highlights.begin());
    paintHighlight(line, *at, current == index, y);
  }
}

void HexPainter::paintHighlight(int line, const HexHighlight& highlight, bool isCurrent, int y) const {
  const Stretch stretch = *within(line, highlight.first, highlight.last);
  const QColor ink = inkOf(highlight.mark);
  QColor wash = ink;
  wash.setAlpha(kWash);
  for (const auto band : {&HexPainter::hexBand, &HexPainter::asciiBand}) {
    const QRectF place = (this->*band)(stretch, y);
    painter.fillRect(place, wash);
    painter.setPen(QPen(ink, 1, highlight.mark == HexMark::match ? Qt::SolidLine : Qt::DashLine));
    if (!isCurrent) painter.drawLine(place.bottomLeft() + kInside, place.bottomRight() + kInside);
  }
  if (isCurrent) paintOutline(line, highlight, ink, y);
}

// Around all of its lines: no edge between one and the next.
void HexPainter::paintOutline(int line, const HexHighlight& highlight, const QColor& ink, int y) const {
  const Stretch stretch = *within(line, highlight.first, highlight.last);
  const auto above = within(line - 1, highlight.first, highlight.last);
  const auto below = within(line + 1, highlight.first, highlight.last);
  painter.setPen(ink);
  for (const auto band : {&HexPainter::hexBand, &HexPainter::asciiBand}) {
    const QRectF all = (this->*band)(stretch, y).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.drawLine(all.topLeft(), all.bottomLeft());
    painter.drawLine(all.topRight(), all.bottomRight());
    const int topEnd = above ? above->first - 1 : stretch.last;
    if (topEnd >= stretch.first) {
      const QRectF top = (this->*band)({stretch.first, topEnd}, y);
      painter.drawLine(QPointF(top.left(), all.top()), QPointF(top.right(), all.top()));
    }
    const int bottomBegin = below ? below->last + 1 : stretch.first;
    if (bottomBegin <= stretch.last) {
      const QRectF bottom = (this->*band)({bottomBegin, stretch.last}, y);
      painter.drawLine(QPointF(bottom.left(), all.bottom()), QPointF(bottom.right(), all.bottom()));
    }
  }
}

}  // namespace sockbench::ui
