#include "core/resolve/resolver_state.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <new>
#include <string>
#include <system_error>

#include "core/resolve/lookup_thread.h"

namespace sockbench {

namespace {

// Of all Resolvers: an id is never used again in a process.
std::atomic<std::uint64_t> lastId = 0;

}  // namespace

LookupId Resolver::State::add(Job job, Limit limit) {
  const std::scoped_lock lock(mutex);
  if (closed) return {};
  const std::uint64_t id = ++lastId;  // with the mutex held, so that ids of one Resolver rise
  const auto lookup = lookups.emplace(id, Lookup{.job = std::move(job), .started = Clock::now()}).first;
  if (!lookup->second.job.blocks) {
    end(lookup);
    return {id};
  }
  // A limit that the clock cannot reach is none.
  if (limit > Limit::zero() && limit < Time::max() - lookup->second.started) {
    lookup->second.deadline = lookup->second.started + limit;
    deadlines.emplace(*lookup->second.deadline, id);
    deliveryWaits.notify_one();
  }
  waiting.insert(id);
  hire();
  return {id};
}

// Sees to it that somebody takes up what waits.
void Resolver::State::hire() {
  if (waiting.empty()) return;
  workWaits.notify_one();
  if (idle >= waiting.size() || threads == maxThreads) return;
  try {
    std::thread([self = shared_from_this(), number = ++hired] { self->lookUp(number); }).detach();
    ++threads;
  } catch (const std::system_error&) {
    // With another thread alive the look-ups wait for that one.
    while (threads == 0 && !waiting.empty()) stop(lookups.find(*waiting.begin()), EAGAIN);
  }
}

void Resolver::State::lookUp(std::size_t number) {
  beginThread("resolve-" + std::to_string(number));
  std::unique_lock lock(mutex);
  for (;;) {
    ++idle;
    workWaits.wait(lock, [this] { return closed || !waiting.empty(); });
    --idle;
    if (closed) return;
    const std::uint64_t id = waiting.extract(waiting.begin()).value();
    Lookup& lookup = lookups.at(id);
    lookup.phase = Phase::running;
    // From here on this thread touches nothing of the look-up's but the work, which owns what it uses.
    std::function<void()> work = std::move(lookup.job.work);
    lock.unlock();
    try {
      work();
    } catch (const std::bad_alloc&) {
      // The answer says so already.
    }
    work = nullptr;
    lock.lock();
    if (!finishWork(id)) return;
  }
}

// False: the look-up was abandoned, and this thread with it.
bool Resolver::State::finishWork(std::uint64_t id) {
  const auto lookup = lookups.find(id);
  if (lookup == lookups.end() || lookup->second.phase != Phase::running) return false;
  end(lookup);
  return true;
}

void Resolver::State::end(Lookups::iterator lookup) {
  auto& [id, state] = *lookup;
  if (state.deadline) deadlines.erase({*state.deadline, id});
  state.phase = Phase::ended;
  state.ended = Clock::now();
  ended.push_back(id);
  deliveryWaits.notify_one();
}

// Ends a look-up with an errno instead of its answer, also when the answer has come but was not delivered
// yet.
void Resolver::State::stop(Lookups::iterator lookup, int error) {
  auto& [id, state] = *lookup;
  state.instead = Error::fromErrno(state.job.op, error, state.job.subject);
  if (state.phase == Phase::ended) return;
  const bool abandoned = state.phase == Phase::running;
  waiting.erase(id);
  end(lookup);
  if (!abandoned) return;
  --threads;
  if (!closed) hire();
}

void Resolver::State::cancel(std::uint64_t id) {
  const std::scoped_lock lock(mutex);
  if (const auto lookup = lookups.find(id); lookup != lookups.end()) stop(lookup, ECANCELED);
}

void Resolver::State::close() {
  const std::scoped_lock lock(mutex);
  closed = true;
  for (auto lookup = lookups.begin(); lookup != lookups.end(); ++lookup) stop(lookup, ECANCELED);
  workWaits.notify_all();
  deliveryWaits.notify_one();
}

void Resolver::State::expire() {
  const Time now = Clock::now();
  while (!deadlines.empty() && deadlines.begin()->first <= now) {
    stop(lookups.find(deadlines.begin()->second), ETIMEDOUT);
  }
}

// Delivers what has ended. The lock is open while a callback runs and while it is destroyed.
void Resolver::State::drain(std::unique_lock<std::mutex>& lock) {
  while (!ended.empty()) {
    auto node = lookups.extract(ended.front());
    ended.pop_front();
    lock.unlock();
    Lookup& lookup = node.mapped();
    const Error* instead = lookup.instead ? &*lookup.instead : nullptr;
    if (!lookup.job.blocks && instead == nullptr) {
      try {
        lookup.job.work();
      } catch (const std::bad_alloc&) {
        // The answer says so already.
      }
      lookup.ended = Clock::now();
    }
    lookup.job.deliver(instead, lookup.ended - lookup.started);
    node = {};
    lock.lock();
  }
}

void Resolver::State::deliver() {
  beginThread("resolve");
  std::unique_lock lock(mutex);
  for (;;) {
    expire();
    drain(lock);
    if (closed) return;
    if (deadlines.empty()) {
      deliveryWaits.wait(lock);
    } else {
      // A copy: the deadline may be erased during the wait, which reads it again at its end.
      const Time next = deadlines.begin()->first;
      deliveryWaits.wait_until(lock, next);
    }
  }
}

}  // namespace sockbench
