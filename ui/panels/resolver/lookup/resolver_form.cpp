#include "ui/panels/resolver/lookup/resolver_form.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QStyle>
#include <algorithm>

#include "core/net/endpoint.h"
#include "ui/bridge/core_types.h"
#include "ui/models/format.h"
#include "ui/panels/resolver/lookup/host_edit.h"
#include "ui/panels/resolver/lookup/host_list_button.h"
#include "ui/widgets/named.h"
#include "ui/widgets/stay_open_menu.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

constexpr double kDefaultLimitSeconds = 10;
constexpr qsizetype kMostRemembered = 32 * 1024;  // characters of hosts

// getaddrinfo takes no more of a number than its last 16 bits: what is no port is better said than looked up.
std::optional<Error> serviceFault(const QString& service) {
  const bool number = !service.isEmpty() && QStringLiteral("+-0123456789").contains(service.front());
  if (!number) return std::nullopt;
  const Result<Endpoint> endpoint = Endpoint::fromParts(Transport::tcp, "*", toUtf8(service));
  return endpoint ? std::nullopt : std::optional(endpoint.error());
}

}  // namespace

ResolverForm::ResolverForm(QWidget* parent) : QWidget(parent) {
  build();
  fillFlags();
  arrange();
  connect(hosts_, &HostEdit::lookUpPressed, this, &ResolverForm::lookUpRequested);
  connect(hosts_, &QPlainTextEdit::textChanged, this, &ResolverForm::edited);
  connect(service_, &QLineEdit::returnPressed, this, &ResolverForm::lookUpRequested);
  connect(service_, &QLineEdit::textChanged, this, &ResolverForm::markService);
  connect(lookup_, &QPushButton::clicked, this, &ResolverForm::lookUpRequested);
  connect(cancel_, &QPushButton::clicked, this, &ResolverForm::cancelRequested);
  connectList();
  setBusy(false);
}

void ResolverForm::connectList() {
  connect(hosts_, &HostEdit::fileGiven, list_, &HostListButton::read);
  connect(hosts_, &HostEdit::refused, this, &ResolverForm::listRefused);
  connect(list_, &HostListButton::refused, this, &ResolverForm::listRefused);
  connect(list_, &HostListButton::listRead, this,
          [this](const QStringList& hosts, const QString& words, bool isIncomplete) {
            hosts_->setHosts(hosts);
            emit listOpened(words, isIncomplete);
          });
}

void ResolverForm::build() {
  list_ = new HostListButton(this);
  hosts_ =
      named(new HostEdit(this), "resolverHostEdit", tr("Hosts, one a line"),
            tr("One host or several, one a line; * is getaddrinfo's null host. Ctrl+Enter looks them up"));
  service_ = named(new QLineEdit(this), "resolverServiceEdit", tr("Service"),
                   tr("A service's name or a port; empty: none"));
  service_->setPlaceholderText(tr("service or port"));
  family_ = named(new QComboBox(this), "resolverFamilyBox", tr("Address family"),
                  tr("Answer addresses of this family"));
  family_->addItem(tr("any family"), 0);
  for (const char* address : {"127.0.0.1", "::1"}) {
    const int family = SocketAddress::fromIp(address, 0)->family();
    family_->addItem(toQString(familyName(family)), family);
  }
  type_ = named(new QComboBox(this), "resolverTypeBox", tr("Socket type"),
                tr("Answer addresses for sockets of this type"));
  type_->addItem(tr("any type"), 0);
  // SOCK_RAW has no transport of ours; its number follows those of SOCK_STREAM and SOCK_DGRAM (socket(2)).
  const int stream = transportSocketType(Transport::tcp);
  const int datagram = transportSocketType(Transport::udp);
  for (const int type : {stream, datagram, std::max(stream, datagram) + 1}) {
    type_->addItem(toQString(socketTypeName(type)), type);
  }
  flagsButton_ =
      named(new QPushButton(this), "resolverFlagsButton", tr("Flags"), tr("The flags of getaddrinfo"));
  limit_ = named(new QDoubleSpinBox(this), "resolverLimitSpin", tr("Time limit"),
                 tr("How long a look-up may take; 0: without limit"));
  limit_->setRange(0, 3600);
  limit_->setDecimals(1);
  limit_->setSuffix(tr(" s"));
  limit_->setPrefix(tr("within "));
  limit_->setSpecialValueText(tr("no time limit"));
  limit_->setValue(kDefaultLimitSeconds);
  lookup_ = named(new QPushButton(tr("Look up"), this), "resolverLookupButton", tr("Look up"),
                  tr("Look up every host (F5)"));
  lookup_->setProperty("primary", true);
  cancel_ = named(new QPushButton(tr("Cancel"), this), "resolverCancelButton", tr("Cancel the look-up"),
                  tr("Cancel (Esc)"));
}

