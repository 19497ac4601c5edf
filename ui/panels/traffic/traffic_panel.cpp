#include "ui/panels/traffic/traffic_panel.h"

#include <QComboBox>
#include <QMenu>
#include <QSettings>
#include <QSplitter>
#include <QStandardItemModel>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "ui/models/filter_store.h"
#include "ui/models/format.h"
#include "ui/models/traffic_model.h"
#include "ui/models/traffic_source.h"
#include "ui/panels/traffic/capture/capture_controls.h"
#include "ui/panels/traffic/details_page.h"
#include "ui/panels/traffic/filter_menu.h"
#include "ui/panels/traffic/inspector.h"
#include "ui/panels/traffic/stream/stream_page.h"
#include "ui/panels/traffic/timeline_tools.h"
#include "ui/panels/traffic/traffic_bar.h"
#include "ui/widgets/filter_edit.h"
#include "ui/widgets/filter_shelf.h"
#include "ui/widgets/help_page.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/traffic_table.h"

namespace sockbench::ui {
namespace {
enum SessionChoice { kAllSessions, kOfferedSession };
constexpr int kInspectorHeight = 270;  // of a session that a person asked to inspect
constexpr int kLeastTimeline = 96;
constexpr std::uint64_t kRowsWorthTelling = 200'000;  // that are still to be looked through
constexpr int kHeightForInspector = 280;              // lower than that, the timeline needs the room itself
}  // namespace

TrafficPanel::TrafficPanel(TrafficSource* source, QWidget* parent, const TrafficPanel* like)
    : QWidget(parent),
      source_(source),
      isAlike_(like != nullptr),
      model_(new TrafficModel(source->log(), this)),
      filters_(like != nullptr ? like->filters_ : new FilterStore(this)),
      bar_(new TrafficBar(this)),
      shelf_(new FilterShelf(filters_, this)),
      filterMessage_(new InlineMessage(this)),
      table_(new TrafficTable(this)),
      inspector_(new Inspector(source, this)),
      tools_(nullptr),
      captures_(new CaptureControls(
          source, [this] { return exportChoice(); }, this)),
      splitter_(new QSplitter(Qt::Vertical, this)) {
  setHelpPage(this, QStringLiteral("traffic"));
  setObjectName(QStringLiteral("trafficPanel"));
  table_->setObjectName(QStringLiteral("trafficTable"));
  table_->setModel(model_);
  tools_ = new TimelineTools(source_, table_, inspector_->hex(), inspector_->stream()->view(),
                             like != nullptr ? like->tools_->rules() : nullptr, this);
  filterMessage_->setObjectName(QStringLiteral("trafficFilterMessage"));
  arrange();
  connectParts();
  connectFilter();
  fillMore();
  offerSession({});
  updateCount();
}

void TrafficPanel::arrange() {
  splitter_->setObjectName(QStringLiteral("trafficSplitter"));
  splitter_->addWidget(tools_->timeline());
  splitter_->addWidget(inspector_);
  splitter_->setStretchFactor(0, 3);
  splitter_->setStretchFactor(1, 2);
  splitter_->setChildrenCollapsible(false);
  inspector_->setMinimumHeight(120);  // less than its pages would like: the window is to fit 900x600
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(bar_);
  column->addWidget(filterMessage_);
  column->addWidget(captures_->strips());
  column->addWidget(splitter_, 1);
  setTabOrder(bar_->last(), table_);
  setTabOrder(table_, inspector_);
}

void TrafficPanel::connectParts() {
  connect(source_, &TrafficSource::trafficChanged, model_, &TrafficModel::refresh);
  connect(source_, &TrafficSource::sessionsChanged, this, [this] { offerSession(offered_); });
  connect(model_, &TrafficModel::countsChanged, this, &TrafficPanel::updateCount);
  connect(model_, &TrafficModel::frozenChanged, bar_->pause(), &QToolButton::setChecked);
  connect(table_, &TrafficTable::rowActivated, this, [this](const LogRow& row) {
    inspector_->setRow(row);
    if (!model_->onlySession()) {
      offerSession(row.record.session);
    }
  });
  connect(table_, &TrafficTable::sessionOpened, this, &TrafficPanel::sessionActivated);
  connect(table_, &TrafficTable::onlySessionRequested, this, &TrafficPanel::showOnlySession);
  connect(table_, &TrafficTable::compareRequested, this, [this](const LogRow& earlier, const LogRow& later) {
    bar_->inspect()->setChecked(true);
    inspector_->compare(earlier, later);
  });
  connect(table_, &TrafficTable::compareRefused, inspector_, &Inspector::refuseCompare);
  connect(table_, &TrafficTable::freezeRequested, this, &TrafficPanel::toggleFreeze);
  connect(table_, &TrafficTable::streamRequested, this,
          [this](SessionId id) { inspectSession(id, SessionPart::stream); });
  connect(inspector_->stream(), &StreamPage::rowActivated, table_, &TrafficTable::showRow);
  bar_->follow()->setChecked(table_->following());
  connect(table_, &TrafficTable::followingChanged, bar_->follow(), &QToolButton::setChecked);
  connect(bar_->follow(), &QToolButton::clicked, table_, &TrafficTable::setFollowing);
  connect(bar_->pause(), &QToolButton::clicked, model_, &TrafficModel::freeze);
  connect(bar_->inspect(), &QToolButton::toggled, inspector_, &QWidget::setVisible);
  connect(bar_->clear(), &QToolButton::clicked, this, &TrafficPanel::clear);
  connect(bar_->onlySession(), &QComboBox::currentIndexChanged, this, &TrafficPanel::chooseSession);
}

void TrafficPanel::connectFilter() {
  FilterEdit* edit = bar_->filter();
  connect(edit, &FilterEdit::filterChanged, this, [this, edit] { model_->setFilter(edit->filter()); });
  connect(edit, &FilterEdit::errorTold, filterMessage_, &InlineMessage::showError);
  connect(edit, &FilterEdit::errorTaken, filterMessage_, &InlineMessage::clear);
  connect(edit, &FilterEdit::remembered, filters_, &FilterStore::remember);
  connect(edit, &FilterEdit::shelfRequested, this, &TrafficPanel::openShelf);
  connect(bar_->shelf(), &QToolButton::clicked, this, &TrafficPanel::openShelf);
  connect(shelf_, &FilterShelf::chosen, edit, [edit](const QString& text) {
    edit->apply(text);
    edit->setFocus(Qt::OtherFocusReason);
  });
  connect(tools_, &TimelineTools::refused, filterMessage_,
          [this](const QString& why) { filterMessage_->showNote(why); });
  connect(table_, &TrafficTable::filterClearRequested, edit, &QLineEdit::clear);
  connect(table_, &TrafficTable::menuOpening, this, [this, edit](QMenu* menu, const QModelIndex& cell) {
    FilterMenu(table_, edit).addTo(menu, cell);
    tools_->addTo(menu, cell);
    TalkMenu(table_).addTo(menu, [this](const TalkWanted& wanted) { emit talkWanted(wanted); });
  });
}

void TrafficPanel::fillMore() {
  QMenu* more = bar_->more();
  for (const QList<QAction*>& group : {captureActions(), tools_->findActions(), tools_->noteActions()}) {
    more->addActions(group);
    more->addSeparator();
    addActions(group);  // their keys work wherever the focus is in this window
  }
  more->addAction(tools_->colours());
}

void TrafficPanel::openShelf() {
  const FilterEdit* edit = bar_->filter();
  shelf_->move(edit->mapToGlobal(QPoint(0, edit->height() + 2)));
  shelf_->open(edit->text(), edit->state() == FilterEdit::State::applied);
}

void TrafficPanel::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  const bool roomy = height() >= kHeightForInspector;
  if (std::exchange(roomy_, roomy) != roomy) {
    bar_->inspect()->setChecked(roomy);
  }
}

