#include "core/automation/many/answer_matcher.h"

#include <algorithm>

namespace sockbench {

void AnswerMatcher::sent(Time time, std::size_t bytes) {
  if (check_->how != AnswerCheck::How::none) waiting_.push_back({time, bytes});
}

void AnswerMatcher::received(ByteView bytes, const Answered& answered) {
  if (waiting_.empty()) return kept_.clear();
  switch (check_->how) {
    case AnswerCheck::How::none:
      return;
    case AnswerCheck::How::echo:
      return isStream_ ? takeEcho(bytes.size(), answered) : takeEchoRecord(bytes.size(), answered);
    case AnswerCheck::How::next:
      return takeNext(answered);
    case AnswerCheck::How::pattern:
      return takePattern(bytes, answered);
  }
}

void AnswerMatcher::answer(std::deque<Message>::iterator message, const Answered& answered) {
  const Message gone = *message;
  waiting_.erase(message);
  if (gone.isGivenUp) --givenUp_;
  if (!gone.isGivenUp) answered(gone.time);
}

void AnswerMatcher::takeEcho(std::size_t bytes, const Answered& answered) {
  while (bytes > 0 && !waiting_.empty()) {
    Message& oldest = waiting_.front();
    const std::size_t taken = std::min(bytes, oldest.left);
    oldest.left -= taken;
    bytes -= taken;
    if (oldest.left == 0) answer(waiting_.begin(), answered);
  }
}

void AnswerMatcher::takeEchoRecord(std::size_t bytes, const Answered& answered) {
  const auto fits = std::ranges::find(waiting_, bytes, &Message::left);
  if (fits != waiting_.end()) answer(fits, answered);
}

void AnswerMatcher::takeNext(const Answered& answered) {
  do answer(waiting_.begin(), answered);
  while (isStream_ && !waiting_.empty());
}

void AnswerMatcher::takePattern(ByteView bytes, const Answered& answered) {
  if (!check_->pattern) return;
  if (!isStream_) {
    if (check_->pattern->isIn(bytes)) answer(waiting_.begin(), answered);
    return;
  }
  kept_.insert(kept_.end(), bytes.begin(), bytes.end());
  std::size_t from = 0;
  while (!waiting_.empty()) {
    const auto match = check_->pattern->find(kept_, from);
    if (!match || match->length == 0) break;
    from = match->offset + match->length;
    answer(waiting_.begin(), answered);
  }
  // Of a literal only what may be its beginning is looked at again.
  const std::size_t most = check_->pattern->literalLength().value_or(kMostKept + 1) - 1;
  const std::size_t keep = waiting_.empty() ? 0 : std::min(kept_.size() - from, most);
  kept_.erase(kept_.begin(), kept_.end() - static_cast<std::ptrdiff_t>(keep));
}

std::size_t AnswerMatcher::giveUp(Time before) {
  std::size_t count = 0;
  for (Message& message : waiting_) {
    if (message.time > before) break;
    count += message.isGivenUp ? 0 : 1;
    message.isGivenUp = true;
  }
  givenUp_ += count;
  // Only an echo tells a late answer from one in time.
  while (!waiting_.empty() && waiting_.front().isGivenUp &&
         !(isStream_ && check_->how == AnswerCheck::How::echo)) {
    waiting_.pop_front();
    --givenUp_;
  }
  return count;
}

std::optional<AnswerMatcher::Time> AnswerMatcher::oldest() const {
  const auto first = std::ranges::find(waiting_, false, &Message::isGivenUp);
  if (first == waiting_.end()) return std::nullopt;
  return first->time;
}

}  // namespace sockbench
