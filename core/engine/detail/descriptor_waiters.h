// DescriptorWaiters: the listeners that could not accept for want of a descriptor. Whoever gives one back
// tells them.
#pragma once

#include <atomic>
#include <mutex>
#include <utility>
#include <vector>

#include "core/engine/detail/session_shared.h"

namespace sockbench::detail {

// Thread: any.
class DescriptorWaiters {
 public:
  void add(SessionSharedPtr listener) {
    const std::scoped_lock lock(mutex_);
    waiting_.push_back(std::move(listener));
    isAny_ = true;
  }
  // Those that wait, who then wait no more. Cheap while there are none.
  std::vector<SessionSharedPtr> takeAll() {
    if (!isAny_) return {};
    const std::scoped_lock lock(mutex_);
    isAny_ = false;
    return std::exchange(waiting_, {});
  }

 private:
  std::mutex mutex_;
  std::vector<SessionSharedPtr> waiting_;
  std::atomic<bool> isAny_{false};
};

}  // namespace sockbench::detail
