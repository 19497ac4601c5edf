// MarkedRows: rows of text searched by words, some of them marked: set off by a tint, bold, and a sign in the
// first column, so that colour alone says nothing. Thread: gui.
#pragma once

#include <QSet>
#include <QSortFilterProxyModel>

namespace sockbench::ui {

class GroupedRowsModel;

class MarkedRows : public QSortFilterProxyModel {
  Q_OBJECT
 public:
  // The first column of `rows` is the sign's and has no text of its own. `rows` outlives it.
  explicit MarkedRows(GroupedRowsModel* rows, QObject* parent = nullptr);

  void search(const QString& text);            // rows that have it in any column, in any case
  void mark(const QSet<int>& rows, int best);  // by their numbers in `rows`; `best` stands out, -1: none
  QModelIndex best() const;                    // invalid: there is none, or the search leaves it out

  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

 protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

 private:
  GroupedRowsModel* rows_;
  QString text_;
  QSet<int> marked_;
  int best_ = -1;
};

}  // namespace sockbench::ui
