// InterfacesPage: this machine's name and its interfaces with their addresses. Thread: gui.
// Object names: "resolverHostnameLabel", "resolverInterfacesTable", "resolverMachineRefreshButton".
#pragma once

#include "core/base/error.h"
#include "core/resolve/interfaces.h"
#include "ui/panels/panel.h"

class QLabel;
class QSettings;
class QToolButton;

namespace sockbench::ui {

class GroupedRowsModel;
class InlineMessage;
class RowsTable;

class InterfacesPage : public Panel {
  Q_OBJECT
 public:
  explicit InterfacesPage(QWidget* parent = nullptr);

  void act() override;  // reads them again
  void cancel() override {}
  void focusFirst() override;
  void saveState(QSettings& settings) const override;
  void restoreState(QSettings& settings) override;

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  struct Answer {
    Result<std::string> name;
    Result<std::vector<NetworkInterface>> interfaces;
  };
  void show(const Answer& answer);

  QLabel* name_;
  QToolButton* refresh_;
  InlineMessage* message_;
  GroupedRowsModel* model_;
  RowsTable* table_;
};

}  // namespace sockbench::ui
