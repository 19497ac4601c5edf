#include "ui/panels/traffic/timeline_tools.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeySequence>
#include <QMenu>
#include <QVBoxLayout>
#include <QWidget>

#include "ui/models/colour_rules.h"
#include "ui/models/traffic_model.h"
#include "ui/models/traffic_source.h"
#include "ui/panels/traffic/find/find_bar.h"
#include "ui/panels/traffic/find/find_desk.h"
#include "ui/panels/traffic/notes/colours_dialog.h"
#include "ui/panels/traffic/notes/note_bar.h"
#include "ui/panels/traffic/notes/note_controls.h"
#include "ui/widgets/hex_view.h"
#include "ui/widgets/overview_strip.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/traffic_table.h"

namespace sockbench::ui {

TimelineTools::TimelineTools(TrafficSource* source, TrafficTable* table, HexView* hex, StreamView* stream,
                             ColourRules* rules, QWidget* place)
    : QObject(place),
      table_(table),
      timeline_(new QWidget(place)),
      strip_(new OverviewStrip(timeline_)),
      findBar_(new FindBar(timeline_)),
      noteBar_(new NoteBar(timeline_)),
      desk_(new FindDesk(table, hex, stream, findBar_, strip_)),
      notes_(new NoteControls(table, noteBar_, strip_)),
      rules_(rules != nullptr ? rules : new ColourRules(this)),
      ownsRules_(rules == nullptr) {
  strip_->setObjectName(QStringLiteral("trafficOverview"));
  arrange();
  makeActions(place);
  connectParts(source);
  colourRows();
}

void TimelineTools::arrange() {
  auto* row = new QHBoxLayout;
  row->setSpacing(0);
  row->addWidget(table_, 1);
  row->addWidget(strip_);
  auto* column = new QVBoxLayout(timeline_);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(row, 1);
  column->addWidget(noteBar_);
  column->addWidget(findBar_);
}

QAction* TimelineTools::addFind(const char* name, const QString& text, const QKeySequence& key) {
  auto* action = new QAction(text, this);
  action->setObjectName(QLatin1String(name));
  action->setShortcut(key);
  find_.append(action);
  return action;
}

void TimelineTools::makeActions(QWidget* place) {
  connect(addFind("trafficFindAction", tr("Find in &bytes\u2026"), QKeySequence(Qt::CTRL | Qt::Key_B)),
          &QAction::triggered, findBar_, &FindBar::open);
  connect(addFind("trafficFindNextAction", tr("Next &match"), QKeySequence(Qt::Key_F3)), &QAction::triggered,
          desk_, &FindDesk::next);
  connect(addFind("trafficFindPreviousAction", tr("Pre&vious match"), QKeySequence(Qt::SHIFT | Qt::Key_F3)),
          &QAction::triggered, desk_, &FindDesk::previous);
  colours_ = new QAction(tr("C&olour rules\u2026"), this);
  colours_->setObjectName(QStringLiteral("trafficColoursAction"));
  connect(colours_, &QAction::triggered, place, [this, place] {
    if (!dialog_) dialog_ = new ColoursDialog(rules_, place);
    dialog_->show();
    dialog_->raise();
    dialog_->activateWindow();
  });
}

QList<QAction*> TimelineTools::noteActions() const {
  return notes_->actions();
}

void TimelineTools::connectParts(TrafficSource* source) {
  TrafficModel* model = table_->trafficModel();
  strip_->addKind(theme::Role::warning, [this](int from, int to) { return desk_->firstMatch(from, to); });
  strip_->addKind(theme::Role::accent, [this](int from, int to) { return notes_->firstMark(from, to); });
  connect(strip_, &OverviewStrip::rowChosen, this, [this, model](int row) {
    if (const auto number = model->numberAt(row)) table_->showRow(*number);
  });
  connect(model, &TrafficModel::countsChanged, strip_,
          [this, model] { strip_->setRowCount(model->rowCount()); });
  connect(source, &TrafficSource::trafficChanged, desk_, &FindDesk::logChanged);
  connect(notes_, &NoteControls::notesChanged, model, &TrafficModel::noteChanges);
  connect(notes_, &NoteControls::refused, this, &TimelineTools::refused);
  connect(rules_, &ColourRules::changed, this, &TimelineTools::colourRows);
  connect(findBar_, &FindBar::closed, table_, [this] { table_->setFocus(Qt::OtherFocusReason); });
}

void TimelineTools::colourRows() {
  TrafficModel* model = table_->trafficModel();
  if (!rules_->isColouring()) return model->setRowColor({});
  model->setRowColor([this, model](std::uint64_t number) {
    const qsizetype rule = rules_->ruleOf(model->log(), number);
    return rule < 0 ? QColor() : theme::ruleColor(rules_->rules().at(rule).colour);
  });
}

void TimelineTools::addTo(QMenu* menu, const QModelIndex& cell) const {
  if (!cell.isValid()) return;
  menu->addSeparator();
  for (QAction* action : notes_->actions()) menu->addAction(action);
}

void TimelineTools::saveState(QSettings& settings) const {
  findBar_->saveState(settings);
  if (ownsRules_) rules_->saveState(settings);
}

void TimelineTools::restoreState(QSettings& settings) {
  findBar_->restoreState(settings);
  if (ownsRules_) rules_->restoreState(settings);
}

}  // namespace sockbench::ui
