// SwarmBoard: what the clients of a swarm write as they go, and what others read of it meanwhile. No client
// waits for a reader.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/automation/many/latency_histogram.h"
#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/traffic/record.h"

namespace sockbench {

enum class SwarmState : std::uint8_t { idle, connecting, open, closed, failed };
inline constexpr std::size_t kSwarmStates = 5;
std::string_view swarmStateName(SwarmState state);  // "idle", "connecting", ...

// How a client stands.
struct SwarmClientStatus {
  SwarmState state = SwarmState::idle;
  Party by = Party::none;  // who closed
  SessionId session;       // 0: not begun
  std::uint16_t localPort = 0;
  std::chrono::nanoseconds connecting{0};  // from when it was begun until it was open; 0: it has not been
  std::chrono::nanoseconds lastAnswer{0};  // how long the last answer took
  std::chrono::nanoseconds slowest{0};
  std::uint64_t sent = 0;      // messages given to the session
  std::uint64_t answered = 0;  // of these
  std::uint64_t givenUp = 0;   // of these: not answered within the limit
  std::uint64_t refused = 0;   // messages that were not sent: see the errors
  std::uint64_t bytesOut = 0;  // given to the session; once it is over: taken by the kernel
  std::uint64_t bytesIn = 0;
  int error = -1;  // the place in SwarmBoard::errors(); -1: none
};

struct SwarmTotals {
  std::size_t clients[kSwarmStates] = {};  // by SwarmState
  std::size_t closedByPeer = 0;
  std::size_t opened = 0;  // that have been open at some time
  std::uint64_t sent = 0;
  std::uint64_t answered = 0;
  std::uint64_t givenUp = 0;
  std::uint64_t refused = 0;
  std::uint64_t bytesOut = 0;
  std::uint64_t bytesIn = 0;

  std::size_t in(SwarmState state) const { return clients[static_cast<std::size_t>(state)]; }
  std::size_t over() const { return in(SwarmState::closed) + in(SwarmState::failed); }
};

// An error that was met, the first of its symbol and call, and how often.
struct SwarmError {
  Error first;
  std::uint64_t count = 0;
};

class SwarmBoard {
 public:
  explicit SwarmBoard(std::size_t clients);

  // Thread: any, the rest up to the next remark.
  std::size_t size() const { return size_; }
  SwarmClientStatus client(std::size_t number) const;  // from 0, below size()
  SwarmTotals totals() const;
  std::vector<SwarmError> errors() const;
  LatencyHistogram connecting() const { return connecting_.read(); }
  LatencyHistogram answers() const { return answers_.read(); }

  // For the swarm and its clients; the members of one client are its worker's.
  void begun(std::size_t client, SessionId session);  // before anything else of it
  void opened(std::size_t client, std::uint16_t localPort, std::chrono::nanoseconds took);
  void sent(std::size_t client, std::size_t bytes);
  void received(std::size_t client, std::size_t bytes);
  void answered(std::size_t client, std::chrono::nanoseconds took);
  void gaveUp(std::size_t client, std::size_t messages);
  void refused(std::size_t client, const Error& error);  // a message was
  void met(std::size_t client, const Error& error);
  void ended(std::size_t client, SwarmState state, Party by, std::uint64_t bytesOut);

  // Wakes the swarm's thread.
  void notify();
  template <class Condition>
  void waitUntil(std::chrono::steady_clock::time_point time, Condition wake) {
    std::unique_lock lock(mutex_);
    changed_.wait_until(lock, time, [&] { return std::exchange(news_, false) || wake(); });
  }

  std::atomic<bool> sending{true};  // false: no client begins another message
  std::atomic<std::size_t> onTheWay{0};
  std::atomic<std::int64_t> waiting{0};  // messages without an answer yet

 private:
  struct Cell {
    std::atomic<SwarmState> state{SwarmState::idle};
    std::atomic<Party> by{Party::none};
    std::atomic<std::uint16_t> localPort{0};
    std::atomic<std::uint32_t> session{0};
    std::atomic<int> error{-1};
    std::atomic<std::int64_t> connecting{0};
    std::atomic<std::int64_t> lastAnswer{0};
    std::atomic<std::int64_t> slowest{0};
    std::atomic<std::uint64_t> sent{0};
    std::atomic<std::uint64_t> answered{0};
    std::atomic<std::uint64_t> givenUp{0};
    std::atomic<std::uint64_t> refused{0};
    std::atomic<std::uint64_t> bytesOut{0};
    std::atomic<std::uint64_t> bytesIn{0};
  };

  const std::size_t size_;
  const std::unique_ptr<Cell[]> cells_;
  LatencyRecorder connecting_;
  LatencyRecorder answers_;
  mutable std::mutex errorsMutex_;
  std::vector<SwarmError> errors_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool news_ = false;
};

}  // namespace sockbench
