// ScenarioPage: a scenario: its text, its steps, its variables, and a run of it. Opening one runs nothing;
// while it runs, the text stays as it is. Thread: gui.
//
// Object names: "scenarioEdit", "scenarioStepsTree", "scenarioVariablesTable", "scenarioDiffView",
// "scenarioPlaceLabel", "scenarioMessage", and those of RunBar.
#pragma once

#include <QSplitter>

#include "core/engine/session_snapshot.h"
#include "ui/bridge/scenario_bridge.h"
#include "ui/panels/panel.h"

class QMenu;
class QTableView;

namespace sockbench::ui {

class DifferenceView;
class ElidedLabel;
class InlineMessage;
class RunBar;
class ScenarioEdit;
class ScenarioFile;
class ScenarioReading;
class ScenarioStepsModel;
class ScenarioVariablesModel;
class StepsView;

class ScenarioPage : public Panel {
  Q_OBJECT
 public:
  explicit ScenarioPage(EngineBridge* engine, QWidget* parent = nullptr);
  ~ScenarioPage() override;  // what runs is stopped

  void open(const QString& path);
  // A text without a file. `changed`: it is worth keeping as it stands.
  void setText(const QByteArray& text, bool changed);

  QString path() const;      // empty: it was never saved
  QString title() const;     // the file's name, with a mark while there are changes
  SessionState dot() const;  // how the last run stands, as the dot of a tab
  bool isFresh() const;      // no file, no change, nothing has run
  bool isChanged() const;    // and not saved
  void warnOfChanges();      // in the page: it was about to be closed

  void act() override;     // runs it, or goes on
  void cancel() override;  // stops it
  void focusFirst() override;
  void saveState(QSettings& settings) const override;
  void restoreState(QSettings& settings) override;

 signals:
  void titleChanged();                 // title(), dot()
  void fileUsed(const QString& path);  // opened or saved
  void newRequested(const QByteArray& text);
  void openRequested();
  void recentMenuOpening(QMenu* menu);

 private:
  enum class Start { no, running, paused };

  QWidget* buildText();
  void arrange();
  void connectParts();
  void connectFile();
  void connectRun();
  void textChanged();
  void showReading();
  void showSteps(const QList<std::size_t>& places);
  void run(Start how);
  void startNow(Start how);
  void step();
  void pauseOrGoOn();
  void showOutcome();
  void showStates();
  void save();
  void askWhere();

  ScenarioFile* file_;
  ScenarioReading* reading_;
  ScenarioStepsModel* stepsModel_;
  ScenarioVariablesModel* variablesModel_;
  ScenarioBridge* runner_;
  RunBar* bar_;
  InlineMessage* message_;
  ScenarioEdit* edit_;
  ElidedLabel* place_;
  StepsView* steps_;
  QTableView* variables_;
  DifferenceView* difference_;
  QSplitter* across_;
  QSplitter* right_;
  QSplitter* down_;
  Start wanted_ = Start::no;  // once the text has been read
  bool hasRun_ = false;       // this very text
  bool isUsed_ = false;       // a file is, or was to be, behind it
};

}  // namespace sockbench::ui
