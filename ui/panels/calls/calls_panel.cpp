#include "ui/panels/calls/calls_panel.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/payload/visible_text.h"
#include "ui/models/calls_text.h"
#include "ui/models/calls_variables_model.h"
#include "ui/models/format.h"
#include "ui/panels/calls/bench_runs.h"
#include "ui/panels/calls/call_form.h"
#include "ui/panels/calls/call_inspector.h"
#include "ui/panels/calls/call_line_edit.h"
#include "ui/panels/calls/calls_bar.h"
#include "ui/panels/calls/calls_table.h"
#include "ui/panels/calls/experiment_text.h"
#include "ui/panels/calls/first_calls.h"
#include "ui/panels/calls/line_bar.h"
#include "ui/panels/calls/script_button.h"
#include "ui/panels/calls/variables_view.h"
#include "ui/widgets/help_page.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/low_scroll.h"
#include "ui/widgets/named.h"
#include "ui/widgets/table_style.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

constexpr int kHeight = 470;                     // pixels: six rows beside the form
constexpr int kUpper = 132;                      // pixels, as kVariables
constexpr int kVariables = 290;                  // pixels
constexpr std::chrono::milliseconds kTick{100};  // of the rows that wait

QSplitter* makeSplitter(const char* name, Qt::Orientation orientation, QWidget* parent) {
  auto* splitter = new QSplitter(orientation, parent);
  splitter->setObjectName(QLatin1String(name));
  splitter->setChildrenCollapsible(false);
  splitter->setHandleWidth(9);
  splitter->setProperty("gap", true);
  return splitter;
}

}  // namespace

CallsPanel::CallsPanel(EngineBridge* bridge, QWidget* parent)
    : Panel(parent),
      model_(new CallsModel(this)),
      runs_(new BenchRuns(bridge, model_, this)),
      variables_(new CallsVariablesModel(this)),
      bar_(new CallsBar(model_, this)),
      form_(new CallForm(this)),
      line_(new LineBar(this)),
      message_(new InlineMessage(this)),
      table_(new CallsTable(model_, this)),
      tablePlace_(new QStackedWidget(this)),
      variablesView_(new VariablesView(variables_, this)),
      inspector_(new CallInspector(this)),
      example_(named(new QPushButton(tr("Load an example: from socket() to an echo")), "callsExampleButton",
                     tr("Load an example"), tr("A TCP server and a client, a line a call"))),
      splitter_(makeSplitter("callsSplitter", Qt::Vertical, this)),
      top_(makeSplitter("callsTopSplitter", Qt::Horizontal, this)),
      bottom_(makeSplitter("callsBottomSplitter", Qt::Horizontal, this)) {
  setHelpPage(this, QStringLiteral("calls"));
  message_->setObjectName(QStringLiteral("callsMessage"));
  ticks_.setInterval(kTick);
  arrange();
  connectParts();
  connectRuns();
  connectRows();
  line_->setLine(form_->line());
  showRow();
}

QWidget* CallsPanel::makeTablePlace() {
  auto* empty = new QWidget(this);
  auto* hint = new QLabel(tr("Every call that you run comes here, with what the kernel answered."), empty);
  hint->setTextFormat(Qt::PlainText);
  hint->setProperty("dim", true);
  hint->setAlignment(Qt::AlignCenter);
  hint->setWordWrap(true);
  auto* column = new QVBoxLayout(empty);
  column->addStretch(1);
  column->addWidget(hint);
  column->addWidget(example_, 0, Qt::AlignCenter);
  column->addStretch(1);
  tablePlace_->addWidget(empty);
  tablePlace_->addWidget(table_);
  return tablePlace_;
}

QWidget* CallsPanel::makeUpper() {
  constexpr int kLeastForm = 66;
  auto* scroll = makeLowScroll(form_, top_);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setMinimumWidth(form_->minimumSizeHint().width() + 14);
  scroll->setMinimumHeight(kLeastForm);
  variablesView_->setMinimumHeight(kLeastForm);
  top_->addWidget(variablesView_);
  top_->addWidget(scroll);
  top_->setStretchFactor(0, 2);
  top_->setStretchFactor(1, 5);
  top_->setSizes({kVariables, 5 * kVariables / 2});
  return top_;
}