QWidget* ResolverForm::listButton() const {
  return list_;
}

void ResolverForm::arrange() {
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setSpacing(6);
  grid->addWidget(hosts_, 0, 0, 3, 1, Qt::AlignTop);
  grid->addWidget(service_, 0, 1);
  grid->addWidget(family_, 0, 2);
  grid->addWidget(type_, 0, 3, 1, 2);
  grid->addWidget(flagsButton_, 1, 1);
  grid->addWidget(limit_, 1, 2);
  grid->addWidget(cancel_, 1, 3);
  grid->addWidget(lookup_, 1, 4);
  grid->setColumnStretch(0, 1);
  grid->setRowStretch(2, 1);
  hosts_->setMinimumWidth(120);
  flagsButton_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ResolverForm::fillFlags() {
  auto* menu = new StayOpenMenu(flagsButton_);
  menu->setObjectName(QStringLiteral("resolverFlagsMenu"));
  menu->setToolTipsVisible(true);
  for (const AddressFlag& flag : addressFlags()) {
    // What follows the tab stands in a column of its own.
    QAction* action = menu->addAction(toQString(flag.constant) + QLatin1Char('\t') + tr(flag.meaning.data()));
    action->setObjectName(QStringLiteral("resolverFlag_") + toQString(flag.name));
    action->setToolTip(plainToolTip(tr(flag.meaning.data())));
    action->setCheckable(true);
    action->setData(flag.bit);
    action->setProperty("flag", toQString(flag.name));
    action->setChecked(flag.name == "canonname");
    connect(action, &QAction::toggled, this, &ResolverForm::showFlags);
    flags_ += action;
  }
  flagsButton_->setMenu(menu);
  showFlags();
}

void ResolverForm::showFlags() {
  QStringList set;
  for (const QAction* action : std::as_const(flags_)) {
    if (action->isChecked()) set += action->property("flag").toString();
  }
  flagsButton_->setText(set.isEmpty()     ? tr("no flags")
                        : set.size() == 1 ? set.first()
                                          : tr("%n flag(s)", nullptr, static_cast<int>(set.size())));
  flagsButton_->setToolTip(
      plainToolTip(set.isEmpty() ? tr("The flags of getaddrinfo") : set.join(QStringLiteral(", "))));
}

int ResolverForm::flags() const {
  int bits = 0;
  for (const QAction* action : flags_) {
    if (action->isChecked()) bits |= action->data().toInt();
  }
  return bits;
}

void ResolverForm::markService() {
  service_->setProperty("invalid", serviceFault(service_->text().trimmed()).has_value());
  style()->unpolish(service_);
  style()->polish(service_);
  emit edited();
}

Result<AddressQuery> ResolverForm::query() const {
  const QString service = service_->text().trimmed();
  if (const auto fault = serviceFault(service)) return std::unexpected(*fault);
  return AddressQuery{.service = toUtf8(service),
                      .family = family_->currentData().toInt(),
                      .type = type_->currentData().toInt(),
                      .flags = flags()};
}

std::chrono::milliseconds ResolverForm::limit() const {
  return std::chrono::milliseconds(static_cast<std::int64_t>(limit_->value() * 1000));
}

void ResolverForm::setBusy(bool busy) {
  cancel_->setEnabled(busy);
}

void ResolverForm::saveState(QSettings& settings) const {
  // A long list is in its file; settings are read and written as a whole.
  const QString hosts = hosts_->toPlainText();
  settings.setValue(QStringLiteral("hosts"), hosts.size() > kMostRemembered ? QString() : hosts);
  settings.setValue(QStringLiteral("service"), service_->text());
  settings.setValue(QStringLiteral("family"), family_->currentIndex());
  settings.setValue(QStringLiteral("type"), type_->currentIndex());
  settings.setValue(QStringLiteral("limit"), limit_->value());
  settings.setValue(QStringLiteral("flags"), flags());
}

void ResolverForm::restoreState(QSettings& settings) {
  const auto choose = [&](QComboBox* box, const QString& key) {
    const int index = settings.value(key, box->currentIndex()).toInt();
    if (index >= 0 && index < box->count()) box->setCurrentIndex(index);
  };
  hosts_->setPlainText(settings.value(QStringLiteral("hosts"), hosts_->toPlainText()).toString());
  service_->setText(settings.value(QStringLiteral("service"), service_->text()).toString());
  choose(family_, QStringLiteral("family"));
  choose(type_, QStringLiteral("type"));
  limit_->setValue(settings.value(QStringLiteral("limit"), limit_->value()).toDouble());
  const int bits = settings.value(QStringLiteral("flags"), flags()).toInt();
  for (QAction* action : std::as_const(flags_)) action->setChecked((bits & action->data().toInt()) != 0);
}

}  // namespace sockbench::ui
