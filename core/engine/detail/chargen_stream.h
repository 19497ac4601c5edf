// ChargenStream: the endless answer of one stream session (RFC 864), at its pace.
//
// It makes bytes only for a queue that has drained, at most kMostPerTurn at once and never more than the
// queue holds: a peer that stops reading stops it, without a timer and without a turn. A timer waits only
// while it is the rate that holds it. While EngineSettings::mayReceive says no it makes nothing either: what
// it sends are rows of the log, too. Thread: the session's worker.
#pragma once

#include <asio/steady_timer.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "core/engine/detail/actor.h"
#include "core/engine/detail/token_bucket.h"

namespace sockbench::detail {

class ChargenStream : public std::enable_shared_from_this<ChargenStream> {
 public:
  static constexpr std::size_t kMostPerTurn = std::size_t{64} << 10;

  // `records`: a seqpacket socket, where each line is a record of its own.
  ChargenStream(Worker& worker, bool records);

  // The rate counts, and how much the queue holds. To be called before the first refill(), and when the
  // rate may have changed. The pattern goes on where it was.
  void setRules(const SessionRules& rules);
  // To be called when the queue has drained, any number of times. True: there is something in it now, and it
  // is to be flushed. False: not now, and `owner` is flushed, as a turn of its worker, when there may be
  // more (never once the queue has stopped accepting).
  bool refill(SendQueue& queue, const std::shared_ptr<Actor>& owner);

 private:
  bool add(SendQueue& queue, std::size_t most);
  void wait(const std::shared_ptr<Actor>& owner, TokenBucket::Clock::time_point now);
  void waitUntilResumed(const std::shared_ptr<Actor>& owner);

  Worker& worker_;
  const bool records_;
  std::optional<std::uint64_t> bytesPerSecond_;
  TokenBucket bucket_;
  std::size_t mostPerTurn_ = kMostPerTurn;
  std::size_t least_ = 1;  // not woken for less
  std::uint64_t position_ = 0;
  asio::steady_timer timer_;
  TokenBucket::Clock::time_point wakeAt_{};  // until then the timer is running
  bool held_ = false;                        // waits for Worker::resumeReceiving()
};

}  // namespace sockbench::detail
