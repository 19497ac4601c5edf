#include "ui/panels/traffic/traffic_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSettings>
#include <QSplitter>
#include <QStandardItemModel>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "ui/models/format.h"
#include "ui/models/traffic_model.h"
#include "ui/models/traffic_source.h"
#include "ui/panels/traffic/capture/capture_controls.h"
#include "ui/panels/traffic/details_page.h"
#include "ui/panels/traffic/inspector.h"
#include "ui/panels/traffic/stream/stream_page.h"
#include "ui/widgets/help_page.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/traffic_table.h"

namespace sockbench::ui {
namespace {
enum SessionChoice { kAllSessions, kOfferedSession };
constexpr int kInspectorHeight = 270;  // of a session that a person asked to inspect
constexpr int kLeastTimeline = 96;
constexpr int kHeightForInspector = 280;  // lower than that, the timeline needs the room itself
}  // namespace

TrafficPanel::TrafficPanel(TrafficSource* source, QWidget* parent)
    : QWidget(parent),
      source_(source),
      model_(new TrafficModel(source->log(), this)),
      table_(new TrafficTable(this)),
      inspector_(new Inspector(source, this)),
      captures_(new CaptureControls(
          source, [this] { return exportChoice(); }, this)),
      splitter_(new QSplitter(Qt::Vertical, this)) {
  setHelpPage(this, QStringLiteral("traffic"));
  setObjectName(QStringLiteral("trafficPanel"));
  table_->setObjectName(QStringLiteral("trafficTable"));
  table_->setModel(model_);
  splitter_->setObjectName(QStringLiteral("trafficSplitter"));
  splitter_->addWidget(table_);
  splitter_->addWidget(inspector_);
  splitter_->setStretchFactor(0, 3);
  splitter_->setStretchFactor(1, 2);
  splitter_->setChildrenCollapsible(false);
  inspector_->setMinimumHeight(120);  // less than its pages would like: the window is to fit 900x600
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(makeBar());
  column->addWidget(captures_->strips());
  column->addWidget(splitter_, 1);
  const QList<QWidget*> order{onlySession_, inspect_, pause_, follow_, clear_, table_, inspector_};
  for (qsizetype i = 1; i < order.size(); ++i) {
    setTabOrder(order[i - 1], order[i]);
  }
  connectParts();
  offerSession({});
  updateCount();
}

QWidget* TrafficPanel::makeBar() {
  auto* bar = new QWidget(this);
  auto* title = new QLabel(tr("TRAFFIC"), bar);
  title->setProperty("title", true);
  onlySession_ = new QComboBox(bar);
  onlySession_->setObjectName(QStringLiteral("trafficOnlySessionBox"));
  onlySession_->setAccessibleName(tr("Sessions shown"));
  onlySession_->addItem(tr("All sessions"));
  onlySession_->addItem(QString());
  onlySession_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  onlySession_->setMinimumContentsLength(16);
  count_ = new QLabel(bar);
  count_->setObjectName(QStringLiteral("trafficCountLabel"));
  count_->setProperty("dim", true);
  count_->setTextFormat(Qt::PlainText);
  pause_ = makeButton(QStringLiteral("trafficPauseButton"), tr("Freeze"),
                      tr("Keep showing what stands now; what comes is counted (Space)"));
  follow_ =
      makeButton(QStringLiteral("trafficFollowButton"), tr("Follow"), tr("Keep the newest row in view"));
  clear_ = makeButton(QStringLiteral("trafficClearButton"), tr("Clear"), tr("Forget every row so far"));
  inspect_ = makeButton(QStringLiteral("trafficInspectButton"), tr("Inspect"),
                        tr("Show the selected row's bytes and details under the timeline"));
  inspect_->setCheckable(true);
  inspect_->setChecked(true);
  pause_->setCheckable(true);
  follow_->setCheckable(true);
  follow_->setChecked(table_->following());
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(14, 6, 10, 6);
  row->setSpacing(6);
  row->addWidget(title);
  row->addSpacing(6);
  row->addWidget(onlySession_);
  row->addStretch(1);
  row->addWidget(count_);
  row->addSpacing(6);
  for (QToolButton* button : {inspect_, pause_, follow_, clear_}) {
    row->addWidget(button);
  }
  return bar;
}

QToolButton* TrafficPanel::makeButton(const QString& name, const QString& text, const QString& toolTip) {
  auto* button = new QToolButton(this);
  button->setObjectName(name);
  button->setText(text);
  button->setAccessibleName(text);
  button->setToolTip(toolTip);
  button->setAutoRaise(true);
  button->setToolButtonStyle(Qt::ToolButtonTextOnly);
  button->setFocusPolicy(Qt::TabFocus);
  return button;
}

void TrafficPanel::connectParts() {
  connect(source_, &TrafficSource::trafficChanged, model_, &TrafficModel::refresh);
  connect(source_, &TrafficSource::sessionsChanged, this, [this] { offerSession(offered_); });
  connect(model_, &TrafficModel::countsChanged, this, &TrafficPanel::updateCount);
  connect(model_, &TrafficModel::frozenChanged, pause_, &QToolButton::setChecked);
  connect(table_, &TrafficTable::rowActivated, this, [this](const LogRow& row) {
    inspector_->setRow(row);
    if (!model_->onlySession()) {
      offerSession(row.record.session);
    }
  });
  connect(table_, &TrafficTable::sessionOpened, this, &TrafficPanel::sessionActivated);
  connect(table_, &TrafficTable::onlySessionRequested, this, &TrafficPanel::showOnlySession);
  connect(table_, &TrafficTable::compareRequested, this, [this](const LogRow& earlier, const LogRow& later) {
    inspect_->setChecked(true);
    inspector_->compare(earlier, later);
  });
  connect(table_, &TrafficTable::compareRefused, inspector_, &Inspector::refuseCompare);
  connect(table_, &TrafficTable::freezeRequested, this, &TrafficPanel::toggleFreeze);
  connect(table_, &TrafficTable::followingChanged, follow_, &QToolButton::setChecked);
  connect(follow_, &QToolButton::clicked, table_, &TrafficTable::setFollowing);
  connect(pause_, &QToolButton::clicked, model_, &TrafficModel::freeze);
  connect(table_, &TrafficTable::streamRequested, this,
          [this](SessionId id) { inspectSession(id, SessionPart::stream); });
  connect(inspector_->stream(), &StreamPage::rowActivated, table_, &TrafficTable::showRow);
  connect(inspect_, &QToolButton::toggled, inspector_, &QWidget::setVisible);
  connect(clear_, &QToolButton::clicked, this, &TrafficPanel::clear);
  connect(onlySession_, &QComboBox::currentIndexChanged, this, &TrafficPanel::chooseSession);
}

void TrafficPanel::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  const bool roomy = height() >= kHeightForInspector;
  if (std::exchange(roomy_, roomy) != roomy) {
    inspect_->setChecked(roomy);
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
  if (onlySession_->itemText(kOfferedSession) != text) {
    onlySession_->setItemText(kOfferedSession, text);
  }
  if (auto* items = qobject_cast<QStandardItemModel*>(onlySession_->model())) {
    items->item(kOfferedSession)->setEnabled(static_cast<bool>(id));
  }
}

void TrafficPanel::showOnlySession(SessionId id) {
  if (id) {
    offerSession(id);
  }
  onlySession_->setCurrentIndex(id ? kOfferedSession : kAllSessions);
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
  inspect_->setChecked(true);
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
  const QItemSelection selection = table_->selectionModel()->selection();
  for (const QItemSelectionRange& range : selection) {
    for (int row = range.top(); row <= range.bottom(); ++row) {
      if (const auto number = model_->numberAt(row)) choice.selected.push_back(*number);
    }
  }
  std::ranges::sort(choice.selected);
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

QString TrafficPanel::countText() const {
  const TrafficLog& log = source_->log();
  const auto shown = static_cast<std::uint64_t>(model_->rowCount());
  const std::uint64_t first = log.first();
  const std::uint64_t all = log.end() - first;
  QString text =
      model_->onlySession()
          ? tr("%1 of %2 record(s)", nullptr, pluralNumber(all)).arg(formatCount(shown), formatCount(all))
          : tr("%1 record(s)", nullptr, pluralNumber(shown)).arg(formatCount(shown));
  if (model_->isSearching()) {
    text += tr(", searching\u2026");
  }
  if (model_->isFrozen()) {
    text += tr(", frozen, %1 new").arg(formatCount(model_->newRows()));
  }
  return text;
}

void TrafficPanel::updateCount() {
  count_->setText(countText());
}

void TrafficPanel::saveState(QSettings& settings) const {
  settings.setValue(QStringLiteral("trafficSplitter"), splitter_->saveState());
  settings.setValue(QStringLiteral("trafficColumns"), table_->saveColumns());
  captures_->saveState(settings);
  settings.setValue(QStringLiteral("inspectorTab"), inspector_->currentPage());
  settings.setValue(QStringLiteral("inspectorDetails"), static_cast<int>(inspector_->details()->view()));
  settings.setValue(QStringLiteral("inspectorEncoding"), static_cast<int>(inspector_->textEncoding()));
  inspector_->stream()->saveState(settings);
}

void TrafficPanel::restoreState(QSettings& settings) {
  captures_->restoreState(settings);
  splitter_->restoreState(settings.value(QStringLiteral("trafficSplitter")).toByteArray());
  table_->restoreColumns(settings.value(QStringLiteral("trafficColumns")).toByteArray());
  inspector_->showPage(settings.value(QStringLiteral("inspectorTab")).toString());
  inspector_->details()->setView(
      static_cast<DetailsPage::View>(settings.value(QStringLiteral("inspectorDetails"), 0).toInt()));
  inspector_->setTextEncoding(
      static_cast<TextEncoding>(settings.value(QStringLiteral("inspectorEncoding"), 0).toInt()));
  inspector_->stream()->restoreState(settings);
}

}  // namespace sockbench::ui
