#include "ui/panels/resolver/words_delegate.h"

#include <QApplication>
#include <QHeaderView>
#include <QPainter>
#include <QTableView>

#include "ui/panels/resolver/grouped_rows_model.h"

namespace sockbench::ui {
namespace {

constexpr int kFirstColumn = 1;
constexpr int kMargin = 3;  // as the style has it in a cell

}  // namespace

WordsDelegate::WordsDelegate(QTableView* table) : QStyledItemDelegate(table), table_(table) {}

// From the left edge of the first visible column of words to the right edge of the last one.
QRect WordsDelegate::wordsArea(const QRect& cell) const {
  const QHeaderView* header = table_->horizontalHeader();
  int column = kFirstColumn;
  while (column < header->count() && header->isSectionHidden(column)) ++column;
  const int left = header->sectionViewportPosition(column);
  return {left + kMargin, cell.top(), header->length() - header->offset() - left - 2 * kMargin,
          cell.height()};
}

const QString& WordsDelegate::elided(const QStyleOptionViewItem& cell, const QString& words,
                                     int width) const {
  if (words != lastWords_ || width != lastWidth_) {
    lastWords_ = words;
    lastWidth_ = width;
    lastElided_ = cell.fontMetrics.elidedText(words, Qt::ElideRight, width);
  }
  return lastElided_;
}

void WordsDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const {
  const QString words =
      index.column() < kFirstColumn ? QString() : index.data(GroupedRowsModel::kWordsRole).toString();
  if (words.isEmpty()) return QStyledItemDelegate::paint(painter, option, index);
  QStyleOptionViewItem cell = option;
  initStyleOption(&cell, index);
  cell.text.clear();
  const QStyle* style = cell.widget ? cell.widget->style() : QApplication::style();
  style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);
  const QRect area = wordsArea(cell.rect);
  const bool selected = cell.state.testFlag(QStyle::State_Selected);
  painter->save();
  painter->setClipRect(cell.rect);
  painter->setFont(cell.font);
  painter->setPen(cell.palette.color(selected ? QPalette::HighlightedText : QPalette::Text));
  painter->drawText(area, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                    elided(cell, words, area.width()));
  painter->restore();
}

}  // namespace sockbench::ui
