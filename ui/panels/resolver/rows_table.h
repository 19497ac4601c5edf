// RowsTable: the table over a GroupedRowsModel: the words of a fault run over the whole row, Copy takes the
// selected rows, and the context menu is the owner's with Copy in it. Thread: gui.
#pragma once

#include <QTableView>

#include "ui/panels/resolver/grouped_rows_model.h"

class QMenu;

namespace sockbench::ui {

class RowsTable : public QTableView {
  Q_OBJECT
 public:
  RowsTable(const QString& name, const QString& title, GroupedRowsModel* model, QWidget* parent = nullptr);

  void setWidths(const QList<int>& characters);  // of each column, in characters; the last one stretches
  // Columns that are hidden, the first of them first, while the table has no room for all. Copy has them all.
  void setDispensable(const QList<int>& columns);
  QByteArray saveColumns() const;
  void restoreColumns(const QByteArray& state);
  const TextRow* currentRow() const;  // nullptr when there is none
  QList<const TextRow*> selectedRows() const;

 signals:
  void rowChosen();              // double-click or Enter; currentRow() is the row
  void menuWanted(QMenu* menu);  // before it is shown: add to it

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  bool event(QEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void copyRows() const;
  void fitColumns();
  int neededWidth() const;

  GroupedRowsModel* rows_;
  QList<int> dispensable_;
  int fittedWidth_ = -1;
};

}  // namespace sockbench::ui
