#include "core/engine/detail/session_shared.h"

#include <utility>

namespace sockbench::detail {

SessionShared::SessionShared(SessionSnapshot first, std::size_t sendLimit, Worker& owner)
    : id(first.id),
      parent(first.parent),
      role(first.role),
      transport(first.transport),
      worker(owner),
      queue(sendLimit),
      stored_(std::move(first)) {}

SessionSnapshot SessionShared::snapshot() const {
  SessionSnapshot now;
  {
    const std::scoped_lock lock(mutex_);
    now = stored_;
  }
  now.bytesIn = bytesIn.load(std::memory_order_relaxed);
  now.bytesOut = bytesOut.load(std::memory_order_relaxed);
  now.recordsIn = recordsIn.load(std::memory_order_relaxed);
  now.firstReceived = firstReceived.load(std::memory_order_relaxed);
  now.recordsOut = recordsOut.load(std::memory_order_relaxed);
  now.dropped = dropped.load(std::memory_order_relaxed);
  now.unanswered = unanswered.load(std::memory_order_relaxed);
  now.openChildren = openChildren.load(std::memory_order_relaxed);
  now.acceptedChildren = acceptedChildren.load(std::memory_order_relaxed);
  now.queuedBytes = queue.bytes();
  return now;
}

}  // namespace sockbench::detail
