// MachinePage: this machine's name and its interfaces with their addresses. Thread: gui.
// Object names: "resolverHostnameLabel", "resolverInterfacesTable", "resolverMachineRefreshButton".
#pragma once

#include <QWidget>

#include "core/base/error.h"
#include "core/resolve/interfaces.h"

class QLabel;
class QToolButton;

namespace sockbench::ui {

class GroupedRowsModel;
class InlineMessage;

class MachinePage : public QWidget {
  Q_OBJECT
 public:
  explicit MachinePage(QWidget* parent = nullptr);
  void refresh();

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
};

}  // namespace sockbench::ui
