// BenchState's calls: from their beginning to the function that is told of their end.
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "core/calls/bench/bench_state.h"

namespace sockbench {

CallId BenchState::start(CallRequest request, CallBench::Done done) {
  Lock lock(mutex_);
  const CallId id{++lastId_};
  const auto run = std::make_shared<CallRun>(*this, id, std::move(request), std::move(done));
  if (!startKeeper()) {
    run->notes.stage = Stage::over;
    run->outcome.result = std::unexpected(osFault(EAGAIN));
    tell(lock, run, std::move(run->outcome));
    return id;
  }
  runs_.emplace(id, run);
  order_.add(run);
  beginReady();
  return id;
}

void BenchState::beginReady() {
  for (std::vector<CallRunPtr> ready = order_.takeReady(); !ready.empty(); ready = order_.takeReady()) {
    for (const CallRunPtr& run : ready) {
      run->notes.stage = Stage::running;
      if (threads_.run([self = shared_from_this(), run] { self->work(run); })) continue;
      run->notes.stage = Stage::over;
      runs_.erase(run->id());
      order_.ended(*run);
      endLater(run, osFault(EAGAIN));
    }
  }
  if (keeperSleepsTooLong()) wakeKeeper();
}

void BenchState::work(const CallRunPtr& run) {
  {
    const Lock lock(mutex_);
    run->notes.thread = pthread_self();
    run->notes.threadId = gettid();
    run->notes.begun = Clock::now();
  }
  run->perform();
  run->outcome.duration = Clock::now() - run->notes.begun;
  Lock lock(mutex_);
  if (run->notes.stage == Stage::abandoned)
    endAbandoned(lock, run);
  else
    end(lock, run);
}

// What the bench knows of the end that Python's rules do not.
void BenchState::settle(CallRun& run) {
  auto& result = run.outcome.result;
  if (run.notes.tooManySockets) result = std::unexpected(osFault(EMFILE));
  if (!run.isInterrupted) return;
  const int code = run.isClosedUnder ? EBADF : EINTR;
  if (result) {
    if (run.request().name == "connect_ex" && *result == CallValue(EINTR)) result = CallValue(code);
    return;
  }
  CallFault& fault = result.error();
  if (fault.kind != CallFaultKind::os) return;
  // It was closed before its body looked for it.
  if (fault.number == EBADF) fault.interrupted = true;
  if (fault.number != EINTR) return;
  fault.number = code;
  fault.message = osFault(code).message;
  fault.interrupted = true;
}

void BenchState::end(Lock& lock, const CallRunPtr& run) {
  settle(*run);
  if (!run->outcome.result) closeWhatItMade(lock, *run);
  over(*run);
  tell(lock, run, std::move(run->outcome));
}

// Nobody would learn of their handles.
void BenchState::closeWhatItMade(Lock& lock, CallRun& run) {
  std::erase_if(run.notes.added, [this](CallHandle made) { return !sockets_.hide(made); });
  closeSockets(lock, run.notes.added);
}

void BenchState::over(CallRun& run) {
  run.notes.stage = Stage::over;
  ++ended_;
  std::erase_if(interrupted_, [&](const auto& other) { return other.get() == &run; });
  order_.ended(run);
  runs_.erase(run.id());
  beginReady();
  changed_.notify_all();
}

void BenchState::endAbandoned(Lock& lock, const CallRunPtr& run) {
  closeWhatItMade(lock, *run);
  std::erase(abandoned_, run);
  std::erase_if(reserved_, [this](const Reserved& reserved) {
    if (isReserved(reserved.handle)) return false;
    ::close(reserved.descriptor);
    return true;
  });
}

void BenchState::tell(Lock& lock, const CallRunPtr& run, CallOutcome outcome) {
  ++telling_;
  lock.unlock();
  if (run->done()) run->done()(run->id(), std::move(outcome));
  lock.lock();
  --telling_;
  changed_.notify_all();
}

void BenchState::endLater(const CallRunPtr& run, CallFault fault) {
  CallOutcome outcome;
  outcome.duration = Clock::now() - run->notes.begun;
  outcome.result = std::unexpected(std::move(fault));
  endings_.push_back({run, std::move(outcome)});
  wakeKeeper();
}

void BenchState::interruptRun(const CallRunPtr& run) {
  if (run->isInterrupted.exchange(true)) return;
  if (run->notes.stage == Stage::queued) {
    order_.withdraw(*run);
    run->notes.stage = Stage::over;
    runs_.erase(run->id());
    CallFault fault = osFault(EINTR);
    fault.interrupted = true;
    endLater(run, std::move(fault));
    return;
  }
  run->notes.interruptedAt = Clock::now();
  interrupted_.push_back(run);
  wakeKeeper();
}

void BenchState::interrupt(CallId id) {
  const Lock lock(mutex_);
  if (const auto found = runs_.find(id); found != runs_.end()) interruptRun(CallRunPtr(found->second));
}

void BenchState::interruptAll() {
  const Lock lock(mutex_);
  for (const auto& [id, run] : std::map(runs_)) interruptRun(run);
}

void BenchState::letNextBegin(CallRun& run) {
  const Lock lock(mutex_);
  if (run.notes.stage != Stage::running) return;
  order_.passed(run);
  beginReady();
}

}  // namespace sockbench
