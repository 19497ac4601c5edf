// What came of a scenario and of its steps.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/automation/scenario/scenario.h"
#include "core/base/error.h"
#include "core/base/ids.h"

namespace sockbench {

// A step that is about to be done, or has been. A step in a loop or of several clients is done several times.
struct StepBegun {
  // In the run's scenario, as long as that lives. nullptr: it is an expectation of the whole ...
  const ScenarioStep* step = nullptr;
  const ScenarioState* state = nullptr;  // ... which is this one
  std::uint64_t number = 0;              // of this doing within the run, from 1
  std::uint64_t client = 0;              // of `parallel`, from 1; 0: none
  std::chrono::nanoseconds began{0};     // since the run began

  TomlPlace place() const { return step ? step->place : state->place; }
};

struct StepOutcome {
  enum class Verdict : std::uint8_t { held, failed, stopped };  // stopped: the run was, before it was over
  StepBegun begun;
  Verdict verdict = Verdict::held;
  std::chrono::nanoseconds elapsed{0};
  SessionId session;        // that it acted on; 0: none
  std::string sessionName;  // as the scenario calls it
  std::string remark;       // what was done: "sent 6 bytes", "listens on 127.0.0.1:40001"; bounded, safe
  // failed: what is wrong, a sentence without a full stop, bounded and safe. Empty: a step within it has
  // failed, and was told.
  std::string problem;
  std::optional<Error> error;  // the kernel's or the resolver's, where that is what is wrong
  // Of expectations that failed: one line each, bounded and safe, and both beside each other in hex and text,
  // several lines, with the first difference marked. Empty: there is nothing to compare.
  std::string expected;
  std::string came;
  std::string difference;

  bool held() const { return verdict == Verdict::held; }
};

struct ScenarioOutcome {
  using Verdict = StepOutcome::Verdict;
  Verdict verdict = Verdict::held;
  std::chrono::nanoseconds elapsed{0};
  std::uint64_t stepsDone = 0;  // as often as they were done
  std::uint64_t stepsFailed = 0;
  std::size_t stepsNever = 0;         // written steps and expectations that were never begun
  std::uint64_t sessions = 0;         // opened or accepted
  std::vector<StepOutcome> failures;  // the first 100 that have a problem of their own
  std::string problem;                // failed without a step: a variable of the file, most-time, most-steps
  std::optional<Error> error;         // what is behind it, where there is something
};

std::string_view verdictName(StepOutcome::Verdict verdict);  // "held", "failed", "stopped"

}  // namespace sockbench
