#include "ui/widgets/traffic_delegate.h"

#include <QPainter>

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
  const theme::Role role = inkRole(column, kind);
  const QColor ink = theme::color(selected && role == theme::Role::dim ? theme::Role::text : role);
  const int tick = column == TrafficModel::Session ? kTickRoom : 0;
  const QRect room = option.rect.adjusted(kPadding + tick, 0, -kPadding, 0);
  const QString text = index.data().toString();
  QFont font = option.font;
  font.setBold(column == TrafficModel::Direction);
  painter->setFont(font);
  if (column == TrafficModel::Preview) {
    drawMarkedText(*painter, room, text, ink, theme::color(theme::Role::dim));
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
