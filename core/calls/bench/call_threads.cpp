#include "core/calls/bench/call_threads.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

#include "core/calls/bench/interrupt_signal.h"

namespace sockbench {
namespace {

constexpr std::chrono::seconds kIdleTime{5};

}  // namespace

struct CallThreads::State {
  std::mutex mutex;
  std::condition_variable wake;   // a job, or the end
  std::condition_variable ended;  // a thread has
  std::deque<std::function<void()>> jobs;
  std::size_t idle = 0;
  std::size_t threads = 0;
  bool isOver = false;

  // The next job of an idle thread; empty: it has to end.
  std::function<void()> next() {
    std::unique_lock lock(mutex);
    ++idle;
    wake.wait_for(lock, kIdleTime, [this] { return !jobs.empty() || isOver; });
    --idle;
    if (!jobs.empty()) {
      std::function<void()> job = std::move(jobs.front());
      jobs.pop_front();
      return job;
    }
    --threads;
    ended.notify_all();
    return {};
  }
};

CallThreads::CallThreads() : state_(std::make_shared<State>()) {}

CallThreads::~CallThreads() {
  const std::lock_guard lock(state_->mutex);
  state_->isOver = true;
  state_->wake.notify_all();
}

void CallThreads::work(const std::shared_ptr<State>& state, std::function<void()> job) {
  beginInterruptibleThread();
  while (job) {
    job();
    job = {};
    job = state->next();
  }
}

bool CallThreads::run(std::function<void()> job) {
  const std::lock_guard lock(state_->mutex);
  if (state_->idle > state_->jobs.size()) {
    state_->jobs.push_back(std::move(job));
    state_->wake.notify_one();
    return true;
  }
  try {
    std::thread(&CallThreads::work, state_, std::move(job)).detach();
  } catch (const std::system_error&) {
    return false;
  }
  ++state_->threads;
  return true;
}

void CallThreads::finish(std::size_t abandoned) {
  std::unique_lock lock(state_->mutex);
  state_->isOver = true;
  state_->wake.notify_all();
  state_->ended.wait(lock, [&] { return state_->threads <= abandoned; });
}

}  // namespace sockbench
