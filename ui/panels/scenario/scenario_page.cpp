#include "ui/panels/scenario/scenario_page.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QMenu>
#include <QSettings>
#include <QStyle>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "ui/bridge/core_types.h"
#include "ui/models/format.h"
#include "ui/models/scenario_steps_model.h"
#include "ui/models/scenario_text.h"
#include "ui/models/scenario_variables_model.h"
#include "ui/models/shown_text.h"
#include "ui/panels/scenario/difference_view.h"
#include "ui/panels/scenario/run_bar.h"
#include "ui/panels/scenario/scenario_edit.h"
#include "ui/panels/scenario/scenario_file.h"
#include "ui/panels/scenario/scenario_reading.h"
#include "ui/panels/scenario/steps_view.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/named.h"
#include "ui/widgets/table_style.h"

namespace sockbench::ui {
namespace {

constexpr int kMargin = 8;
constexpr qsizetype kMostRemembered = 256 * 1024;  // bytes of a text without a file
constexpr QLatin1String kPath("path");
constexpr QLatin1String kText("text");
constexpr QLatin1String kAcross("across");

// Like a splitter of the window, but with a gap instead of a line: what it parts has frames of its own.
QSplitter* makeSplitter(Qt::Orientation orientation) {
  auto* splitter = new QSplitter(orientation);
  splitter->setHandleWidth(6);
  splitter->setProperty("gap", true);
  splitter->setChildrenCollapsible(false);
  return splitter;
}

}  // namespace

ScenarioPage::ScenarioPage(EngineBridge* engine, QWidget* parent)
    : Panel(parent),
      file_(new ScenarioFile(this)),
      reading_(new ScenarioReading(this)),
      stepsModel_(new ScenarioStepsModel(this)),
      variablesModel_(new ScenarioVariablesModel(this)),
      runner_(new ScenarioBridge(engine, this)),
      bar_(new RunBar(this)),
      message_(new InlineMessage(this)),
      edit_(new ScenarioEdit(this)),
      place_(new ElidedLabel(this)),
      steps_(new StepsView(stepsModel_, this)),
      variables_(new QTableView(this)),
      difference_(new DifferenceView(this)),
      across_(makeSplitter(Qt::Horizontal)),
      right_(makeSplitter(Qt::Vertical)),
      down_(makeSplitter(Qt::Vertical)) {
  message_->setObjectName(QStringLiteral("scenarioMessage"));
  place_->setObjectName(QStringLiteral("scenarioPlaceLabel"));
  place_->setAccessibleName(tr("What is wrong with the text"));
  variables_->setModel(variablesModel_);
  styleTable(variables_, QStringLiteral("scenarioVariablesTable"), tr("Variables"));
  variables_->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                              QAbstractItemView::AnyKeyPressed | QAbstractItemView::SelectedClicked);
  variables_->horizontalHeader()->setStretchLastSection(true);
  variables_->hide();
  arrange();
  connectParts();
  connectFile();
  connectRun();
}

ScenarioPage::~ScenarioPage() {
  runner_->disconnect(this);
  delete std::exchange(runner_, nullptr);  // while the widgets that it tells are still there
}

QWidget* ScenarioPage::buildText() {
  auto* text = new QWidget;
  auto* column = new QVBoxLayout(text);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
  column->addWidget(edit_, 1);
  column->addWidget(place_);
  return text;
}

void ScenarioPage::arrange() {
  right_->addWidget(steps_);
  right_->addWidget(variables_);
  right_->setStretchFactor(0, 3);
  right_->setStretchFactor(1, 1);
  across_->addWidget(buildText());
  across_->addWidget(right_);
  across_->setStretchFactor(0, 1);
  across_->setStretchFactor(1, 1);
  down_->addWidget(across_);
  down_->addWidget(difference_);
  down_->setStretchFactor(0, 3);
  down_->setStretchFactor(1, 2);
  edit_->setMinimumSize(160, 60);
  steps_->setMinimumSize(160, 60);
  variables_->setMinimumHeight(52);
  difference_->setMinimumHeight(60);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
  column->setSpacing(4);
  column->addWidget(bar_);
  column->addWidget(message_);
  column->addWidget(down_, 1);
}

void ScenarioPage::connectParts() {
  connect(edit_, &QPlainTextEdit::textChanged, this, &ScenarioPage::textChanged);
  connect(edit_, &QPlainTextEdit::modificationChanged, this, &ScenarioPage::titleChanged);
  connect(edit_, &QPlainTextEdit::cursorPositionChanged, this,
          [this] { steps_->showStep(stepsModel_->indexAtLine(edit_->currentLine())); });
  connect(steps_, &StepsView::stepChosen, this,
          [this](const QModelIndex& step) { edit_->showLine(stepsModel_->lineOf(step)); });
  connect(reading_, &ScenarioReading::read, this, &ScenarioPage::showReading);
  connect(bar_, &RunBar::newRequested, this, &ScenarioPage::newRequested);
  connect(bar_, &RunBar::openRequested, this, &ScenarioPage::openRequested);
  connect(bar_, &RunBar::recentMenuOpening, this, &ScenarioPage::recentMenuOpening);
  connect(bar_, &RunBar::saveRequested, this, &ScenarioPage::save);
  connect(bar_, &RunBar::saveAsRequested, this, &ScenarioPage::askWhere);
}

