// RateMeter: bytes a second out of a counter that only grows, over the time since the last look. Thread: any,
// one at a time.
#pragma once

#include <chrono>
#include <cstdint>

namespace sockbench::ui {

class RateMeter {
 public:
  using Clock = std::chrono::steady_clock;

  // The counter stands at `total` at `now`. A counter that shrank (a session was forgotten) starts anew from
  // there.
  void update(std::uint64_t total, Clock::time_point now) {
    const std::chrono::duration<double> passed = now - last_;
    perSecond_ = started_ && total >= total_ && passed.count() > 0
                     ? static_cast<double>(total - total_) / passed.count()
                     : 0.0;
    started_ = true;
    total_ = total;
    last_ = now;
  }

  // The counter has stood still until `now`: the next rate is reckoned from here, not from the last look.
  void resume(Clock::time_point now) { last_ = now; }

  double perSecond() const { return perSecond_; }

 private:
  bool started_ = false;
  std::uint64_t total_ = 0;
  Clock::time_point last_;
  double perSecond_ = 0;
};

}  // namespace sockbench::ui
