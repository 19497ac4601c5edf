// ReplayDialog: sends what one side of a recorded talk sent, with its timing, into a session that is open or
// to an endpoint. What comes back stands in the timeline. Thread: gui.
//
// Object names: "replayDialog", "replaySideBox", "replaySpeedBox", "replayTargetBox", "replayEndpointEdit",
// "replayStartButton", "replayStatusLabel", "replayMessage".
#pragma once

#include <QDialog>
#include <QTimer>
#include <memory>

#include "core/automation/scenario/replay.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace sockbench::ui {

class EngineBridge;
class InlineMessage;

class ReplayDialog : public QDialog {
  Q_OBJECT
 public:
  // Starts nothing by itself. The bridge outlives it. Closed, it lets the messages go on.
  ReplayDialog(EngineBridge* bridge, RecordedTalk talk, QWidget* parent);

 private:
  void build();
  void fillTargets();
  void start();
  void tell();

  EngineBridge* bridge_;
  const RecordedTalk talk_;
  QComboBox* side_;
  QComboBox* speed_;
  QComboBox* target_;
  QLineEdit* endpoint_;
  QPushButton* start_;
  QLabel* status_;
  InlineMessage* message_;
  QTimer ticks_;  // while something is sent
  std::shared_ptr<ReplayAgent> agent_;
};

}  // namespace sockbench::ui
