// AnswerRule: when something is received, then something is done. Plain data, as it is written and saved.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "core/automation/session_step.h"

namespace sockbench {

struct AnswerRule {
  enum class When : std::uint8_t {
    connected,   // the session has opened
    any,         // something was received
    matches,     // `pattern` is found in what was received
    length,      // a receive of `least` to `most` bytes
    nth,         // the `count`-th receive of the session, from 1; `every`: each count-th
    silence,     // nothing was received for `time`
    peerClosed,  // the peer has closed its side
  };
  std::string name;
  bool enabled = true;
  When when = When::any;
  PatternSpec pattern;
  std::size_t least = 0;
  std::size_t most = SIZE_MAX;
  std::uint64_t count = 1;
  bool every = false;
  std::chrono::nanoseconds time{0};
  bool last = false;  // no rule after this one is looked at when this one has matched
  std::vector<SessionStep> steps;
  bool operator==(const AnswerRule&) const = default;
};

// What a session answers: the rules in their order, and the sequences they run.
struct AnswerBook {
  std::vector<AnswerRule> rules;
  std::vector<Sequence> sequences;
  // Answers (rules that matched and sent) a second and session; beyond it the rules of the session rest until
  // the second is over, and after `mostPauses` such seconds without a second of calm they stop for good: two
  // programs that answer each other. Both are told. 0: no bound.
  std::uint32_t mostPerSecond = 200;
  std::uint32_t mostPauses = 5;
  bool operator==(const AnswerBook&) const = default;
};

}  // namespace sockbench
