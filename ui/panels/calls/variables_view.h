// VariablesView: the variables of the bench as a tree. Opening a socket's options asks for them.
// Thread: gui. Object name: "callsVariablesTable".
#pragma once

#include <QTreeView>

#include "core/calls/call_value.h"

namespace sockbench::ui {

class CallsVariablesModel;

class VariablesView : public QTreeView {
  Q_OBJECT
 public:
  explicit VariablesView(CallsVariablesModel* model, QWidget* parent = nullptr);

 signals:
  void optionsWanted(sockbench::CallHandle handle);
  void variableChosen(const QString& name);  // double-click or Enter

 protected:
  void keyPressEvent(QKeyEvent* event) override;
};

}  // namespace sockbench::ui
