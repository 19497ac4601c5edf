// AnswerBounds: how many answers a session may give (AnswerBook::mostPerSecond, mostPauses). Thread: one.
#pragma once

#include <chrono>
#include <cstdint>

namespace sockbench {

class AnswerBounds {
 public:
  using Clock = std::chrono::steady_clock;
  enum class Verdict {
    go,
    rests,  // the bound is reached: nothing more until restsUntil()
    stops,  // and that for good
  };
  AnswerBounds(std::uint32_t mostPerSecond, std::uint32_t mostPauses)
      : mostPerSecond_(mostPerSecond), mostPauses_(mostPauses) {}

  // May one more answer go? Not asked while it rests or has stopped.
  Verdict ask(Clock::time_point now);

  bool isResting(Clock::time_point now) const { return stopped_ || now < restsUntil_; }
  bool hasStopped() const { return stopped_; }
  Clock::time_point restsUntil() const { return restsUntil_; }
  std::uint32_t pauses() const { return pauses_; }

 private:
  std::uint32_t mostPerSecond_;
  std::uint32_t mostPauses_;
  std::uint32_t answers_ = 0;  // in this second
  std::uint32_t pauses_ = 0;   // since the last second of calm
  bool stopped_ = false;
  Clock::time_point secondEnds_{};
  Clock::time_point restsUntil_{};
};

}  // namespace sockbench
