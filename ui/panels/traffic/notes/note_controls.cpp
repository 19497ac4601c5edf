#include "ui/panels/traffic/notes/note_controls.h"

#include <QAction>
#include <QItemSelection>
#include <QKeySequence>
#include <algorithm>
#include <utility>

#include "ui/bridge/core_types.h"
#include "ui/models/format.h"
#include "ui/models/traffic_model.h"
#include "ui/panels/traffic/notes/note_bar.h"
#include "ui/widgets/overview_strip.h"
#include "ui/widgets/traffic_table.h"

namespace sockbench::ui {
namespace {
constexpr std::size_t kMostChosen = 100'000;
}

NoteControls::NoteControls(TrafficTable* table, NoteBar* bar, OverviewStrip* strip)
    : QObject(bar),
      table_(table),
      bar_(bar),
      strip_(strip),
      log_(table->trafficModel()->log().shared_from_this()),
      door_(std::make_shared<NewsDoor>(this, [this] { tell(); })) {
  // Notes may change on any thread: rows that go take theirs along.
  log_->notes().setChangedHook([door = door_] { door->knock(); });
  add("trafficMarkAction", tr("&Mark"), QKeySequence(Qt::CTRL | Qt::Key_M), &NoteControls::toggleMark);
  add("trafficNextMarkAction", tr("&Next mark"), QKeySequence(Qt::Key_F4), &NoteControls::nextMark);
  add("trafficPreviousMarkAction", tr("&Previous mark"), QKeySequence(Qt::SHIFT | Qt::Key_F4),
      &NoteControls::previousMark);
  add("trafficCommentAction", tr("&Comment\u2026"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M),
      &NoteControls::comment);
  add("trafficTimeReferenceAction", tr("Count the &time from here"), QKeySequence(Qt::CTRL | Qt::Key_R),
      &NoteControls::toggleReference);
  add("trafficUnmarkAllAction", tr("&Remove all marks"), {}, &NoteControls::unmarkAll);
  connect(bar_, &NoteBar::saved, this,
          [this](quint64 row, const QString& words) { notes().setComment(row, toUtf8(words)); });
  connect(bar_, &NoteBar::closed, table_, [this] { table_->setFocus(Qt::OtherFocusReason); });
}

NoteControls::~NoteControls() {
  log_->notes().setChangedHook({});
  door_->close();
}

QAction* NoteControls::add(const char* name, const QString& text, const QKeySequence& key,
                           void (NoteControls::*act)()) {
  auto* action = new QAction(text, this);
  action->setObjectName(QLatin1String(name));
  action->setShortcut(key);
  connect(action, &QAction::triggered, this, act);
  actions_.append(action);
  return action;
}

RowNotes& NoteControls::notes() const {
  return log_->notes();
}

std::vector<std::uint64_t> NoteControls::chosen() const {
  std::vector<std::uint64_t> rows;
  const QItemSelection selection = table_->selectionModel()->selection();
  for (const QItemSelectionRange& range : selection) {
    for (int row = range.top(); row <= range.bottom() && rows.size() < kMostChosen; ++row) {
      if (const auto number = table_->trafficModel()->numberAt(row)) rows.push_back(*number);
    }
  }
  return rows;
}

// All of them marked: none of them any longer; else all.
void NoteControls::toggleMark() {
  const std::vector<std::uint64_t> rows = chosen();
  if (rows.size() >= kMostChosen)
    return emit refused(tr("More than %1 rows are selected: a filter shows them better than marks.")
                            .arg(formatCount(kMostChosen)));
  const bool all = std::ranges::all_of(rows, [this](std::uint64_t row) { return notes().isMarked(row); });
  for (const std::uint64_t row : rows) notes().setMarked(row, !all);
}

// What the timeline does not show is passed over.
std::optional<std::uint64_t> NoteControls::shownMark(std::optional<std::uint64_t> from, bool forward) const {
  while (from && table_->trafficModel()->rowOf(*from) < 0)
    from = forward ? notes().nextMarked(*from) : notes().previousMarked(*from);
  return from;
}

void NoteControls::nextMark() {
  const auto row = table_->currentLogRow();
  std::optional<std::uint64_t> next;
  if (row) next = shownMark(notes().nextMarked(row->number), true);
  if (!next)
    next = shownMark(notes().isMarked(0) ? std::optional(std::uint64_t{0}) : notes().nextMarked(0), true);
  if (next) table_->showRow(*next);
}

void NoteControls::previousMark() {
  const auto row = table_->currentLogRow();
  std::optional<std::uint64_t> before;
  if (row) before = shownMark(notes().previousMarked(row->number), false);
  if (!before) before = shownMark(notes().previousMarked(~std::uint64_t{0}), false);
  if (before) table_->showRow(*before);
}

void NoteControls::comment() {
  if (const auto row = table_->currentLogRow())
    bar_->open(row->number, toQString(notes().note(row->number).comment));
}

void NoteControls::toggleReference() {
  const auto row = table_->currentLogRow();
  if (!row) return;
  const bool same = notes().timeReference() == row->number;
  notes().setTimeReference(same ? std::nullopt : std::optional(row->number));
}

void NoteControls::unmarkAll() {
  for (const auto& [row, note] : notes().notes(0, log_->end())) {
    if (note.marked) notes().setMarked(row, false);
  }
}

std::optional<int> NoteControls::firstMark(int from, int to) const {
  const auto first = table_->trafficModel()->numberAt(from);
  const auto last = table_->trafficModel()->numberAt(to - 1);
  if (!first || !last) return std::nullopt;
  auto marked = notes().isMarked(*first) ? first : notes().nextMarked(*first);
  for (; marked && *marked <= *last; marked = notes().nextMarked(*marked)) {
    if (const int row = table_->trafficModel()->rowOf(*marked); row >= 0) return row;
  }
  return std::nullopt;
}

void NoteControls::tell() {
  strip_->update();
  emit notesChanged();
}

}  // namespace sockbench::ui
