#include "ui/panels/resolver/lookup/lookup_page.h"

#include <QLineEdit>
#include <QMenu>
#include <QSettings>
#include <QTabWidget>
#include <QVBoxLayout>

#include "ui/bridge/engine_bridge.h"
#include "ui/models/format.h"
#include "ui/panels/resolver/compare/compare_page.h"
#include "ui/panels/resolver/lookup/lookup_results.h"
#include "ui/panels/resolver/lookup/lookup_rows.h"
#include "ui/panels/resolver/lookup/lookup_status.h"
#include "ui/panels/resolver/lookup/resolver_form.h"
#include "ui/panels/resolver/lookup/results_export.h"
#include "ui/panels/resolver/lookup/reverse_page.h"
#include "ui/panels/resolver/lookup/side_split.h"
#include "ui/panels/resolver/race/race_page.h"
#include "ui/panels/resolver/rows_table.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/low_scroll.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

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
      message_(new InlineMessage(this)),
      lookup_(new LookupResults(bridge, this)) {
  arrange();
  nameParts();
  connectParts();
}

// In a window that is too low the panel scrolls, before its tables have no room for a row.
void LookupPage::arrange() {
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(14, 12, 14, 12);
  column->setSpacing(8);
  column->addWidget(form_);
  auto* status = new LookupStatus(lookup_, this);
  export_ = new ResultsExport(lookup_, status);
  status->add(form_->listButton());
  status->add(export_);
  column->addWidget(status);
  column->addWidget(message_);
  column->addWidget(makeViews(), 1);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(makeLowScroll(content, this));
}

QWidget* LookupPage::makeViews() {
  results_ =
      new RowsTable(QStringLiteral("resolverResultsTable"), tr("Addresses"), lookup_->addresses(), this);
  results_->setWidths({15, 9, 15, 6, 22, 6, 18, 12});
  results_->setDispensable({3, 6, 1, 7, 5});  // what says least of an address goes first
  side_ = new QTabWidget(this);
  side_->setProperty("compact", true);
  hostTable_ = new RowsTable(QStringLiteral("resolverHostInfoTable"), tr("Names and addresses of hosts"),
                             lookup_->hostInfo(), side_);
  hostTable_->setWidths({12, 8, 24});
  reverse_ = new ReversePage(bridge_, side_);
  auto* hostPage = new QWidget(side_);
  auto* hostColumn = new QVBoxLayout(hostPage);
  hostColumn->setContentsMargins(0, 6, 0, 0);
  hostColumn->addWidget(hostTable_);
  side_->addTab(hostPage, tr("Hosts"));
  race_ = new RacePage(bridge_, side_);
  side_->addTab(reverse_, tr("Names"));
  compare_ = new ComparePage(bridge_, side_);
  side_->addTab(compare_, tr("Compare"));
  side_->addTab(race_, tr("Connect"));
  split_ = new SideSplit(results_, side_, this);
  split_->setShare(compare_, 60);  // percent: a row of each tells more than one of the results
  split_->setShare(race_, 60);
  split_->setMinimumHeight(kLowestTables);
  return split_;
}

void LookupPage::nameParts() {
  message_->setObjectName(QStringLiteral("resolverMessage"));
  side_->setObjectName(QStringLiteral("resolverSideTabs"));
  split_->setObjectName(QStringLiteral("resolverSplitter"));
}

void LookupPage::connectParts() {
  connect(form_, &ResolverForm::lookUpRequested, this, &LookupPage::act);
  connect(form_, &ResolverForm::cancelRequested, this, &LookupPage::cancel);
  connect(form_, &ResolverForm::edited, message_, &InlineMessage::clear);
  connect(form_, &ResolverForm::listRefused, message_, &InlineMessage::showError);
  connect(form_, &ResolverForm::listOpened, message_, [this](const QString& words, bool isIncomplete) {
    isIncomplete ? message_->showWarning(words) : message_->showNote(words);
  });
  connect(export_, &ResultsExport::refused, message_, &InlineMessage::showError);
  connect(export_, &ResultsExport::saved, message_,
          [this](const QString& words) { message_->showNote(words); });
  connect(lookup_, &LookupResults::changed, this, &LookupPage::resultsChanged);
  connect(lookup_, &LookupResults::finished, this, &LookupPage::showOutcome);
  connect(lookup_, &LookupResults::finished, this, &LookupPage::finished);
  connect(results_, &RowsTable::menuWanted, this, &LookupPage::addResultActions);
  connect(results_, &RowsTable::rowChosen, this, [this] {
    if (const auto endpoint = currentEndpoint()) emit targetChosen(*endpoint);
  });
  connect(results_->selectionModel(), &QItemSelectionModel::selectionChanged, this,
          [this] { reverse_->setCanAsk(currentEndpoint().has_value()); });
  connect(reverse_, &ReversePage::lookUpRequested, this, &LookupPage::lookUpNames);
  connect(lookup_, &LookupResults::began, race_, [this] { race_->setHosts({}); });
  connect(lookup_, &LookupResults::began, compare_, &ComparePage::clear);
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
  const QList<HostLine> hosts = form_->hostEdit()->hosts();
  if (hosts.isEmpty()) {
    message_->showError(nothingAsked());
    form_->hostEdit()->setFocus();
    return;
  }
  if (form_->hostEdit()->isOverfull()) {
    message_->showWarning(tr("Only the first %n host(s) are looked up", nullptr, HostEdit::kMostHosts));
  }
  form_->setBusy(true);
  lookup_->start(hosts, *query, form_->limit());
}

void LookupPage::cancel() {
  reverse_->cancel();
  race_->cancel();
  compare_->cancel();
  lookup_->cancel();
}

QList<LookedUpHost> LookupPage::results() const {
  return lookup_->results();
}

// The error of a single host stands in full over the table; of several, each in its row.
void LookupPage::showOutcome() {
  form_->setBusy(false);
  race_->setHosts(results());
  compare_->setLookup(results(), lookup_->question());
  if (lookup_->hosts() != 1 || lookup_->failed() == 0 || lookup_->wasCancelled()) return;
  message_->showError(lookup_->results().constFirst().outcome.answer.error());
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
  add(QStringLiteral("search"), tr("Inspect"),
      [this, endpoint] { emit inspectRequested(toQString(endpoint->host)); });
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
  split_->saveState(settings);
  settings.setValue(QStringLiteral("columns"), results_->saveColumns());
  settings.setValue(QStringLiteral("sideTab"), side_->currentIndex());
  compare_->saveState(settings);
  race_->saveState(settings);
}

void LookupPage::restoreState(QSettings& settings) {
  form_->restoreState(settings);
  split_->restoreState(settings);
  results_->restoreColumns(settings.value(QStringLiteral("columns")).toByteArray());
  side_->setCurrentIndex(settings.value(QStringLiteral("sideTab"), 0).toInt());
  compare_->restoreState(settings);
  race_->restoreState(settings);
}

}  // namespace sockbench::ui
