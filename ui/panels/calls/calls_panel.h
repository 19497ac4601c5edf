// CallsPanel: every socket call by hand, with its result, its errno and its time. Thread: gui.
//
// A call that waits holds up nobody: its row says so and since when, and a timer runs only meanwhile. What is
// sent and received stands in the timeline. Closing the panel interrupts and closes everything.
//
// Object names: those of CallsBar, CallForm, LineBar, CallsTable, VariablesView and CallInspector;
// "callsMessage", "callsExampleButton", "callsSplitter", "callsTopSplitter", "callsBottomSplitter".
#pragma once

#include <QTimer>

#include "core/calls/experiments/experiment.h"
#include "ui/models/calls_model.h"
#include "ui/panels/panel.h"

class QMenu;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace sockbench::ui {

class BenchRuns;
class CallForm;
class CallInspector;
class CallsBar;
class CallsTable;
class CallsVariablesModel;
class EngineBridge;
class InlineMessage;
class LineBar;
class VariablesView;

class CallsPanel : public Panel {
  Q_OBJECT
 public:
  explicit CallsPanel(EngineBridge* bridge, QWidget* parent = nullptr);  // the bridge outlives it

  void act() override;     // runs the line
  void cancel() override;  // interrupts the selected call that waits, or the last that began to
  void focusFirst() override;
  int heightWanted() const override;
  void saveState(QSettings& settings) const override;
  void restoreState(QSettings& settings) override;

  CallsModel* model() const { return model_; }
  bool isTicking() const { return ticks_.isActive(); }

  // Adds lines behind those that are there; the first of them is selected.
  void addLines(const std::vector<std::string>& lines);

 signals:
  void sessionSelected(sockbench::SessionId id);  // show its rows in the timeline

 protected:
  void keyPressEvent(QKeyEvent* event) override;  // Ctrl+Enter anywhere in it runs the line

 private:
  void arrange();
  QWidget* makeTablePlace();
  QWidget* makeUpper();
  QWidget* makeLower();
  void connectParts();
  void connectRuns();
  void connectRows();
  void take(const QList<CallNews>& news);
  void showConclusion(const Experiment* experiment, const ExperimentConclusion& conclusion);
  void showAnswer(const CallNews& news);
  void showVariables();
  void showRow();
  void runLine(const std::string& text);
  void foldForm();
  void clearBench();
  void edit(int row);
  void openScript(const std::vector<std::string>& lines, const QString& path);
  void refuse(const Error& error, std::size_t number);
  void addActions(QMenu* menu);

  CallsModel* model_;
  BenchRuns* runs_;
  CallsVariablesModel* variables_;
  CallsBar* bar_;
  CallForm* form_;
  LineBar* line_;
  InlineMessage* message_;
  CallsTable* table_;
  QStackedWidget* tablePlace_;
  VariablesView* variablesView_;
  CallInspector* inspector_;
  QPushButton* example_;
  QSplitter* splitter_;
  QSplitter* top_;
  QSplitter* bottom_;
  QTimer ticks_;
  bool wantsForm_ = true;  // a person does; an experiment or a script folds it all the same
  quint64 formKey_ = 0;    // the row that the form's line was last run as
};

}  // namespace sockbench::ui