QWidget* CallsPanel::makeLower() {
  constexpr int kLeastTable = 100;
  bottom_->addWidget(makeTablePlace());
  bottom_->addWidget(inspector_);
  bottom_->setStretchFactor(0, 5);
  bottom_->setStretchFactor(1, 2);
  bottom_->setSizes({5 * kVariables / 2, kVariables});
  bottom_->setMinimumHeight(kLeastTable);
  auto* lower = new QWidget(splitter_);
  auto* column = new QVBoxLayout(lower);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  column->addWidget(line_);
  column->addWidget(bottom_, 1);
  return lower;
}

void CallsPanel::arrange() {
  splitter_->addWidget(makeUpper());
  splitter_->addWidget(makeLower());
  splitter_->setStretchFactor(0, 2);
  splitter_->setStretchFactor(1, 3);
  splitter_->setSizes({kUpper, 3 * kUpper / 2});
  splitter_->setSizePolicy(QSizePolicy::Expanding,
                           QSizePolicy::Ignored);  // the panel scrolls only below that
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(14, 10, 14, 8);
  column->setSpacing(6);
  column->addWidget(bar_);
  column->addWidget(message_);
  column->addWidget(splitter_, 1);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(makeLowScroll(content, this));
}

void CallsPanel::connectParts() {
  connect(&ticks_, &QTimer::timeout, model_, &CallsModel::tick);
  connect(model_, &CallsModel::waitingChanged, this, [this](bool waiting) {
    line_->setWaiting(waiting);
    if (waiting)
      ticks_.start();
    else
      ticks_.stop();
  });
  connect(form_, &CallForm::edited, this, [this] { line_->setLine(form_->line()); });
  connect(line_, &LineBar::lineRead, form_, &CallForm::showLine);
  connect(line_->formButton(), &QToolButton::toggled, top_, &QWidget::setVisible);
  connect(line_->formButton(), &QToolButton::clicked, this, [this](bool shown) { wantsForm_ = shown; });
  connect(line_, &LineBar::runRequested, this, &CallsPanel::act);
  connect(line_, &LineBar::interruptRequested, this, &CallsPanel::cancel);
  connect(bar_, &CallsBar::runAllRequested, runs_, &BenchRuns::all);
  connect(bar_, &CallsBar::runFromRequested, this, [this] { runs_->from(table_->currentRow()); });
  connect(bar_, &CallsBar::keepGoingChanged, runs_, &BenchRuns::setKeepGoing);
  connect(bar_, &CallsBar::experimentChosen, this,
          [this](const Experiment* experiment) { runs_->experiment(*experiment); });
  connect(bar_, &CallsBar::clearRequested, this, &CallsPanel::clearBench);
  connect(bar_->script(), &ScriptButton::scriptOpened, this, &CallsPanel::openScript);
  connect(bar_->script(), &ScriptButton::leftOut, message_, &InlineMessage::showWarning);
  connect(bar_->script(), &ScriptButton::refused, this, &CallsPanel::refuse);
  connect(bar_->script(), &ScriptButton::told, this,
          [this](const QString& words) { message_->showNote(words); });
  connect(variablesView_, &VariablesView::optionsWanted, this,
          [this](CallHandle handle) { variables_->setOptions(handle, runs_->calls()->options(handle)); });
}

void CallsPanel::connectRuns() {
  connect(runs_, &BenchRuns::told, this, &CallsPanel::take);
  connect(runs_, &BenchRuns::runBegan, this, [this] {
    message_->clear();
    form_->clearFault();
    formKey_ = 0;
  });
  connect(runs_, &BenchRuns::experimentBegan, this, [this](const Experiment* experiment) {
    message_->showNote(experimentIntroduction(*experiment));
    foldForm();
  });
  connect(runs_, &BenchRuns::experimentEnded, this, &CallsPanel::showConclusion);
}

