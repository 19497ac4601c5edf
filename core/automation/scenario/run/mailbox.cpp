#include "core/automation/scenario/run/mailbox.h"

#include <utility>

#include "core/automation/scenario/run/session_link.h"

namespace sockbench {

void Mailbox::tell(std::shared_ptr<SessionLink> link) {
  const std::scoped_lock lock(mutex_);
  if (shut_) return;
  news_.push_back(std::move(link));
  changed_.notify_one();
}

void Mailbox::setPaused(bool on) {
  const std::scoped_lock lock(mutex_);
  paused_ = on;
  steps_ = 0;
  isNew_ = true;
  changed_.notify_one();
}

void Mailbox::askStep() {
  const std::scoped_lock lock(mutex_);
  if (!paused_) return;
  ++steps_;
  isNew_ = true;
  changed_.notify_one();
}

void Mailbox::stop() {
  const std::scoped_lock lock(mutex_);
  stopped_ = true;
  isNew_ = true;
  changed_.notify_one();
}

bool Mailbox::isPaused() const {
  const std::scoped_lock lock(mutex_);
  return paused_;
}

Mailbox::Mail Mailbox::wait(std::optional<Clock::time_point> until) {
  std::unique_lock lock(mutex_);
  const auto hasMail = [this] { return isNew_ || !news_.empty(); };
  if (until) {
    changed_.wait_until(lock, *until, hasMail);
  } else {
    changed_.wait(lock, hasMail);
  }
  isNew_ = false;
  return {std::exchange(news_, {}), paused_, stopped_, std::exchange(steps_, 0)};
}

std::vector<std::shared_ptr<SessionLink>> Mailbox::shut() {
  const std::scoped_lock lock(mutex_);
  shut_ = true;
  return std::exchange(news_, {});
}

}  // namespace sockbench