void ScenarioPage::connectFile() {
  connect(file_, &ScenarioFile::refused, message_, &InlineMessage::showError);
  connect(file_, &ScenarioFile::opened, this, [this](const QByteArray& text) {
    message_->clear();
    setText(text, false);
    emit fileUsed(file_->path());
  });
  connect(file_, &ScenarioFile::saved, this, [this](const QByteArray& text) {
    message_->clear();
    isUsed_ = true;
    if (edit_->utf8() == text) edit_->document()->setModified(false);
    reading_->setText(edit_->utf8(), file_->path());
    emit fileUsed(file_->path());
    emit titleChanged();
  });
  connect(file_, &ScenarioFile::changedElsewhere, this, [this] {
    message_->showWarning(
        tr("%1 was changed by another program, so it was not overwritten")
            .arg(shownText(toUtf8(QFileInfo(file_->path()).fileName()))),
        tr("Save as\u2026 keeps this text in another file; Open\u2026 reads the other one."));
  });
}

void ScenarioPage::connectRun() {
  connect(bar_, &RunBar::runRequested, this, &ScenarioPage::act);
  connect(bar_, &RunBar::stepRequested, this, &ScenarioPage::step);
  connect(bar_, &RunBar::pauseRequested, this, &ScenarioPage::pauseOrGoOn);
  connect(bar_, &RunBar::stopRequested, this, &ScenarioPage::cancel);
  connect(runner_, &ScenarioBridge::stateChanged, this, [this] {
    bar_->showState(runner_->state());
    if (runner_->state() == ScenarioRunState::paused) bar_->say(tr("Paused"));
    if (runner_->state() == ScenarioRunState::running) bar_->say(tr("Running"));
    emit titleChanged();
  });
  connect(runner_, &ScenarioBridge::tallied, this, &ScenarioPage::showSteps);
  connect(runner_, &ScenarioBridge::ended, this, &ScenarioPage::showOutcome);
}

void ScenarioPage::open(const QString& path) {
  isUsed_ = true;
  file_->open(path);
}

void ScenarioPage::setText(const QByteArray& text, bool changed) {
  cancel();
  bar_->say(tr("Reading\u2026"));
  edit_->setUtf8(text);
  edit_->document()->setModified(changed);
  textChanged();
  reading_->readNow();
  emit titleChanged();
}

void ScenarioPage::textChanged() {
  reading_->setText(edit_->utf8(), path());
}

// What the text means, beside it. Results of a run stay until the text is another one.
void ScenarioPage::showReading() {
  if (runner_->isRunning()) return;
  hasRun_ = false;
  const std::optional<Error>& error = reading_->error();
  const std::optional<TomlPlace> at = error ? tomlErrorPlace(*error) : std::nullopt;
  edit_->markError(at.value_or(TomlPlace{}));
  edit_->setStepLine(0);
  edit_->setLineStates({});
  difference_->showText({});
  place_->setText(error ? shownText(error->message()) : QString());
  place_->setProperty("fault", error.has_value());
  place_->style()->unpolish(place_);
  place_->style()->polish(place_);
  stepsModel_->setScenario(reading_->scenario());
  variablesModel_->setVariables(reading_->scenario() ? reading_->scenario()->variables
                                                     : std::vector<ScenarioVariable>());
  variables_->setVisible(variablesModel_->rowCount() > 0);
  if (error) {
    bar_->say(at ? tr("Line %1 cannot be read").arg(at->line) : tr("The text cannot be read"),
              RunBar::Tone::fault);
  } else if (reading_->scenario()) {
    bar_->say(tr("%n step(s), ready to run", nullptr, pluralNumber(reading_->scenario()->stepCount)));
  }
  emit titleChanged();
  const Start wanted = std::exchange(wanted_, Start::no);
  if (wanted != Start::no) startNow(wanted);
}

void ScenarioPage::act() {
  if (runner_->state() == ScenarioRunState::paused) return runner_->resume();
  run(Start::running);
}

void ScenarioPage::step() {
  if (runner_->isRunning()) return runner_->step();
  run(Start::paused);
}

void ScenarioPage::pauseOrGoOn() {
  runner_->state() == ScenarioRunState::paused ? runner_->resume() : runner_->pause();
}

void ScenarioPage::cancel() {
  wanted_ = Start::no;
  runner_->stop();
}

void ScenarioPage::run(Start how) {
  if (runner_->isRunning()) return;
  if (!reading_->isPending()) return startNow(how);
  wanted_ = how;
  reading_->readNow();
}

void ScenarioPage::startNow(Start how) {
  if (!reading_->scenario()) {
    if (edit_->error().line > 0) edit_->showLine(edit_->error().line);
    edit_->setFocus(Qt::OtherFocusReason);
    return;
  }
  ScenarioSettings settings;
  settings.variables = variablesModel_->given();
  settings.paused = how == Start::paused;
  stepsModel_->clearTallies();
  difference_->showText({});
  edit_->setLineStates({});
  edit_->setReadOnly(true);
  hasRun_ = true;
  bar_->showProgress(0, stepsModel_->scenario()->stepCount);
  runner_->start(reading_->scenario(), std::move(settings));
}