void CallsPanel::connectRows() {
  connect(example_, &QPushButton::clicked, this, [this] { addLines(firstCalls()); });
  connect(table_, &CallsTable::rowChosen, this, [this] { edit(table_->currentRow()); });
  connect(table_, &QTableView::doubleClicked, this, [this](const QModelIndex& index) { edit(index.row()); });
  connect(table_, &CallsTable::deleteRequested, this, [this] { runs_->remove(table_->selectedRows()); });
  connect(table_, &CallsTable::menuWanted, this, &CallsPanel::addActions);
  connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &CallsPanel::showRow);
  connect(model_, &QAbstractItemModel::modelReset, this, &CallsPanel::showRow);
  connect(model_, &QAbstractItemModel::rowsInserted, this, &CallsPanel::showRow);
  connect(model_, &QAbstractItemModel::rowsRemoved, this, &CallsPanel::showRow);
}

void CallsPanel::act() {
  const std::optional<CallLine> line = line_->read();
  if (!line) return;
  line_->edit()->remember();
  runLine(line->text);
}

void CallsPanel::runLine(const std::string& text) {
  message_->clear();
  form_->clearFault();
  formKey_ = runs_->line(text);
  table_->showRow(model_->rowOf(formKey_));
}

void CallsPanel::cancel() {
  const CallRow* row = model_->rowAt(table_->currentRow());
  const bool waits = row != nullptr && row->state == CallRow::State::waiting;
  if (const auto key = waits ? std::optional(row->key) : model_->lastWaiting())
    runs_->calls()->interrupt(*key);
}

void CallsPanel::addLines(const std::vector<std::string>& lines) {
  const int first = model_->rowCount();
  model_->append(lines);
  table_->showRow(first);
}

void CallsPanel::showConclusion(const Experiment* experiment, const ExperimentConclusion& conclusion) {
  const QString introduction = experimentIntroduction(*experiment);
  if (conclusion.verdict == ExperimentVerdict::asExpected)
    message_->showNote(introduction, conclusionText(conclusion));
  else
    message_->showWarning(introduction, conclusionText(conclusion));
  // The words take their room from the table: its last row is brought into sight again.
  QTimer::singleShot(0, table_, [this] { table_->scrollTo(table_->currentIndex()); });
}

void CallsPanel::take(const QList<CallNews>& news) {
  for (const CallNews& piece : news)
    if (piece.key == formKey_) showAnswer(piece);
  table_->showRow(runs_->reached());
  showVariables();
  showRow();
}

// What is wrong with the line stands at the line, what is wrong with an argument at its field.
void CallsPanel::showAnswer(const CallNews& news) {
  const CallRow* row = model_->rowAt(model_->rowOf(news.key));
  if (row == nullptr || toUtf8(line_->edit()->line()) != row->text) return;
  if (news.error) line_->showFault(*news.error);
  if (news.outcome && !news.outcome->result) form_->showFault(news.outcome->result.error());
}

void CallsPanel::showVariables() {
  const CallsBridge* calls = runs_->calls();
  std::vector<CallVariable> variables = calls->variables();
  form_->setVariables(variables);
  variables_->setVariables(std::move(variables));
  for (const CallHandle handle : variables_->openedOptions())
    variables_->setOptions(handle, calls->options(handle));
}

void CallsPanel::showRow() {
  const int current = table_->currentRow();
  inspector_->setRow(model_->rowAt(current));
  tablePlace_->setCurrentIndex(model_->rowCount() > 0 ? 1 : 0);
  bar_->setRunnable(model_->rowCount() > 0, current >= 0);
}

// What is read now are the words and the rows.
void CallsPanel::foldForm() {
  line_->formButton()->setChecked(false);
}

void CallsPanel::clearBench() {
  runs_->clear();
  message_->clear();
  line_->formButton()->setChecked(wantsForm_);
  form_->clearFault();
  showVariables();
}

void CallsPanel::edit(int row) {
  const CallRow* chosen = model_->rowAt(row);
  if (chosen == nullptr) return;
  line_->setLine(toQString(chosen->text));
  if (const Result<CallLine> line = parseCallLine(chosen->text)) form_->showLine(*line);
  line_->edit()->setFocus(Qt::OtherFocusReason);
}

