#include "ui/panels/resolver/lookup_page.h"

#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScrollArea>
#include <QSettings>
#include <QSplitter>
#include <QStyle>
#include <QTabWidget>
#include <QVBoxLayout>
#include <utility>

#include "ui/bridge/engine_bridge.h"
#include "ui/models/format.h"
#include "ui/panels/resolver/lookup_rows.h"
#include "ui/panels/resolver/race_page.h"
#include "ui/panels/resolver/resolver_form.h"
#include "ui/panels/resolver/reverse_page.h"
#include "ui/panels/resolver/rows_table.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

constexpr std::chrono::milliseconds kTick{100};
constexpr int kLowestTables = 170;  // pixels

Error nothingAsked() {
  return Error::fromInput(InputFault::badHost, {}, std::nullopt,
                          "no host is given; * stands for the null host");
}

}  // namespace

LookupPage::LookupPage(EngineBridge* bridge, QWidget* parent)
    : Panel(parent),
      bridge_(bridge),
      form_(new ResolverForm(this)),
      status_(new QLabel(this)),
      message_(new InlineMessage(this)),
      addresses_(new GroupedRowsModel(addressTitles(), {5}, this)),
      hostInfo_(new GroupedRowsModel(hostInfoTitles(), {}, this)),
      run_(new LookupRun(bridge, this)) {
  arrange();
  nameParts();
  connectParts();
  showStatus(tr("Look up: F5 or Ctrl+Enter"), false);
}

// In a window that is too low the panel scrolls, before its tables have no room for a row.
void LookupPage::arrange() {
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(14, 12, 14, 12);
  column->setSpacing(8);
  column->addWidget(form_);
  column->addWidget(status_);
  column->addWidget(message_);
  column->addWidget(makeViews(), 1);
  auto* area = new QScrollArea(this);
  area->setFrameShape(QFrame::NoFrame);
  area->setWidgetResizable(true);
  area->setFocusPolicy(Qt::NoFocus);
  area->setWidget(content);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(area);
}

QWidget* LookupPage::makeViews() {
  splitter_ = new QSplitter(Qt::Horizontal, this);
  results_ = new RowsTable(QStringLiteral("resolverResultsTable"), tr("Addresses"), addresses_, splitter_);
  results_->setWidths({15, 9, 15, 6, 22, 6, 18, 12});
  side_ = new QTabWidget(splitter_);
  side_->setProperty("compact", true);
  hostTable_ = new RowsTable(QStringLiteral("resolverHostInfoTable"), tr("Names and addresses of hosts"),
                             hostInfo_, side_);
  hostTable_->setWidths({12, 8, 24});
  reverse_ = new ReversePage(bridge_, side_);
  auto* hostPage = new QWidget(side_);
  auto* hostColumn = new QVBoxLayout(hostPage);
  hostColumn->setContentsMargins(0, 6, 0, 0);
  hostColumn->addWidget(hostTable_);
  side_->addTab(hostPage, tr("Hosts"));
  race_ = new RacePage(bridge_, side_);
  side_->addTab(reverse_, tr("Names"));
  side_->addTab(race_, tr("Connect"));
  splitter_->addWidget(results_);
  splitter_->addWidget(side_);
  splitter_->setStretchFactor(0, 2);
  splitter_->setStretchFactor(1, 1);
  splitter_->setChildrenCollapsible(false);
  splitter_->setMinimumHeight(kLowestTables);
  splitter_->setHandleWidth(9);
  splitter_->setProperty("gap", true);
  splitter_->setSizes({1450, 1000});  // only their proportion counts
  return splitter_;
}

void LookupPage::nameParts() {
  status_->setObjectName(QStringLiteral("resolverStatusLabel"));
  status_->setAccessibleName(tr("State of the look-up"));
  status_->setTextFormat(Qt::PlainText);
  status_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  status_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  message_->setObjectName(QStringLiteral("resolverMessage"));
  side_->setObjectName(QStringLiteral("resolverSideTabs"));
  splitter_->setObjectName(QStringLiteral("resolverSplitter"));
}

