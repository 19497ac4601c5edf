#include "ui/panels/ports/ports_panel.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QMetaMethod>
#include <QSettings>
#include <QShowEvent>
#include <QSplitter>
#include <QThreadPool>
#include <QVBoxLayout>
#include <algorithm>

#include "core/payload/visible_text.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/bridge/in_background.h"
#include "ui/models/format.h"
#include "ui/models/ports_details.h"
#include "ui/panels/ports/ports_bar.h"
#include "ui/panels/ports/ports_table.h"
#include "ui/panels/ports/ports_targets.h"
#include "ui/widgets/details_table.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_hint.h"
#include "ui/widgets/help_page.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/low_scroll.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {
constexpr int kLeastDetails = 200;  // pixels
constexpr int kUsualDetails = 290;
}  // namespace

struct PortsPanel::Reading {
  unsigned number = 0;
  PortsModel::View view;
  Result<PortsSnapshotPtr> snapshot;
  PortsModel::Rows rows;
  std::chrono::nanoseconds took{};
};

PortsPanel::PortsPanel(EngineBridge* bridge, QWidget* parent)
    : Panel(parent),
      bridge_(bridge),
      model_(new PortsModel(this)),
      bar_(new PortsBar(this)),
      message_(new InlineMessage(this)),
      table_(new PortsTable(model_, this)),
      hint_(new EmptyHint(table_)),
      details_(new DetailsTable(QStringLiteral("portsDetailsTable"), tr("Details of the socket"), 0, this)),
      status_(new ElidedLabel(this)),
      splitter_(new QSplitter(Qt::Horizontal, this)) {
  setHelpPage(this, QStringLiteral("ports"));
  ticks_.setSingleShot(true);
  arrange();
  connectParts();
  hint_->follow(model_);
  updateHint();
  status_->setText(tr("Refresh: F5"));
}

void PortsPanel::arrange() {
  constexpr int kLowestTable = 120;
  message_->setObjectName(QStringLiteral("portsMessage"));
  status_->setObjectName(QStringLiteral("portsStatusLabel"));
  status_->setAccessibleName(tr("What was read"));
  status_->setProperty("dim", true);
  details_->setVisible(false);
  details_->setProperty("framed", true);
  details_->setFrameShape(QFrame::StyledPanel);
  details_->setMinimumWidth(kLeastDetails);
  table_->setMinimumWidth(kLeastDetails);
  splitter_->setObjectName(QStringLiteral("portsSplitter"));
  splitter_->addWidget(table_);
  splitter_->addWidget(details_);
  splitter_->setStretchFactor(0, 1);
  splitter_->setChildrenCollapsible(false);
  splitter_->setMinimumHeight(kLowestTable);
  splitter_->setSizePolicy(QSizePolicy::Expanding,
                           QSizePolicy::Ignored);  // the panel scrolls only below that
  splitter_->setHandleWidth(9);
  splitter_->setProperty("gap", true);
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(14, 12, 14, 8);
  column->setSpacing(8);
  column->addWidget(bar_);
  column->addWidget(message_);
  column->addWidget(splitter_, 1);
  column->addWidget(status_);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(makeLowScroll(content, this));
}

void PortsPanel::connectParts() {
  connect(bar_, &PortsBar::refreshRequested, this, &PortsPanel::act);
  connect(bar_, &PortsBar::intervalChanged, this, &PortsPanel::updateTicks);
  connect(bar_, &PortsBar::filterChanged, this, [this] {
    table_->keepPlace([this] { model_->setFilter(bar_->filter()); });
    updateHint();
  });
  connect(&ticks_, &QTimer::timeout, this, &PortsPanel::act);
  connect(table_, &PortsTable::rowChosen, this, &PortsPanel::choose);
  connect(table_, &PortsTable::menuWanted, this, &PortsPanel::addActions);
  connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this, &PortsPanel::showDetails);
}

void PortsPanel::act() {
  if (reading_) return;
  reading_ = true;
  const QList<SessionSnapshot> sessions = bridge_->snapshots();
  inBackground(
      this,
      [number = ++asked_, view = model_->view(), before = model_->snapshot(), names = names_,
       own = std::vector(sessions.begin(), sessions.end())] {
        const auto start = std::chrono::steady_clock::now();
        Reading reading{
            .number = number, .view = view, .snapshot = readPorts(before, *names, own), .rows = {}};
        if (reading.snapshot) reading.rows = PortsModel::arrange(**reading.snapshot, view);
        reading.took = std::chrono::steady_clock::now() - start;
        return reading;
      },
      [this](const Reading& reading) { take(reading); });
}

void PortsPanel::cancel() {
  ++asked_;
}

void PortsPanel::take(const Reading& reading) {
  reading_ = false;
  if (reading.number == asked_) present(reading);
  updateTicks();
}

void PortsPanel::present(const Reading& reading) {
  message_->clear();
  if (!reading.snapshot) {
    message_->showError(reading.snapshot.error());
    return;
  }
  const PortsSnapshotPtr& snapshot = *reading.snapshot;
  // A person may have sorted or filtered meanwhile.
  const bool same = reading.view == model_->view();
  PortsSnapshotPtr before;
  table_->keepPlace([&] {
    before =
        model_->setSnapshot(snapshot, same ? reading.rows : PortsModel::arrange(*snapshot, model_->view()));
  });
  QThreadPool::globalInstance()->start([old = std::move(before)]() mutable { old.reset(); });
  if (!snapshot->faults.empty()) message_->showError(snapshot->faults.front());
  updateHint();
  showStatus(reading.took);
  showDetails();
}

