#include "core/engine/detail/actor.h"

#include <cerrno>
#include <utility>

#include "core/engine/detail/manners_text.h"
#include "core/engine/detail/option_readings.h"
#include "core/engine/detail/socket_setup.h"
#include "core/engine/detail/tcp_sample.h"

namespace sockbench::detail {

Actor::Actor(Context& context, SessionSharedPtr session)
    : context_(context), journal_(context, std::move(session)) {}

void Actor::halfClose() {
  journal_.error(Error::fromErrno(Operation::shutdown, EOPNOTSUPP, journal_.subject()));
}

void Actor::setRules(SessionRules rules) {
  const bool otherAgents = rules.agents != rules_.agents;
  const Manners manners = std::exchange(rules.manners, rules_.manners);
  rules_ = std::move(rules);
  if (manners != rules_.manners) setManners(manners);
  if (otherAgents) makeAgents();
  journal_.session().update([&](SessionSnapshot& s) { s.responder = rules_.responder; });
  journal_.push(SessionEvent::What::changed);
  rulesChanged();
}

void Actor::setManners(Manners manners) {
  allow(manners);
  const Manners before = std::exchange(rules_.manners, manners);
  tellManners(before);
  mannersChanged();
  if (!manners.reading) return;
  // Who asks for reading has it, whatever an agent wished before.
  if (agents_ && (!before.reading || before == manners)) agents_->letReadingGo();
  readingChanged();
}

void Actor::tellManners(const Manners& before) {
  const Manners& manners = rules_.manners;
  journal_.session().update([&](SessionSnapshot& s) { s.manners = manners; });
  std::string change = mannersChange(before, manners, !hasAgents());
  if (change.empty()) return;
  journal_.automatic(std::move(change));
  journal_.push(SessionEvent::What::changed);
}

void Actor::makeAgents() {
  if (!hasAgents() || (!agents_ && !rules_.agents)) return;
  host().makeAnew(rules_.agents.get());
}

void Actor::agentsBegin() {
  opened_ = true;
  if (agents_) agents_->opened();
}

AgentHost& Actor::host() {
  if (agents_) return *agents_;
  agents_ = std::make_unique<AgentHost>(*this);
  if (opened_) agents_->opened();
  return *agents_;
}

void Actor::attach(std::shared_ptr<SessionAgent> agent) {
  if (!agent) return;
  if (!hasAgents()) return agent->ended(journal_.session().snapshot());
  host().add(std::move(agent));
}

void Actor::detach(const std::shared_ptr<SessionAgent>& agent) {
  if (agents_) agents_->remove(agent);
}

Result<void> Actor::sendFromAgent(Bytes data, bool flushFollows) {
  if (data.empty() && isByteStream(journal_.session().transport)) return {};
  bool wasIdle = false;
  if (rules_.manners.neverAnswer) return neverAnswers(data.size());
  Result<void> taken = journal_.session().queue.offer(std::move(data), &wasIdle, true);
  if (!taken) {
    taken.error().subject = journal_.subject();
    journal_.refused(taken.error());
  } else if (wasIdle && !flushFollows) {
    later(&Actor::flush);
  }
  return taken;
}

Result<void> Actor::neverAnswers(std::size_t bytes) {
  Error error = Error::fromInput(InputFault::notOpen, journal_.subject(), std::nullopt,
                                 "this session never answers by itself", Operation::send);
  journal_.automatic(std::to_string(bytes) + " bytes were not sent", error);
  return std::unexpected(std::move(error));
}

Result<void> Actor::sendUrgent(std::byte) {
  Error error = Error::fromErrno(Operation::send, EOPNOTSUPP, journal_.subject());
  journal_.refused(error);
  return std::unexpected(std::move(error));
}

void Actor::later(void (Actor::*act)()) {
  worker().post([actor = weak_from_this(), act] {
    if (const auto open = actor.lock()) ((*open).*act)();
  });
}

void Actor::setOption(const OptionSetting& setting) {
  if (auto done = applySocketOption(socket(), setting); !done) {
    journal_.error(done.error());
    return;
  }
  noteRequested(journal_.session(), setting);
  journal_.note(RecordKind::option, setting.text());
  if (const auto asked = receiveBufferAsked(setting); asked && journal_.session().transport == Transport::udp)
    journal_.receiveBuffer(*asked, receiveBufferGranted(socket()));
  journal_.push(SessionEvent::What::changed);
}

void Actor::readOptions() {
  journal_.optionsRead(readAllOptions(socket(), journal_.session()));
}

void Actor::sample() {
  countDrops();
  if (journal_.session().transport == Transport::tcp)
    if (const auto sample = takeTcpSample(socket()))
      journal_.session().update([&](SessionSnapshot& s) { s.tcp = *sample; });
  journal_.push(SessionEvent::What::sampled);
}

SocketAddress Actor::ownAddress(const SocketAddress& peer) {
  auto local = socket().localAddress();
  if (local) return *local;
  local.error().subject = peer.text();
  journal_.error(local.error());
  return {};
}

void Actor::removeFile(BoundPath& file) {
  if (auto gone = file.remove(); !gone) journal_.error(gone.error());
}

void Actor::leave() {
  const SessionShared& session = journal_.session();
  const auto keep = shared_from_this();
  if (agents_) agents_->ended(session.snapshot());
  worker().release(session.id);
  if (session.role != SessionRole::listener) --context_.registry.openSessions;
  for (const SessionSharedPtr& waiter : context_.descriptorWaiters.takeAll())
    waiter->worker.post([waiter] {
      if (const auto actor = waiter->worker.find(waiter->id)) actor->descriptorFreed();
    });
  const SessionSharedPtr listener = session.parent ? context_.registry.find(session.parent) : nullptr;
  if (!listener) return;
  --listener->openChildren;
  listener->worker.post([listener] {
    if (const auto actor = listener->worker.find(listener->id)) actor->childEnded();
  });
}

}  // namespace sockbench::detail