void LookupPage::connectParts() {
  connect(form_, &ResolverForm::lookUpRequested, this, &LookupPage::act);
  connect(form_, &ResolverForm::cancelRequested, this, &LookupPage::cancel);
  connect(form_, &ResolverForm::edited, message_, &InlineMessage::clear);
  connect(run_, &LookupRun::addressesAnswered, this, &LookupPage::showAddresses);
  connect(run_, &LookupRun::hostAnswered, this, &LookupPage::showHost);
  connect(run_, &LookupRun::finished, this, &LookupPage::finish);
  connect(&ticker_, &QTimer::timeout, this, &LookupPage::tick);
  connect(results_, &RowsTable::menuWanted, this, &LookupPage::addResultActions);
  connect(results_, &RowsTable::rowChosen, this, [this] {
    if (const auto endpoint = currentEndpoint()) emit targetChosen(*endpoint);
  });
  connect(results_->selectionModel(), &QItemSelectionModel::selectionChanged, this,
          [this] { reverse_->setCanAsk(currentEndpoint().has_value()); });
  connect(reverse_, &ReversePage::lookUpRequested, this, &LookupPage::lookUpNames);
  connect(this, &LookupPage::resultsChanged, race_, [this] { race_->setHosts(results()); });
  connect(race_, &RacePage::targetChosen, this, &LookupPage::targetChosen);
  connect(race_, &RacePage::inspectRequested, this, &LookupPage::inspectRequested);
}

void LookupPage::act() {
  message_->clear();
  const Result<AddressQuery> query = form_->query();
  if (!query) {
    message_->showError(query.error());
    form_->serviceEdit()->setFocus();
    return;
  }
  lines_ = form_->hostEdit()->hosts();
  if (lines_.isEmpty()) {
    message_->showError(nothingAsked());
    form_->hostEdit()->setFocus();
    return;
  }
  if (form_->hostEdit()->isOverfull()) {
    message_->showWarning(tr("Only the first %n host(s) are looked up", nullptr, HostEdit::kMostHosts));
  }
  showWaiting();
  QStringList hosts;
  for (const int line : std::as_const(asked_)) hosts += lines_[line].host;
  run_->start(hosts, *query, form_->limit());
  if (!run_->isRunning()) return finish();
  emit resultsChanged();
  form_->setBusy(true);
  ticker_.start(kTick);
  showProgress();
}

// A row for each line: what cannot be looked up says why at once, the rest waits for its answer.
void LookupPage::showWaiting() {
  asked_.clear();
  faults_.clear();
  cancelled_ = false;
  toAnnounce_ = false;
  answered_.assign(static_cast<std::size_t>(lines_.size()), std::nullopt);
  addresses_->reset(static_cast<int>(lines_.size()));
  hostInfo_->reset(static_cast<int>(lines_.size()));
  for (int line = 0; line < lines_.size(); ++line) {
    const HostLine& host = lines_[line];
    if (host.fault) {
      addresses_->setGroup(line, {faultRow(host.host, *host.fault)});
      faults_ += *host.fault;
      answered_[static_cast<std::size_t>(line)] = {host.host, {std::unexpected(*host.fault)}};
      continue;
    }
    addresses_->setGroup(line, {waitingRow(host.host)});
    asked_ += line;
  }
}

void LookupPage::cancel() {
  reverse_->cancel();
  race_->cancel();
  if (!run_->isRunning()) return;
  cancelled_ = true;
  run_->cancel();
}

void LookupPage::showAddresses(int host, const LookupOutcome<AddressAnswer>& outcome) {
  const int line = asked_[host];
  addresses_->setGroup(line, addressRows(lines_[line].host, outcome));
  if (!outcome.answer) faults_ += outcome.answer.error();
  answered_[static_cast<std::size_t>(line)] = {lines_[line].host, outcome};
  toAnnounce_ = true;
  showProgress();
}

void LookupPage::showHost(int host, const LookupOutcome<HostInfo>& outcome) {
  const int line = asked_[host];
  hostInfo_->setGroup(line, hostInfoRows(lines_[line].host, outcome));
  showProgress();
}

void LookupPage::showProgress() {
  if (!run_->isRunning()) return;
  showStatus(tr("Looking up: %1 of %2 answered · %3")
                 .arg(run_->answered())
                 .arg(run_->asked())
                 .arg(formatDuration(run_->elapsed())),
             false);
}

