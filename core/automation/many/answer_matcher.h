// AnswerMatcher: which message of a client has been answered by what was received. Not knowing the protocol,
// it goes by order: what comes answers the oldest message that waits.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>

#include "core/base/bytes.h"
#include "core/payload/byte_pattern.h"

namespace sockbench {

// How an answer is known. On a stream pieces count together, however they come; a datagram or a record is
// looked at by itself.
struct AnswerCheck {
  enum class How : std::uint8_t {
    none,     // nothing is waited for
    echo,     // as many bytes as were sent; a datagram: one of the length of the oldest that fits
    next,     // streams: a receive answers all that waits; else each answers the oldest
    pattern,  // `pattern` is found behind what the answer before it took; one that is found in nothing (a
              // regular expression that matches no bytes) is no answer
  };
  How how = How::echo;
  std::optional<BytePattern> pattern{};
};

// Thread: one at a time.
class AnswerMatcher {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::size_t kMostWaiting = 4096;  // messages, those included that were given up
  // Of a stream, in which a pattern is looked for; what is older goes.
  static constexpr std::size_t kMostKept = std::size_t{64} << 10;

  AnswerMatcher(const AnswerCheck& check, bool isStream) : check_(&check), isStream_(isStream) {}

  bool hasRoom() const { return waiting_.size() < kMostWaiting; }
  // A message has been sent, or was to be sent at `time`. With How::none it is not kept.
  void sent(Time time, std::size_t bytes);
  // Calls `answered` with the time of each message that this answers.
  void received(ByteView bytes, const std::function<void(Time)>& answered);
  // Gives up the messages that were sent at `before` or earlier; how many these are. On a stream their bytes
  // may still come, and are not taken for those of later ones.
  std::size_t giveUp(Time before);

  std::size_t waiting() const { return waiting_.size() - givenUp_; }
  std::optional<Time> oldest() const;  // of those that wait

 private:
  struct Message {
    Time time;
    std::size_t left = 0;
    bool isGivenUp = false;
  };
  using Answered = std::function<void(Time)>;

  void takeEcho(std::size_t bytes, const Answered& answered);
  void takeEchoRecord(std::size_t bytes, const Answered& answered);
  void takeNext(const Answered& answered);
  void takePattern(ByteView bytes, const Answered& answered);
  void answer(std::deque<Message>::iterator message, const Answered& answered);

  const AnswerCheck* check_;
  bool isStream_;
  std::deque<Message> waiting_;
  std::size_t givenUp_ = 0;
  Bytes kept_;  // of the stream, behind the last answer
};

}  // namespace sockbench
