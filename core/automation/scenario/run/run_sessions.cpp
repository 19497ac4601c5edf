// Steps that open sessions and listeners, or say what becomes of them.
#include <algorithm>
#include <utility>

#include "core/automation/scenario/run/run_loop.h"
#include "core/automation/scenario/run/step_texts.h"

namespace sockbench {
namespace {

using Verb = ScenarioStep::Verb;

// The engine's own limit of an attempt tells more than ours.
constexpr auto kAfterTheEngines = std::chrono::seconds(1);
constexpr auto kBetweenLooks = std::chrono::milliseconds(1);

// What an agent is made by for one session alone.
std::shared_ptr<const AgentMakers> only(const std::shared_ptr<SessionLink>& link) {
  return std::make_shared<const AgentMakers>(AgentMakers{[link] { return link; }});
}

Acted failedBy(std::string what, const Error& error) {
  return Acted::failed(std::move(what) + ": " + error.message(), error);
}

std::string hostOfListener(const SocketAddress& local) {
  if (!local.isWildcard()) return local.ip();
  return local.family() == AF_INET6 ? "::1" : "127.0.0.1";
}

}  // namespace

RunSession& RunLoop::addSession(std::unique_ptr<RunSession> session) {
  RunSession& added = *sessions_.emplace_back(std::move(session));
  if (added.isListener()) return added;
  byLink_.emplace(&added.link(), &added);
  ++outcome_.sessions;
  if (outcome_.sessions > kMostScenarioSessions)
    fail("more than " + std::to_string(kMostScenarioSessions) + " sessions were opened");
  return added;
}

void RunLoop::giveTo(Strand& strand, const ScenarioStep& step, RunSession& session) {
  session.name = step.as.empty() ? step.target : step.as;
  strand.names[session.name] = &session;
  strand.owned.push_back(&session);
  if (!session.isListener()) strand.current = &session;
}

FieldValues RunLoop::fieldsOf(const Strand& strand, const RunSession* session) const {
  FieldValues values;
  values.counter = strand.sent;
  values.seed = freshSeed();
  values.variables = &strand.variables;
  values.groups = strand.groups;
  values.secret = settings_.secret;
  if (session == nullptr || session->isListener()) return values;
  const SessionLink::Ends ends = session->link().ends();
  values.peerAddress = ends.peerAddress;
  values.peerPort = ends.peerPort;
  values.localAddress = ends.localAddress;
  values.localPort = ends.localPort;
  return values;
}

Result<Endpoint> RunLoop::endpointOf(const Strand& strand, const std::string& text) const {
  const auto filled = fillFields(text, fieldsOf(strand, nullptr));
  if (!filled) return std::unexpected(filled.error());
  return Endpoint::parse(*filled);
}

Result<std::vector<OptionSetting>> RunLoop::optionsOf(const Strand& strand,
                                                      const ScenarioEndpoint& endpoint) const {
  std::vector<OptionSetting> options;
  for (const std::string& text : endpoint.options) {
    const auto filled = fillFields(text, fieldsOf(strand, nullptr));
    if (!filled) return std::unexpected(filled.error());
    const auto option = OptionSetting::parse(*filled);
    if (!option) return std::unexpected(option.error());
    options.push_back(*option);
  }
  return options;
}

Acted RunLoop::beginListen(Strand& strand, Doing& doing) {
  const ScenarioEndpoint& endpoint = *scenario_.endpoint(doing.step->target);
  ListenSpec spec;
  const auto where = endpointOf(strand, endpoint.endpoint);
  if (!where) return failedBy("the endpoint \"" + endpoint.name + "\"", where.error());
  auto options = optionsOf(strand, endpoint);
  if (!options) return failedBy("an option of \"" + endpoint.name + "\"", options.error());
  spec.endpoint = *where;
  spec.options = std::move(*options);
  spec.backlog = endpoint.backlog;
  spec.rules.responder = endpoint.responder;
  const std::uint32_t number = ++lastListener_;
  if (endpoint.responder == Responder::none) {
    spec.rules.stayHalfOpen = true;
    spec.rules.agents = std::make_shared<const AgentMakers>(
        AgentMakers{[mailbox = mailbox_, held = held_, most = endpoint.bufferBytes, number] {
          return std::make_shared<SessionLink>(mailbox, held, most, number);
        }});
  }
  doing.session = &addSession(std::make_unique<RunSession>(engine_.listen(std::move(spec))));
  listeners_.emplace(number, doing.session);
  giveTo(strand, *doing.step, *doing.session);
  return Acted::pending();
}

Acted RunLoop::listen(Strand& strand, Doing& doing) {
  if (doing.session == nullptr) {
    Acted begun = beginListen(strand, doing);
    if (begun.state != Acted::State::pending) return begun;
  }
  const auto now = doing.session->snapshot(engine_);
  if (now && now->state == SessionState::listening) {
    const std::string& name = doing.session->name;
    if (now->local.isIp()) {
      strand.variables[name + ".port"] = std::to_string(now->local.port());
      strand.variables[name + ".address"] = hostOfListener(now->local);
    }
    return Acted::held("listens on " + now->local.text());
  }
  if (now && now->state == SessionState::failed && now->error)
    return failedBy("cannot listen on " + now->target, *now->error);
  if (Clock::now() >= doing.deadline) return Acted::failed("it does not listen yet");
  wakeAt(strand, Clock::now() + kBetweenLooks);
  return Acted::pending();
}

Acted RunLoop::accept(Strand& strand, Doing& doing) {
  RunSession* listener = strand.session(doing.step->target);
  if (listener == nullptr || !listener->isListener())
    return Acted::failed("\"" + doing.step->target + "\" does not listen");
  if (!listener->accepted.empty()) {
    doing.session = listener->accepted.front();
    listener->accepted.pop_front();
    giveTo(strand, *doing.step, *doing.session);
    return Acted::held("accepted " + doing.session->link().ends().peerText);
  }
  if (Clock::now() >= doing.deadline) return Acted::failed("nobody has connected");
  return waitFor(strand, *listener);
}

// An endpoint that listens: where it listens, if it does by now.
Result<Endpoint> RunLoop::placeOf(const Strand& strand, const ScenarioEndpoint& endpoint) const {
  const RunSession* listener = endpoint.listens ? strand.session(endpoint.name) : nullptr;
  const auto now = listener != nullptr ? engine_.snapshot(listener->id()) : std::nullopt;
  auto place = endpointOf(strand, endpoint.endpoint);
  if (!place || !now || !now->local.isIp()) return place;
  place->host = hostOfListener(now->local);
  place->service = std::to_string(now->local.port());
  return place;
}

Acted RunLoop::beginConnect(Strand& strand, Doing& doing) {
  const ScenarioStep& step = *doing.step;
  const ScenarioEndpoint* endpoint = scenario_.endpoint(step.target);
  ConnectSpec spec;
  const auto where = endpoint != nullptr ? placeOf(strand, *endpoint) : endpointOf(strand, step.target);
  if (!where) return failedBy("the endpoint", where.error());
  spec.endpoint = *where;
  spec.timeout = step.within.value_or(scenario_.timeLimit);
  doing.deadline += kAfterTheEngines;
  if (endpoint != nullptr && !endpoint->listens) {
    auto options = optionsOf(strand, *endpoint);
    if (!options) return failedBy("an option of \"" + endpoint->name + "\"", options.error());
    spec.options = std::move(*options);
    if (!endpoint->bind.empty()) {
      const auto bind = bindOf(strand, *endpoint, spec.endpoint.transport);
      if (!bind) return failedBy("the local end", bind.error());
      spec.bind = *bind;
    }
  }
  const std::size_t most = endpoint != nullptr ? endpoint->bufferBytes : ScenarioEndpoint().bufferBytes;
  const auto link = std::make_shared<SessionLink>(mailbox_, held_, most, 0);
  spec.rules.stayHalfOpen = true;
  spec.rules.agents = only(link);
  doing.session = &addSession(std::make_unique<RunSession>(link, engine_.connect(std::move(spec))));
  giveTo(strand, step, *doing.session);
  return Acted::pending();
}

// "127.0.0.1:0", or a path.
Result<Endpoint> RunLoop::bindOf(const Strand& strand, const ScenarioEndpoint& endpoint,
                                 Transport transport) const {
  const auto text = fillFields(endpoint.bind, fieldsOf(strand, nullptr));
  if (!text) return std::unexpected(text.error());
  if (isUnixTransport(transport)) return Endpoint::fromParts(transport, *text, {});
  return Endpoint::parse(std::string(transportName(transport)) + "://" + *text);
}

Acted RunLoop::connect(Strand& strand, Doing& doing) {
  if (doing.session == nullptr) {
    Acted begun = beginConnect(strand, doing);
    if (begun.state != Acted::State::pending) return begun;
  }
  const std::string& fails = doing.step->fails;
  if (doing.session->hasOpened()) {
    if (!fails.empty()) return Acted::failed("it connected instead of failing with " + fails);
    return Acted::held("connected to " + doing.session->link().ends().peerText);
  }
  if (const auto& last = doing.session->last()) {
    const std::string symbol = last->error ? last->error->symbol() : "";
    if (!fails.empty() && symbol == fails) return Acted::held("failed with " + symbol);
    if (!last->error) return Acted::failed("there was no connection: " + last->stateText());
    return failedBy("cannot connect", *last->error);
  }
  if (Clock::now() >= doing.deadline) return Acted::failed("there is no connection yet");
  return waitFor(strand, *doing.session);
}

Acted RunLoop::order(Strand& strand, Doing& doing) {
  const ScenarioStep& step = *doing.step;
  doing.session = strand.session(step.on);
  if (doing.session == nullptr) return noSession(step.on);
  const SessionId id = doing.session->id();
  if (doing.session->isListener() && step.verb != Verb::close)
    return Acted::failed("\"" + step.on + "\" listens; it can only be closed");
  switch (step.verb) {
    case Verb::close:
      engine_.close(id);
      return Acted::held("closed");
    case Verb::halfClose:
      engine_.halfClose(id);
      return Acted::held("closed our side");
    case Verb::reset:
      engine_.reset(id);
      return Acted::held("reset");
    default:
      return holdReading(strand, doing);
  }
}

// Over when the session's worker has done it, so that nothing is received any more behind the step.
Acted RunLoop::holdReading(Strand& strand, Doing& doing) {
  const bool stops = doing.step->verb == Verb::stopReading;
  if (doing.rounds++ == 0) doing.session->link().stopReading(stops, engine_);
  if (doing.session->link().isStopped() == stops) return Acted::held(stops ? "reads no more" : "reads again");
  if (doing.session->last()) return Acted::failed("the session is over");
  if (Clock::now() >= doing.deadline) return Acted::failed("it was not done yet");
  return waitFor(strand, *doing.session);
}

Acted RunLoop::noSession(const std::string& name) {
  return Acted::failed(name.empty() ? "there is no session yet" : "there is no session \"" + name + "\" yet");
}

}  // namespace sockbench
