// CallsBar: what is done with all lines of the bench: run, script, clear. Thread: gui.
//
// Object names: "callsExperimentBox", "callsRunAllButton", "callsRunFromButton", "callsKeepGoingBox",
// "callsClearButton", and those of ScriptButton.
#pragma once

#include <QWidget>

#include "core/calls/experiments/experiment.h"

class QCheckBox;
class QComboBox;
class QPushButton;

namespace sockbench::ui {

class CallsModel;
class ScriptButton;

class CallsBar : public QWidget {
  Q_OBJECT
 public:
  explicit CallsBar(const CallsModel* model, QWidget* parent = nullptr);

  ScriptButton* script() const { return script_; }
  bool keepsGoing() const;
  void setKeepsGoing(bool keep);
  void setRunnable(bool any, bool fromHere);  // there are lines; one is chosen

 signals:
  void runAllRequested();
  void runFromRequested();
  void keepGoingChanged(bool keep);
  void clearRequested();
  void experimentChosen(const sockbench::Experiment* experiment);

 private:
  void fillExperiments();

  QPushButton* runAll_;
  QPushButton* runFrom_;
  QCheckBox* keepGoing_;
  ScriptButton* script_;
  QPushButton* clear_;
  QComboBox* experiments_;
};

}  // namespace sockbench::ui
