// Registry: every session that the engine still knows, by id. Closed ones are kept for the eye, up to a
// bound.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <vector>

#include "core/engine/detail/session_shared.h"

namespace sockbench::detail {

class Registry {
 public:
  static constexpr std::size_t kClosedKept = 1000;

  // Thread: any, all of these.
  SessionId nextId() { return {++lastId_}; }
  void add(SessionSharedPtr session);
  SessionSharedPtr find(SessionId id) const;  // nullptr: unknown
  std::vector<SessionSharedPtr> all() const;  // by id
  std::vector<SessionSharedPtr> childrenOf(SessionId parent) const;
  bool remove(SessionId id);
  // Notes that it has closed; answers the oldest closed one, already removed, when there are too many.
  SessionSharedPtr retire(SessionId id);

  std::atomic<std::size_t> openSessions{0};  // without listeners

 private:
  std::atomic<std::uint32_t> lastId_{0};
  mutable std::mutex mutex_;
  std::map<SessionId, SessionSharedPtr> sessions_;
  std::deque<SessionId> closed_;
};

}  // namespace sockbench::detail
