// PortsTable: the table over a PortsModel. New rows are tinted, those that are gone are tinted and struck out
// (and say so in words in the first column); the row at the top stays there while others come and go.
// Thread: gui.
#pragma once

#include <QTableView>
#include <functional>

class QMenu;

namespace sockbench::ui {

class PortsModel;
struct PortRow;

class PortsTable : public QTableView {
  Q_OBJECT
 public:
  PortsTable(PortsModel* model, QWidget* parent = nullptr);

  const PortRow* currentRow() const;  // nullptr when there is none
  // Calls `change`, which changes the model's rows, and keeps the place: the row at the top stays at the top.
  void keepPlace(const std::function<void()>& change);

 signals:
  void rowChosen();              // double-click or Enter
  void menuWanted(QMenu* menu);  // before it is shown: add to it

 protected:
  bool event(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  PortsModel* rows_;
};

}  // namespace sockbench::ui