void TrafficPanel::chooseSession(int index) {
  model_->setOnlySession(index == kOfferedSession ? offered_ : SessionId{});
}

void TrafficPanel::offerSession(SessionId id) {
  offered_ = id;
  QString text = id ? tr("Only session %1").arg(id.value) : tr("Only the selected session");
  if (const QString name = source_->sessionName(id); !name.isEmpty()) {
    text += QStringLiteral("  ") + name;
  }
  if (bar_->onlySession()->itemText(kOfferedSession) != text) {
    bar_->onlySession()->setItemText(kOfferedSession, text);
  }
  if (auto* items = qobject_cast<QStandardItemModel*>(bar_->onlySession()->model())) {
    items->item(kOfferedSession)->setEnabled(static_cast<bool>(id));
  }
}

void TrafficPanel::showOnlySession(SessionId id) {
  if (id) {
    offerSession(id);
  }
  bar_->onlySession()->setCurrentIndex(id ? kOfferedSession : kAllSessions);
  model_->setOnlySession(id);
}

void TrafficPanel::showSession(SessionId id) {
  if (!id) {
    return;
  }
  offerSession(id);
  inspector_->setSession(id);
  if (model_->onlySession()) {
    model_->setOnlySession(id);
  }
}

void TrafficPanel::inspectSession(SessionId id, SessionPart part) {
  showSession(id);
  bar_->inspect()->setChecked(true);
  if (part == SessionPart::stream) {
    inspector_->showStream();
  } else {
    const bool options = part == SessionPart::options;
    inspector_->details()->setView(options ? DetailsPage::Options : DetailsPage::Session);
    inspector_->showDetails();
  }
  const int all = splitter_->height();
  const int inspector = std::min(kInspectorHeight, all - kLeastTimeline);
  if (inspector_->height() < inspector) splitter_->setSizes({all - inspector, inspector});
}

int TrafficPanel::heightToInspect() const {
  return height() - splitter_->height() + kLeastTimeline + kInspectorHeight;
}

QList<QAction*> TrafficPanel::captureActions() const {
  QList<QAction*> actions;
  if (source_->bridge() != nullptr) actions.append(captures_->capture());
  return actions << captures_->exportRows() << captures_->live() << captures_->liveOther();
}

