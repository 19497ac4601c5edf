// Mailbox: what workers and people have to tell the thread of a run.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace sockbench {

class SessionLink;

// It outlives its run, as the links do that hold it. Thread: any, unless it says otherwise.
class Mailbox {
 public:
  using Clock = std::chrono::steady_clock;

  struct Mail {
    std::vector<std::shared_ptr<SessionLink>> news;  // each once
    bool paused = false;                             // as they are now
    bool stopped = false;
    std::uint64_t steps = 0;  // single steps that were asked for since the last mail
  };

  // Something of `link` is to be taken. The caller tells it once until it was taken.
  void tell(std::shared_ptr<SessionLink> link);

  void setPaused(bool on);
  void askStep();
  void stop();
  bool isPaused() const;

  // Sleeps until there is something new, or `until`. Thread: the run's.
  Mail wait(std::optional<Clock::time_point> until);
  // Nothing is taken any more; answers what was told and not taken.
  std::vector<std::shared_ptr<SessionLink>> shut();
  bool isShut() const { return shut_; }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::shared_ptr<SessionLink>> news_;
  bool paused_ = false;
  bool stopped_ = false;
  bool isNew_ = false;
  std::atomic<bool> shut_{false};
  std::uint64_t steps_ = 0;
};

}  // namespace sockbench
