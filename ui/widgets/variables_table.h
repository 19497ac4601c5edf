// VariablesTable: variables as a table that is edited in place, with Add and Remove. Thread: gui.
//
// Object names: "variablesTable", "variablesAddButton", "variablesRemoveButton", "variablesMessage".
#pragma once

#include <QWidget>

class QPushButton;
class QTableView;

namespace sockbench::ui {

class InlineMessage;
class VariablesModel;

class VariablesTable : public QWidget {
  Q_OBJECT
 public:
  explicit VariablesTable(VariablesModel* model, QWidget* parent = nullptr);  // the model outlives it

 private:
  void addOne();
  void removeCurrent();

  VariablesModel* model_;
  QTableView* table_;
  QPushButton* remove_;
  InlineMessage* message_;
};

}  // namespace sockbench::ui
