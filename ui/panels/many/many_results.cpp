#include "ui/panels/many/many_results.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QShortcut>
#include <QSplitter>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/models/format.h"
#include "ui/models/shown_text.h"
#include "ui/models/swarm_clients_model.h"
#include "ui/models/text_rows_model.h"
#include "ui/widgets/empty_hint.h"
#include "ui/widgets/latency_chart.h"
#include "ui/widgets/named.h"
#include "ui/widgets/page_tabs.h"
#include "ui/widgets/table_style.h"

namespace sockbench::ui {
namespace {

constexpr int kLeastTableHeight = 68;

SessionState dotOf(SwarmState state) {
  switch (state) {
    case SwarmState::connecting:
      return SessionState::connecting;
    case SwarmState::open:
      return SessionState::connected;
    case SwarmState::closed:
      return SessionState::closed;
    case SwarmState::failed:
      return SessionState::failed;
    case SwarmState::idle:
      break;
  }
  return SessionState::idle;
}

// The state's dot before its words.
class ClientDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

 protected:
  void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
    QStyledItemDelegate::initStyleOption(option, index);
    option->state &= ~QStyle::State_HasFocus;
    if (index.column() != SwarmClientsModel::State) return;
    const auto state = static_cast<SwarmState>(index.data(SwarmClientsModel::StateRole).toInt());
    const qreal ratio = option->widget ? option->widget->devicePixelRatioF() : 1.0;
    option->features |= QStyleOptionViewItem::HasDecoration;
    option->decorationSize = QSize(12, 12);
    option->icon = stateDot(dotOf(state), ratio);
  }
};

QStringList timesRow(const QString& name, const LatencyHistogram& times) {
  QStringList row{name, formatCount(times.count())};
  if (times.count() == 0)
    return row << QString() << QString() << QString() << QString() << QString() << QString();
  row << formatDuration(times.mean());
  for (const double percent : {50.0, 90.0, 99.0, 99.9}) row << formatDuration(times.percentile(percent));
  return row << formatDuration(times.most());
}

}  // namespace

ManyResults::ManyResults(QWidget* parent)
    : QWidget(parent),
      state_(named(new QLabel(this), "manyStateLabel", tr("How the clients stand"))),
      progress_(named(new QProgressBar(this), "manyProgressBar", tr("Clients that have been begun"))),
      filter_(named(new QComboBox(this), "manyStateFilterBox", tr("Which clients are shown"))),
      clients_(new SwarmClientsModel(this)),
      clientsTable_(new QTableView(this)),
      times_(new TextRowsModel(
          {QString(), tr("Count"), tr("Mean"), tr("p50"), tr("p90"), tr("p99"), tr("p99.9"), tr("Max")}, {0},
          this)),
      timesTable_(new QTableView(this)),
      chart_(named(new LatencyChart(this), "manyLatencyChart", tr("How long answers took"))),
      errors_(
          new TextRowsModel({tr("Error"), tr("Count"), tr("Meaning"), tr("First met at")}, {0, 2, 3}, this)),
      errorsTable_(new QTableView(this)),
      split_(new QSplitter(Qt::Horizontal, this)) {
  state_->setTextFormat(Qt::PlainText);
  state_->setWordWrap(true);
  progress_->setTextVisible(false);
  progress_->setFixedHeight(6);
  split_->setObjectName(QStringLiteral("manySplitter"));
  split_->addWidget(makeClients());
  split_->addWidget(makeTimes());
  split_->setStretchFactor(0, 3);
  split_->setStretchFactor(1, 2);
  split_->setChildrenCollapsible(false);
  connect(split_, &QSplitter::splitterMoved, this, [this] { isMoved_ = true; });
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(6);
  column->addWidget(state_);
  column->addWidget(progress_);
  column->addWidget(split_, 1);
  ticks_.setInterval(kLook);
  connect(&ticks_, &QTimer::timeout, this, &ManyResults::refresh);
  refresh();
}

QWidget* ManyResults::makeClients() {
  auto* side = new QWidget(this);
  filter_->addItem(tr("All clients"), -1);
  for (std::size_t i = 0; i < kSwarmStates; ++i)
    filter_->addItem(tr("Only: %1").arg(swarmStateText(static_cast<SwarmState>(i))), static_cast<int>(i));
  connect(filter_, &QComboBox::currentIndexChanged, this, [this] {
    const int state = filter_->currentData().toInt();
    clients_->setOnly(state < 0 ? std::nullopt : std::optional(static_cast<SwarmState>(state)));
  });
  styleTable(clientsTable_, QStringLiteral("manyStatesTable"), tr("Clients"));
  clientsTable_->setModel(clients_);
  clientsTable_->setItemDelegate(new ClientDelegate(clientsTable_));
  clientsTable_->setMinimumHeight(kLeastTableHeight);
  clientsTable_->horizontalHeader()->setSortIndicatorClearable(true);
  clientsTable_->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
  clientsTable_->setSortingEnabled(true);
  clientsTable_->horizontalHeader()->setStretchLastSection(true);
  setColumnWidths(clientsTable_, {6, 12, 18, 7, 7, 10, 7, 8, 10, 10, 8, 8});
  auto* hint = new EmptyHint(clientsTable_);
  hint->setHint(tr("The clients stand here once they are started"));
  hint->follow(clients_);
  connect(clientsTable_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& index) {
            const SessionId id = clients_->sessionAt(index.row());
            if (id && clientsTable_->hasFocus()) emit picked(id);
          });
  auto* copy = new QShortcut(QKeySequence::Copy, clientsTable_, [this] { copySelection(clientsTable_); });
  copy->setContext(Qt::WidgetShortcut);
  auto* column = new QVBoxLayout(side);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(6);
  filter_->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  column->addWidget(filter_);
  column->addWidget(clientsTable_, 1);
  return side;
}

