// DatagramActor: what a client's datagram socket and a listener's peer do alike: whole datagrams in and out,
// the responder, the End word, and the end once the queue has drained.
#pragma once

#include <cstddef>
#include <string>
#include <utility>

#include "core/engine/detail/actor.h"
#include "core/engine/detail/datagram_answers.h"
#include "core/engine/detail/end_word.h"

namespace sockbench::detail {

class DatagramActor : public Actor {
 public:
  using Actor::Actor;

  void flush() override;
  void close() override;
  void closeNow() override;

 protected:
  virtual Result<std::size_t> transmit(ByteView datagram) = 0;
  virtual void waitToSend() = 0;                // flush() is to be called when there is room again
  virtual void finish(SessionState state) = 0;  // once; the socket goes
  // `datagram` has come; with `realLength` > its size it was truncated. May end the session.
  void take(ByteView datagram, std::size_t realLength);
  bool ended() const { return ended_; }
  // What stands beside the end: bytes that were not sent, datagrams that were not answered.
  std::string leftUndone(std::size_t unsentBytes) const;
  // True the first time only.
  bool beginEnd() { return !std::exchange(ended_, true); }

 private:
  void flushUpTo(int most);
  bool sendOnce(OutItem& item);  // false: no room now
  void answer(const PinnedBytes& datagram);
  void answerIsTooMuch();
  void answerRefused(InputFault fault, const std::string& why);

  DatagramAnswers answers_;
  EndWord endSent_;
  EndWord endReceived_;
  bool ended_ = false;
  bool closing_ = false;
  bool flushing_ = false;
  bool owesDrained_ = false;  // what a caller had sent, not an echo, was in the queue
};

}  // namespace sockbench::detail
