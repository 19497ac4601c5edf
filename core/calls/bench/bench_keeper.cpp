// BenchState's keeper: the thread that interrupts what is to end, until it has ended, lets those behind a
// sleeper begin, and tells of calls that have no thread of their own to do so.
#include <algorithm>
#include <system_error>
#include <utility>

#include "core/calls/bench/bench_state.h"
#include "core/calls/bench/interrupt_signal.h"
#include "core/calls/call_registry.h"

namespace sockbench {
namespace {

using std::chrono::milliseconds;

// A thread that was about to sleep has missed the signal: it gets another.
constexpr milliseconds kSignalInterval{5};
// A call that runs this long and sleeps is taken to wait.
constexpr milliseconds kSleeperTime{10};
constexpr milliseconds kSleeperInterval{5};
// What has not heard the signals for so long sits in the C library's look-up.
constexpr milliseconds kPatience{1000};

constexpr auto kNever = std::chrono::steady_clock::time_point::max();

bool isLookup(const CallRequest& request) {
  if (request.on) return false;
  const CallInfo* const call = findCall(CallTarget::function, request.name);
  return call != nullptr && call->group == "Look up";
}

}  // namespace

bool BenchState::startKeeper() {
  if (keeper_.joinable()) return true;
  try {
    keeper_ = std::thread([this] {
      beginInterruptibleThread();
      keepWatch();
    });
  } catch (const std::system_error&) {
    return false;
  }
  return true;
}

void BenchState::wakeKeeper() {
  keeperIsAsked_ = true;
  keeperWake_.notify_one();
}

bool BenchState::keeperSleepsTooLong() const {
  if (keeperIsAsked_) return false;
  const auto release = order_.nextRelease();
  return (order_.holdsUpAny() && keeperWakesAt_ == kNever) || (release && *release < keeperWakesAt_);
}

void BenchState::keepWatch() {
  Lock lock(mutex_);
  while (!isOver_) {
    keeperIsAsked_ = false;
    tellEndings(lock);
    const auto nextSignal = interruptSleepers();
    const auto nextLook = passSleepers();
    const auto isAsked = [this] { return keeperIsAsked_; };
    keeperWakesAt_ = std::min(nextSignal.value_or(kNever), nextLook.value_or(kNever));
    if (keeperWakesAt_ < kNever)
      keeperWake_.wait_until(lock, keeperWakesAt_, isAsked);
    else
      keeperWake_.wait(lock, isAsked);
  }
}

void BenchState::tellEndings(Lock& lock) {
  while (!endings_.empty()) {
    std::vector<Ending> endings = std::exchange(endings_, {});
    for (Ending& ending : endings) tell(lock, ending.run, std::move(ending.outcome));
  }
}

std::optional<BenchState::Clock::time_point> BenchState::interruptSleepers() {
  const auto now = Clock::now();
  for (const CallRunPtr& run : std::vector(interrupted_)) {
    const auto patience = isLookup(run->request()) ? milliseconds(0) : kPatience;
    if (run->notes.threadId == 0) continue;
    // One that waits for a processor will hear.
    if (now - run->notes.interruptedAt >= patience && threadSleeps(run->notes.threadId))
      abandon(run);
    else
      interruptThread(run->notes.thread);
  }
  if (interrupted_.empty()) return std::nullopt;
  return now + kSignalInterval;
}

std::optional<BenchState::Clock::time_point> BenchState::passSleepers() {
  std::optional<Clock::time_point> next;
  const auto now = Clock::now();
  for (const CallRunPtr& run : order_.holdingUp()) {
    auto look = run->notes.begun + kSleeperTime;
    if (look <= now) {
      if (run->notes.threadId != 0 && threadAwaitsEvent(run->notes.threadId)) order_.passed(*run);
      look = now + kSleeperInterval;
    }
    next = std::min(next.value_or(look), look);
  }
  order_.release(now);
  beginReady();
  if (const auto release = order_.nextRelease()) next = std::min(next.value_or(*release), *release);
  return next;
}

bool BenchState::allSleep() const {
  return endings_.empty() && telling_ == 0 && std::ranges::all_of(runs_, [](const auto& entry) {
           const CallRunNotes& notes = entry.second->notes;
           return notes.stage == Stage::queued || (notes.threadId != 0 && threadSleeps(notes.threadId));
         });
}

// One that sleeps may just have been woken by another's end, and has not run yet: it is looked at again.
void BenchState::settle(milliseconds most) {
  constexpr int kLooks = 4;
  const auto end = Clock::now() + most;
  Lock lock(mutex_);
  std::uint64_t ended = ended_;
  for (int quiet = 0; quiet < kLooks && !runs_.empty() && Clock::now() < end;) {
    changed_.wait_for(lock, kSleeperInterval);
    quiet = allSleep() && ended == ended_ ? quiet + 1 : 0;
    ended = ended_;
  }
  changed_.wait(lock, [this] { return telling_ == 0 && endings_.empty(); });
}

void BenchState::abandon(const CallRunPtr& run) {
  CallFault fault = osFault(run->isClosedUnder ? EBADF : EINTR);
  fault.interrupted = true;
  run->notes.closesWhatItMakes = true;
  abandoned_.push_back(run);
  over(*run);
  run->notes.stage = Stage::abandoned;
  endLater(run, std::move(fault));
}

}  // namespace sockbench
