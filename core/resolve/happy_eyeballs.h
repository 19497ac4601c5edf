// Happy Eyeballs: in which order, and when, a client that races IPv6 against IPv4 tries the addresses of a
// host, and with which of them it ends (RFC 8305). Pure functions: nothing is connected here. Thread: any.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "core/net/socket_address.h"

namespace sockbench {

struct HappyEyeballsRules {
  std::size_t firstFamilyCount = 1;  // "First Address Family Count" (section 4), at least 1
  std::chrono::nanoseconds attemptDelay =
      std::chrono::milliseconds(250);  // "Connection Attempt Delay" (sections 5 and 8), recommended
};

// Section 4: the places of `addresses` (in getaddrinfo's order, so sorted by RFC 6724) in the order of the
// attempts. The family of the first address begins with `firstFamilyCount` of its own; then the families take
// turns until one has no more, and the rest follows. Within a family the order stays.
std::vector<std::size_t> happyEyeballsOrder(std::span<const SocketAddress> addresses,
                                            const HappyEyeballsRules& rules = {});

// How long an attempt takes, from its own beginning; neither: it is not known (yet) or never ends.
struct AttemptCourse {
  std::optional<std::chrono::nanoseconds> connected;
  std::optional<std::chrono::nanoseconds> failed;
};

struct AttemptPlan {
  std::chrono::nanoseconds begins{};  // after the first attempt's beginning
  bool needed = true;                 // false: by then another has connected, so it would never begin
};

struct HappyEyeballsCourse {
  std::vector<AttemptPlan> attempts;              // of each of `attempts`
  std::optional<std::size_t> winner;              // the first that connects; nullopt: none does
  std::optional<std::chrono::nanoseconds> after;  // when it does, after the first attempt's beginning
};

// Section 5, with attempts in the order in which they are made: the next one begins `attemptDelay` after the
// one before it, or, as clients usually have it, as soon as that has failed; none is given up before one has
// connected.
HappyEyeballsCourse happyEyeballsCourse(std::span<const AttemptCourse> attempts,
                                        const HappyEyeballsRules& rules = {});

}  // namespace sockbench