void CallsPanel::openScript(const std::vector<std::string>& lines, const QString& path) {
  message_->showNote(
      tr("%1 line(s) from %2", nullptr, pluralNumber(lines.size())).arg(formatCount(lines.size()), path));
  foldForm();
  addLines(lines);
}

void CallsPanel::refuse(const Error& error, std::size_t number) {
  if (number == 0) return message_->showError(error);
  const auto column = error.where ? error.where->offset : 0;
  const qsizetype place = toQString(std::string_view(error.subject).substr(0, column)).size() + 1;
  message_->showWarning(tr("Line %1, column %2: %3\n%4")
                            .arg(formatCount(number), formatCount(static_cast<std::uint64_t>(place)),
                                 toQString(visibleText(error.message())), visibleLine(error.subject)));
}

void CallsPanel::addActions(QMenu* menu) {
  const int row = table_->currentRow();
  const CallRow* current = model_->rowAt(row);
  if (current == nullptr) return;
  const auto add = [menu](const char* name, const QString& text, auto act) {
    QAction* action = menu->addAction(text, menu, act);
    action->setObjectName(QLatin1String(name));
    return action;
  };
  const std::string text = current->text;
  add("callsRunAgainAction", tr("Run again"), [this, text] { runLine(text); });
  add("callsEditAction", tr("Edit"), [this, row] { edit(row); });
  add("callsRunFromAction", tr("Run from here"), [this, row] { runs_->from(row); });
  if (current->state == CallRow::State::waiting)
    add("callsInterruptAction", tr("Interrupt"),
        [this, key = current->key] { runs_->calls()->interrupt(key); });
  if (const SessionId session = runs_->sessionOf(*current))
    add("callsTimelineAction", tr("Its socket in the timeline: session %1").arg(session.value),
        [this, session] { emit sessionSelected(session); });
  menu->addSeparator();
  add("callsCopyRowAction", tr("Copy"), [this] { copySelection(table_); });
  add("callsDeleteAction", tr("Delete"), [this] { runs_->remove(table_->selectedRows()); });
}

void CallsPanel::keyPressEvent(QKeyEvent* event) {
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (!enter || !event->modifiers().testFlag(Qt::ControlModifier)) return Panel::keyPressEvent(event);
  act();
}

void CallsPanel::focusFirst() {
  if (line_->formButton()->isChecked())
    form_->focusFirst();
  else
    line_->edit()->setFocus(Qt::OtherFocusReason);
}

int CallsPanel::heightWanted() const {
  return kHeight;
}

void CallsPanel::saveState(QSettings& settings) const {
  for (const QSplitter* splitter : {splitter_, top_, bottom_})
    settings.setValue(splitter->objectName(), splitter->saveState());
  settings.setValue(QStringLiteral("columns"), table_->horizontalHeader()->saveState());
  settings.setValue(QStringLiteral("variables"), variablesView_->header()->saveState());
  settings.setValue(QStringLiteral("line"), line_->edit()->line());
  settings.setValue(QStringLiteral("history"), line_->edit()->history());
  settings.setValue(QStringLiteral("keepGoing"), bar_->keepsGoing());
  settings.setValue(QStringLiteral("form"), wantsForm_);
}

void CallsPanel::restoreState(QSettings& settings) {
  for (QSplitter* splitter : {splitter_, top_, bottom_})
    splitter->restoreState(settings.value(splitter->objectName()).toByteArray());
  table_->horizontalHeader()->restoreState(settings.value(QStringLiteral("columns")).toByteArray());
  variablesView_->header()->restoreState(settings.value(QStringLiteral("variables")).toByteArray());
  line_->edit()->setHistory(settings.value(QStringLiteral("history")).toStringList());
  bar_->setKeepsGoing(settings.value(QStringLiteral("keepGoing"), false).toBool());
  wantsForm_ = settings.value(QStringLiteral("form"), true).toBool();
  line_->formButton()->setChecked(wantsForm_);
  const QString line = settings.value(QStringLiteral("line")).toString();
  if (line.isEmpty()) return;
  line_->setLine(line);
  if (const Result<CallLine> read = parseCallLine(toUtf8(line))) form_->showLine(*read);
}

}  // namespace sockbench::ui
