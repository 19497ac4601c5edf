#include "core/engine/detail/datagram_answers.h"

#include "core/base/clock.h"
#include "core/engine/detail/answers.h"

namespace sockbench::detail {

std::optional<Bytes> DatagramAnswers::next(const SessionRules& rules, const SessionShared& session) {
  const bool endless = rules.responder == Responder::chargen;
  std::optional<Bytes> answer;
  if (!endless) answer = wholeAnswer(rules.responder, wallNow(), session.id.value + session.recordsIn);
  if (!endless && !answer) return std::nullopt;
  if (bytesPerSecond_ != rules.chargenBytesPerSecond) {
    if (!bytesPerSecond_) random_.seed(static_cast<std::minstd_rand::result_type>(wallNow()));
    bytesPerSecond_ = rules.chargenBytesPerSecond;
    bucket_ = TokenBucket(*bytesPerSecond_, kMostDatagramAnswer, TokenBucket::Clock::now());
  }
  if (endless) {
    std::uniform_int_distribution<std::size_t> length(0, kMostDatagramAnswer);
    answer = chargenBytes(0, length(random_));
  }
  return answer;
}

bool DatagramAnswers::mayGo(std::size_t bytes) {
  const auto now = TokenBucket::Clock::now();
  if (bucket_.available(now) < bytes) return false;
  bucket_.take(bytes, now);
  return true;
}

}  // namespace sockbench::detail
