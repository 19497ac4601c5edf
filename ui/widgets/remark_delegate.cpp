#include "ui/widgets/remark_delegate.h"

#include <QApplication>
#include <QPainter>

#include "ui/widgets/theme.h"

namespace sockbench::ui {

namespace {
constexpr int kGap = 12;
constexpr int kMargin = 8;
}  // namespace

void RemarkDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const {
  QStyleOptionViewItem row = option;
  initStyleOption(&row, index);
  const QString text = std::exchange(row.text, QString());
  const QStyle* style = row.widget ? row.widget->style() : QApplication::style();
  style->drawControl(QStyle::CE_ItemViewItem, &row, painter, row.widget);

  const QRect area = row.rect.adjusted(kMargin, 0, -kMargin, 0);
  const bool selected = row.state.testFlag(QStyle::State_Selected);
  painter->save();
  painter->setFont(row.font);
  painter->setPen(row.palette.color(selected ? QPalette::HighlightedText : QPalette::Text));
  painter->drawText(area, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, text);
  const int used = row.fontMetrics.horizontalAdvance(text) + kGap;
  const QString remark = index.data(kRemarkRole).toString();
  if (!remark.isEmpty() && used < area.width()) {
    if (!selected) painter->setPen(theme::color(theme::Role::dim));
    const QString shown = row.fontMetrics.elidedText(remark, Qt::ElideRight, area.width() - used);
    painter->drawText(area.adjusted(used, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                      shown);
  }
  painter->restore();
}

QSize RemarkDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
  QStyleOptionViewItem row = option;
  initStyleOption(&row, index);
  const int width = row.fontMetrics.horizontalAdvance(row.text) + kGap +
                    row.fontMetrics.horizontalAdvance(index.data(kRemarkRole).toString()) + 2 * kMargin;
  return {width, row.fontMetrics.height() + kMargin};
}

}  // namespace sockbench::ui
