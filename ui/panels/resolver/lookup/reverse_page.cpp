#include "ui/panels/resolver/lookup/reverse_page.h"

#include <netdb.h>

#include <QCheckBox>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/bridge/engine_bridge.h"
#include "ui/models/format.h"
#include "ui/panels/resolver/lookup/lookup_rows.h"
#include "ui/panels/resolver/rows_table.h"
#include "ui/widgets/flow_layout.h"

namespace sockbench::ui {

ReversePage::ReversePage(EngineBridge* bridge, QWidget* parent)
    : QWidget(parent),
      bridge_(bridge),
      model_(new GroupedRowsModel(reverseTitles(), {}, this)),
      numeric_(makeFlag(tr("Numeric"), "resolverReverseNumericBox",
                        tr("NI_NUMERICHOST and NI_NUMERICSERV: look up no names"))),
      required_(makeFlag(tr("Name required"), "resolverReverseRequiredBox",
                         tr("NI_NAMEREQD: an address without a name is an error"))),
      datagram_(
          makeFlag(tr("UDP"), "resolverReverseDatagramBox", tr("NI_DGRAM: the service's name over UDP"))),
      button_(new QPushButton(tr("Names of selected"), this)) {
  button_->setObjectName(QStringLiteral("resolverReverseButton"));
  button_->setAccessibleName(tr("Look up the names of the selected addresses"));
  button_->setToolTip(plainToolTip(tr("Select addresses in the results first")));
  auto* table = new RowsTable(QStringLiteral("resolverReverseTable"), tr("Names of addresses"), model_, this);
  table->setWidths({22, 26, 10});
  auto* bar = new FlowLayout(nullptr, 6);
  bar->addWidget(button_);
  for (QCheckBox* flag : {numeric_, required_, datagram_}) bar->addWidget(flag);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 6, 0, 0);
  column->setSpacing(6);
  column->addLayout(bar);
  column->addWidget(table, 1);
  connect(button_, &QPushButton::clicked, this, &ReversePage::lookUpRequested);
  connect(bridge, &EngineBridge::nameLookedUp, this, &ReversePage::answer);
  setCanAsk(false);
}

QCheckBox* ReversePage::makeFlag(const QString& text, const char* name, const QString& toolTip) {
  auto* box = new QCheckBox(text, this);
  box->setObjectName(QLatin1String(name));
  box->setAccessibleName(text);
  box->setToolTip(plainToolTip(toolTip));
  return box;
}

int ReversePage::flags() const {
  return (numeric_->isChecked() ? NI_NUMERICHOST | NI_NUMERICSERV : 0) |
         (required_->isChecked() ? NI_NAMEREQD : 0) | (datagram_->isChecked() ? NI_DGRAM : 0);
}

void ReversePage::setCanAsk(bool can) {
  button_->setEnabled(can);
}

void ReversePage::lookUp(const QList<SocketAddress>& addresses, std::chrono::milliseconds limit) {
  cancel();
  pending_.clear();
  model_->reset(static_cast<int>(addresses.size()));
  for (int group = 0; group < addresses.size(); ++group) {
    model_->setGroup(group, {waitingRow(toQString(addresses[group].text()))});
    pending_.insert(bridge_->lookUpName(addresses[group], flags(), limit).value, {group, addresses[group]});
  }
}

void ReversePage::cancel() {
  const QList<quint64> ids = pending_.keys();
  for (const quint64 id : ids) bridge_->cancelLookup(LookupId{id});
}

void ReversePage::answer(LookupId id, const LookupOutcome<NameInfo>& outcome) {
  const auto found = pending_.constFind(id.value);
  if (found == pending_.cend()) return;
  model_->setGroup(found->group, reverseRows(found->address, outcome));
  pending_.erase(found);
}

}  // namespace sockbench::ui
