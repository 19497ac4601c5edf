// PortsPanel: what this machine's kernel has open, as netstat(8) shows it: read on demand or every few
// seconds, with what is new and what is gone. Reading is done on a thread of its own. Thread: gui.
//
// While an interval is chosen and the panel is in sight a timer runs; else none does.
//
// Object names: those of PortsBar; "portsTable", "portsDetailsTable", "portsStatusLabel", "portsMessage",
// "portsSplitter".
#pragma once

#include <QTimer>
#include <chrono>
#include <memory>
#include <optional>

#include "core/net/endpoint.h"
#include "core/system/socket_details.h"
#include "ui/bridge/core_types.h"
#include "ui/models/ports_model.h"
#include "ui/panels/panel.h"

class QMenu;
class QSplitter;

namespace sockbench::ui {

class DetailsTable;
class ElidedLabel;
class EmptyHint;
class EngineBridge;
class InlineMessage;
class PortsBar;
class PortsTable;

class PortsPanel : public Panel {
  Q_OBJECT
 public:
  explicit PortsPanel(EngineBridge* bridge, QWidget* parent = nullptr);  // the bridge outlives it

  void act() override;     // reads the table again
  void cancel() override;  // what is being read is not shown
  void focusFirst() override;
  void saveState(QSettings& settings) const override;
  void restoreState(QSettings& settings) override;

  bool isTicking() const { return ticks_.isActive(); }

 signals:
  void targetChosen(const sockbench::Endpoint& endpoint);  // connect to this listener
  void inspectRequested(const QString& address);           // an IP address
  void sessionChosen(sockbench::SessionId id);             // go to this session of ours

 protected:
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  struct Reading;
  void arrange();
  void connectParts();
  void take(const Reading& reading);
  void present(const Reading& reading);
  void showStatus(std::chrono::nanoseconds took);
  void updateTicks();
  void updateHint();
  void openDetails(bool open);
  void showDetails();
  void choose();
  void addActions(QMenu* menu);
  void addInspections(QMenu* menu, const SocketRow& socket);

  EngineBridge* bridge_;
  PortsModel* model_;
  PortsBar* bar_;
  InlineMessage* message_;
  PortsTable* table_;
  EmptyHint* hint_;
  DetailsTable* details_;
  ElidedLabel* status_;
  QSplitter* splitter_;
  QTimer ticks_;
  std::shared_ptr<PortNames> names_ = makePortNames();
  unsigned asked_ = 0;  // the reading that is under way, or was last
  bool reading_ = false;
  int detailsWidth_ = 0;        // pixels, while they are closed; 0: as usual
  std::uint64_t detailed_ = 0;  // whose details are shown; 0: nobody's
  std::optional<Result<SocketDetails>> answer_;
};

}  // namespace sockbench::ui
