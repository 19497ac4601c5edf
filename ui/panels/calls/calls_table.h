// CallsTable: the table over a CallsModel. Thread: gui. Object name: "callsTable".
#pragma once

#include <QTableView>

class QMenu;

namespace sockbench::ui {

class CallsModel;

class CallsTable : public QTableView {
  Q_OBJECT
 public:
  explicit CallsTable(CallsModel* model, QWidget* parent = nullptr);

  int currentRow() const;           // -1: none
  QList<int> selectedRows() const;  // from the first to the last
  void showRow(int row);            // selects it and brings it into sight

 signals:
  void rowChosen();              // double-click or Enter
  void deleteRequested();        // Del
  void menuWanted(QMenu* menu);  // before it is shown: add to it

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
};

}  // namespace sockbench::ui
