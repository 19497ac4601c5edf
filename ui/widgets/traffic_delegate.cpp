#include "ui/widgets/traffic_delegate.h"

#include <QPainter>
#include <QPolygonF>
#include <algorithm>

#include "ui/models/traffic_model.h"
#include "ui/widgets/marked_text.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

constexpr int kTickLeft = 3;
constexpr int kTickRoom = 4;  // that the tick takes of its cell beyond the padding

using RowKind = TrafficModel::RowKind;

theme::Role kindRole(RowKind kind) {
  switch (kind) {
    case RowKind::received:
      return theme::Role::received;
    case RowKind::sent:
      return theme::Role::sent;
    case RowKind::error:
      return theme::Role::error;
    case RowKind::event:
    case RowKind::evicted:
      break;
  }
  return theme::Role::dim;
}

theme::Role inkRole(int column, RowKind kind) {
  switch (column) {
    case TrafficModel::Direction:
      return kindRole(kind);
    case TrafficModel::Preview:
      return kind == RowKind::received || kind == RowKind::sent ? theme::Role::text : kindRole(kind);
    case TrafficModel::Peer:
    case TrafficModel::Length:
      return theme::Role::text;
    default:
      return theme::Role::dim;
  }
}

void paintTick(QPainter& painter, const QRect& cell, SessionId session) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme::sessionColor(session));
  painter.drawRoundedRect(QRectF(cell.left() + kTickLeft, cell.top() + 4, 3, cell.height() - 8), 1.5, 1.5);
  painter.restore();
}

// A flag in the cell's corner: the row is marked.
void paintFlag(QPainter& painter, const QRect& cell) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme::color(theme::Role::accent));
  const QPointF corner = cell.topLeft();
  const qreal side = cell.height() * 0.55;
  painter.drawPolygon(QPolygonF{corner, corner + QPointF(side, 0), corner + QPointF(0, side)});
  painter.restore();
}

// Under the text: a wash and a line, so that it is seen in either theme and not by colour alone.
void paintMatches(QPainter& painter, const QRect& room, const QString& text, const MatchRanges& matches) {
  QColor wash = theme::color(theme::Role::warning);
  wash.setAlphaF(0.28F);
  for (const auto& [first, count] : matches) {
    const int left = room.left() + markedTextWidth(text.left(first), painter.font());
    if (left >= room.right()) return;
    const int width = markedTextWidth(text.mid(first, count), painter.font());
    const QRect box = QRect(left, room.top() + 2, width, room.height() - 4).intersected(room);
    painter.fillRect(box, wash);
    painter.fillRect(box.left(), box.bottom(), box.width(), 1, theme::color(theme::Role::warning));
  }
}

// A person's comment stands before what was received or sent.
void paintPreview(QPainter& painter, QRect room, const QModelIndex& index, const QColor& ink) {
  const QString text = index.data().toString();
  const QString comment = index.data(TrafficModel::CommentRole).toString();
  if (!comment.isEmpty()) {
    QFont slanted = painter.font();
    const QFont upright = slanted;
    slanted.setItalic(true);
    painter.setFont(slanted);
    const QString words = QStringLiteral("\u270e %1").arg(comment);
    drawMarkedText(painter, room, words, theme::color(theme::Role::accent), theme::color(theme::Role::dim));
    room.setLeft(std::min(room.left() + markedTextWidth(words, slanted) + 2 * TrafficDelegate::kPadding,
                          room.right()));
    painter.setFont(upright);
  }
  paintMatches(painter, room, text, index.data(TrafficModel::MatchesRole).value<MatchRanges>());
  drawMarkedText(painter, room, text, ink, theme::color(theme::Role::dim));
}

}  // namespace

void TrafficDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
  const auto kind = index.data(TrafficModel::RowKindRole).value<RowKind>();
  const int column = index.column();
  const bool selected = (option.state & QStyle::State_Selected) != 0;
  painter->save();
  if (selected) {
    painter->fillRect(option.rect, theme::color(theme::Role::selection));
  } else if (const auto behind = index.data(Qt::BackgroundRole).value<QBrush>();
             behind.style() != Qt::NoBrush) {
    painter->fillRect(option.rect, behind);
  }
  if (column == TrafficModel::Session && kind != RowKind::evicted) {
    paintTick(*painter, option.rect, SessionId{index.data(TrafficModel::SessionRole).toUInt()});
  }
  if (column == TrafficModel::No && index.data(TrafficModel::MarkedRole).toBool())
    paintFlag(*painter, option.rect);
  const theme::Role role = inkRole(column, kind);
  const QColor ink = theme::color(selected && role == theme::Role::dim ? theme::Role::text : role);
  const int tick = column == TrafficModel::Session ? kTickRoom : 0;
  const QRect room = option.rect.adjusted(kPadding + tick, 0, -kPadding, 0);
  const QString text = index.data().toString();
  QFont font = option.font;
  font.setBold(column == TrafficModel::Direction);
  painter->setFont(font);
  if (column == TrafficModel::Preview) {
    paintPreview(*painter, room, index, ink);
  } else {
    painter->setPen(ink);
    const auto alignment = index.data(Qt::TextAlignmentRole).value<Qt::Alignment>();
    const QFontMetrics metrics(font);
    painter->drawText(
        room, static_cast<int>(alignment) | Qt::TextSingleLine,
        column == TrafficModel::Direction ? text : metrics.elidedText(text, Qt::ElideRight, room.width()));
  }
  painter->restore();
}

}  // namespace sockbench::ui
