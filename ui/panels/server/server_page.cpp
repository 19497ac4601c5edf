#include "ui/panels/server/server_page.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSettings>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>
#include <limits>

#include "ui/models/format.h"
#include "ui/models/session_text.h"
#include "ui/panels/sent_message.h"
#include "ui/panels/server/connections_view.h"
#include "ui/panels/server/server_form.h"
#include "ui/panels/session_remark.h"
#include "ui/panels/session_tools.h"
#include "ui/widgets/answers/answers_tab.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/files_tool.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/manners_tool.h"
#include "ui/widgets/send_plan_bar.h"
#include "ui/widgets/state_badge.h"

namespace sockbench::ui {

namespace {

// What the target box's items hold: one of these, or a session's id.
constexpr qlonglong kToSelected = -1;
constexpr qlonglong kToAll = -2;
constexpr int kMostNamedTargets = 100;
constexpr int kBadgeCharacters = 44;  // the least room for the state; the rest is cut with an ellipsis
constexpr qsizetype kMostNamedRefusals = 5;

}  // namespace

ServerPage::ServerPage(EngineBridge* bridge, QWidget* parent)
    : SessionPage(parent),
      bridge_(bridge),
      form_(new ServerForm(this)),
      start_(new QPushButton(tr("Start"), this)),
      stop_(new QPushButton(tr("Stop"), this)),
      badge_(new StateBadge(QStringLiteral("serverStateLabel"), this)),
      connections_(new ConnectionsView(bridge, this)),
      sendMessage_(new InlineMessage(this)),
      composer_(new Composer(QStringLiteral("server"), this)),
      planBar_(new SendPlanBar(QStringLiteral("server"), bridge, this)),
      tools_(new SessionTools(QStringLiteral("server"), this)),
      files_(new FilesTool(
          QStringLiteral("server"), bridge, [this] { return chosen(); }, this)),
      manners_(new MannersTool(
          QStringLiteral("server"), bridge, [this] { return chosen(); }, this)),
      answers_(new AnswersTab(QStringLiteral("server"), bridge, this)),
      target_(new QComboBox(this)) {
  start_->setObjectName(QStringLiteral("serverStartButton"));
  start_->setAccessibleName(start_->text());
  start_->setProperty("primary", true);
  stop_->setObjectName(QStringLiteral("serverStopButton"));
  stop_->setAccessibleName(stop_->text());
  stop_->setProperty("danger", true);
  stop_->setToolTip(tr("Stop listening; connections that are open stay open"));
  form_->addButton(stop_);
  form_->addButton(start_);
  buildComposer();

  auto* below = new QWidget(this);
  auto* lower = new QVBoxLayout(below);
  lower->setContentsMargins(0, 0, 0, 0);
  lower->addWidget(sendMessage_);
  lower->addWidget(composer_, 1);
  composer_->setPlanBar(planBar_);
  column()->addWidget(form_);
  column()->addWidget(buildStateLine());
  tools_->addTool(below, tr("Send"));
  buildAnswers();
  addTools();
  addSplit(connections_, tools_);

  connect(start_, &QPushButton::clicked, this, &ServerPage::act);
  connect(stop_, &QPushButton::clicked, this, &ServerPage::stop);
  connect(form_, &SessionForm::submitted, this, &ServerPage::act);
  connect(form_, &SessionForm::rulesEdited, this, [this] {
    if (snapshot_.isOpen()) bridge_->setRules(listener_, rules());
  });
  connect(form_->endpoint(), &EndpointForm::edited, this, &SessionPage::titleChanged);
  connect(connections_, &ConnectionsView::changed, this, &ServerPage::refreshTargets);
  connect(connections_, &ConnectionsView::picked, this, &SessionPage::sessionSelected);
  connect(connections_, &ConnectionsView::detailsRequested, this, &SessionPage::detailsRequested);
  connect(connections_, &ConnectionsView::optionsRequested, this, &SessionPage::optionsRequested);
  connect(bridge_, &EngineBridge::sessionsChanged, this, &ServerPage::onSessionsChanged);
  connect(bridge_, &EngineBridge::sendRefused, this, &ServerPage::onSendRefused);
  refresh();
}

void ServerPage::addTools() {
  manners_->addListener();
  tools_->addTool(files_, tr("Files"),
                  tr("Send a file to the connections that the target box names; receive from the first"));
  tools_->addTool(manners_, tr("Misbehave"),
                  tr("Of the connections that the target box names, and of accepting"));
  connect(files_, &FilesTool::remarkChanged, this,
          [this](const QString& remark) { tools_->setRemark(files_, remark); });
  connect(manners_, &MannersTool::remarkChanged, this,
          [this](const QString& remark) { tools_->setRemark(manners_, remark); });
}

SessionRules ServerPage::rules() const {
  SessionRules rules = form_->rules();
  rules.manners = manners_->listenersManners();
  rules.agents = answers_->agents();
  return rules;
}

void ServerPage::refreshTools() {
  const QString whom = tr("Acts on the connections that Send is set to: %1").arg(target_->currentText());
  files_->setTargetText(whom);
  manners_->setTargetText(whom);
  const bool some = !connections_->sendable(1).isEmpty();
  const QString why = isOpen() ? tr("No connection is open yet") : tr("Start the server first");
  manners_->setListener(isOpen() ? listener_ : SessionId());
  if (isOpen()) manners_->showListener(snapshot_);
  files_->setUsable(some, why);
  manners_->setUsable(some, why);
  const QList<SessionId> to = chosen();
  if (to.isEmpty()) return;
  if (const SessionSnapshot* first = connections_->snapshot(to.first())) manners_->showSession(*first);
}

QWidget* ServerPage::buildStateLine() {
  auto* line = new QWidget(this);
  auto* flow = new FlowLayout(line);
  badge_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  badge_->setMinimumWidth(fontMetrics().averageCharWidth() * kBadgeCharacters);
  flow->addWidget(badge_);
  flow->addWidget(connections_->buttons());
  return line;
}

void ServerPage::buildComposer() {
  sendMessage_->setObjectName(QStringLiteral("serverSendMessage"));
  target_->setObjectName(QStringLiteral("serverTargetBox"));
  target_->setAccessibleName(tr("Send to"));
  target_->setToolTip(tr("Which connections the message goes to"));
  target_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  target_->setMinimumContentsLength(12);
  target_->addItem(tr("to selected"), kToSelected);
  target_->addItem(tr("to all"), kToAll);
  composer_->addControl(target_);
  connect(composer_, &Composer::sendRequested, this, &ServerPage::send);
  connect(target_, &QComboBox::currentIndexChanged, this, &ServerPage::refreshTools);
}

void ServerPage::buildAnswers() {
  tools_->addTool(answers_, tr("Answers"), tr("What is answered by itself: rules and ready answerers"));
  connect(answers_, &AnswersTab::remarkChanged, this,
          [this](const QString& remark) { tools_->setRemark(answers_, remark); });
}

void ServerPage::start(const ListenSpec& spec) {
  form_->setSpec(spec);
  listen(spec);
}

void ServerPage::setTarget(const Endpoint& endpoint) {
  form_->endpoint()->setEndpoint(endpoint);
  form_->clearError();
  emit titleChanged();
}

bool ServerPage::isOpen() const {
  return snapshot_.isOpen();
}

bool ServerPage::owns(SessionId id) const {
  return listeners_.contains(id) || connections_->contains(id);
}

void ServerPage::act() {
  if (isOpen()) return;
  const auto spec = form_->read();
  if (!spec) return;
  goTo(composer_);
  listen(*spec);
}

void ServerPage::cancel() {
  if (isOpen() && snapshot_.state != SessionState::listening) stop();
}

void ServerPage::focusFirst() {
  form_->endpoint()->focusHost();
}

void ServerPage::listen(const ListenSpec& spec) {
  form_->clearError();
  shown_.reset();
  ListenSpec answering = spec;
  answering.rules.agents = answers_->agents();
  listener_ = bridge_->listen(std::move(answering));
  listeners_.append(listener_);
  connections_->addListener(listener_);
  take(bridge_->snapshot(listener_).value_or(SessionSnapshot{}));
  emit sessionSelected(listener_);
}

void ServerPage::stop() {
  bridge_->close(listener_);
}

void ServerPage::showSession(SessionId id) {
  connections_->select(id);
}

QList<SessionId> ServerPage::sessions() const {
  return listeners_ + connections_->sessions();
}

void ServerPage::onSessionsChanged(const QList<SessionSnapshot>& sessions) {
  const auto mine = std::ranges::find(sessions, listener_, &SessionSnapshot::id);
  if (listener_ && mine != sessions.end()) take(*mine);
}

void ServerPage::take(const SessionSnapshot& session) {
  snapshot_ = session;
  const bool cursorWasFree = cursorIsFree();
  refresh();  // first: the cursor cannot go to a field that is still locked
  if (!failedByItsForm(snapshot_) || snapshot_.error == shown_) return;
  shown_ = snapshot_.error;
  form_->showError(*snapshot_.error, cursorWasFree);
}

void ServerPage::refresh() {
  const bool open = isOpen();
  form_->setListening(open);
  setEnabledOr(start_, !open, tr("It is started"));
  setEnabledOr(stop_, open, tr("It is not started"));
  connections_->setHint(open ? tr("No connection yet")
                             : tr("Connections stand here once the server is started"));
  refreshBadge();
  refreshTargets();
  emit titleChanged();
}

void ServerPage::refreshBadge() {
  if (!listener_) {
    badge_->setIdle();
    return;
  }
  if (!isOpen()) {
    badge_->setSession(snapshot_, tr("at %1").arg(clockText(snapshot_.changed)));
    return;
  }
  QStringList remarks;
  if (snapshot_.descriptor >= 0) remarks << tr("fd %1").arg(snapshot_.descriptor);
  const bool datagrams = isDatagramTransport(snapshot_.transport);
  remarks << tr("%1 open").arg(formatCount(snapshot_.openChildren));
  remarks << tr("accepted %1").arg(formatCount(snapshot_.acceptedChildren));
  if (!datagrams) remarks << tr("backlog %1").arg(snapshot_.backlog);
  if (snapshot_.dropped > 0) remarks << tr("%1 dropped by the kernel").arg(formatCount(snapshot_.dropped));
  remarks << tr("since %1").arg(clockText(snapshot_.changed));
  const bool listening = snapshot_.state == SessionState::listening;
  badge_->setSession(snapshot_, joinRemarks(remarks),
                     listening ? tr("Listening on %1").arg(sessionPlaceText(snapshot_)) : QString());
}

void ServerPage::refreshTargets() {
  const QList<SessionId> open = connections_->sendable(kMostNamedTargets);
  composer_->setSendEnabled(!open.isEmpty(),
                            isOpen() ? tr("No connection is open yet") : tr("Start the server first"));
  refreshTools();
  composer_->refreshFields();
  if (open == named_) return;
  named_ = open;
  const QSignalBlocker quiet(target_);
  const QVariant chosen = target_->currentData();
  while (target_->count() > 2) target_->removeItem(2);
  for (const SessionId id : open) {
    target_->addItem(tr("to %1").arg(sessionPlaceText(*connections_->snapshot(id))), qlonglong{id.value});
  }
  const int row = target_->findData(chosen);
  target_->setCurrentIndex(row < 0 ? 0 : row);
}

SessionPage::Targets ServerPage::targets() const {
  QList<SessionId> ids = chosen();
  if (!ids.isEmpty()) return {std::move(ids), {}};
  if (!isOpen()) return {{}, tr("start the server first")};
  return {{}, tr("select an open connection, or send to all")};
}

const SessionSnapshot* ServerPage::addressed() const {
  const QList<SessionId> to = chosen();
  return to.isEmpty() ? nullptr : connections_->snapshot(to.first());
}

QList<SessionId> ServerPage::chosen() const {
  const qlonglong chosen = target_->currentData().toLongLong();
  if (chosen == kToAll) return connections_->sendable(std::numeric_limits<int>::max());
  if (chosen != kToSelected) return {SessionId{static_cast<std::uint32_t>(chosen)}};
  QList<SessionId> ids;
  for (const SessionSnapshot& session : connections_->selected()) {
    if (session.isOpen()) ids.append(session.id);
  }
  return ids;
}

void ServerPage::send(const Bytes& message) {
  sendMessage_->clear();
  const QList<SessionId> to = chosen();
  if (to.isEmpty()) {
    sendMessage_->showWarning(tr("Nothing was sent: select an open connection, or send to all."));
    return;
  }
  if (!planBar_->isOnce()) {
    if (planBar_->start(composer_->spec(), to, variables())) composer_->accepted(false);
    return;
  }
  QList<std::pair<SessionId, Error>> refused;
  for (const SessionId id : to) {
    if (const auto error = bridge_->send(id, message)) refused.append({id, *error});
  }
  emit sentByHand(sentMessage(composer_->spec(), message.size(), targetText(to, *bridge_),
                              refused.isEmpty() ? nullptr : &refused.first().second));
  if (refused.size() < to.size()) composer_->accepted();
  if (!refused.isEmpty()) return showRefused(to.size(), refused);
  if (to.size() > 1) sendMessage_->showNote(tr("Sent to all of %1 connections.").arg(formatCount(to.size())));
}

void ServerPage::showRefused(qsizetype asked, const QList<std::pair<SessionId, Error>>& refused) {
  if (asked == 1) {
    composer_->showError(refused.first().second);
    return;
  }
  QStringList lines{tr("Sent to %1 of %2; refused:").arg(asked - refused.size()).arg(asked)};
  for (const auto& [id, error] : refused.first(std::min(refused.size(), kMostNamedRefusals))) {
    const SessionSnapshot* session = connections_->snapshot(id);
    const QString peer = session ? sessionPlaceText(*session) : QString::number(id.value);
    lines << QStringLiteral("%1  %2  %3").arg(peer, toQString(error.symbol()), toQString(error.message()));
  }
  if (refused.size() > kMostNamedRefusals)
    lines << tr("… and %1 more").arg(refused.size() - kMostNamedRefusals);
  sendMessage_->showWarning(lines.join(QLatin1Char('\n')));
}

// What the kernel refused later, when the message had been queued.
void ServerPage::onSendRefused(SessionId id, const Error& error) {
  if (connections_->contains(id)) composer_->showError(error);
}

void ServerPage::refreshFields() {
  SessionPage::refreshFields();
  answers_->setVariables(variables());
}

SessionPage::Title ServerPage::title() const {
  const EndpointForm* fields = form_->endpoint();
  const QString port = snapshot_.local.isIp() ? QString::number(snapshot_.local.port()) : fields->port();
  if (isFresh() && fields->port().isEmpty() && !isUnixTransport(fields->transport())) {
    return {tr("New server"), tr("Not started"), SessionState::idle};
  }
  const QString text =
      shortEndpointText(fields->transport(), fields->host(), port.isEmpty() ? tr("any") : port, false);
  return {text, listener_ ? stateText(snapshot_) : tr("Not started"), snapshot_.state};
}

void ServerPage::saveState(QSettings& settings) const {
  form_->saveState(settings);
  settings.setValue(QStringLiteral("columns"), connections_->saveState());
  settings.setValue(QStringLiteral("split"), saveSplit());
  settings.setValue(QStringLiteral("composer"), composer_->saveState());
  settings.setValue(QStringLiteral("history"), composer_->history());
  settings.setValue(QStringLiteral("plan"), planBar_->saveState());
  answers_->saveState(settings);
  settings.setValue(QStringLiteral("toAll"), target_->currentData().toLongLong() == kToAll);
}

void ServerPage::restoreState(QSettings& settings) {
  form_->restoreState(settings);
  connections_->restoreState(settings.value(QStringLiteral("columns")).toByteArray());
  restoreSplit(settings.value(QStringLiteral("split")).toByteArray());
  composer_->restoreState(settings.value(QStringLiteral("composer")).toByteArray());
  composer_->setHistory(settings.value(QStringLiteral("history")).toStringList());
  planBar_->restoreState(settings.value(QStringLiteral("plan")).toByteArray());
  answers_->restoreState(settings);
  target_->setCurrentIndex(settings.value(QStringLiteral("toAll")).toBool() ? 1 : 0);
  emit titleChanged();
}

}  // namespace sockbench::ui
