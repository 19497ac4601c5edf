// ManyPanel: many clients of one endpoint from one form, and how they fare. Thread: gui.
//
// Object names: "manyStartButton", "manyStopButton" and those of ManyForm and ManyResults.
#pragma once

#include <memory>

#include "core/automation/many/client_swarm.h"
#include "ui/bridge/news_door.h"
#include "ui/panels/panel.h"

class QPushButton;

namespace sockbench::ui {

class EngineBridge;
class ManyForm;
class ManyResults;

class ManyPanel : public Panel {
  Q_OBJECT
 public:
  explicit ManyPanel(EngineBridge* bridge, QWidget* parent = nullptr);
  ~ManyPanel() override;

  bool isRunning() const;
  const ClientSwarm* swarm() const { return swarm_.get(); }  // the last one; nullptr: none yet
  ManyForm* form() const { return form_; }

  void act() override;     // starts
  void cancel() override;  // stops
  void focusFirst() override;
  int heightWanted() const override { return 460; }
  void saveState(QSettings& settings) const override;
  void restoreState(QSettings& settings) override;

 signals:
  void sessionSelected(sockbench::SessionId id);  // a person picked a client

 private:
  void refresh();

  EngineBridge* bridge_;
  ManyForm* form_;
  QPushButton* start_;
  QPushButton* stop_;
  ManyResults* results_;
  const std::shared_ptr<NewsDoor> door_;
  std::unique_ptr<ClientSwarm> swarm_;
};

}  // namespace sockbench::ui