ExportChoice TrafficPanel::exportChoice() const {
  ExportChoice choice;
  choice.log = source_->log().shared_from_this();
  QItemSelection selection = table_->selectionModel()->selection();
  std::ranges::sort(selection, {}, &QItemSelectionRange::top);
  for (const QItemSelectionRange& range : qAsConst(selection)) {
    for (int row = range.top(); row <= range.bottom(); ++row) {
      if (const auto number = model_->numberAt(row)) choice.selected.push_back(*number);
    }
  }
  if (model_->isFiltering()) {
    choice.filter = Filter::both(Filter::ofSession(model_->onlySession()), model_->filter());
  }
  choice.filteredRows = static_cast<std::uint64_t>(model_->rowCount());
  const std::optional<std::uint64_t> last = model_->numberAt(model_->rowCount() - 1);
  if (model_->isFrozen() && last)  // what came later is not shown
    choice.filter =
        Filter::both(choice.filter, Filter::parse("no <= " + std::to_string(*last + 1)).value_or(nullptr));
  return choice;
}

void TrafficPanel::clear() {
  source_->clear();
  inspector_->setRow(std::nullopt);
}

void TrafficPanel::toggleFreeze() {
  model_->freeze(!model_->isFrozen());
}

bool TrafficPanel::isFrozen() const {
  return model_->isFrozen();
}

void TrafficPanel::focusTable() {
  table_->setFocus(Qt::OtherFocusReason);
}

void TrafficPanel::focusFilter() {
  bar_->filter()->setFocus(Qt::ShortcutFocusReason);
  bar_->filter()->selectAll();
}

void TrafficPanel::tellError(const Error& error) {
  filterMessage_->showError(error);
}

QMenu* TrafficPanel::moreMenu() const {
  return bar_->more();
}

QString TrafficPanel::countText(bool brief) const {
  const TrafficLog& log = source_->log();
  const auto shown = static_cast<std::uint64_t>(model_->rowCount());
  const std::uint64_t first = log.first();
  const std::uint64_t all = log.end() - first;
  const QString some = formatCount(shown);
  const QString of = formatCount(all);
  QString text = brief                   ? (model_->isFiltering() ? tr("%1 of %2").arg(some, of) : some)
                 : model_->isFiltering() ? tr("%1 of %2 record(s)", nullptr, pluralNumber(all)).arg(some, of)
                 : shown >= TrafficModel::kMostRows
                     ? tr("the newest %1 of %2 record(s)", nullptr, pluralNumber(all)).arg(some, of)
                     : tr("%1 record(s)", nullptr, pluralNumber(shown)).arg(some);
  if (!brief && model_->rowsToSearch() >= kRowsWorthTelling) text += tr(", searching\u2026");
  if (model_->isFrozen()) {
    text += tr(", frozen, %1 new").arg(formatCount(model_->newRows()));
  }
  return text;
}

void TrafficPanel::updateCount() {
  bar_->setCount(countText(false), countText(true));
  updateProgress();
}

void TrafficPanel::updateProgress() {
  const std::uint64_t left = model_->rowsToSearch();
  const auto all = static_cast<double>(source_->log().end() - source_->log().first());
  bar_->filter()->setProgress(left < kRowsWorthTelling ? std::nullopt
                                                       : std::optional(1 - static_cast<double>(left) / all));
}

void TrafficPanel::saveState(QSettings& settings) const {
  settings.setValue(QStringLiteral("trafficSplitter"), splitter_->saveState());
  settings.setValue(QStringLiteral("trafficColumns"), table_->saveColumns());
  filters_->remember(bar_->filter()->appliedText());
  if (!isAlike_) filters_->saveState(settings);
  captures_->saveState(settings);
  tools_->saveState(settings);
  settings.setValue(QStringLiteral("inspectorTab"), inspector_->currentPage());
  settings.setValue(QStringLiteral("inspectorDetails"), static_cast<int>(inspector_->details()->view()));
  settings.setValue(QStringLiteral("inspectorEncoding"), static_cast<int>(inspector_->textEncoding()));
  inspector_->saveState(settings);
}

void TrafficPanel::restoreState(QSettings& settings) {
  captures_->restoreState(settings);
  tools_->restoreState(settings);
  splitter_->restoreState(settings.value(QStringLiteral("trafficSplitter")).toByteArray());
  table_->restoreColumns(settings.value(QStringLiteral("trafficColumns")).toByteArray());
  if (!isAlike_) filters_->restoreState(settings);
  inspector_->showPage(settings.value(QStringLiteral("inspectorTab")).toString());
  inspector_->details()->setView(
      static_cast<DetailsPage::View>(settings.value(QStringLiteral("inspectorDetails"), 0).toInt()));
  inspector_->setTextEncoding(
      static_cast<TextEncoding>(settings.value(QStringLiteral("inspectorEncoding"), 0).toInt()));
  inspector_->restoreState(settings);
}

}  // namespace sockbench::ui
