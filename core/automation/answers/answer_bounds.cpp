#include "core/automation/answers/answer_bounds.h"

namespace sockbench {

AnswerBounds::Verdict AnswerBounds::ask(Clock::time_point now) {
  if (mostPerSecond_ == 0) return Verdict::go;
  if (now >= secondEnds_) {
    const bool wasCalm = answers_ <= mostPerSecond_ || now >= secondEnds_ + std::chrono::seconds(1);
    if (wasCalm) pauses_ = 0;
    answers_ = 0;
    secondEnds_ = now + std::chrono::seconds(1);
  }
  if (++answers_ <= mostPerSecond_) return Verdict::go;
  restsUntil_ = secondEnds_;
  ++pauses_;
  stopped_ = mostPauses_ > 0 && pauses_ >= mostPauses_;
  return stopped_ ? Verdict::stops : Verdict::rests;
}

}  // namespace sockbench
