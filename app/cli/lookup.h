// A look-up that a signal can end.
#pragma once

#include <functional>
#include <optional>
#include <utility>

#include "app/cli/stop_signals.h"
#include "core/resolve/resolver.h"

namespace sockbench::cli {

// Runs the look-up that `start` begins and waits for it. nullopt: SIGINT or SIGTERM came first. Thread: main.
template <class T>
std::optional<LookupOutcome<T>> awaitLookup(
    const std::function<void(Resolver&, std::function<void(LookupOutcome<T>)>)>& start) {
  StopSignals signals;
  std::optional<LookupOutcome<T>> outcome;
  Resolver resolver(1);
  start(resolver, [&](LookupOutcome<T> done) {
    outcome = std::move(done);
    signals.notify();
  });
  if (signals.wait() == StopSignals::Woken::signalled) return std::nullopt;
  return outcome;
}

}  // namespace sockbench::cli
