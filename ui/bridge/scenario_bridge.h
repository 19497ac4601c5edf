// ScenarioBridge: one run of a scenario at a time, on the window's engine. What its thread tells is gathered
// by written step, so that thousands of clients cost no more than the text is long, and is told here at most
// once in kTellInterval. Idle, it runs no timer. Thread: gui.
#pragma once

#include <QList>
#include <QObject>
#include <QTimer>
#include <chrono>
#include <memory>
#include <optional>
#include <vector>

#include "core/automation/scenario/scenario_run.h"
#include "ui/bridge/news_door.h"

namespace sockbench::ui {

class EngineBridge;

// What has become of one written step, or expectation of the whole, in all of its doings.
struct ScenarioTally {
  std::uint64_t began = 0;
  std::uint64_t held = 0;
  std::uint64_t failed = 0;
  std::uint64_t stopped = 0;
  std::chrono::nanoseconds elapsed{0};  // of the doing that ended last
  QString remark{};                     // of the same: what was done, or what is wrong

  bool isRunning() const { return began > held + failed + stopped; }
};

class ScenarioBridge : public QObject {
  Q_OBJECT
 public:
  static constexpr std::chrono::milliseconds kTellInterval{33};

  explicit ScenarioBridge(EngineBridge* engine, QObject* parent = nullptr);  // the engine outlives it
  ~ScenarioBridge() override;  // stops what runs, and waits until everything of it is closed

  // Only while !isRunning().
  void start(ScenarioPtr scenario, ScenarioSettings settings);
  // Ignored where they mean nothing. See ScenarioRun for each.
  void pause();
  void resume();
  void step();
  void stop();

  bool isRunning() const;                                    // paused is running, too
  ScenarioRunState state() const { return state_; }          // as it was told last
  const ScenarioPtr& scenario() const { return scenario_; }  // of the running or the last run; nullptr: none
  // Steps by their index, then the expectations of the whole in their order.
  const std::vector<ScenarioTally>& tallies() const { return tallies_; }
  // The step that comes next (paused), or that began last. nullopt: none yet.
  std::optional<std::size_t> current() const { return current_; }
  std::uint64_t stepsEnded() const { return stepsEnded_; }
  const std::optional<ScenarioOutcome>& outcome() const { return outcome_; }  // nullopt: it has not ended

 signals:
  void started();
  void stateChanged();                             // state()
  void tallied(const QList<std::size_t>& places);  // of tallies(), and perhaps current()
  void ended();                                    // outcome(); the last of a run

 private:
  struct News;

  void look();
  void take();

  EngineBridge* engine_;
  std::shared_ptr<NewsDoor> door_;
  QTimer rest_;
  ScenarioPtr scenario_;
  std::unique_ptr<News> news_;  // before the run, which tells it
  std::unique_ptr<ScenarioRun> run_;
  ScenarioRunState state_ = ScenarioRunState::ready;
  std::vector<ScenarioTally> tallies_;
  std::optional<std::size_t> current_;
  std::uint64_t stepsEnded_ = 0;
  std::optional<ScenarioOutcome> outcome_;
};

}  // namespace sockbench::ui