void PortsPanel::showStatus(std::chrono::nanoseconds took) {
  const PortsSnapshot& read = *model_->snapshot();
  QStringList parts{tr("%1 socket(s)", nullptr, pluralNumber(read.sockets)).arg(formatCount(read.sockets)),
                    tr("%1 listening").arg(formatCount(read.listening))};
  if (read.unknownOwners > 0) {
    const QString why = read.unreadableProcesses > 0
                            ? tr("%1 process(es) of other users may not be looked into: EACCES", nullptr,
                                 pluralNumber(read.unreadableProcesses))
                                  .arg(formatCount(read.unreadableProcesses))
                            : tr("of the kernel, or of processes that are not seen from here");
    parts += tr("%1 of unknown owner (%2)").arg(formatCount(read.unknownOwners), why);
  }
  parts += tr("read in %1").arg(formatDuration(took));
  status_->setText(parts.join(QStringLiteral(" \u00b7 ")));
}

void PortsPanel::updateHint() {
  hint_->setHint(model_->snapshot() ? tr("No socket is as the filter says") : tr("Not read yet: F5"));
}

void PortsPanel::updateTicks() {
  const std::chrono::seconds interval = bar_->interval();
  if (interval.count() == 0 || !isVisible() || reading_)
    ticks_.stop();
  else
    ticks_.start(interval);
}

void PortsPanel::showEvent(QShowEvent* event) {
  Panel::showEvent(event);
  if (event->spontaneous()) return;
  if (!model_->snapshot() || bar_->interval().count() > 0) act();
}

void PortsPanel::hideEvent(QHideEvent* event) {
  Panel::hideEvent(event);
  ticks_.stop();
}

// They have their place beside the table only while there is something to tell.
void PortsPanel::openDetails(bool open) {
  if (details_->isVisibleTo(splitter_) == open) return;
  if (!open) detailsWidth_ = details_->width();
  details_->setVisible(open);
  const int all = splitter_->width();
  const int wanted = detailsWidth_ > 0 ? detailsWidth_ : std::max(all / 3, kUsualDetails);
  if (open) splitter_->setSizes({all - wanted, wanted});
}

// What the row says at once, what the kernel says when it has said it.
void PortsPanel::showDetails() {
  const PortRow* row = table_->currentRow();
  openDetails(row != nullptr);
  if (row == nullptr) {
    detailed_ = 0;
    return;
  }
  if (detailed_ != row->key) answer_.reset();
  detailed_ = row->key;
  details_->setDetails(portDetails(*row, answer_));
  if (row->isGone() || isUnixKind(row->socket.kind)) return;
  inBackground(
      this, [socket = row->socket] { return readSocketDetails(socket); },
      [this, key = row->key](const Result<SocketDetails>& answer) {
        const PortRow* current = table_->currentRow();
        if (current == nullptr || current->key != key) return;
        answer_ = answer;
        details_->setDetails(portDetails(*current, answer_));
      });
}

void PortsPanel::choose() {
  const PortRow* row = table_->currentRow();
  if (row == nullptr) return;
  if (row->session)
    emit sessionChosen(row->session);
  else if (const auto target = targetOf(*row))
    emit targetChosen(*target);
}

void PortsPanel::addActions(QMenu* menu) {
  const PortRow* row = table_->currentRow();
  if (row == nullptr) return;
  if (row->session) {
    connect(menu->addAction(tr("Go to session %1").arg(row->session.value)), &QAction::triggered, this,
            [this, session = row->session] { emit sessionChosen(session); });
  }
  const auto target = targetOf(*row);
  QAction* connectHere = menu->addAction(theme::icon(QStringLiteral("connect")), tr("Connect here"));
  connectHere->setEnabled(target.has_value());
  connect(connectHere, &QAction::triggered, this, [this, target] { emit targetChosen(*target); });
  addInspections(menu, row->socket);
  menu->addSeparator();
}

// Only where somebody answers.
void PortsPanel::addInspections(QMenu* menu, const SocketRow& socket) {
  if (!isSignalConnected(QMetaMethod::fromSignal(&PortsPanel::inspectRequested))) return;
  for (const auto& [text, address] : {std::pair(tr("Inspect the local address"), socket.local),
                                      {tr("Inspect the peer's address"), socket.peer}}) {
    QAction* inspect = menu->addAction(text);
    inspect->setEnabled(address.isIp() && !(address.isWildcard() && address.port() == 0));
    connect(inspect, &QAction::triggered, this,
            [this, ip = toQString(address.ip())] { emit inspectRequested(ip); });
  }
}

void PortsPanel::focusFirst() {
  bar_->filterEdit()->setFocus();
}

void PortsPanel::saveState(QSettings& settings) const {
  bar_->saveState(settings);
  settings.setValue(QStringLiteral("detailsWidth"),
                    details_->isVisibleTo(splitter_) ? details_->width() : detailsWidth_);
  settings.setValue(QStringLiteral("columns"), table_->horizontalHeader()->saveState());
}

void PortsPanel::restoreState(QSettings& settings) {
  bar_->restoreState(settings);
  detailsWidth_ = settings.value(QStringLiteral("detailsWidth"), 0).toInt();
  table_->horizontalHeader()->restoreState(settings.value(QStringLiteral("columns")).toByteArray());
}

}  // namespace sockbench::ui