void ManyResults::makeTable(QTableView* table, TextRowsModel* model, const char* name, const QString& title,
                            const QList<int>& widths) {
  styleTable(table, QLatin1String(name), title);
  table->setModel(model);
  table->horizontalHeader()->setStretchLastSection(true);
  table->setMinimumHeight(kLeastTableHeight);
  setColumnWidths(table, widths);
  auto* copy = new QShortcut(QKeySequence::Copy, table, [table] { copySelection(table); });
  copy->setContext(Qt::WidgetShortcut);
}

QWidget* ManyResults::makeTimes() {
  auto* side = new QWidget(this);
  makeTable(timesTable_, times_, "manyLatencyTable", tr("How long connecting and answers take"),
            {9, 8, 8, 8, 8, 8, 8, 8});
  makeTable(errorsTable_, errors_, "manyErrorsTable", tr("Errors that were met"), {18, 7, 28, 24});
  timesTable_->setFixedHeight(fontMetrics().height() * 6);
  auto* column = new QVBoxLayout(side);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(6);
  column->addWidget(timesTable_);
  column->addWidget(chart_, 2);
  column->addWidget(errorsTable_, 1);
  return side;
}

void ManyResults::setSwarm(const ClientSwarm* swarm) {
  swarm_ = swarm;
  clients_->setSwarm(swarm);
  refresh();
  updateTicks();
}

void ManyResults::updateTicks() {
  const bool wanted = isVisible() && swarm_ != nullptr && !swarm_->isOver();
  if (wanted != ticks_.isActive()) wanted ? ticks_.start() : ticks_.stop();
}

void ManyResults::refresh() {
  if (swarm_ == nullptr) {
    state_->setText(tr("Not started"));
    progress_->setRange(0, 1);
    progress_->setValue(0);
  } else {
    showState(swarm_->board().totals());
    clients_->refresh();
  }
  showTimes();
  showErrors();
  updateTicks();
}

void ManyResults::showState(const SwarmTotals& totals) {
  const auto count = [&](SwarmState state) { return formatCount(totals.in(state)); };
  QStringList parts{swarm_->isOver() ? tr("Over") : tr("Running"),
                    tr("%1 open").arg(count(SwarmState::open))};
  const auto add = [&](SwarmState state, const QString& words) {
    if (totals.in(state) > 0) parts << words.arg(count(state));
  };
  add(SwarmState::connecting, tr("%1 connecting"));
  add(SwarmState::idle, tr("%1 not begun"));
  add(SwarmState::closed, tr("%1 closed"));
  add(SwarmState::failed, tr("%1 failed"));
  if (totals.closedByPeer > 0)
    parts << tr("%1 of the closed by the peer").arg(formatCount(totals.closedByPeer));
  if (swarm_->spec().message) {
    parts << tr("%1 messages sent").arg(formatCount(totals.sent));
    if (swarm_->spec().answer.how != AnswerCheck::How::none)
      parts << tr("%1 answered").arg(formatCount(totals.answered));
    if (totals.givenUp > 0) parts << tr("%1 given up").arg(formatCount(totals.givenUp));
    if (totals.refused > 0) parts << tr("%1 could not be sent").arg(formatCount(totals.refused));
  }
  state_->setText(parts.join(QStringLiteral(" \u00b7 ")));
  progress_->setRange(0, static_cast<int>(swarm_->spec().clients));
  progress_->setValue(static_cast<int>(swarm_->spec().clients - totals.in(SwarmState::idle)));
}

void ManyResults::showTimes() {
  const LatencyHistogram answers = swarm_ ? swarm_->board().answers() : LatencyHistogram();
  times_->setRows({timesRow(tr("Connect"), swarm_ ? swarm_->board().connecting() : LatencyHistogram()),
                   timesRow(tr("Answer"), answers)});
  chart_->setTimes(answers);
}

void ManyResults::showErrors() {
  QList<QStringList> rows;
  if (swarm_)
    for (const SwarmError& error : swarm_->board().errors())
      rows.append({shownText(error.first.symbol()), formatCount(error.count),
                   shownText(error.first.message()), shownText(error.first.subject)});
  errors_->setRows(rows);
  // What there is to be seen has the room.
  errorsTable_->setVisible(!rows.isEmpty());
  chart_->setVisible(rows.isEmpty() || (swarm_ && swarm_->board().totals().answered > 0));
}

QByteArray ManyResults::saveState() const {
  return isMoved_ ? split_->saveState() : QByteArray();
}

void ManyResults::restoreState(const QByteArray& state) {
  isMoved_ = split_->restoreState(state);
}

void ManyResults::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  refresh();
}

void ManyResults::hideEvent(QHideEvent* event) {
  QWidget::hideEvent(event);
  updateTicks();
}

}  // namespace sockbench::ui
