#include "core/automation/scenario/scenario_run.h"

#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

#include "core/automation/scenario/run/run_loop.h"

namespace sockbench {

struct ScenarioRun::Impl final : ScenarioObserver {
  Impl(Engine& theEngine, ScenarioPtr theScenario, ScenarioSettings theSettings,
       ScenarioObserver* theObserver)
      : engine(theEngine),
        scenario(std::move(theScenario)),
        settings(std::move(theSettings)),
        observer(theObserver) {
    if (settings.paused) mailbox->setPaused(true);
  }

  void stateChanged(ScenarioRunState now) override {
    if (state.exchange(now) != now && observer != nullptr) observer->stateChanged(now);
  }
  void waitsBefore(const StepBegun& step) override {
    if (observer != nullptr) observer->waitsBefore(step);
  }
  void stepBegan(const StepBegun& step) override {
    if (observer != nullptr) observer->stepBegan(step);
  }
  void stepEnded(const StepOutcome& stepOutcome) override {
    if (observer != nullptr) observer->stepEnded(stepOutcome);
  }

  void work() { end(RunLoop(engine, *scenario, settings, *this, mailbox).run()); }

  void end(ScenarioOutcome now) {
    {
      const std::scoped_lock lock(mutex);
      outcome = std::move(now);
    }
    stateChanged(ScenarioRunState::ended);
    if (observer != nullptr) observer->ended(*outcome);
    const std::scoped_lock lock(mutex);
    isOver = true;
    changed.notify_all();
  }

  Engine& engine;
  const ScenarioPtr scenario;
  const ScenarioSettings settings;
  ScenarioObserver* const observer;
  const std::shared_ptr<Mailbox> mailbox = std::make_shared<Mailbox>();
  std::atomic<ScenarioRunState> state{ScenarioRunState::ready};
  std::mutex mutex;
  std::condition_variable changed;
  bool isStarted = false;
  bool isOver = false;
  std::optional<ScenarioOutcome> outcome;
  std::thread thread;
};

ScenarioRun::ScenarioRun(Engine& engine, ScenarioPtr scenario, ScenarioSettings settings,
                         ScenarioObserver* observer)
    : impl_(std::make_unique<Impl>(engine, std::move(scenario), std::move(settings), observer)) {}

ScenarioRun::~ScenarioRun() {
  stop();
  if (impl_->thread.joinable()) impl_->thread.join();
}

void ScenarioRun::start() {
  {
    const std::scoped_lock lock(impl_->mutex);
    if (std::exchange(impl_->isStarted, true)) return;
  }
  try {
    impl_->thread = std::thread([impl = impl_.get()] { impl->work(); });
  } catch (const std::system_error&) {
    ScenarioOutcome outcome;
    outcome.verdict = ScenarioOutcome::Verdict::failed;
    outcome.problem = "there is no thread to be had";
    outcome.error = Error::fromErrno(Operation::none, EAGAIN);
    impl_->end(std::move(outcome));
  }
}

void ScenarioRun::pause() {
  impl_->mailbox->setPaused(true);
}

void ScenarioRun::resume() {
  impl_->mailbox->setPaused(false);
}

void ScenarioRun::step() {
  impl_->mailbox->askStep();
}

void ScenarioRun::stop() {
  impl_->mailbox->stop();
}

ScenarioRunState ScenarioRun::state() const {
  return impl_->state;
}

void ScenarioRun::waitUntilEnded() {
  std::unique_lock lock(impl_->mutex);
  impl_->changed.wait(lock, [this] { return impl_->isOver || !impl_->isStarted; });
}

std::optional<ScenarioOutcome> ScenarioRun::outcome() const {
  const std::scoped_lock lock(impl_->mutex);
  return impl_->isOver ? impl_->outcome : std::nullopt;
}

const ScenarioPtr& ScenarioRun::scenario() const {
  return impl_->scenario;
}

}  // namespace sockbench
