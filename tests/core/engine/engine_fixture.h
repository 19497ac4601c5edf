// What the engine's tests share: an engine whose news is collected, and its timeline as plain text.
#pragma once

#include <QElapsedTimer>
#include <QTest>
#include <algorithm>
#include <chrono>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/engine/engine.h"

namespace sockbench::test {

// Waits, spinning Qt's event loop, until `condition` holds; false after `seconds`.
template <class Condition>
bool waitFor(Condition condition, int seconds = 20) {
  return QTest::qWaitFor(condition, seconds * 1000);
}

class EngineFixture {
 public:
  // `mayReceive`: see EngineSettings.
  explicit EngineFixture(unsigned workers = 4, std::function<bool()> mayReceive = {})
      : engine_({.workers = workers, .log = {}, .wake = {}, .mayReceive = std::move(mayReceive)}) {}

  Engine& engine() { return engine_; }

  SessionId listen(std::string_view endpoint, SessionRules rules = {}, std::size_t maxSessions = 0) {
    ListenSpec spec;
    spec.endpoint = Endpoint::parse(endpoint).value();
    spec.rules = std::move(rules);
    spec.maxSessions = maxSessions;
    return engine_.listen(std::move(spec));
  }

  SessionId connect(std::string_view endpoint, SessionRules rules = {}) {
    ConnectSpec spec;
    spec.endpoint = Endpoint::parse(endpoint).value();
    spec.rules = std::move(rules);
    return engine_.connect(std::move(spec));
  }

  SessionSnapshot now(SessionId id) { return engine_.snapshot(id).value_or(SessionSnapshot()); }

  bool waitForState(SessionId id, SessionState state) {
    return waitFor([&] { return now(id).state == state; });
  }

  // Listens and answers the port, 0 when it failed.
  std::uint16_t portOf(SessionId listener) {
    waitFor([&] {
      return now(listener).state != SessionState::idle && now(listener).state != SessionState::resolving;
    });
    return now(listener).local.port();
  }

  // The first session that `listener` accepted; none if there is none in time.
  SessionId childOf(SessionId listener) {
    SessionId child;
    waitFor([&] {
      for (const SessionSnapshot& s : engine_.snapshots())
        if (s.parent == listener && s.state != SessionState::idle) child = s.id;
      return static_cast<bool>(child);
    });
    return child;
  }

  // "connecting connected out in half-closed(peer) closed(peer)": the kinds of a session's rows, in order.
  std::string story(SessionId id) {
    std::string text;
    for (const LogRow& row : rows(id)) {
      text += (text.empty() ? "" : " ") + std::string(recordKindName(row.record.kind));
      if (row.record.by != Party::none) text += "(" + std::string(partyName(row.record.by)) + ")";
    }
    return text;
  }

  std::vector<LogRow> rows(SessionId id) {
    std::vector<LogRow> all;
    engine_.log().read(engine_.log().first(), static_cast<std::size_t>(engine_.log().end()), all);
    std::erase_if(all, [&](const LogRow& row) { return row.record.session != id; });
    return all;
  }

  // Everything that went one way in a session, joined.
  std::string bytes(SessionId id, RecordKind kind) {
    std::string joined;
    for (const LogRow& row : rows(id))
      if (row.record.kind == kind) joined += asChars(row.payload.bytes);
    return joined;
  }

  // The symbol of the session's last error row, "" if it has none.
  std::string lastErrorSymbol(SessionId id) {
    std::string symbol;
    for (const LogRow& row : rows(id))
      if (row.record.kind == RecordKind::error)
        if (const auto error = decodeEventDetail(row.payload.bytes).error) symbol = error->symbol();
    return symbol;
  }

 private:
  Engine engine_;
};

}  // namespace sockbench::test
