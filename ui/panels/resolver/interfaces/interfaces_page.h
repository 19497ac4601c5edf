// InterfacesPage: this machine's name and its interfaces with their addresses, as they are while one looks.
// Thread: gui.
//
// Object names: "resolverHostnameLabel", "resolverInterfacesTable", "resolverMachineRefreshButton",
// "resolverInterfacesChangeLabel", "resolverInterfacesMessage".
#pragma once

#include <QElapsedTimer>
#include <optional>
#include <vector>

#include "core/base/error.h"
#include "core/net/endpoint.h"
#include "core/resolve/interface_changes.h"
#include "core/resolve/interfaces.h"
#include "ui/panels/panel.h"

class QHBoxLayout;
class QLabel;
class QMenu;
class QSettings;
class QToolButton;

namespace sockbench::ui {

class ElidedLabel;
class GroupedRowsModel;
class InlineMessage;
class InterfaceFollower;
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

 signals:
  void localAddressChosen(const QString& address);  // for the Client to connect from
  void serveHereRequested(const sockbench::Endpoint& endpoint);
  void inspectRequested(const QString& address);  // with its prefix

 protected:
  void showEvent(QShowEvent* event) override;  // follows the kernel's news from now on
  void hideEvent(QHideEvent* event) override;

 private:
  struct Answer {
    Result<std::string> name;
    Result<std::vector<NetworkInterface>> interfaces;
  };
  QHBoxLayout* makeBar();
  void showAnswer(const Answer& answer);
  void note(std::vector<InterfaceChange> changes);
  void showInterfaces(const std::vector<NetworkInterface>& now);
  void unfollow(const Error& why);
  QString currentAddress() const;
  void addActions(QMenu* menu);

  QLabel* name_;
  ElidedLabel* change_;
  QToolButton* refresh_;
  InlineMessage* message_;
  GroupedRowsModel* model_;
  RowsTable* table_;
  InterfaceFollower* follower_;
  std::optional<std::vector<NetworkInterface>> shown_;
  std::vector<InterfaceChange> changes_;  // that are tinted
  QElapsedTimer sinceChange_;
  std::optional<Error> fault_;  // why changes are not followed
  bool reading_ = false;
  bool again_ = false;  // there was news while they were read
};

}  // namespace sockbench::ui
