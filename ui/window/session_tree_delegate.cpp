#include "ui/window/session_tree_delegate.h"

#include <QApplication>
#include <QPainter>

#include "ui/models/session_tree_model.h"
#include "ui/widgets/page_tabs.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

constexpr int kGap = 8;  // between name and remark
constexpr int kPadding = 4;

bool isGroup(const QModelIndex& index) {
  return index.data(SessionTreeModel::SessionIdRole).toUInt() == 0;
}

void drawPart(QPainter* painter, const QRect& place, const QString& text, const QColor& color) {
  const QString shown = painter->fontMetrics().elidedText(text, Qt::ElideRight, place.width());
  painter->setPen(color);
  painter->drawText(place, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, shown);
}

}  // namespace

void SessionTreeDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const {
  QStyledItemDelegate::initStyleOption(option, index);
  if (isGroup(index)) {
    option->font.setWeight(QFont::DemiBold);
    return;
  }
  const auto state = static_cast<SessionState>(index.data(SessionTreeModel::StateRole).toInt());
  const qreal ratio = option->widget != nullptr ? option->widget->devicePixelRatioF() : 1.0;
  option->features |= QStyleOptionViewItem::HasDecoration;
  option->icon = stateDot(state, ratio);
  option->decorationSize = option->icon.availableSizes().value(0, QSize(10, 10)) / ratio;
}

void SessionTreeDelegate::paint(QPainter* painter, const QStyleOptionViewItem& given,
                                const QModelIndex& index) const {
  QStyleOptionViewItem option = given;
  initStyleOption(&option, index);
  const QStyle* style = option.widget != nullptr ? option.widget->style() : QApplication::style();
  const QRect whole = style->subElementRect(QStyle::SE_ItemViewItemText, &option, option.widget);
  option.text.clear();
  style->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);

  painter->save();
  painter->setFont(option.font);
  QRect place = whole.adjusted(kPadding, 0, 0, 0);
  place.setRight(option.rect.right() - kPadding);
  const QString name = index.data(SessionTreeModel::NameRole).toString();
  const QColor ink = theme::color(isGroup(index) ? theme::Role::dim : theme::Role::text);
  drawPart(painter, place, name, ink);
  place.setLeft(place.left() + QFontMetrics(option.font).horizontalAdvance(name) + kGap);
  const QString remark = index.data(SessionTreeModel::RemarkRole).toString();
  if (place.width() > kGap && !remark.isEmpty())
    drawPart(painter, place, remark, theme::color(theme::Role::dim));
  painter->restore();
}

QSize SessionTreeDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
  QSize size = QStyledItemDelegate::sizeHint(option, index);
  size.setHeight(std::max(size.height(), option.fontMetrics.height() + 2 * kPadding));
  return size;
}

}  // namespace sockbench::ui
