#include "ui/panels/traffic/stream/stream_painter.h"

#include <QPainter>
#include <algorithm>
#include <limits>

#include "ui/widgets/marked_text.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

QColor inkOf(const StreamShownLine& line) {
  if (line.byItself) return theme::color(theme::Role::dim);
  return theme::color(line.direction == Direction::out ? theme::Role::sent : theme::Role::received);
}

QColor through(QColor colour, float alpha) {
  colour.setAlphaF(alpha);
  return colour;
}

bool isColumns(const StreamShownLine& line) {
  return !line.line.cells.empty() && line.line.cells.front().byte < 0;
}

}  // namespace

std::optional<StreamPainter::Span> StreamPainter::selectedOf(std::uint64_t frame) const {
  if (!selection || frame < selection->first.frame || frame > selection->second.frame) return std::nullopt;
  const auto most = std::numeric_limits<std::int64_t>::max();
  const Span span{frame == selection->first.frame ? selection->first.byte : -1,
                  frame == selection->second.frame ? selection->second.byte : most};
  return span.from < span.to ? std::optional(span) : std::nullopt;
}

// Cells that stand for some of the bytes; neighbours are one wash.
void StreamPainter::wash(const StreamShownLine& line, Span bytes, qreal x, const QRectF& area,
                         const QColor& colour) const {
  const auto& cells = line.line.cells;
  const auto hit = [&](const StreamCell& cell) {
    const std::int64_t byte = line.start + cell.byte;
    return cell.byte >= 0 && byte < bytes.to && byte + cell.bytes > bytes.from;
  };
  const bool columns = isColumns(line);
  for (std::size_t at = 0; at < cells.size(); ++at) {
    if (!hit(cells[at])) continue;
    std::size_t last = at;
    for (std::size_t next = at + 1; next < cells.size(); ++next) {
      if (hit(cells[next]))
        last = next;
      else if (!columns || cells[next].byte >= 0 || cells[next].length > 1)
        break;
    }
    const qreal from = x + cells[at].x;
    const qreal to = x + cells[last].x + cells[last].width;
    painter.fillRect(QRectF(from, area.top(), to - from, area.height()), colour);
    at = last;
  }
}

void StreamPainter::paintMatches(const StreamShownLine& line, qreal x, const QRectF& area) const {
  if (!matches || line.byItself) return;
  const std::uint64_t from = line.offset + static_cast<std::uint64_t>(line.start + line.line.first);
  const std::uint64_t to = line.offset + static_cast<std::uint64_t>(line.start + line.line.end);
  auto match = std::ranges::partition_point(*matches, [&](const StreamMatch& m) {
    return m.direction < line.direction || (m.direction == line.direction && m.offset + m.length <= from);
  });
  for (; match != matches->end() && match->direction == line.direction && match->offset < to; ++match) {
    const bool isCurrent =
        current && current->direction == match->direction && current->offset == match->offset;
    const auto begin = static_cast<std::int64_t>(match->offset - std::min(match->offset, line.offset));
    const auto end = static_cast<std::int64_t>(match->offset + match->length - line.offset);
    wash(line, {match->offset < line.offset ? 0 : begin, end}, x, area,
         through(theme::color(theme::Role::warning), isCurrent ? 0.45F : 0.2F));
    if (isCurrent) {
      const QRectF foot(area.left(), area.bottom() - 2, area.width(), 2);
      wash(line, {match->offset < line.offset ? 0 : begin, end}, x, foot, theme::color(theme::Role::accent));
    }
  }
}

void StreamPainter::paintRun(const StreamShownLine& line, std::size_t from, std::size_t to, qreal x,
                             const QRectF& area, const QColor& ink) const {
  const auto& cells = line.line.cells;
  const int begin = cells[from].at;
  const int end = cells[to - 1].at + cells[to - 1].length;
  painter.setPen(ink);
  const qreal baseline = area.center().y() + (metrics.ascent() - metrics.descent()) / 2;
  painter.drawText(QPointF(x + cells[from].x, baseline), line.line.text.mid(begin, end - begin));
}

