// SessionShared: the part of a session that its worker and the engine's callers both see.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "core/engine/detail/send_queue.h"
#include "core/engine/session_snapshot.h"

namespace sockbench::detail {

class Worker;

// Thread: any. The worker writes.
class SessionShared {
 public:
  SessionShared(SessionSnapshot first, std::size_t sendLimit, Worker& worker);

  const SessionId id;
  const SessionId parent;
  const SessionRole role;
  const Transport transport;
  Worker& worker;  // the session lives there for its whole life
  SendQueue queue;

  std::vector<OptionSetting> requested;  // the worker's alone, once the session has been handed to it

  std::atomic<std::uint64_t> bytesIn{0};
  std::atomic<std::uint64_t> bytesOut{0};
  std::atomic<std::uint64_t> recordsIn{0};
  std::atomic<WallNanos> firstReceived{0};
  std::atomic<std::uint64_t> recordsOut{0};
  std::atomic<std::uint64_t> dropped{0};
  std::atomic<std::uint64_t> unanswered{0};
  std::atomic<std::size_t> openChildren{0};
  std::atomic<std::uint64_t> acceptedChildren{0};

  SessionSnapshot snapshot() const;
  // Runs `change(SessionSnapshot&)` on the stored part (the counters above are not in it).
  template <class Change>
  void update(Change change) {
    const std::scoped_lock lock(mutex_);
    change(stored_);
  }

 private:
  mutable std::mutex mutex_;
  SessionSnapshot stored_;
};

using SessionSharedPtr = std::shared_ptr<SessionShared>;

}  // namespace sockbench::detail
