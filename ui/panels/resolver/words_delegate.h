// WordsDelegate: the cells of a table in which a row may have words (GroupedRowsModel::kWordsRole) that run
// from its second column over all that follow. Spans of the view would do the same, but cost each row that
// comes a walk over all of them. Thread: gui.
#pragma once

#include <QStyledItemDelegate>

class QTableView;

namespace sockbench::ui {

class WordsDelegate : public QStyledItemDelegate {
  Q_OBJECT
 public:
  explicit WordsDelegate(QTableView* table);
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

 private:
  QRect wordsArea(const QRect& cell) const;
  const QString& elided(const QStyleOptionViewItem& cell, const QString& words, int width) const;

  QTableView* table_;
  // The cells of a row are painted one after the other.
  mutable QString lastWords_;
  mutable QString lastElided_;
  mutable int lastWidth_ = -1;
};

}  // namespace sockbench::ui
