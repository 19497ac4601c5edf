#include "ui/panels/server/server_form.h"

#include <QComboBox>
#include <QLabel>
#include <QSettings>
#include <QSpinBox>
#include <QVBoxLayout>
#include <limits>

#include "ui/bridge/core_types.h"
#include "ui/widgets/address_box.h"
#include "ui/widgets/field_mark.h"

namespace sockbench::ui {

namespace {

constexpr int kMostBacklog = 65535;

QSpinBox* makeSpin(const QString& name, int most, int value, QWidget* parent) {
  auto* spin = new QSpinBox(parent);
  spin->setObjectName(name);
  spin->setRange(0, most);
  spin->setValue(value);
  spin->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  return spin;
}

}  // namespace

ServerForm::ServerForm(QWidget* parent)
    : SessionForm(EndpointForm::Side::listen, QStringLiteral("server"), parent),
      backlog_(makeSpin(QStringLiteral("serverBacklogSpin"), kMostBacklog, ListenSpec().backlog, this)),
      responder_(new QComboBox(this)),
      maxSessions_(
          makeSpin(QStringLiteral("serverMaxSessionsSpin"), std::numeric_limits<int>::max(), 0, this)),
      reach_(new QLabel(this)) {
  backlog_->setPrefix(tr("backlog "));
  backlog_->setAccessibleName(tr("Backlog"));
  backlog_->setToolTip(
      tr("Most connections that wait to be accepted; the kernel caps it at net.core.somaxconn"));
  responder_->setObjectName(QStringLiteral("serverResponderBox"));
  responder_->setAccessibleName(tr("Answer"));
  responder_->setToolTip(
      tr("Who answers what a connection sends; a change holds for the connections to come"));
  responder_->addItem(tr("Answer: by hand"), static_cast<int>(Responder::none));
  responder_->addItem(tr("Answer: echo"), static_cast<int>(Responder::echo));
  responder_->addItem(tr("Answer: discard"), static_cast<int>(Responder::discard));
  maxSessions_->setSpecialValueText(tr("no bound"));
  maxSessions_->setToolTip(tr("Most sessions open at once; the rest wait in the backlog"));
  endpoint()->addField(backlog_);
  endpoint()->addField(responder_);
  endpoint()->addField(moreButton());
  addMore(tr("Sessions at most"), maxSessions_);

  followTabOrder({backlog_, responder_, moreButton()}, {maxSessions_});
  reach_->setObjectName(QStringLiteral("serverReachLabel"));
  reach_->setTextFormat(Qt::PlainText);
  reach_->setWordWrap(true);
  static_cast<QVBoxLayout*>(layout())->insertWidget(1, reach_);
  endpoint()->setHost(QStringLiteral("127.0.0.1"));
  connect(endpoint(), &EndpointForm::edited, this, &ServerForm::refreshReach);
  connect(endpoint(), &EndpointForm::transportChanged, this, &ServerForm::refreshBacklog);
  connect(responder_, &QComboBox::activated, this, &SessionForm::rulesEdited);
  refreshReach();
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
  setRules(spec.rules);
  responder_->setCurrentIndex(responder_->findData(static_cast<int>(spec.rules.responder)));
  base_ = spec.rules;
  clearError();
  refreshReach();
  refreshMoreText();
}

SessionRules ServerForm::rules() const {
  SessionRules result = rulesUpon(base_);
  result.responder = static_cast<Responder>(responder_->currentData().toInt());
  return result;
}

void ServerForm::setListening(bool listening) {
  const QString reason = tr("Stop the server to change this");
  endpoint()->setLocked(listening, reason);
  setEnabledOr(backlog_, !listening, reason);
  setEnabledOr(maxSessions_, !listening, reason);
  setMoreLocked(listening, reason, false);
}

bool ServerForm::isMoreDefault() const {
  return SessionForm::isMoreDefault() && maxSessions_->value() == 0;
}

void ServerForm::refreshReach() {
  const Reach reach =
      isUnixTransport(endpoint()->transport()) ? Reach::thisMachine : reachOf(endpoint()->host());
  reach_->setVisible(reach != Reach::thisMachine);
  reach_->setText(reach == Reach::otherMachines
                      ? tr("Other machines can reach this address: whoever can, may connect.")
                      : tr("Unless this name is a loopback address, other machines can reach it."));
}

void ServerForm::refreshBacklog() {
  backlog_->setVisible(!isDatagramTransport(endpoint()->transport()));
}

void ServerForm::saveState(QSettings& settings) const {
  SessionForm::saveState(settings);
  settings.setValue(QStringLiteral("backlog"), backlog_->value());
  settings.setValue(QStringLiteral("maxSessions"), maxSessions_->value());
  settings.setValue(QStringLiteral("responder"), toQString(responderName(rules().responder)));
}

void ServerForm::restoreState(QSettings& settings) {
  backlog_->setValue(settings.value(QStringLiteral("backlog"), backlog_->value()).toInt());
  maxSessions_->setValue(settings.value(QStringLiteral("maxSessions"), 0).toInt());
  const auto responder = findResponder(toUtf8(settings.value(QStringLiteral("responder")).toString()));
  responder_->setCurrentIndex(responder_->findData(static_cast<int>(responder.value_or(Responder::none))));
  SessionForm::restoreState(settings);
  refreshReach();
}

}  // namespace sockbench::ui
