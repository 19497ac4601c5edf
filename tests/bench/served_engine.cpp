#include "served_engine.h"

#include <thread>

#include "child.h"
#include "loopback.h"
#include "report.h"

namespace bench {

using sockbench::SessionId;
using sockbench::SessionSnapshot;
using sockbench::SessionState;

ServedEngine::ServedEngine()
    : engine_({.workers = 0, .log = {}, .wake = {}, .mayReceive = [this] { return open_.load(); }}) {}

SessionId ServedEngine::listen(const std::string& endpoint, sockbench::SessionRules rules, int backlog) {
  sockbench::ListenSpec spec;
  spec.endpoint = sockbench::Endpoint::parse(endpoint).value();
  spec.rules = std::move(rules);
  spec.backlog = backlog;
  const SessionId id = engine_.listen(std::move(spec));
  waitUntil("the engine listens on " + endpoint, [&] { return now(id).state == SessionState::listening; });
  return id;
}

std::uint16_t ServedEngine::portOf(SessionId listener) const {
  return now(listener).local.port();
}

SessionSnapshot ServedEngine::now(SessionId id) const {
  return engine_.snapshot(id).value_or(SessionSnapshot());
}

SessionId ServedEngine::lastChildOf(SessionId listener) const {
  SessionId last;
  for (const SessionSnapshot& session : engine_.snapshots())
    if (session.parent == listener) last = session.id;
  return last;
}

void ServedEngine::hold() {
  open_ = false;
}

void ServedEngine::letGo() {
  open_ = true;
  engine_.resumeReceiving();
}

void ServedEngine::waitUntil(const std::string& what, const std::function<bool()>& condition,
                             std::chrono::microseconds step) {
  const auto start = Clock::now();
  while (!condition()) {
    if (Clock::now() - start > kPatience) fail("did not happen in time: " + what);
    engine_.events().drain();
    std::this_thread::sleep_for(step);
  }
}

}  // namespace bench
