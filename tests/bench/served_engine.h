// ServedEngine: an engine as the window runs it (its number of workers, its log), with the one reader that
// the engine's news need, and a door that can be held shut.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "core/engine/engine.h"

namespace bench {

class ServedEngine {
 public:
  ServedEngine();

  // The listener's id; it is listening when this returns.
  sockbench::SessionId listen(const std::string& endpoint, sockbench::SessionRules rules = {},
                              int backlog = 128);
  std::uint16_t portOf(sockbench::SessionId listener) const;
  sockbench::SessionSnapshot now(sockbench::SessionId id) const;
  sockbench::SessionId lastChildOf(sockbench::SessionId listener) const;  // none when there is none

  // Sessions that become ready from now on are not read, and listeners accept nobody, until let go.
  void hold();
  void letGo();

  // Takes the news meanwhile, as a window does. Fails after kPatience with `what`. `step`: how often it
  // looks.
  void waitUntil(const std::string& what, const std::function<bool()>& condition,
                 std::chrono::microseconds step = std::chrono::milliseconds(1));

  sockbench::Engine& engine() { return engine_; }

 private:
  std::atomic<bool> open_{true};
  sockbench::Engine engine_;
};

}  // namespace bench
