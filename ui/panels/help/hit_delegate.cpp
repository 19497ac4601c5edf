#include "ui/panels/help/hit_delegate.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QPainter>

#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

constexpr int kMargin = 10;
constexpr int kSpace = 6;  // above and below
constexpr int kWrap = static_cast<int>(Qt::TextWordWrap) | static_cast<int>(Qt::AlignLeft);

QFont titleFont(const QFont& font) {
  QFont bold(font);
  bold.setWeight(QFont::DemiBold);
  return bold;
}

QRect textRect(const QFont& font, const QString& text, int width) {
  return text.isEmpty() ? QRect() : QFontMetrics(font).boundingRect(0, 0, width, 10000, kWrap, text);
}

}  // namespace

void HitDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                        const QModelIndex& index) const {
  QStyleOptionViewItem cell = option;
  initStyleOption(&cell, index);
  const QString title = cell.text;
  cell.text.clear();
  const QStyle* style = cell.widget ? cell.widget->style() : QApplication::style();
  style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);

  QRect box = cell.rect.adjusted(kMargin, kSpace, -kMargin, -kSpace);
  painter->save();
  painter->setFont(titleFont(cell.font));
  painter->setPen(theme::color(cell.state & QStyle::State_Enabled ? theme::Role::text : theme::Role::dim));
  painter->drawText(box, kWrap, title);
  box.setTop(box.top() + textRect(titleFont(cell.font), title, box.width()).height() + 2);
  painter->setFont(cell.font);
  painter->setPen(theme::color(theme::Role::dim));
  painter->drawText(box, kWrap, index.data(kExcerptRole).toString());
  painter->restore();
}

QSize HitDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
  const int width = (view ? view->viewport()->width() : option.rect.width()) - 2 * kMargin;
  const int title = textRect(titleFont(option.font), index.data().toString(), width).height();
  const int excerpt = textRect(option.font, index.data(kExcerptRole).toString(), width).height();
  return {width, title + 2 + excerpt + 2 * kSpace};
}

}  // namespace sockbench::ui
