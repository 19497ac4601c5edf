// Strand: one sequence of steps under way, as data: where it is, what it knows, what it waits for. Thread:
// the run's.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/automation/scenario/run/expect_match.h"
#include "core/automation/scenario/run/run_session.h"
#include "core/automation/scenario/scenario.h"
#include "core/automation/scenario/scenario_outcome.h"
#include "core/payload/message/field_values.h"

namespace sockbench {

// What a step has come to.
struct Acted {
  enum class State : std::uint8_t { pending, held, failed, entered };  // entered: its own steps come next
  State state = State::pending;
  std::string remark{};
  std::string problem{};
  std::optional<Error> error{};
  std::string expected{};
  std::string came{};
  std::string difference{};

  static Acted pending() { return {}; }
  static Acted entered() { return {.state = State::entered}; }
  static Acted held(std::string remark) { return {.state = State::held, .remark = std::move(remark)}; }
  static Acted failed(std::string problem, std::optional<Error> error = std::nullopt) {
    return {.state = State::failed, .problem = std::move(problem), .error = std::move(error)};
  }
};

// A step (or an expectation of the whole) that has begun.
struct Doing {
  using Clock = std::chrono::steady_clock;
  const ScenarioStep* step = nullptr;
  const ScenarioState* state = nullptr;
  StepBegun begun;
  Clock::time_point since;
  Clock::time_point deadline;
  RunSession* session = nullptr;
  std::optional<ExpectMatch> match{};
  std::optional<Bytes> message{};  // send: what waits for room
  std::uint64_t rounds = 0;        // loop: begun; parallel: clients begun; others: looks
  std::uint64_t clientsOver = 0;   // parallel
  std::uint64_t clientsFailed = 0;
};

struct StepFrame {
  const std::vector<ScenarioStep>* steps = nullptr;
  std::size_t next = 0;
  std::optional<Doing> owner{};         // loop, run: whose steps these are; none: the strand's own
  RunSession* currentBefore = nullptr;  // run: what was current
};

struct Strand {
  using Clock = std::chrono::steady_clock;
  StrandId id = 0;
  Strand* parent = nullptr;
  std::uint64_t client = 0;
  Variables variables{};
  std::vector<Bytes> groups{};
  std::uint64_t sent = 0;  // messages
  std::map<std::string, RunSession*, std::less<>> names{};
  RunSession* current = nullptr;
  std::vector<RunSession*> owned{};  // a client's end closes them
  std::vector<StepFrame> frames{};
  std::optional<Doing> doing{};
  std::size_t expectation = 0;  // the next of the scenario's
  bool isQueued = false;
  bool isOver = false;
  bool hasFailed = false;
  std::optional<Clock::time_point> timer{};

  // By name, here or in a strand around it; empty name: the current one. nullptr: there is none.
  RunSession* session(std::string_view name) const;
};

}  // namespace sockbench
