// What a Resolver's threads share. Private to core/resolve.
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <utility>

#include "core/resolve/resolver.h"

namespace sockbench {

// Shared by the Resolver, the thread that delivers answers, and the look-up threads, which may outlive both.
struct Resolver::State : std::enable_shared_from_this<State> {
  using Clock = std::chrono::steady_clock;
  using Time = Clock::time_point;

  enum class Phase { waiting, running, ended };

  struct Lookup {
    Job job;
    Phase phase = Phase::waiting;
    std::optional<Error> instead{};  // of an answer
    Time started{};
    Time ended{};
    std::optional<Time> deadline{};
  };
  // Ids rise, so that their order is that of the starts.
  using Lookups = std::map<std::uint64_t, Lookup>;

  explicit State(std::size_t most) : maxThreads(std::max<std::size_t>(most, 1)) {}

  // For the Resolver. Thread: any.
  LookupId add(Job job, Limit limit);
  void cancel(std::uint64_t id);
  void close();  // cancels everything; the threads end when they can

  // The bodies of the threads.
  void deliver();
  void lookUp(std::size_t number);

  // These are called with the mutex held.
  void drain(
      std::unique_lock<std::mutex>& lock);  // calls back for all that has ended; opens the lock meanwhile
  void stop(Lookups::iterator lookup, int error);
  void end(Lookups::iterator lookup);
  void expire();
  void hire();
  bool finishWork(std::uint64_t id);

  const std::size_t maxThreads;
  std::thread delivery;
  mutable std::mutex mutex;  // guards all below
  std::condition_variable workWaits;
  std::condition_variable deliveryWaits;
  bool closed = false;
  std::size_t hired = 0;    // look-up threads begun so far
  std::size_t threads = 0;  // look-up threads, without those abandoned
  std::size_t idle = 0;     // of them, those without work
  Lookups lookups;
  std::set<std::uint64_t> waiting;
  std::deque<std::uint64_t> ended;
  std::set<std::pair<Time, std::uint64_t>> deadlines;
};

}  // namespace sockbench
