#include "ui/panels/resolver/dns/dns_form.h"

#include <QAction>
#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>

#include "core/resolve/reverse_pointer.h"
#include "ui/bridge/core_types.h"
#include "ui/bridge/in_background.h"
#include "ui/models/format.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/named.h"
#include "ui/widgets/stay_open_menu.h"

namespace sockbench::ui {
namespace {

constexpr int kTypesNamed = 3;  // on the button; of more their number

}  // namespace

DnsForm::DnsForm(QWidget* parent) : QWidget(parent) {
  build();
  fillTypes();
  arrange();
  for (QLineEdit* edit : {name_, otherType_, server_}) {
    connect(edit, &QLineEdit::returnPressed, this, &DnsForm::askRequested);
    connect(edit, &QLineEdit::textChanged, this, &DnsForm::clearMarks);
  }
  connect(ask_, &QPushButton::clicked, this, &DnsForm::askRequested);
  connect(cancel_, &QPushButton::clicked, this, &DnsForm::cancelRequested);
  showSystemServers();
  setBusy(false);
}

void DnsForm::build() {
  name_ = named(new QLineEdit(this), "resolverDnsNameEdit", tr("Name or address to ask for"),
                tr("A whole name: no search list is used. An address asks for its name (PTR)"));
  name_->setPlaceholderText(tr("name, or an address for its name"));
  typesButton_ = named(new QPushButton(this), "resolverDnsTypesButton", tr("Types of records"));
  otherType_ = named(new QLineEdit(this), "resolverDnsTypeEdit", tr("Another type"),
                     tr("Another type by its name or its number, such as TYPE65280"));
  otherType_->setPlaceholderText(tr("TYPEnnn"));
  server_ = named(new QLineEdit(this), "resolverDnsServerEdit", tr("Name server"),
                  tr("ADDRESS or ADDRESS:PORT; empty: those of /etc/resolv.conf"));
  server_->setPlaceholderText(tr("the system's server"));
  tcp_ = named(new QCheckBox(tr("TCP"), this), "resolverDnsTcpBox", tr("TCP"),
               tr("Ask over TCP at once, not only after a truncated answer"));
  recursion_ = named(new QCheckBox(tr("Recursion"), this), "resolverDnsRecursionBox", tr("Recursion"),
                     tr("RD: let the server ask others"));
  recursion_->setChecked(true);
  const DnsQuery usual;
  timeout_ = named(new QDoubleSpinBox(this), "resolverDnsTimeoutSpin", tr("Time limit of a try"));
  timeout_->setRange(0.1, 60);
  timeout_->setDecimals(1);
  timeout_->setPrefix(tr("within "));
  timeout_->setSuffix(tr(" s"));
  timeout_->setValue(static_cast<double>(usual.timeout.count()) / 1000);
  retries_ = named(new QSpinBox(this), "resolverDnsRetriesSpin", tr("Further tries of each server"));
  retries_->setRange(0, 10);
  retries_->setPrefix(tr("retries "));
  retries_->setValue(usual.retries);
  edns_ = named(new QSpinBox(this), "resolverDnsEdnsSpin", tr("EDNS: bytes of an answer over UDP"));
  edns_->setRange(511, 65535);  // the first stands for none
  edns_->setPrefix(tr("EDNS "));
  edns_->setSpecialValueText(tr("no EDNS"));
  edns_->setValue(usual.udpPayload);
  ask_ = named(new QPushButton(tr("Ask"), this), "resolverDnsAskButton", tr("Ask"), tr("Ask (F5)"));
  ask_->setProperty("primary", true);
  cancel_ = named(new QPushButton(tr("Cancel"), this), "resolverDnsCancelButton", tr("Cancel the questions"),
                  tr("Cancel (Esc)"));
}

void DnsForm::arrange() {
  const int character = fontMetrics().averageCharWidth();
  const auto wide = [&](QLineEdit* edit, int least, int most) {
    edit->setMinimumWidth(least * character);
    edit->setMaximumWidth(most * character);
    edit->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  };
  wide(name_, 28, 200);
  wide(otherType_, 14, 14);
  wide(server_, 22, 40);
  auto* first = new FlowLayout(nullptr, 6);
  for (QWidget* widget :
       std::initializer_list<QWidget*>{name_, typesButton_, otherType_, server_, ask_, cancel_})
    first->addWidget(widget);
  auto* second = new FlowLayout(nullptr, 6);
  for (QWidget* widget : std::initializer_list<QWidget*>{timeout_, retries_, edns_, tcp_, recursion_})
    second->addWidget(widget);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(6);
  column->addLayout(first);
  column->addLayout(second);
}

void DnsForm::fillTypes() {
  auto* menu = new StayOpenMenu(typesButton_);
  menu->setObjectName(QStringLiteral("resolverDnsTypesMenu"));
  for (const std::string_view type : offeredDnsTypes()) {
    const QString name = toQString(type);
    QAction* action = menu->addAction(name);
    action->setObjectName(QStringLiteral("resolverDnsType_") + name);
    action->setCheckable(true);
    action->setChecked(type == "A" || type == "AAAA");
    connect(action, &QAction::toggled, this, &DnsForm::showTypes);
    types_ += action;
  }
  typesButton_->setMenu(menu);
  showTypes();
}

QStringList DnsForm::chosenTypes() const {
  QStringList chosen;
  for (const QAction* action : types_)
    if (action->isChecked()) chosen += action->text();
  return chosen;
}

void DnsForm::showTypes() {
  const QStringList chosen = chosenTypes();
  typesButton_->setText(chosen.isEmpty()              ? tr("no type")
                        : chosen.size() > kTypesNamed ? tr("%n type(s)", nullptr, int(chosen.size()))
                                                      : chosen.join(QStringLiteral(", ")));
  typesButton_->setToolTip(plainToolTip(tr("Types of records: %1").arg(chosen.join(QStringLiteral(", ")))));
  clearMarks();
}

void DnsForm::showSystemServers() {
  inBackground(this, configuredDnsServers, [this](const Result<std::vector<SocketAddress>>& servers) {
    if (!servers || servers->empty()) return;
    QStringList texts;
    for (const SocketAddress& server : *servers) texts += toQString(server.ip());
    server_->setPlaceholderText(texts.join(QStringLiteral(", ")));
  });
}

void DnsForm::clearMarks() {
  for (QWidget* field : std::initializer_list<QWidget*>{name_, typesButton_, otherType_, server_})
    clearWrong(field);
  emit edited();
}

QString DnsForm::reverseNameOf(const QString& typed) {
  const Result<SocketAddress> address = SocketAddress::fromIp(toUtf8(typed.trimmed()), 0);
  return address ? toQString(reversePointer(*address)) : QString();
}

Result<QList<std::uint16_t>> DnsForm::types() {
  QList<std::uint16_t> numbers;
  for (const QString& name : chosenTypes()) numbers += parseDnsType(toUtf8(name)).value();
  if (const QString other = otherType_->text().trimmed(); !other.isEmpty()) {
    const Result<std::uint16_t> number = parseDnsType(toUtf8(other));
    if (!number) {
      markWrong(otherType_);
      otherType_->setFocus();
      return std::unexpected(number.error());
    }
    if (!numbers.contains(*number)) numbers += *number;
  }
  if (!numbers.isEmpty()) return numbers;
  markWrong(typesButton_);
  return std::unexpected(Error::fromInput(InputFault::unknownName, {}, std::nullopt,
                                          "no type is chosen; A asks for IPv4 addresses"));
}

Result<std::optional<SocketAddress>> DnsForm::server() {
  const QString text = server_->text().trimmed();
  if (text.isEmpty()) return std::nullopt;
  const Result<SocketAddress> address = parseDnsServer(toUtf8(text));
  if (address) return *address;
  markWrong(server_);
  server_->setFocus();
  selectWrongPart(server_, address.error());
  return std::unexpected(address.error());
}

Result<QList<DnsQuery>> DnsForm::queries() {
  const QString name = name_->text().trimmed();
  if (name.isEmpty()) {
    const Error error = Error::fromInput(InputFault::badHost, {}, std::nullopt, "no name is given");
    blameName(error);
    return std::unexpected(error);
  }
  const QString reverse = reverseNameOf(name);
  const auto wanted = reverse.isEmpty() ? types() : QList<std::uint16_t>{parseDnsType("PTR").value()};
  if (!wanted) return std::unexpected(wanted.error());
  const auto asked = server();
  if (!asked) return std::unexpected(asked.error());
  QList<DnsQuery> all;
  for (const std::uint16_t type : *wanted) {
    all += DnsQuery{.name = toUtf8(reverse.isEmpty() ? name : reverse),
                    .type = type,
                    .server = *asked,
                    .tcp = tcp_->isChecked(),
                    .timeout = std::chrono::milliseconds(static_cast<int>(timeout_->value() * 1000)),
                    .retries = retries_->value(),
                    .recursionDesired = recursion_->isChecked(),
                    .udpPayload = static_cast<std::uint16_t>(edns_->value() < 512 ? 0 : edns_->value())};
  }
  return all;
}

void DnsForm::blameName(const Error& error) {
  markWrong(name_);
  name_->setFocus();
  selectWrongPart(name_, error);
}

void DnsForm::setName(const QString& name) {
  name_->setText(name);
}

void DnsForm::setBusy(bool busy) {
  cancel_->setEnabled(busy);
}

void DnsForm::saveState(QSettings& settings) const {
  settings.setValue(QStringLiteral("name"), name_->text());
  settings.setValue(QStringLiteral("types"), chosenTypes());
  settings.setValue(QStringLiteral("otherType"), otherType_->text());
  settings.setValue(QStringLiteral("server"), server_->text());
  settings.setValue(QStringLiteral("tcp"), tcp_->isChecked());
  settings.setValue(QStringLiteral("recursion"), recursion_->isChecked());
  settings.setValue(QStringLiteral("timeout"), timeout_->value());
  settings.setValue(QStringLiteral("retries"), retries_->value());
  settings.setValue(QStringLiteral("edns"), edns_->value());
}

void DnsForm::restoreState(QSettings& settings) {
  name_->setText(settings.value(QStringLiteral("name"), name_->text()).toString());
  const QStringList chosen = settings.value(QStringLiteral("types"), chosenTypes()).toStringList();
  for (QAction* action : std::as_const(types_)) action->setChecked(chosen.contains(action->text()));
  otherType_->setText(settings.value(QStringLiteral("otherType"), otherType_->text()).toString());
  server_->setText(settings.value(QStringLiteral("server"), server_->text()).toString());
  tcp_->setChecked(settings.value(QStringLiteral("tcp"), tcp_->isChecked()).toBool());
  recursion_->setChecked(settings.value(QStringLiteral("recursion"), recursion_->isChecked()).toBool());
  timeout_->setValue(settings.value(QStringLiteral("timeout"), timeout_->value()).toDouble());
  retries_->setValue(settings.value(QStringLiteral("retries"), retries_->value()).toInt());
  edns_->setValue(settings.value(QStringLiteral("edns"), edns_->value()).toInt());
}

}  // namespace sockbench::ui
