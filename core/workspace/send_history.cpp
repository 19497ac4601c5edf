#include "core/workspace/send_history.h"

#include <utility>

namespace sockbench {
namespace {

std::size_t weight(const SentMessage& sent) {
  return sizeof(SentMessage) + sent.target.size() + sent.message.body.size() + sent.outcome.size();
}

}  // namespace

bool SendHistory::hasRoomFor(const SentMessage& sent) const {
  return sent.message.body.size() <= kMostBodyBytes && entries_.size() < kMost &&
         bytes_ + weight(sent) <= kMostBytes;
}

void SendHistory::add(SentMessage sent) {
  if (sent.message.body.size() > kMostBodyBytes) {
    ++evicted_;
    return;
  }
  bytes_ += weight(sent);
  entries_.push_back(std::move(sent));
  while (entries_.size() > kMost || bytes_ > kMostBytes) {
    bytes_ -= weight(entries_.front());
    entries_.pop_front();
    ++evicted_;
  }
}

void SendHistory::clear() {
  entries_.clear();
  bytes_ = 0;
  evicted_ = 0;
}

}  // namespace sockbench
