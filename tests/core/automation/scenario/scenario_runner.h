// A scenario given as text, run to its end on an engine of its own.
#pragma once

#include <QByteArray>
#include <QTest>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "core/automation/scenario/scenario_run.h"
#include "core/engine/engine.h"

namespace sockbench::test {

// What a run has told, in words: "+send" began, "send" held, "!send" failed, "~send" was stopped.
class ToldSteps : public ScenarioObserver {
 public:
  void stepBegan(const StepBegun& begun) override { add("+" + verb(begun)); }
  void stepEnded(const StepOutcome& outcome) override {
    const char* mark = outcome.verdict == StepOutcome::Verdict::failed    ? "!"
                       : outcome.verdict == StepOutcome::Verdict::stopped ? "~"
                                                                          : "";
    add(mark + verb(outcome.begun));
    const std::scoped_lock lock(mutex_);
    outcomes_.push_back(outcome);
  }
  void waitsBefore(const StepBegun& begun) override { add("?" + verb(begun)); }
  void stateChanged(ScenarioRunState state) override {
    static constexpr std::string_view names[] = {"ready", "running", "paused", "ended"};
    add("(" + std::string(names[static_cast<std::size_t>(state)]) + ")");
  }

  std::string text() const {
    const std::scoped_lock lock(mutex_);
    return text_;
  }
  std::vector<StepOutcome> outcomes() const {
    const std::scoped_lock lock(mutex_);
    return outcomes_;
  }

 private:
  static std::string verb(const StepBegun& begun) {
    return begun.step != nullptr ? std::string(verbName(begun.step->verb)) : "expectation";
  }
  void add(const std::string& word) {
    const std::scoped_lock lock(mutex_);
    text_ += (text_.empty() ? "" : " ") + word;
  }

  mutable std::mutex mutex_;
  std::string text_;
  std::vector<StepOutcome> outcomes_;
};

inline ScenarioPtr scenarioOf(const std::string& text) {
  const auto scenario = readScenario("version = 1\n" + text, "test.toml");
  if (!scenario) qWarning("%s", scenario.error().line().c_str());
  return scenario ? *scenario : nullptr;
}

// Outcomes point into their scenarios, which are kept here until the end.
inline std::vector<ScenarioPtr>& keptScenarios() {
  static std::vector<ScenarioPtr> kept;
  return kept;
}

// nullopt: it cannot be read, or did not end.
inline std::optional<ScenarioOutcome> runToEnd(const std::string& text, ScenarioSettings settings = {},
                                               ToldSteps* told = nullptr) {
  const ScenarioPtr scenario = scenarioOf(text);
  if (!scenario) return std::nullopt;
  keptScenarios().push_back(scenario);
  Engine engine;
  ToldSteps unread;
  ScenarioRun run(engine, scenario, std::move(settings), told != nullptr ? told : &unread);
  run.start();
  if (!QTest::qWaitFor([&] { return run.outcome().has_value(); }, 60'000)) return std::nullopt;
  return run.outcome();
}

// What failed, in words; empty: nothing did.
inline std::string failureOf(const std::optional<ScenarioOutcome>& outcome) {
  if (!outcome) return "it did not end";
  std::string text = outcome->problem;
  for (const StepOutcome& failure : outcome->failures) {
    text += (text.empty() ? "" : "; ") + std::string("line ") + std::to_string(failure.begun.place().line) +
            ": " + failure.problem;
    if (!failure.expected.empty()) text += ", expected " + failure.expected + ", came " + failure.came;
  }
  return text;
}

}  // namespace sockbench::test
