#include "ui/panels/resolver/dns/dns_page.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QMenu>
#include <QSettings>
#include <QVBoxLayout>
#include <utility>

#include "ui/bridge/engine_bridge.h"
#include "ui/models/format.h"
#include "ui/panels/resolver/dns/dns_form.h"
#include "ui/panels/resolver/dns/dns_rows.h"
#include "ui/panels/resolver/lookup/lookup_rows.h"
#include "ui/panels/resolver/rows_table.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_hint.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {

DnsPage::DnsPage(EngineBridge* bridge, QWidget* parent)
    : Panel(parent),
      bridge_(bridge),
      form_(new DnsForm(this)),
      message_(new InlineMessage(this)),
      status_(new ElidedLabel(this)),
      model_(new GroupedRowsModel(dnsTitles(), {2}, this)),
      table_(new RowsTable(QStringLiteral("resolverDnsTable"), tr("Records"), model_, this)) {
  message_->setObjectName(QStringLiteral("resolverDnsMessage"));
  status_->setObjectName(QStringLiteral("resolverDnsStatusLabel"));
  status_->setAccessibleName(tr("State of the questions"));
  status_->setProperty("dim", true);
  table_->setWidths({10, 26, 7, 6, 8, 20});
  table_->setDispensable({3, 0, 2});
  model_->reset(0);
  arrange();
  connectParts();
}

void DnsPage::arrange() {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(14, 12, 14, 12);
  column->setSpacing(8);
  column->addWidget(form_);
  column->addWidget(status_);
  column->addWidget(message_);
  column->addWidget(table_, 1);
  status_->setText(
      tr("Ask: F5 or Enter. Nobody but the name server is asked: no hosts file, no search list"));
  auto* hint = new EmptyHint(table_);
  hint->setHint(tr("Every record of the answer comes here, section by section"));
  hint->follow(model_);
}

void DnsPage::connectParts() {
  connect(form_, &DnsForm::askRequested, this, &DnsPage::act);
  connect(form_, &DnsForm::cancelRequested, this, &DnsPage::cancel);
  connect(form_, &DnsForm::edited, message_, &InlineMessage::clear);
  connect(form_->nameEdit(), &QLineEdit::textChanged, this, &DnsPage::sayReverse);
  connect(bridge_, &EngineBridge::dnsLookedUp, this, &DnsPage::answer);
  connect(table_, &RowsTable::rowChosen, this, &DnsPage::chooseCurrent);
  connect(table_, &RowsTable::menuWanted, this, &DnsPage::addRowActions);
}

void DnsPage::act() {
  message_->clear();
  const auto queries = form_->queries();
  if (!queries) return message_->showError(queries.error());
  const auto abandoned = std::exchange(pending_, {});
  for (auto question = abandoned.cbegin(); question != abandoned.cend(); ++question)
    bridge_->cancelDnsLookup(LookupId{question.key()});
  asked_ = *queries;
  records_ = failed_ = 0;
  std::vector<QList<TextRow>> waiting;
  for (const DnsQuery& query : std::as_const(asked_))
    waiting.push_back({waitingRow(toQString(dnsTypeName(query.type)))});
  model_->reset(std::move(waiting));
  clock_.start();
  for (int number = 0; number < asked_.size(); ++number)
    pending_.insert(bridge_->lookUpDns(asked_[number]).value, number);
  form_->setBusy(true);
  status_->setText(tr("Asking %n question(s)", nullptr, static_cast<int>(asked_.size())));
}

void DnsPage::cancel() {
  const QList<quint64> ids = pending_.keys();
  for (const quint64 id : ids) bridge_->cancelDnsLookup(LookupId{id});
}

void DnsPage::answer(LookupId id, const LookupOutcome<DnsAnswer>& outcome) {
  const auto found = pending_.constFind(id.value);
  if (found == pending_.cend()) return;
  const int number = *found;
  pending_.erase(found);
  model_->setGroup(number, dnsRows(asked_[number], outcome));
  if (outcome.answer) {
    const DnsAnswer& answer = *outcome.answer;
    records_ += static_cast<int>(answer.answers.size() + answer.authority.size() + answer.additional.size());
  } else {
    ++failed_;
    const Error& error = outcome.answer.error();
    if (error.domain == ErrorDomain::input) form_->blameName(error);
    if (asked_.size() == 1 || error.domain == ErrorDomain::input) message_->showError(error);
  }
  if (pending_.isEmpty()) finish();
}

void DnsPage::finish() {
  form_->setBusy(false);
  QStringList parts{tr("%n record(s)", nullptr, records_),
                    tr("%n question(s)", nullptr, static_cast<int>(asked_.size()))};
  if (failed_ > 0) parts += tr("%n failed", nullptr, failed_);
  parts += formatDuration(std::chrono::nanoseconds(clock_.nsecsElapsed()));
  status_->setText(parts.join(QStringLiteral(" · ")));
}

void DnsPage::sayReverse() {
  const QString typed = form_->nameEdit()->text().trimmed();
  const QString reverse = DnsForm::reverseNameOf(typed);
  if (reverse.isEmpty()) return message_->clear();
  message_->showNote(tr("%1 is an address: its name is asked for, the PTR record of %2").arg(typed, reverse));
}

const DnsRecord* DnsPage::currentRecord() const {
  const TextRow* row = table_->currentRow();
  return row && row->value.canConvert<DnsRecord>() ? static_cast<const DnsRecord*>(row->value.constData())
                                                   : nullptr;
}

void DnsPage::chooseCurrent() {
  const DnsRecord* record = currentRecord();
  const auto address = record ? addressOf(*record) : std::nullopt;
  if (address)
    emit targetChosen({.transport = Transport::tcp, .host = address->ip(), .service = {}, .path = {}});
}

void DnsPage::addRowActions(QMenu* menu) {
  const DnsRecord* record = currentRecord();
  const auto address = record ? addressOf(*record) : std::nullopt;
  const auto add = [&](const QString& icon, const QString& text, bool enabled, auto slot) {
    QAction* action = menu->addAction(theme::icon(icon), text);
    action->setEnabled(enabled);
    connect(action, &QAction::triggered, this, slot);
  };
  add(QStringLiteral("connect"), tr("Connect here"), address.has_value(), [this] { chooseCurrent(); });
  add(QStringLiteral("search"), tr("Inspect"), address.has_value(),
      [this, address] { emit inspectRequested(toQString(address->ip())); });
  const QString next = record ? nextName(*record) : QString();
  add(QStringLiteral("lookup"), tr("Ask for this name"), record != nullptr, [this, next] {
    form_->setName(next);
    act();
  });
  menu->addSeparator();
  const QString cell = table_->currentIndex().data().toString();
  add(QStringLiteral("copy"), tr("Copy the cell"), record != nullptr,
      [cell] { QApplication::clipboard()->setText(cell); });
  const QString line = record ? dnsLine(*record) : QString();
  add(QStringLiteral("copy"), tr("Copy as dig prints it"), record != nullptr,
      [line] { QApplication::clipboard()->setText(line); });
}

void DnsPage::focusFirst() {
  form_->nameEdit()->setFocus();
}

void DnsPage::saveState(QSettings& settings) const {
  form_->saveState(settings);
  settings.setValue(QStringLiteral("columns"), table_->saveColumns());
}

void DnsPage::restoreState(QSettings& settings) {
  form_->restoreState(settings);
  table_->restoreColumns(settings.value(QStringLiteral("columns")).toByteArray());
}

}  // namespace sockbench::ui
