#include "core/engine/event_queue.h"

#include <utility>

namespace sockbench {

void EventQueue::setWakeHook(std::function<void()> wake) {
  const std::scoped_lock lock(mutex_);
  wake_ = std::move(wake);
}

void EventQueue::push(SessionEvent event) {
  std::function<void()> wake;
  {
    const std::scoped_lock lock(mutex_);
    if (events_.empty()) wake = wake_;
    events_.push_back(std::move(event));
  }
  if (wake) wake();
}

std::vector<SessionEvent> EventQueue::drain() {
  const std::scoped_lock lock(mutex_);
  return std::exchange(events_, {});
}

}  // namespace sockbench
