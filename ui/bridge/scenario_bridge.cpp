#include "ui/bridge/scenario_bridge.h"

#include <mutex>
#include <utility>

#include "core/payload/visible_text.h"
#include "ui/bridge/core_types.h"
#include "ui/bridge/engine_bridge.h"

namespace sockbench::ui {

// Where the run's thread leaves what it tells.
struct ScenarioBridge::News final : ScenarioObserver {
  News(std::shared_ptr<NewsDoor> where, const Scenario& scenario)
      : door(std::move(where)),
        states(scenario.expectations.data()),
        stepCount(scenario.stepCount),
        tallies(scenario.stepCount + scenario.expectations.size()),
        isChanged(tallies.size(), false) {}

  void stateChanged(ScenarioRunState now) override {
    tell([&] { state = now; });
  }
  void waitsBefore(const StepBegun& step) override {
    tell([&] { current = placeOf(step); });
  }
  void stepBegan(const StepBegun& step) override {
    tell([&] {
      current = placeOf(step);
      ++touch(*current).began;
    });
  }
  void stepEnded(const StepOutcome& step) override {
    tell([&] {
      ScenarioTally& tally = touch(placeOf(step.begun));
      const bool hasFailed = step.verdict == StepOutcome::Verdict::failed;
      (step.held() ? tally.held : hasFailed ? tally.failed : tally.stopped)++;
      tally.elapsed = step.elapsed;
      // Of many doings one that failed is worth more than those that held.
      if (tally.failed == 0 || hasFailed) tally.remark = toQString(hasFailed ? step.problem : step.remark);
      ++stepsEnded;
    });
  }
  void ended(const ScenarioOutcome& all) override {
    tell([&] { outcome = all; });
  }

  template <class Change>
  void tell(Change change) {
    {
      const std::lock_guard lock(mutex);
      change();
    }
    door->knock();
  }
  std::size_t placeOf(const StepBegun& step) const {
    return step.step ? step.step->index : stepCount + static_cast<std::size_t>(step.state - states);
  }
  ScenarioTally& touch(std::size_t place) {
    if (!isChanged[place]) changed.append(place);
    isChanged[place] = true;
    return tallies[place];
  }

  const std::shared_ptr<NewsDoor> door;
  const ScenarioState* const states;
  const std::size_t stepCount;
  std::mutex mutex;
  ScenarioRunState state = ScenarioRunState::ready;
  std::vector<ScenarioTally> tallies;
  std::vector<bool> isChanged;
  QList<std::size_t> changed;
  std::optional<std::size_t> current;
  std::uint64_t stepsEnded = 0;
  std::optional<ScenarioOutcome> outcome;
};

ScenarioBridge::ScenarioBridge(EngineBridge* engine, QObject* parent)
    : QObject(parent), engine_(engine), door_(std::make_shared<NewsDoor>(this, [this] { look(); })) {
  rest_.setSingleShot(true);
  rest_.setInterval(kTellInterval);
  connect(&rest_, &QTimer::timeout, this, &ScenarioBridge::take);
}

ScenarioBridge::~ScenarioBridge() {
  door_->close();
  run_.reset();
}

void ScenarioBridge::start(ScenarioPtr scenario, ScenarioSettings settings) {
  run_.reset();  // of the last one: it has ended
  scenario_ = std::move(scenario);
  news_ = std::make_unique<News>(door_, *scenario_);
  tallies_.assign(news_->tallies.size(), {});
  current_.reset();
  outcome_.reset();
  stepsEnded_ = 0;
  state_ = settings.paused ? ScenarioRunState::paused : ScenarioRunState::running;
  run_ = engine_->makeScenarioRun(scenario_, std::move(settings), news_.get());
  emit started();
  emit stateChanged();
  run_->start();
}

bool ScenarioBridge::isRunning() const {
  return run_ != nullptr && !outcome_;
}

void ScenarioBridge::pause() {
  if (isRunning()) run_->pause();
}
void ScenarioBridge::resume() {
  if (isRunning()) run_->resume();
}
void ScenarioBridge::step() {
  if (isRunning()) run_->step();
}
void ScenarioBridge::stop() {
  if (isRunning()) run_->stop();
}

void ScenarioBridge::look() {
  if (!rest_.isActive()) take();
}

void ScenarioBridge::take() {
  if (!news_ || outcome_) return;
  QList<std::size_t> changed;
  std::optional<ScenarioOutcome> outcome;
  std::optional<std::size_t> current;
  ScenarioRunState state{};
  {
    const std::lock_guard lock(news_->mutex);
    changed = std::exchange(news_->changed, {});
    for (const std::size_t place : changed) {
      tallies_[place] = news_->tallies[place];
      news_->isChanged[place] = false;
    }
    current = news_->current;
    stepsEnded_ = news_->stepsEnded;
    state = news_->state;
    outcome = news_->outcome;
  }
  if (state == ScenarioRunState::ended && !outcome) state = state_;  // it ends with its outcome
  const bool hasMoved = std::exchange(current_, current) != current;
  if (changed.isEmpty() && !hasMoved && !outcome && state == state_) return;
  rest_.start();
  if (outcome) state = ScenarioRunState::ended;
  outcome_ = std::move(outcome);
  if (!changed.isEmpty() || hasMoved) emit tallied(changed);
  if (state != ScenarioRunState::ready && std::exchange(state_, state) != state) emit stateChanged();
  if (outcome_) emit ended();
}

}  // namespace sockbench::ui
