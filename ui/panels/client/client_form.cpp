#include "ui/panels/client/client_form.h"

#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSettings>
#include <chrono>

#include "ui/bridge/core_types.h"
#include "ui/widgets/field_mark.h"

namespace sockbench::ui {

namespace {

constexpr double kMostTimeoutSeconds = 3600;

double defaultTimeoutSeconds() {
  return std::chrono::duration<double>(ConnectSpec().timeout).count();
}

}  // namespace

Result<Endpoint> parseLocalEnd(Transport transport, const QString& text) {
  const QString typed = text.trimmed();
  if (isUnixTransport(transport)) return Endpoint::fromParts(transport, toUtf8(typed), {});
  static const QRegularExpression hostAndPort(QStringLiteral("^(\\[.*\\]|[^:]*):([^:]*)$"));
  const QRegularExpressionMatch match = hostAndPort.match(typed);
  if (!match.hasMatch()) return Endpoint::fromParts(transport, toUtf8(typed), "0");
  const QString host = match.captured(1).isEmpty() ? QStringLiteral("*") : match.captured(1);
  return Endpoint::fromParts(transport, toUtf8(host), toUtf8(match.captured(2)));
}

QString localEndText(const Endpoint& end) {
  const QString text = toQString(end.text());
  const qsizetype scheme = text.indexOf(QLatin1String("://"));
  return scheme < 0 ? text.mid(text.indexOf(QLatin1Char(':')) + 1) : text.mid(scheme + 3);
}

ClientForm::ClientForm(QWidget* parent)
    : SessionForm(EndpointForm::Side::connect, QStringLiteral("client"), parent),
      bind_(new QLineEdit(this)),
      timeout_(new QDoubleSpinBox(this)) {
  bind_->setObjectName(QStringLiteral("clientBindEdit"));
  bind_->setPlaceholderText(tr("any address and port"));
  bind_->setToolTip(
      tr("The local end: ADDRESS:PORT, or a path for UNIX sockets; nothing: the kernel chooses"));
  bind_->setMinimumWidth(fontMetrics().averageCharWidth() * 26);
  bind_->setMaximumWidth(fontMetrics().averageCharWidth() * 48);
  timeout_->setObjectName(QStringLiteral("clientTimeoutSpin"));
  timeout_->setRange(0, kMostTimeoutSeconds);
  timeout_->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  timeout_->setDecimals(1);
  timeout_->setSuffix(tr(" s"));
  timeout_->setSpecialValueText(tr("none"));
  timeout_->setValue(defaultTimeoutSeconds());
  timeout_->setToolTip(tr("For the whole of looking the name up and connecting"));
  endpoint()->addField(moreButton());
  addMore(tr("Bind to"), bind_);
  addMore(tr("Time limit"), timeout_);
  adopt(bind_);
  followTabOrder({moreButton()}, {bind_, timeout_});
}

std::optional<ConnectSpec> ClientForm::read() {
  clearError();
  const auto refuse = [this](const Error& error) {
    showError(error, true);
    return std::nullopt;
  };
  const Result<Endpoint> target = endpoint()->read();
  if (!target) return refuse(target.error());
  ConnectSpec spec;
  spec.endpoint = *target;
  if (!bind_->text().trimmed().isEmpty()) {
    Result<Endpoint> local = parseLocalEnd(target->transport, bind_->text());
    if (!local) {
      local.error().op = Operation::bind;
      return refuse(local.error());
    }
    spec.bind = *local;
  }
  const auto options = readOptions();
  if (!options) return refuse(options.error());
  spec.options = *options;
  spec.timeout =
      std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::duration<double>(timeout_->value()));
  spec.rules = rulesUpon(base_);
  return spec;
}

void ClientForm::setSpec(const ConnectSpec& spec) {
  endpoint()->setEndpoint(spec.endpoint);
  bind_->setText(spec.bind ? localEndText(*spec.bind) : QString());
  timeout_->setValue(std::chrono::duration<double>(spec.timeout).count());
  setOptions(spec.options);
  setRules(spec.rules);
  base_ = spec.rules;
  clearError();
  refreshMoreText();
}

void ClientForm::setLocalAddress(const QString& address) {
  if (isUnixTransport(endpoint()->transport())) endpoint()->setTransport(Transport::tcp);
  bind_->setText(address);
  clearError();
  refreshMoreText();
  showMore(true);
}

void ClientForm::setConnected(bool connected) {
  const QString reason = tr("Disconnect to change this");
  endpoint()->setLocked(connected, reason);
  setEnabledOr(bind_, !connected, reason);
  setEnabledOr(timeout_, !connected, reason);
  setMoreLocked(connected, reason, true);
}

QWidget* ClientForm::fieldOf(const Error& error) const {
  return error.op == Operation::bind ? bind_ : SessionForm::fieldOf(error);
}

bool ClientForm::isMoreDefault() const {
  return SessionForm::isMoreDefault() && bind_->text().trimmed().isEmpty() &&
         qFuzzyCompare(timeout_->value(), defaultTimeoutSeconds());
}

void ClientForm::saveState(QSettings& settings) const {
  SessionForm::saveState(settings);
  settings.setValue(QStringLiteral("bind"), bind_->text());
  settings.setValue(QStringLiteral("timeout"), timeout_->value());
}

void ClientForm::restoreState(QSettings& settings) {
  bind_->setText(settings.value(QStringLiteral("bind")).toString());
  timeout_->setValue(settings.value(QStringLiteral("timeout"), defaultTimeoutSeconds()).toDouble());
  SessionForm::restoreState(settings);
}

}  // namespace sockbench::ui
