#include "ui/panels/server/server_form.h"

#include <QLabel>
#include <QSettings>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>
#include <chrono>
#include <limits>

#include "ui/bridge/core_types.h"
#include "ui/panels/server/responder_box.h"
#include "ui/widgets/address_box.h"
#include "ui/widgets/field_mark.h"

namespace sockbench::ui {

namespace {

constexpr int kMostBacklog = 65535;
constexpr int kMost = std::numeric_limits<int>::max();
constexpr int kMostBytes = 999'999'999;
constexpr int kMostSeconds = 999'999;

QSpinBox* makeSpin(const QString& name, int most, int value, QWidget* parent) {
  auto* spin = new QSpinBox(parent);
  spin->setObjectName(name);
  spin->setRange(0, most);
  spin->setValue(value);
  spin->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  return spin;
}

// The field has nothing beyond its end: what is larger stands there.
int asSpinValue(std::uint64_t value) {
  return static_cast<int>(std::min<std::uint64_t>(value, kMost));
}

void restoreSpin(const QSettings& settings, const QString& key, QSpinBox* spin) {
  spin->setValue(settings.value(key, spin->value()).toInt());
}

// Whether SessionRules::chargenBytesPerSecond bounds what the responder sends.
bool isPaced(Responder responder, bool datagrams) {
  if (responder == Responder::chargen) return true;
  return datagrams &&
         (responder == Responder::daytime || responder == Responder::time || responder == Responder::qotd);
}

}  // namespace

ServerForm::ServerForm(QWidget* parent)
    : SessionForm(EndpointForm::Side::listen, QStringLiteral("server"), parent),
      backlog_(makeSpin(QStringLiteral("serverBacklogSpin"), kMostBacklog, ListenSpec().backlog, this)),
      responder_(new ResponderBox(this)),
      rate_(makeSpin(QStringLiteral("serverChargenRateSpin"), kMostBytes, 0, this)),
      maxSessions_(makeSpin(QStringLiteral("serverMaxSessionsSpin"), kMost, 0, this)),
      peerIdle_(makeSpin(QStringLiteral("serverPeerIdleSpin"), kMostSeconds, 0, this)),
      receiveBuffer_(makeSpin(QStringLiteral("serverReceiveBufferSpin"), kMostBytes, 0, this)),
      reach_(new QLabel(this)) {
  responder_->setObjectName(QStringLiteral("serverResponderBox"));
  describeFields();
  placeFields();
  showRules(SessionRules());
  endpoint()->setHost(QStringLiteral("127.0.0.1"));
  connect(endpoint(), &EndpointForm::edited, this, &ServerForm::refreshReach);
  connect(endpoint(), &EndpointForm::transportChanged, this, &ServerForm::refreshFields);
  connect(responder_, &QComboBox::currentIndexChanged, this, &ServerForm::refreshFields);
  connect(responder_, &QComboBox::activated, this, &SessionForm::rulesEdited);
  connect(rate_, &QSpinBox::editingFinished, this, &SessionForm::rulesEdited);
  connect(peerIdle_, &QSpinBox::editingFinished, this, &SessionForm::rulesEdited);
  refreshFields();
  refreshReach();
}

void ServerForm::describeFields() {
  backlog_->setPrefix(tr("backlog "));
  backlog_->setAccessibleName(tr("Backlog"));
  backlog_->setToolTip(
      tr("Most connections that wait to be accepted; the kernel caps it at net.core.somaxconn"));
  rate_->setPrefix(tr("at most "));
  rate_->setSuffix(tr(" B/s"));
  rate_->setSpecialValueText(tr("no limit"));
  rate_->setGroupSeparatorShown(true);
  rate_->setAccessibleName(tr("Bytes a second at most"));
  rate_->setToolTip(
      tr("Most bytes a second that one connection, or one peer's datagrams, are answered with; 0: no limit"));
  maxSessions_->setSpecialValueText(tr("no bound"));
  maxSessions_->setToolTip(tr("Most sessions open at once; the rest wait in the backlog"));
  peerIdle_->setPrefix(tr("close after "));
  peerIdle_->setSuffix(tr(" s"));
  peerIdle_->setSpecialValueText(tr("never close"));
  peerIdle_->setToolTip(tr(
      "A peer that has neither sent nor been sent to for so long is closed; it comes back as a new session "
      "with its next datagram. 0: never"));
  receiveBuffer_->setSuffix(tr(" B"));
  receiveBuffer_->setSpecialValueText(tr("the system's"));
  receiveBuffer_->setGroupSeparatorShown(true);
  receiveBuffer_->setToolTip(
      tr("SO_RCVBUF to ask for: what comes faster than it is read waits there, and what finds no room is "
         "dropped and counted. 0: the system's default"));
}

void ServerForm::placeFields() {
  endpoint()->addField(backlog_);
  endpoint()->addField(responder_);
  endpoint()->addField(rate_);
  endpoint()->addField(moreButton());
  addMore(tr("Sessions at most"), maxSessions_);
  addMore(tr("Idle peers"), peerIdle_);
  addMore(tr("Receive buffer"), receiveBuffer_);
  followTabOrder({backlog_, responder_, rate_, moreButton()}, {maxSessions_, peerIdle_, receiveBuffer_});
  reach_->setObjectName(QStringLiteral("serverReachLabel"));
  reach_->setTextFormat(Qt::PlainText);
  reach_->setWordWrap(true);
  static_cast<QVBoxLayout*>(layout())->insertWidget(1, reach_);
}

std::optional<ListenSpec> ServerForm::read() {
  clearError();
  const Result<Endpoint> where = endpoint()->read();
  if (!where) {
    showError(where.error(), true);
    return std::nullopt;
  }
  const auto options = readOptions();
  if (!options) {
    showError(options.error(), true);
    return std::nullopt;
  }
  ListenSpec spec;
  spec.endpoint = *where;
  spec.backlog = backlog_->value();
  spec.maxSessions = static_cast<std::size_t>(maxSessions_->value());
  spec.options = *options;
  spec.rules = rules();
  return spec;
}

void ServerForm::setSpec(const ListenSpec& spec) {
  endpoint()->setEndpoint(spec.endpoint);
  backlog_->setValue(spec.backlog);
  maxSessions_->setValue(static_cast<int>(spec.maxSessions));
  setOptions(spec.options);
  showRules(spec.rules);
  clearError();
  refreshReach();
  refreshMoreText();
}

void ServerForm::showRules(const SessionRules& rules) {
  setRules(rules);
  responder_->setResponder(rules.responder);
  rate_->setValue(asSpinValue(rules.chargenBytesPerSecond));
  peerIdle_->setValue(asSpinValue(
      static_cast<std::uint64_t>(std::chrono::ceil<std::chrono::seconds>(rules.peerIdle).count())));
  receiveBuffer_->setValue(rules.datagramReceiveBuffer);
  base_ = rules;
}

SessionRules ServerForm::rules() const {
  SessionRules result = rulesUpon(base_);
  result.responder = responder_->responder();
  result.chargenBytesPerSecond = static_cast<std::uint64_t>(rate_->value());
  result.peerIdle = std::chrono::seconds(peerIdle_->value());
  result.datagramReceiveBuffer = receiveBuffer_->value();
  return result;
}

void ServerForm::setListening(bool listening) {
  const QString reason = tr("Stop the server to change this");
  endpoint()->setLocked(listening, reason);
  setEnabledOr(backlog_, !listening, reason);
  setEnabledOr(maxSessions_, !listening, reason);
  setEnabledOr(receiveBuffer_, !listening, reason);
  setMoreLocked(listening, reason, false);
}

bool ServerForm::isMoreDefault() const {
  if (!SessionForm::isMoreDefault() || maxSessions_->value() != 0) return false;
  const SessionRules now = rules();
  const bool idleSet = now.peerIdle != SessionRules().peerIdle;
  const bool bufferSet = now.datagramReceiveBuffer != SessionRules().datagramReceiveBuffer;
  return !(isDatagramTransport(endpoint()->transport()) && idleSet) && !(hasReceiveBuffer() && bufferSet);
}

// The kernel heeds SO_RCVBUF of UDP only: a UNIX datagram waits in its sender's buffer (unix(7)).
bool ServerForm::hasReceiveBuffer() const {
  return endpoint()->transport() == Transport::udp;
}

void ServerForm::refreshReach() {
  const Reach reach =
      isUnixTransport(endpoint()->transport()) ? Reach::thisMachine : reachOf(endpoint()->host());
  reach_->setVisible(reach != Reach::thisMachine);
  reach_->setText(reach == Reach::otherMachines
                      ? tr("Other machines can reach this address: whoever can, may connect.")
                      : tr("Unless this name is a loopback address, other machines can reach it."));
}

void ServerForm::refreshFields() {
  const bool datagrams = isDatagramTransport(endpoint()->transport());
  backlog_->setVisible(!datagrams);
  rate_->setVisible(isPaced(responder_->responder(), datagrams));
  setMoreVisible(peerIdle_, datagrams);
  setMoreVisible(receiveBuffer_, hasReceiveBuffer());
  refreshMoreText();
}

void ServerForm::saveState(QSettings& settings) const {
  SessionForm::saveState(settings);
  settings.setValue(QStringLiteral("backlog"), backlog_->value());
  settings.setValue(QStringLiteral("maxSessions"), maxSessions_->value());
  settings.setValue(QStringLiteral("responder"), toQString(responderName(responder_->responder())));
  settings.setValue(QStringLiteral("chargenRate"), rate_->value());
  settings.setValue(QStringLiteral("peerIdle"), peerIdle_->value());
  settings.setValue(QStringLiteral("receiveBuffer"), receiveBuffer_->value());
}

void ServerForm::restoreState(QSettings& settings) {
  restoreSpin(settings, QStringLiteral("backlog"), backlog_);
  restoreSpin(settings, QStringLiteral("maxSessions"), maxSessions_);
  const auto responder = findResponder(toUtf8(settings.value(QStringLiteral("responder")).toString()));
  responder_->setResponder(responder.value_or(Responder::none));
  restoreSpin(settings, QStringLiteral("chargenRate"), rate_);
  restoreSpin(settings, QStringLiteral("peerIdle"), peerIdle_);
  restoreSpin(settings, QStringLiteral("receiveBuffer"), receiveBuffer_);
  SessionForm::restoreState(settings);
  refreshFields();
  refreshReach();
}

}  // namespace sockbench::ui