void StreamPainter::paintCells(const StreamShownLine& line, qreal x, const QRectF& area) const {
  const QColor ink = inkOf(line);
  const QColor dim = theme::color(theme::Role::dim);
  const auto& cells = line.line.cells;
  // Around the body stand a prefix, a header or a delimiter; beside the bytes their offset.
  const auto inkAt = [&](const StreamCell& cell) {
    if (cell.byte < 0) return dim;
    const std::int64_t byte = line.start + cell.byte;
    return byte >= line.body && byte < line.bodyEnd ? ink : dim;
  };
  for (std::size_t at = 0; at < cells.size();) {
    const StreamCell& cell = cells[at];
    if (cell.mark) {
      drawMark(painter, qRound(x + cell.x), qRound(area.center().y()),
               controlPictureName(line.line.text[cell.at]), font, inkAt(cell));
      ++at;
      continue;
    }
    std::size_t end = at + 1;
    while (end < cells.size() && !cells[end].mark && inkAt(cells[end]) == inkAt(cell)) ++end;
    paintRun(line, at, end, x, area, inkAt(cell));
    at = end;
  }
}

void StreamPainter::paintTicks(const StreamShownLine& line, qreal x, const QRectF& area,
                               const std::vector<std::uint64_t>& boundaries) const {
  const QColor ink = theme::color(theme::Role::accent);
  for (const std::uint64_t boundary : boundaries) {
    const auto byte = static_cast<std::int64_t>(boundary - line.offset) - line.start;
    for (const StreamCell& cell : line.line.cells) {
      if (cell.byte != byte) continue;
      const qreal tick = x + cell.x - (isColumns(line) && cell.length > 1 ? cell.width / 4 : 0);
      painter.fillRect(QRectF(tick - 0.5, area.top() + 1, 1.2, area.height() - 2), through(ink, 0.75F));
      painter.fillRect(QRectF(tick - 2.5, area.top() + 1, 5, 1.5), ink);
    }
  }
}

void StreamPainter::paintHead(const StreamPlace& place, const StreamShownLine& line,
                              const QRectF& area) const {
  const auto selected = selectedOf(place.frame);
  const qreal x = line.byItself ? StreamLook::kMargin : StreamLook::textX(line.direction);
  const qreal right = area.right() - StreamLook::kMargin;
  QFont loud = font;
  loud.setWeight(QFont::DemiBold);
  const qreal gap = metrics.averageCharWidth() * 2;
  const qreal way = line.way.isEmpty() ? 0 : QFontMetricsF(loud).horizontalAdvance(line.way) + gap;
  const qreal words = metrics.horizontalAdvance(line.line.text);
  if (selected && selected->from < 0)
    painter.fillRect(QRectF(x, area.top(), std::min(way + words, right - x), area.height()),
                     theme::color(theme::Role::selection));
  const auto write = [&](qreal from, const QString& text, const QColor& ink) {
    if (from >= right || text.isEmpty()) return;
    painter.setPen(ink);
    painter.drawText(QRectF(from, area.top(), right - from, area.height()),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     metrics.elidedText(text, Qt::ElideRight, right - from));
  };
  painter.setFont(loud);
  write(x, line.way, inkOf(line));
  painter.setFont(font);
  write(x + way, line.line.text, theme::color(theme::Role::dim));
  write(x + way + words + gap, line.fault, theme::color(theme::Role::error));
}

void StreamPainter::paint(const StreamPlace& place, const StreamShownLine& line, const QRectF& area,
                          const std::vector<std::uint64_t>& boundaries) const {
  if (!line.byItself) {
    const QRectF bar(StreamLook::kMargin + StreamLook::indent(line.direction), area.top(), StreamLook::kBar,
                     area.height());
    painter.fillRect(bar, inkOf(line));
  }
  if (line.kind != StreamShownLine::Kind::bytes) return paintHead(place, line, area);
  const qreal x = StreamLook::textX(line.direction);
  if (const auto selected = selectedOf(place.frame))
    wash(line, *selected, x, area, theme::color(theme::Role::selection));
  paintMatches(line, x, area);
  paintCells(line, x, area);
  paintTicks(line, x, area, boundaries);
}

}  // namespace sockbench::ui
