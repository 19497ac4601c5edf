#include "core/engine/detail/chargen_stream.h"

#include <algorithm>
#include <utility>

#include "core/engine/detail/answers.h"

namespace sockbench::detail {
namespace {

// Two lines: at a low rate they come a line at a time, and a late timer loses nothing.
constexpr std::size_t kLeastBurst = 2 * kChargenLine;

}  // namespace

ChargenStream::ChargenStream(Worker& worker, bool records)
    : worker_(worker), records_(records), timer_(worker.io()) {}

void ChargenStream::setRules(const SessionRules& rules) {
  if (bytesPerSecond_ == rules.chargenBytesPerSecond) return;
  bytesPerSecond_ = rules.chargenBytesPerSecond;
  bucket_ = TokenBucket(*bytesPerSecond_, kLeastBurst, TokenBucket::Clock::now());
  mostPerTurn_ = std::clamp<std::size_t>(rules.sendQueueBytes, records_ ? kChargenLine : 1, kMostPerTurn);
  least_ = std::min(bucket_.burst() / 2, mostPerTurn_);
  wakeAt_ = {};
}

bool ChargenStream::refill(SendQueue& queue, const std::shared_ptr<Actor>& owner) {
  if (!queue.isAccepting()) return false;
  if (!worker_.mayReceive()) {
    waitUntilResumed(owner);
    return false;
  }
  const auto now = TokenBucket::Clock::now();
  if (now < wakeAt_) return false;
  const std::size_t most = std::min(bucket_.available(now), mostPerTurn_);
  if (most < least_) {
    wait(owner, now);
    return false;
  }
  return add(queue, most);
}

bool ChargenStream::add(SendQueue& queue, std::size_t most) {
  const std::size_t piece = records_ ? kChargenLine : most;
  std::size_t added = 0;
  while (added + piece <= most && queue.pushAnswer(chargenBytes(position_, piece))) {
    added += piece;
    position_ = (position_ + piece) % kChargenPeriod;
  }
  bucket_.take(added, TokenBucket::Clock::now());
  return added > 0;
}

void ChargenStream::wait(const std::shared_ptr<Actor>& owner, TokenBucket::Clock::time_point now) {
  wakeAt_ = std::max(bucket_.readyAt(least_), now);
  timer_.expires_at(wakeAt_);
  timer_.async_wait([owner](const std::error_code& ec) {
    if (!ec) owner->worker().turn([&] { owner->flush(); });
  });
}

void ChargenStream::waitUntilResumed(const std::shared_ptr<Actor>& owner) {
  if (std::exchange(held_, true)) return;
  worker_.whenResumed([self = shared_from_this(), owner] {
    self->held_ = false;
    owner->flush();
  });
}

}  // namespace sockbench::detail
