// ScenarioRun: a scenario being done, once, on an engine.
//
//   ScenarioRun run(engine, *readScenario(text, path), {}, &observer);
//   run.start();
//   run.waitUntilEnded();
//
// All of it happens on one thread of its own, in strands: the scenario itself, and each client of `parallel`.
// A strand is data, so that thousands cost no thread. What a session receives is kept for its `expect`s from
// the first byte on, up to the endpoint's `buffer`; then the peer is slowed. A strand ends with its first
// step that fails; the scenario with its own. What it has opened is closed when it ends. The engine's
// timeline has it all; its events() are not touched.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "core/automation/scenario/scenario.h"
#include "core/automation/scenario/scenario_outcome.h"
#include "core/engine/engine.h"

namespace sockbench {

struct ScenarioSettings {
  std::map<std::string, std::string, std::less<>> variables;  // instead of the file's; others are ignored
  bool paused = false;                                        // it begins paused, before its first step
  double speed = 1.0;  // `wait` steps are so many times shorter; 0: no waiting. Time limits stay
  std::chrono::nanoseconds mostTime{0};                                // besides the scenario's own; 0: none
  std::function<Result<std::string>(std::string_view name)> secret{};  // see FieldValues
};

enum class ScenarioRunState : std::uint8_t { ready, running, paused, ended };

// Told by the run's thread, in the order in which things happen. Members must not block, and must not destroy
// the run; its controls may be called. Thousands of clients tell thousands of steps: gather them.
class ScenarioObserver {
 public:
  virtual ~ScenarioObserver() = default;
  virtual void stateChanged(ScenarioRunState state) { static_cast<void>(state); }
  // Paused: this step is next. Told once for each pause, at most.
  virtual void waitsBefore(const StepBegun& step) { static_cast<void>(step); }
  virtual void stepBegan(const StepBegun& step) { static_cast<void>(step); }
  // Steps with steps within them end after these.
  virtual void stepEnded(const StepOutcome& outcome) { static_cast<void>(outcome); }
  virtual void ended(const ScenarioOutcome& outcome) { static_cast<void>(outcome); }  // the last call
};

class ScenarioRun {
 public:
  // `engine` and `observer` (nullptr: none) outlive it. Nothing is done before start().
  ScenarioRun(Engine& engine, ScenarioPtr scenario, ScenarioSettings settings = {},
              ScenarioObserver* observer = nullptr);
  ~ScenarioRun();  // stops it and waits for its thread
  ScenarioRun(const ScenarioRun&) = delete;
  ScenarioRun& operator=(const ScenarioRun&) = delete;

  // Thread: any, for all of these.
  void start();  // once; EAGAIN as the outcome's error where no thread can be had
  void pause();  // before the next step of any strand; what has begun goes on, and so do its time limits
  void resume();
  void step();  // paused: one step begins, of the strand that has waited longest
  void stop();  // what is under way is given up; everything is closed

  ScenarioRunState state() const;
  void waitUntilEnded();                           // returns at once if start() was never called
  std::optional<ScenarioOutcome> outcome() const;  // nullopt: it has not ended
  const ScenarioPtr& scenario() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sockbench
