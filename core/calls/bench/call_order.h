// CallOrder: which call on a handle may begin, and when.
//
// The next one may when the one before has passed: it has ended, or it is known to wait. Besides, of those
// that send (a shutdown of that side among them), and of those that receive, one is under way at a time: the
// kernel would wake two of them in any order. One that must not wait (MSG_DONTWAIT, a timeout of 0) goes by,
// and one with a timeout is held no longer than that.
#pragma once

#include <array>
#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "core/calls/bench/call_run.h"

namespace sockbench {

// Thread: one at a time. Calls on no handle wait for nobody.
class CallOrder {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;
  using TimeoutOf = std::function<Timeout(CallHandle)>;

  // `timeoutOf`: of the socket as it is now.
  explicit CallOrder(TimeoutOf timeoutOf) : timeoutOf_(std::move(timeoutOf)) {}

  void add(const CallRunPtr& run);
  void passed(const CallRun& run);      // it has begun, and waits
  void ended(const CallRun& run);       // it has begun, and is over
  void withdraw(const CallRun& run);    // it has not begun, and never will
  void release(TimePoint now);          // those that have been held long enough
  std::vector<CallRunPtr> takeReady();  // those that may begin now, since the last time

  std::vector<CallRunPtr> holdingUp() const;  // those that have begun and not passed, with others behind them
  bool holdsUpAny() const { return waiting_ > 0; }
  std::optional<TimePoint> nextRelease() const;

 private:
  enum class Way : std::uint8_t { send, receive, none };
  struct Held {
    CallRunPtr run;
    std::optional<TimePoint> until;
  };
  struct Queue {
    CallRunPtr first;  // has begun and not passed
    std::deque<CallRunPtr> waiting;
    std::array<std::size_t, 2> underWay{};  // by Way
    std::array<std::deque<Held>, 2> held;
    bool isEmpty() const;
  };
  static Way wayOf(const CallRequest& request);
  bool mayGoBy(const CallRequest& request) const;
  void advance(Queue& queue);
  void begin(Queue& queue, const CallRunPtr& run);
  bool hold(Queue& queue, const CallRunPtr& run);

  TimeoutOf timeoutOf_;
  std::map<CallHandle, Queue> queues_;
  std::size_t waiting_ = 0;  // calls behind one that has not passed, of all queues
  std::vector<CallRunPtr> ready_;
};

}  // namespace sockbench
