// SendHistory: what was sent by hand, in its order, within bounds. Plain data. Thread: one at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>

#include "core/base/clock.h"
#include "core/payload/message/message.h"

namespace sockbench {

struct SentMessage {
  WallNanos time = 0;
  std::string target;       // where to, as a person reads it: "tcp 127.0.0.1:9000", "3 connections of ..."
  MessageSpec message;      // as it was written: fields are not expanded, a secret stays a reference
  std::uint64_t bytes = 0;  // that went to each
  std::string outcome;      // empty: it was taken for sending; else why not
  bool operator==(const SentMessage&) const = default;
};

class SendHistory {
 public:
  static constexpr std::size_t kMost = 10'000;
  static constexpr std::size_t kMostBytes = std::size_t{8} << 20;        // of texts
  static constexpr std::size_t kMostBodyBytes = std::size_t{256} << 10;  // of one

  // The oldest give way. A message beyond kMostBodyBytes is not kept at all, and counted as evicted.
  void add(SentMessage sent);
  bool hasRoomFor(const SentMessage& sent) const;                      // nothing would give way
  const std::deque<SentMessage>& entries() const { return entries_; }  // the oldest first
  std::uint64_t evicted() const { return evicted_; }  // that have given way, since the last clear()
  void clear();

 private:
  std::deque<SentMessage> entries_;
  std::size_t bytes_ = 0;
  std::uint64_t evicted_ = 0;
};

}  // namespace sockbench
