// RunBar: what a scenario's page can do: new, open, save; run, step, pause, stop; and how it stands. Thread:
// gui. Object names: "scenarioNewButton", "scenarioOpenButton", "scenarioSaveButton", "scenarioRunButton",
// "scenarioStepButton", "scenarioPauseButton", "scenarioStopButton", "scenarioStatusLabel",
// "scenarioProgress".
#pragma once

#include <QByteArray>
#include <QWidget>

#include "core/automation/scenario/scenario_run.h"

class QMenu;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace sockbench::ui {

class ElidedLabel;

class RunBar : public QWidget {
  Q_OBJECT
 public:
  enum class Tone { plain, good, fault };

  explicit RunBar(QWidget* parent = nullptr);

  void showState(ScenarioRunState state);  // which buttons mean something
  void say(const QString& words, Tone tone = Tone::plain);
  QString said() const;
  void showProgress(std::uint64_t done, std::uint64_t all);  // while it runs; all 0: none
  QWidget* first() const;

 signals:
  void newRequested(const QByteArray& text);  // of a template
  void openRequested();
  void recentMenuOpening(QMenu* menu);  // whoever knows them adds them
  void saveRequested();
  void saveAsRequested();
  void runRequested();
  void stepRequested();
  void pauseRequested();  // or to go on
  void stopRequested();

 private:
  QToolButton* makeTool(const char* name, const QString& text, const QString& toolTip);
  QPushButton* makeButton(const char* name, const QString& text, const QString& toolTip);
  void fillMenus();
  void arrange();

  QToolButton* new_;
  QToolButton* open_;
  QToolButton* save_;
  QPushButton* run_;
  QPushButton* step_;
  QPushButton* pause_;
  QPushButton* stop_;
  ElidedLabel* status_;
  QProgressBar* progress_;
};

}  // namespace sockbench::ui
