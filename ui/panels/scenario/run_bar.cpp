#include "ui/panels/scenario/run_bar.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/panels/scenario/scenario_templates.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/help_page.h"
#include "ui/widgets/named.h"

namespace sockbench::ui {

RunBar::RunBar(QWidget* parent)
    : QWidget(parent),
      new_(makeTool("scenarioNewButton", tr("New"), tr("Begin another scenario, with a pattern of one"))),
      open_(makeTool("scenarioOpenButton", tr("Open\u2026"), tr("Open a scenario file. It runs nothing"))),
      save_(makeTool("scenarioSaveButton", tr("Save"), tr("Save the text to its file"))),
      run_(makeButton("scenarioRunButton", tr("Run"), tr("Run all steps (F5)"))),
      step_(makeButton("scenarioStepButton", tr("Step"),
                       tr("Do one step and pause; the first time it pauses before the first step"))),
      pause_(makeButton("scenarioPauseButton", tr("Pause"), tr("Pause before the next step, or go on"))),
      stop_(makeButton("scenarioStopButton", tr("Stop"), tr("Give it up and close what it opened (Esc)"))),
      status_(new ElidedLabel(this)),
      progress_(new QProgressBar(this)) {
  run_->setProperty("primary", true);
  status_->setObjectName(QStringLiteral("scenarioStatusLabel"));
  status_->setAccessibleName(tr("How the scenario stands"));
  progress_->setObjectName(QStringLiteral("scenarioProgress"));
  progress_->setAccessibleName(tr("Progress of the run"));
  progress_->setTextVisible(false);
  fillMenus();
  arrange();
  connect(run_, &QPushButton::clicked, this, &RunBar::runRequested);
  connect(step_, &QPushButton::clicked, this, &RunBar::stepRequested);
  connect(pause_, &QPushButton::clicked, this, &RunBar::pauseRequested);
  connect(stop_, &QPushButton::clicked, this, &RunBar::stopRequested);
  connect(open_, &QToolButton::clicked, this, &RunBar::openRequested);
  connect(save_, &QToolButton::clicked, this, &RunBar::saveRequested);
  showState(ScenarioRunState::ready);
}

QToolButton* RunBar::makeTool(const char* name, const QString& text, const QString& toolTip) {
  auto* button = named(new QToolButton(this), name, text, toolTip);
  button->setText(text);
  button->setProperty("framed", true);
  return button;
}

QPushButton* RunBar::makeButton(const char* name, const QString& text, const QString& toolTip) {
  return named(new QPushButton(text, this), name, text, toolTip);
}

void RunBar::fillMenus() {
  auto* patterns = new QMenu(this);
  const QList<ScenarioTemplate> templates = scenarioTemplates();
  for (const ScenarioTemplate& one : templates) {
    QAction* action =
        patterns->addAction(one.title, this, [this, text = one.text] { emit newRequested(text); });
    action->setObjectName(QStringLiteral("scenarioTemplateAction"));
  }
  new_->setMenu(patterns);
  new_->setPopupMode(QToolButton::InstantPopup);
  auto* recent = new QMenu(this);
  connect(recent, &QMenu::aboutToShow, this, [this, recent] {
    recent->clear();
    emit recentMenuOpening(recent);
    if (recent->isEmpty()) recent->addAction(tr("None yet"))->setEnabled(false);
  });
  open_->setMenu(recent);
  open_->setPopupMode(QToolButton::MenuButtonPopup);
  auto* saving = new QMenu(this);
  saving->addAction(tr("Save &as\u2026"), this, &RunBar::saveAsRequested)
      ->setObjectName(QStringLiteral("scenarioSaveAsAction"));
  save_->setMenu(saving);
  save_->setPopupMode(QToolButton::MenuButtonPopup);
}

void RunBar::arrange() {
  auto* buttons = new QHBoxLayout;
  buttons->setContentsMargins(0, 0, 0, 0);
  buttons->setSpacing(6);
  for (QToolButton* button : {new_, open_, save_}) buttons->addWidget(button);
  buttons->addSpacing(8);
  for (QPushButton* button : {run_, step_, pause_, stop_}) buttons->addWidget(button);
  buttons->addSpacing(4);
  buttons->addWidget(status_, 1);
  auto* help = new HelpButton(QStringLiteral("scenarios"), tr("scenarios"), this);
  help->setObjectName(QStringLiteral("scenarioHelpButton"));
  buttons->addWidget(help);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(3);
  column->addLayout(buttons);
  column->addWidget(progress_);
  QSizePolicy kept = progress_->sizePolicy();
  kept.setRetainSizeWhenHidden(true);
  progress_->setSizePolicy(kept);
  progress_->hide();
}

void RunBar::showState(ScenarioRunState state) {
  const bool isPaused = state == ScenarioRunState::paused;
  const bool isRunning = state == ScenarioRunState::running;
  const QString isUnderWay = tr("It is running");
  const QString nothingRuns = tr("Nothing is running");
  setEnabledOr(run_, !isRunning && !isPaused, isUnderWay);
  setEnabledOr(step_, !isRunning, isUnderWay);
  setEnabledOr(pause_, isRunning || isPaused, nothingRuns);
  setEnabledOr(stop_, isRunning || isPaused, nothingRuns);
  pause_->setText(isPaused ? tr("Continue") : tr("Pause"));
  pause_->setAccessibleName(pause_->text());
  if (!isRunning && !isPaused) progress_->hide();
}

void RunBar::say(const QString& words, Tone tone) {
  status_->setText(words);
  status_->setProperty("fault", tone == Tone::fault);
  status_->setProperty("good", tone == Tone::good);
  status_->setProperty("dim", tone == Tone::plain);
  status_->style()->unpolish(status_);
  status_->style()->polish(status_);
}

QString RunBar::said() const {
  return status_->text();
}

// A loop does its steps more often than they are written: it is full then, and goes on.
void RunBar::showProgress(std::uint64_t done, std::uint64_t all) {
  progress_->setVisible(all > 0);
  progress_->setRange(0, static_cast<int>(std::min<std::uint64_t>(all, 1'000'000)));
  progress_->setValue(static_cast<int>(std::min(done, all)));
}

QWidget* RunBar::first() const {
  return run_;
}

}  // namespace sockbench::ui