void ScenarioPage::showSteps(const QList<std::size_t>& places) {
  stepsModel_->setTallies(runner_->tallies(), places);
  if (!runner_->outcome() && runner_->current()) {
    edit_->setStepLine(stepsModel_->lineOf(*runner_->current()));
    steps_->showStep(stepsModel_->indexOf(*runner_->current()));
  }
  bar_->showProgress(runner_->stepsEnded(), stepsModel_->scenario()->stepCount);
  showStates();
}

// Beside each step's line.
void ScenarioPage::showStates() {
  QMap<std::uint32_t, ScenarioStepsModel::State> states;
  for (std::size_t place = 0; place < runner_->tallies().size(); ++place) {
    const QModelIndex step = stepsModel_->indexOf(place);
    states.insert(stepsModel_->lineOf(step),
                  static_cast<ScenarioStepsModel::State>(step.data(ScenarioStepsModel::StateRole).toInt()));
  }
  edit_->setLineStates(states);
}

void ScenarioPage::showOutcome() {
  const ScenarioOutcome& outcome = *runner_->outcome();
  edit_->setReadOnly(false);
  stepsModel_->setOver(true);
  showStates();
  bar_->showState(ScenarioRunState::ended);
  using Verdict = ScenarioOutcome::Verdict;
  const RunBar::Tone tone = outcome.verdict == Verdict::held     ? RunBar::Tone::good
                            : outcome.verdict == Verdict::failed ? RunBar::Tone::fault
                                                                 : RunBar::Tone::plain;
  bar_->say(scenarioSummary(outcome), tone);
  difference_->showText(scenarioDifferences(outcome));
  if (outcome.failures.empty()) {
    edit_->setStepLine(0);
  } else {
    const StepOutcome& first = outcome.failures.front();
    edit_->setStepLine(first.begun.place().line);
    steps_->showStep(stepsModel_->indexAtLine(first.begun.place().line));
  }
  emit titleChanged();
  if (reading_->scenario() != runner_->scenario()) showReading();  // another text came meanwhile
}

QString ScenarioPage::path() const {
  return file_->path();
}

QString ScenarioPage::title() const {
  const ScenarioPtr& scenario = reading_->scenario();
  QString name = path().isEmpty() ? (scenario ? shownText(scenario->title) : QString())
                                  : shownText(toUtf8(QFileInfo(path()).fileName()));
  if (name.isEmpty()) name = tr("Scenario");
  return isChanged() ? name + QStringLiteral(" *") : name;
}

SessionState ScenarioPage::dot() const {
  if (runner_->isRunning()) return SessionState::connecting;
  if (!hasRun_ || !runner_->outcome()) return SessionState::idle;
  switch (runner_->outcome()->verdict) {
    case ScenarioOutcome::Verdict::held:
      return SessionState::connected;
    case ScenarioOutcome::Verdict::failed:
      return SessionState::failed;
    case ScenarioOutcome::Verdict::stopped:
      return SessionState::closed;
  }
  return SessionState::idle;
}

bool ScenarioPage::isFresh() const {
  return !isUsed_ && !isChanged() && !runner_->scenario();
}

bool ScenarioPage::isChanged() const {
  return edit_->document()->isModified();
}

void ScenarioPage::warnOfChanges() {
  message_->showWarning(tr("The text has changes that are not saved"),
                        tr("Close the page once more to throw them away."));
}

void ScenarioPage::focusFirst() {
  edit_->setFocus(Qt::OtherFocusReason);
}

void ScenarioPage::save() {
  if (path().isEmpty()) return askWhere();
  file_->save(edit_->utf8());
}

void ScenarioPage::askWhere() {
  auto* dialog =
      new QFileDialog(this, tr("Save the scenario"), path(), tr("Scenarios (*.toml);;All files (*)"));
  dialog->setObjectName(QStringLiteral("saveScenarioDialog"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix(QStringLiteral("toml"));
  connect(dialog, &QFileDialog::fileSelected, this,
          [this](const QString& path) { file_->saveAs(path, edit_->utf8()); });
  dialog->open();
}

// A file is read again; what was never saved, or not since, is kept as text.
void ScenarioPage::saveState(QSettings& settings) const {
  const QByteArray text = edit_->utf8();
  settings.setValue(kPath, path());
  if (isChanged() && text.size() <= kMostRemembered) settings.setValue(kText, text);
  settings.setValue(kAcross, across_->saveState());
}

void ScenarioPage::restoreState(QSettings& settings) {
  across_->restoreState(settings.value(kAcross).toByteArray());
  const QByteArray text = settings.value(kText).toByteArray();
  const QString path = settings.value(kPath).toString();
  if (!text.isEmpty()) {
    setText(text, true);
  } else if (!path.isEmpty()) {
    open(path);
  }
}

}  // namespace sockbench::ui
