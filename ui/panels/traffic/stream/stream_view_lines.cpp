#include <QPaintEvent>
#include <QPainter>

#include "ui/panels/traffic/stream/stream_view.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

constexpr std::size_t kMostTicks = 256;  // in one line

}  // namespace

qreal StreamView::heightOf(const StreamPlace& place) const {
  const bool head = place.part == 0 && place.line == 0;
  return lineHeight_ + (head ? StreamLook::kHeadSpace : 0);
}

// The line with which the last ones fill the view.
StreamPlace StreamView::endTop() const {
  const auto last = document_->last();
  if (!last) return {};
  StreamPlace top = *last;
  qreal room = viewport()->height() - heightOf(top);
  for (StreamPlace above = top; document_->previous(above);) {
    room -= heightOf(above);
    if (room < 0) break;
    top = above;
  }
  return top;
}

void StreamView::layoutLines() const {
  if (!std::exchange(stale_, false)) return;
  shown_.clear();
  atEnd_ = true;
  if (!document_ || document_->isEmpty()) return;
  StreamPlace place = top_;
  for (qreal y = 0; y < viewport()->height();) {
    const qreal space = heightOf(place) - lineHeight_;
    shown_.push_back({place, document_->line(place),
                      QRectF(0, y + space, viewport()->width(), static_cast<qreal>(lineHeight_))});
    y += heightOf(place);
    const bool whole = y <= viewport()->height();
    if (!document_->next(place)) {
      atEnd_ = whole;
      return;
    }
  }
  atEnd_ = false;
}

std::vector<std::uint64_t> StreamView::boundariesOf(const StreamShownLine& line) const {
  if (line.kind != StreamShownLine::Kind::bytes || document_->state().datagrams) return {};
  const std::uint64_t from = line.offset + static_cast<std::uint64_t>(line.start + line.line.first);
  const std::uint64_t to = line.offset + static_cast<std::uint64_t>(line.start + line.line.end);
  // A boundary at the line's very beginning is one, but not at the frame's.
  const std::uint64_t before = from > line.offset ? from - 1 : from;
  return document_->conversation().boundaries(line.direction, before, to, kMostTicks);
}

void StreamView::paintEvent(QPaintEvent* event) {
  QPainter painter(viewport());
  layoutLines();
  if (shown_.empty()) {
    painter.setPen(theme::color(theme::Role::dim));
    painter.setFont(parentWidget() ? parentWidget()->font() : font());
    return painter.drawText(viewport()->rect().adjusted(24, 12, -24, -12), Qt::AlignCenter | Qt::TextWordWrap,
                            emptyWords_);
  }
  painter.setFont(font());
  const StreamPainter lines{painter, font(), QFontMetricsF(font()), selection(), &matches_, current_};
  for (const Shown& shown : shown_) {
    if (!shown.area.toAlignedRect().intersects(event->rect())) continue;
    lines.paint(shown.place, shown.line, shown.area, boundariesOf(shown.line));
  }
}

QStringList StreamView::visibleLines() const {
  layoutLines();
  QStringList lines;
  for (const Shown& shown : shown_) lines += document_->lineText(shown.line);
  return lines;
}

}  // namespace sockbench::ui
