// Doorbell: one thread sleeps until another rings. A ring that nobody waits for is kept, two are one.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace sockbench::cli {

class Doorbell {
 public:
  void ring() {  // Thread: any
    {
      const std::scoped_lock lock(mutex_);
      rung_ = true;
    }
    rang_.notify_one();
  }

  void wait() {  // Thread: one
    std::unique_lock lock(mutex_);
    rang_.wait(lock, [this] { return rung_; });
    rung_ = false;
  }

  // False: the deadline came first.
  bool waitUntil(std::chrono::steady_clock::time_point deadline) {
    std::unique_lock lock(mutex_);
    if (!rang_.wait_until(lock, deadline, [this] { return rung_; })) return false;
    rung_ = false;
    return true;
  }

 private:
  std::mutex mutex_;
  std::condition_variable rang_;
  bool rung_ = false;
};

}  // namespace sockbench::cli
