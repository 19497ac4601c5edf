// ScenarioReport: what the steps of a scenario come to, as lines for people or as JSON, and gathered for
// JUnit.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/automation/scenario/scenario_run.h"

namespace sockbench::cli {

// All doings of one written step, or of one expectation.
struct StepTally {
  TomlPlace place{};
  std::string text;  // the step in words
  std::uint64_t done = 0;
  std::uint64_t stopped = 0;
  std::chrono::nanoseconds elapsed{0};  // of all together
  std::optional<StepOutcome> failure;   // the first
};

class ScenarioReport : public ScenarioObserver {
 public:
  // `grew` is called by the run's thread when there is something to take.
  ScenarioReport(ScenarioPtr scenario, bool json, std::function<void()> grew);

  // The lines since the last call. A run whose lines nobody takes waits. Thread: any.
  std::string take();
  bool isOver() const;
  bool waitUntilOver(std::chrono::milliseconds most);  // false: it is not

  // Once it is over.
  const ScenarioOutcome& outcome() const { return outcome_; }
  const Scenario& scenario() const { return *scenario_; }
  // In the order of the file: steps of the scenario and of its sequences that were done, the expectations;
  // steps that were never begun, too.
  std::vector<StepTally> tallies() const;

  void stepEnded(const StepOutcome& outcome) override;
  void ended(const ScenarioOutcome& outcome) override;

 private:
  void tally(const StepOutcome& outcome);
  std::string stepLine(const StepOutcome& outcome) const;
  std::string stepJson(const StepOutcome& outcome) const;
  std::string summaryLine() const;
  std::string summaryJson() const;
  void add(const std::string& text);

  const ScenarioPtr scenario_;
  const bool json_;
  const std::function<void()> grew_;
  std::vector<StepTally> steps_;         // by index
  std::vector<StepTally> expectations_;  // in their order
  ScenarioOutcome outcome_;
  std::uint64_t clientFailures_ = 0;

  mutable std::mutex mutex_;
  std::condition_variable taken_;
  std::condition_variable over_;
  std::string text_;
  bool isOver_ = false;
};

}  // namespace sockbench::cli
