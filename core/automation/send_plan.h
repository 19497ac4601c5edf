// SendPlan: how a message goes: once, repeatedly, in pieces, on an event. Plain data, as it is written and
// saved.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/automation/session_step.h"

namespace sockbench {

struct SendPlan {
  enum class Start : std::uint8_t { now, connected, received };  // received: each time `match` is received
  Start start = Start::now;
  PatternSpec match;

  std::uint64_t count = 1;               // messages; 0: until it is stopped
  std::chrono::nanoseconds interval{0};  // from one message's time to the next's; 0: as fast as they go
  std::chrono::nanoseconds jitter{0};    // each is up to so much later or earlier, at random
  std::optional<std::chrono::nanoseconds> duration;  // ends it; nullopt: not by time
  std::optional<PatternSpec> until;                  // received: ends it
  std::uint64_t bytesPerSecond = 0;                  // 0: no bound

  std::size_t pieceBytes = 0;            // a message goes in pieces of so many bytes; 0: whole
  std::chrono::nanoseconds pieceGap{0};  // between two pieces
  bool operator==(const SendPlan&) const = default;

  bool isOnce() const { return *this == SendPlan{}; }
};

}  // namespace sockbench
