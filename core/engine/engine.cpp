#include "core/engine/engine.h"

#include <algorithm>
#include <cerrno>
#include <thread>
#include <utility>

#include "core/engine/detail/connector.h"
#include "core/engine/detail/context.h"
#include "core/engine/detail/datagram_listener.h"
#include "core/engine/detail/stream_listener.h"
#include "core/engine/detail/worker.h"

namespace sockbench {

using detail::Actor;
using detail::SessionShared;
using detail::SessionSharedPtr;
using detail::Worker;

struct Engine::Impl {
  detail::Context context;

  SessionSharedPtr add(SessionRole role, const Endpoint& endpoint, const SessionRules& rules, int backlog,
                       SessionId parent = {});
  // Runs `act(Actor&)` on the session's worker, if it is open then.
  template <class Act>
  void with(SessionId id, Act act);
  // What `offer(queue, &wasIdle)` has put into the queue is flushed; what it refuses is told.
  template <class Offer>
  Result<void> enqueue(SessionId id, const SessionSharedPtr& session, Offer offer);
  template <class Offer>
  Result<void> enqueueBytes(SessionId id, Bytes data, Offer offer);
  void attach(SessionId id, std::shared_ptr<SessionAgent> agent);
};

namespace {

unsigned workerCount(unsigned asked) {
  if (asked > 0) return asked;
  const unsigned cores = std::thread::hardware_concurrency();
  return cores > 1 ? cores - 1 : 1;
}

Error unknownSession(SessionId id) {
  return Error::fromInput(InputFault::notOpen, std::to_string(id.value), std::nullopt,
                          "there is no such session", Operation::send);
}

// A session whose worker has not begun it yet is idle: not open, and not over either.
bool isOver(const SessionShared& session) {
  const SessionSnapshot now = session.snapshot();
  return !now.isOpen() && now.state != SessionState::idle;
}

// The worker has no loop for it: its first news is its last.
void neverBegan(detail::Context& context, const SessionSharedPtr& session, Error error) {
  detail::Journal journal(context, session);
  journal.error(std::move(error));
  journal.finish(SessionState::failed, std::nullopt, Party::none);
  if (session->role != SessionRole::listener) --context.registry.openSessions;
}

// To the session, as soon as its worker has it; to the agent alone when that is over.
void attachTo(const SessionSharedPtr& session, std::shared_ptr<SessionAgent> agent) {
  session->worker.post([session, agent = std::move(agent)]() mutable {
    if (const auto actor = session->worker.find(session->id)) return actor->attach(std::move(agent));
    if (isOver(*session)) return agent->ended(session->snapshot());
    attachTo(session, std::move(agent));
  });
}

}  // namespace

SessionSharedPtr Engine::Impl::add(SessionRole role, const Endpoint& endpoint, const SessionRules& rules,
                                   int backlog, SessionId parent) {
  SessionSnapshot first;
  first.id = context.registry.nextId();
  first.parent = parent;
  first.role = role;
  first.transport = endpoint.transport;
  first.target = endpoint.text();
  first.responder = rules.responder;
  first.manners = rules.manners;
  first.backlog = backlog;
  first.since = wallNow();
  auto session =
      std::make_shared<SessionShared>(std::move(first), rules.sendQueueBytes, context.nextWorker());
  context.registry.add(session);
  return session;
}

template <class Act>
void Engine::Impl::with(SessionId id, Act act) {
  const SessionSharedPtr session = context.registry.find(id);
  if (!session) return;
  session->worker.post([session, act = std::move(act)] {
    if (const auto actor = session->worker.find(session->id)) act(*actor);
  });
}

void Engine::Impl::attach(SessionId id, std::shared_ptr<SessionAgent> agent) {
  if (const SessionSharedPtr session = context.registry.find(id)) return attachTo(session, std::move(agent));
  context.nextWorker().post([id, agent = std::move(agent)] {
    SessionSnapshot forgotten;
    forgotten.id = id;
    forgotten.state = SessionState::closed;
    agent->ended(forgotten);
  });
}

template <class Offer>
Result<void> Engine::Impl::enqueue(SessionId id, const SessionSharedPtr& session, Offer offer) {
  bool wasIdle = false;
  Result<void> taken = offer(session->queue, &wasIdle);
  if (!taken) {
    detail::Journal journal(context, session);
    taken.error().subject = journal.subject();
    session->worker.post([journal, error = taken.error()]() mutable { journal.refused(error); });
  } else if (wasIdle) {
    with(id, [](Actor& actor) { actor.flush(); });
  }
  return taken;
}

template <class Offer>
Result<void> Engine::Impl::enqueueBytes(SessionId id, Bytes data, Offer offer) {
  const SessionSharedPtr session = context.registry.find(id);
  if (!session) return std::unexpected(unknownSession(id));
  if (data.empty() && isByteStream(session->transport)) return {};
  return enqueue(id, session, [&](detail::SendQueue& queue, bool* wasIdle) {
    return offer(queue, std::move(data), wasIdle);
  });
}

Engine::Engine(EngineSettings settings) : impl_(std::make_unique<Impl>()) {
  detail::Context& context = impl_->context;
  context.log = TrafficLog::create(settings.log);
  if (settings.wake) {
    context.log->setWakeHook(settings.wake);
    context.events.setWakeHook(settings.wake);
  }
  context.resolver = std::make_unique<Resolver>();
  // Rows that are to go to disk are not to be outrun by what a stream can bring.
  const auto mayReceive = [log = context.log.get(), own = std::move(settings.mayReceive)] {
    return log->hasRoom() && (!own || own());
  };
  const unsigned count = workerCount(settings.workers);
  for (unsigned number = 0; number < count; ++number)
    context.workers.push_back(std::make_unique<Worker>(*context.log, context.events, mayReceive, number));
  context.log->setRoomHook([this] { resumeReceiving(); });
}

// Workers first: until they have stopped, a session may still begin a look-up. An answer that comes later is
// posted to a loop that runs no more, and goes with it.
Engine::~Engine() {
  impl_->context.log->setRoomHook({});
  for (const auto& worker : impl_->context.workers) worker->stop();
  impl_->context.resolver.reset();
  impl_->context.dns.reset();
}

SessionId Engine::listen(ListenSpec spec) {
  const bool datagrams = isDatagramTransport(spec.endpoint.transport);
  const auto session =
      impl_->add(SessionRole::listener, spec.endpoint, spec.rules, datagrams ? 0 : spec.backlog);
  session->requested = spec.options;
  session->worker.post([&context = impl_->context, session, datagrams, spec = std::move(spec)]() mutable {
    if (const auto ready = session->worker.prepare(); !ready)
      return neverBegan(context, session, ready.error());
    std::shared_ptr<detail::Listener> listener;
    if (datagrams)
      listener = std::make_shared<detail::DatagramListener>(context, session, std::move(spec));
    else
      listener = std::make_shared<detail::StreamListener>(context, session, std::move(spec));
    session->worker.adopt(session->id, listener);
    listener->start();
  });
  return session->id;
}

SessionId Engine::connect(ConnectSpec spec) {
  const auto session = impl_->add(SessionRole::client, spec.endpoint, spec.rules, 0, spec.group);
  session->requested = spec.options;
  ++impl_->context.registry.openSessions;
  session->worker.post([&context = impl_->context, session, spec = std::move(spec)]() mutable {
    if (const auto ready = session->worker.prepare(); !ready)
      return neverBegan(context, session, ready.error());
    auto client = std::make_shared<detail::Connector>(context, session, std::move(spec));
    session->worker.adopt(session->id, client);
    client->start();
  });
  return session->id;
}

Result<void> Engine::send(SessionId id, Bytes data) {
  return impl_->enqueueBytes(id, std::move(data), [](detail::SendQueue& queue, Bytes bytes, bool* wasIdle) {
    return queue.offer(std::move(bytes), wasIdle);
  });
}

Result<void> Engine::sendWhenRoom(SessionId id, Bytes data, std::stop_token stop) {
  return impl_->enqueueBytes(id, std::move(data), [&](detail::SendQueue& queue, Bytes bytes, bool* wasIdle) {
    return queue.offerWhenRoom(std::move(bytes), stop, wasIdle);
  });
}

void Engine::halfClose(SessionId id) {
  impl_->with(id, [](Actor& actor) { actor.halfClose(); });
}

void Engine::close(SessionId id) {
  impl_->with(id, [](Actor& actor) { actor.close(); });
}

void Engine::reset(SessionId id) {
  impl_->with(id, [](Actor& actor) { actor.reset(); });
}

void Engine::closeAll() {
  for (const auto& worker : impl_->context.workers)
    worker->post([w = worker.get()] {
      for (const auto& actor : w->actors()) actor->closeNow();
    });
}

void Engine::resumeReceiving() {
  for (const auto& worker : impl_->context.workers)
    worker->post([w = worker.get()] { w->resumeReceiving(); });
}

void Engine::setOption(SessionId id, OptionSetting setting) {
  impl_->with(id, [setting = std::move(setting)](Actor& actor) { actor.setOption(setting); });
}

void Engine::readOptions(SessionId id) {
  impl_->with(id, [](Actor& actor) { actor.readOptions(); });
}

void Engine::setRules(SessionId id, SessionRules rules) {
  impl_->with(id, [rules = std::move(rules)](Actor& actor) { actor.setRules(rules); });
}

void Engine::attach(SessionId id, std::shared_ptr<SessionAgent> agent) {
  if (agent) impl_->attach(id, std::move(agent));
}

void Engine::detach(SessionId id, const std::shared_ptr<SessionAgent>& agent) {
  impl_->with(id, [agent](Actor& actor) { actor.detach(agent); });
}

void Engine::setManners(SessionId id, Manners manners) {
  impl_->with(id, [manners](Actor& actor) { actor.setManners(manners); });
}

void Engine::sendUrgent(SessionId id, std::byte data) {
  impl_->with(id, [data](Actor& actor) { static_cast<void>(actor.sendUrgent(data)); });
}

Result<void> Engine::sendFile(SessionId id, std::shared_ptr<FileSend> file) {
  const SessionSharedPtr session = impl_->context.registry.find(id);
  if (!session) return std::unexpected(unknownSession(id));
  file->queued([session] {
    session->worker.post([session] {
      if (const auto actor = session->worker.find(session->id)) actor->flush();
    });
  });
  auto taken = impl_->enqueue(id, session, [&](detail::SendQueue& queue, bool* wasIdle) -> Result<void> {
    if (!isDatagramTransport(session->transport)) return queue.offerFile(file, wasIdle);
    return std::unexpected(Error::fromErrno(Operation::sendfile, EOPNOTSUPP));
  });
  if (!taken) file->end(FileSend::State::failed, wallNow(), taken.error());
  return taken;
}

void Engine::sample(std::vector<SessionId> ids) {
  for (const SessionId id : ids) impl_->with(id, [](Actor& actor) { actor.sample(); });
}

void Engine::forget(SessionId id) {
  const SessionSharedPtr session = impl_->context.registry.find(id);
  if (!session || !isOver(*session)) return;
  std::vector<SessionSharedPtr> gone = impl_->context.registry.childrenOf(id);
  std::erase_if(gone, [](const SessionSharedPtr& child) { return !isOver(*child); });
  gone.push_back(session);
  for (const SessionSharedPtr& one : gone) {
    if (!impl_->context.registry.remove(one->id)) continue;
    detail::tellForgotten(one);
  }
}

std::optional<SessionSnapshot> Engine::snapshot(SessionId id) const {
  const SessionSharedPtr session = impl_->context.registry.find(id);
  if (!session) return std::nullopt;
  return session->snapshot();
}

std::vector<SessionSnapshot> Engine::snapshots() const {
  std::vector<SessionSnapshot> list;
  for (const SessionSharedPtr& session : impl_->context.registry.all()) list.push_back(session->snapshot());
  return list;
}

std::size_t Engine::openSessions() const {
  return impl_->context.registry.openSessions;
}
SessionId Engine::newSessionId() {
  return impl_->context.registry.nextId();
}
EventQueue& Engine::events() {
  return impl_->context.events;
}
TrafficLog& Engine::log() {
  return *impl_->context.log;
}
Resolver& Engine::resolver() {
  return *impl_->context.resolver;
}
DnsClient& Engine::dns() {
  detail::Context& context = impl_->context;
  std::call_once(context.dnsBegun, [&] { context.dns = std::make_unique<DnsClient>(); });
  return *context.dns;
}
unsigned Engine::workers() const {
  return static_cast<unsigned>(impl_->context.workers.size());
}

}  // namespace sockbench