void LookupPage::tick() {
  showProgress();
  if (std::exchange(toAnnounce_, false)) emit resultsChanged();
}

QList<LookedUpHost> LookupPage::results() const {
  QList<LookedUpHost> known;
  for (const std::optional<LookedUpHost>& host : answered_)
    if (host) known += *host;
  return known;
}

void LookupPage::finish() {
  ticker_.stop();
  form_->setBusy(false);
  int found = 0;
  for (int row = 0; row < addresses_->rowCount(); ++row)
    found += addresses_->row(row)->tone == TextRow::Tone::plain;
  QStringList parts;
  if (cancelled_) parts += tr("Cancelled");
  parts += tr("%n address(es)", nullptr, found);
  parts += tr("%n host(s)", nullptr, static_cast<int>(lines_.size()));
  if (!faults_.isEmpty()) {
    parts += tr("%n failed: %1", nullptr, static_cast<int>(faults_.size())).arg(faultSymbols());
    if (lines_.size() == 1 && !cancelled_) message_->showError(faults_.first());
  }
  parts += formatDuration(run_->elapsed());
  showStatus(parts.join(QStringLiteral(" · ")), !faults_.isEmpty());
  toAnnounce_ = false;
  emit resultsChanged();
}

// Each kind once: the rows have the rest.
QString LookupPage::faultSymbols() const {
  QStringList symbols;
  for (const Error& fault : faults_) symbols += toQString(fault.symbol());
  symbols.removeDuplicates();
  return symbols.join(QStringLiteral(", "));
}

void LookupPage::showStatus(const QString& text, bool fault) {
  status_->setText(text);
  status_->setToolTip(plainToolTip(text));
  if (status_->property("fault").toBool() == fault && status_->property("dim").isValid()) return;
  status_->setProperty("fault", fault);
  status_->setProperty("dim", !fault);
  style()->unpolish(status_);
  style()->polish(status_);
}

std::optional<Endpoint> LookupPage::currentEndpoint() const {
  const TextRow* row = results_->currentRow();
  if (!row || !row->value.canConvert<AddressResult>()) return std::nullopt;
  return endpointOf(row->value.value<AddressResult>());
}

void LookupPage::addResultActions(QMenu* menu) {
  const std::optional<Endpoint> endpoint = currentEndpoint();
  const auto add = [&](const QString& icon, const QString& text, auto slot) {
    QAction* action = menu->addAction(theme::icon(icon), text);
    action->setEnabled(endpoint.has_value());
    connect(action, &QAction::triggered, this, slot);
  };
  add(QStringLiteral("connect"), tr("Connect here"), [this, endpoint] { emit targetChosen(*endpoint); });
  add(QStringLiteral("server"), tr("Serve here"), [this, endpoint] { emit serveHereRequested(*endpoint); });
  add(QStringLiteral("lookup"), tr("Look up the name"), [this] { lookUpNames(); });
  menu->addSeparator();
}

void LookupPage::lookUpNames() {
  QList<SocketAddress> chosen;
  for (const TextRow* row : results_->selectedRows()) {
    if (!row->value.canConvert<AddressResult>()) continue;
    const SocketAddress address = row->value.value<AddressResult>().address;
    if (!chosen.contains(address)) chosen += address;
  }
  if (chosen.isEmpty()) return;
  side_->setCurrentWidget(reverse_);
  reverse_->lookUp(chosen, form_->limit());
}

void LookupPage::focusFirst() {
  form_->hostEdit()->setFocus();
}

void LookupPage::saveState(QSettings& settings) const {
  form_->saveState(settings);
  settings.setValue(QStringLiteral("splitter"), splitter_->saveState());
  settings.setValue(QStringLiteral("columns"), results_->horizontalHeader()->saveState());
  settings.setValue(QStringLiteral("sideTab"), side_->currentIndex());
  race_->saveState(settings);
}

void LookupPage::restoreState(QSettings& settings) {
  form_->restoreState(settings);
  splitter_->restoreState(settings.value(QStringLiteral("splitter")).toByteArray());
  results_->horizontalHeader()->restoreState(settings.value(QStringLiteral("columns")).toByteArray());
  side_->setCurrentIndex(settings.value(QStringLiteral("sideTab"), 0).toInt());
  race_->restoreState(settings);
}

}  // namespace sockbench::ui
