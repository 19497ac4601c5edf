#include "ui/panels/client/client_page.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/models/event_text.h"
#include "ui/models/traffic_model.h"
#include "ui/panels/client/client_form.h"
#include "ui/panels/sent_message.h"
#include "ui/panels/session_remark.h"
#include "ui/panels/session_tools.h"
#include "ui/widgets/answers/answers_tab.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/empty_hint.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/files_tool.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/manners_tool.h"
#include "ui/widgets/send_plan_bar.h"
#include "ui/widgets/state_badge.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/traffic_table.h"

namespace sockbench::ui {

namespace {

constexpr int kLeastConversationHeight = 68;
constexpr int kBadgeCharacters = 44;  // the least room for the state; the rest is cut with an ellipsis

bool isOnTheWay(const SessionSnapshot& session) {
  return session.state == SessionState::resolving || session.state == SessionState::connecting ||
         (session.id && session.state == SessionState::idle);
}

bool isSettled(const SessionSnapshot& session) {
  return session.state == SessionState::connected || session.state == SessionState::halfClosed;
}

}  // namespace

ClientPage::ClientPage(EngineBridge* bridge, QWidget* parent)
    : SessionPage(parent),
      bridge_(bridge),
      form_(new ClientForm(this)),
      badge_(new StateBadge(QStringLiteral("clientStateLabel"), this)),
      conversation_(new TrafficTable(this)),
      hint_(new EmptyHint(conversation_)),
      composer_(new Composer(QStringLiteral("client"), this)),
      planBar_(new SendPlanBar(QStringLiteral("client"), bridge, this)),
      tools_(new SessionTools(QStringLiteral("client"), this)),
      files_(new FilesTool(
          QStringLiteral("client"), bridge, [this] { return openSession(); }, this)),
      manners_(new MannersTool(
          QStringLiteral("client"), bridge, [this] { return openSession(); }, this)),
      answers_(new AnswersTab(QStringLiteral("client"), bridge, this)) {
  buildButtons();
  buildConversation();
  column()->addWidget(form_);
  column()->addWidget(buildStateLine());
  buildTools();
  addSplit(conversation_, tools_);

  connect(form_, &SessionForm::submitted, this, &ClientPage::act);
  connect(form_->endpoint(), &EndpointForm::edited, this, &SessionPage::titleChanged);
  connect(composer_, &Composer::sendRequested, this, &ClientPage::send);
  connect(bridge_, &EngineBridge::sessionsChanged, this, &ClientPage::onSessionsChanged);
  connect(bridge_, &EngineBridge::sendRefused, this, [this](SessionId id, const Error& error) {
    if (id == session_) composer_->showError(error);
  });
  refresh();
}

QPushButton* ClientPage::makeButton(const QString& name, const QString& text, const QString& toolTip) {
  auto* button = new QPushButton(text, this);
  button->setObjectName(name);
  button->setAccessibleName(text);
  button->setToolTip(toolTip);
  button->setAutoDefault(false);
  return button;
}

void ClientPage::buildButtons() {
  connect_ = makeButton(QStringLiteral("clientConnectButton"), tr("Connect"), {});
  cancel_ = makeButton(QStringLiteral("clientCancelButton"), tr("Cancel"), tr("Give up connecting"));
  disconnect_ = makeButton(QStringLiteral("clientDisconnectButton"), tr("Disconnect"),
                           tr("Close the connection once its queue is sent"));
  halfClose_ = makeButton(QStringLiteral("clientHalfCloseButton"), tr("Half-close"),
                          tr("Shut our side once its queue is sent; the peer's stays open"));
  reset_ = makeButton(QStringLiteral("clientResetButton"), tr("Reset"),
                      tr("Drop the connection at once: TCP sends RST"));
  connect_->setProperty("primary", true);
  disconnect_->setProperty("danger", true);
  halfClose_->setIcon(theme::icon(QStringLiteral("half-close")));
  reset_->setIcon(theme::icon(QStringLiteral("reset")));
  for (QPushButton* button : {cancel_, disconnect_, connect_}) form_->addButton(button);

  connect(connect_, &QPushButton::clicked, this, &ClientPage::act);
  connect(cancel_, &QPushButton::clicked, this, &ClientPage::cancel);
  connect(disconnect_, &QPushButton::clicked, this, [this] { bridge_->close(session_); });
  connect(halfClose_, &QPushButton::clicked, this, [this] { bridge_->halfClose(session_); });
  connect(reset_, &QPushButton::clicked, this, [this] { bridge_->reset(session_); });
}

QList<SessionId> ClientPage::openSession() const {
  return isOpen() && isSettled(snapshot_) ? QList<SessionId>{session_} : QList<SessionId>();
}

void ClientPage::buildConversation() {
  conversation_->setObjectName(QStringLiteral("clientConversationTable"));
  conversation_->setAccessibleName(tr("Conversation"));
  conversation_->setProperty("framed", true);
  conversation_->setMinimumHeight(kLeastConversationHeight);
  hint_->setHint(tr("What is sent and received stands here once there is a connection"));
  connect(conversation_, &TrafficTable::rowActivated, this, &ClientPage::rowActivated);
  connect(bridge_, &EngineBridge::trafficChanged, this, [this] {
    if (isVisible() && traffic_) traffic_->refresh();
  });
}

void ClientPage::buildTools() {
  composer_->setPlanBar(planBar_);
  tools_->addTool(composer_, tr("Send"));
  tools_->addTool(answers_, tr("Answers"), tr("What is answered by itself: rules and ready answerers"));
  tools_->addTool(files_, tr("Files"), tr("Send a file; write what is received to a file"));
  tools_->addTool(manners_, tr("Misbehave"),
                  tr("Stop reading, write in pieces, tiny buffers, an urgent byte"));
  connect(answers_, &AnswersTab::remarkChanged, this,
          [this](const QString& remark) { tools_->setRemark(answers_, remark); });
  connect(files_, &FilesTool::remarkChanged, this,
          [this](const QString& remark) { tools_->setRemark(files_, remark); });
  connect(manners_, &MannersTool::remarkChanged, this,
          [this](const QString& remark) { tools_->setRemark(manners_, remark); });
}

QWidget* ClientPage::buildStateLine() {
  auto* line = new QWidget(this);
  auto* flow = new FlowLayout(line);
  badge_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  badge_->setMinimumWidth(fontMetrics().averageCharWidth() * kBadgeCharacters);
  flow->addWidget(badge_);
  auto* pair = new QWidget(line);
  auto* row = new QHBoxLayout(pair);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(6);
  row->addWidget(halfClose_);
  row->addWidget(reset_);
  flow->addWidget(pair);
  return line;
}

void ClientPage::showEvent(QShowEvent* event) {
  SessionPage::showEvent(event);
  if (traffic_) traffic_->refresh();
}

void ClientPage::start(const ConnectSpec& spec) {
  form_->setSpec(spec);
  connectTo(spec);
}

void ClientPage::setTarget(const Endpoint& endpoint) {
  form_->endpoint()->setEndpoint(endpoint);
  form_->clearError();
  emit titleChanged();
}

void ClientPage::setLocalAddress(const QString& address) {
  form_->setLocalAddress(address);
}

void ClientPage::act() {
  if (isOpen()) return;
  const auto spec = form_->read();
  if (!spec) return;
  goTo(composer_);
  connectTo(*spec);
}

void ClientPage::cancel() {
  // As it stands now: what the page was last told may be older than the Connect that is to be taken back.
  const std::optional<SessionSnapshot> now = bridge_->snapshot(session_);
  if (now && isOnTheWay(*now)) bridge_->close(session_);
}

void ClientPage::focusFirst() {
  form_->endpoint()->focusHost();
}

void ClientPage::connectTo(const ConnectSpec& spec) {
  form_->clearError();
  shown_.reset();
  ConnectSpec answering = spec;
  answering.rules.agents = answers_->agents();
  session_ = bridge_->connectTo(std::move(answering));
  sessions_.append(session_);
  showSession(session_);
  take(bridge_->snapshot(session_).value_or(SessionSnapshot{}));
  emit sessionSelected(session_);
}

void ClientPage::showSession(SessionId id) {
  if (traffic_) {
    traffic_->setOnlySession(id);
    traffic_->refresh();
    return;
  }
  // Before the first session there is no conversation: a model without one would show the whole timeline.
  traffic_ = new TrafficModel(bridge_->log(), this);
  traffic_->setOnlySession(id);
  conversation_->setModel(traffic_);
  conversation_->setColumnHidden(TrafficModel::Session, true);
  hint_->follow(traffic_);
}

void ClientPage::onSessionsChanged(const QList<SessionSnapshot>& sessions) {
  const auto mine = std::ranges::find(sessions, session_, &SessionSnapshot::id);
  if (session_ && mine != sessions.end()) take(*mine);
}

void ClientPage::take(const SessionSnapshot& session) {
  snapshot_ = session;
  const bool cursorWasFree = cursorIsFree();
  refresh();  // first: the cursor cannot go to a field that is still locked
  if (snapshot_.isOpen() || !failedByItsForm(snapshot_) || snapshot_.error == shown_) return;
  shown_ = snapshot_.error;
  form_->showError(*snapshot_.error, cursorWasFree);
}

void ClientPage::refresh() {
  form_->setConnected(isOpen());
  refreshButtons();
  if (session_) {
    badge_->setSession(snapshot_, remark());
  } else {
    badge_->setIdle();
  }
  const QString why = whyNotSending();
  composer_->setSendEnabled(why.isEmpty(), why);
  const bool open = !openSession().isEmpty();
  files_->setUsable(open && why.isEmpty(), open ? why : tr("Connect first"));
  manners_->setUsable(open, tr("Connect first"));
  if (open) manners_->showSession(snapshot_);
  composer_->refreshFields();
  emit titleChanged();
}

QString ClientPage::whyNotSending() const {
  const bool sends = snapshot_.state == SessionState::connected ||
                     (snapshot_.state == SessionState::halfClosed && snapshot_.by == Party::peer);
  if (sends) return {};
  return isSettled(snapshot_)    ? tr("Our side is closed")
         : isOnTheWay(snapshot_) ? tr("Not connected yet")
                                 : tr("Connect first");
}

SessionPage::Targets ClientPage::targets() const {
  const QString why = whyNotSending();
  return {why.isEmpty() ? QList{session_} : QList<SessionId>(), why};
}

void ClientPage::refreshButtons() {
  const bool underWay = isOpen() && isOnTheWay(snapshot_);
  const bool settled = isOpen() && isSettled(snapshot_);
  cancel_->setVisible(underWay);
  disconnect_->setVisible(!underWay);
  setEnabledOr(connect_, !isOpen(), underWay ? tr("It is being connected") : tr("It is connected"));
  setEnabledOr(disconnect_, settled, tr("It is not connected"));
  const bool ourSideOpen =
      settled && !(snapshot_.state == SessionState::halfClosed && snapshot_.by == Party::us);
  const bool datagrams = isDatagramTransport(snapshot_.transport);
  setEnabledOr(halfClose_, ourSideOpen && !datagrams,
               !settled    ? tr("It is not connected")
               : datagrams ? tr("Datagrams have no end that could be sent")
                           : tr("Our side is closed"));
  setEnabledOr(reset_, settled, tr("It is not connected"));
}

QString ClientPage::remark() const {
  const QString when = clockText(snapshot_.changed);
  if (!isOpen()) return tr("at %1").arg(when);
  QStringList remarks;
  if (snapshot_.descriptor >= 0) remarks << tr("fd %1").arg(snapshot_.descriptor);
  const QString local = addressText(snapshot_.local);
  const QString peer = addressText(snapshot_.peer);
  if (!peer.isEmpty()) remarks << (local.isEmpty() ? peer : local + QStringLiteral(" \u2192 ") + peer);
  return joinRemarks(remarks << tr("since %1").arg(when));
}

void ClientPage::send(const Bytes& message) {
  if (!planBar_->isOnce()) {
    if (planBar_->start(composer_->spec(), {session_}, variables())) composer_->accepted(false);
    return;
  }
  const auto error = bridge_->send(session_, message);
  emit sentByHand(sentMessage(composer_->spec(), message.size(), targetText({session_}, *bridge_),
                              error ? &*error : nullptr));
  if (error) {
    composer_->showError(*error);
  } else {
    composer_->accepted();
  }
}

void ClientPage::refreshFields() {
  SessionPage::refreshFields();
  answers_->setVariables(variables());
}

SessionPage::Title ClientPage::title() const {
  const EndpointForm* fields = form_->endpoint();
  if (fields->host().trimmed().isEmpty() && fields->port().isEmpty()) {
    return {tr("New client"), tr("Not connected"), SessionState::idle};
  }
  const QString text = shortEndpointText(fields->transport(), fields->host(), fields->port(), true);
  return {QStringLiteral("\u2192 ") + text, session_ ? stateText(snapshot_) : tr("Not connected"),
          snapshot_.state};
}

void ClientPage::saveState(QSettings& settings) const {
  form_->saveState(settings);
  settings.setValue(QStringLiteral("split"), saveSplit());
  settings.setValue(QStringLiteral("composer"), composer_->saveState());
  settings.setValue(QStringLiteral("history"), composer_->history());
  settings.setValue(QStringLiteral("plan"), planBar_->saveState());
  answers_->saveState(settings);
}

void ClientPage::restoreState(QSettings& settings) {
  form_->restoreState(settings);
  restoreSplit(settings.value(QStringLiteral("split")).toByteArray());
  composer_->restoreState(settings.value(QStringLiteral("composer")).toByteArray());
  composer_->setHistory(settings.value(QStringLiteral("history")).toStringList());
  planBar_->restoreState(settings.value(QStringLiteral("plan")).toByteArray());
  answers_->restoreState(settings);
  emit titleChanged();
}

}  // namespace sockbench::ui
