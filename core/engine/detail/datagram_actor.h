// DatagramActor: what a client's datagram socket and a listener's peer do alike: whole datagrams in and out,
// the responder, the End word, and the end once the queue has drained.
#pragma once

#include <asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "core/engine/detail/actor.h"
#include "core/engine/detail/datagram_answers.h"
#include "core/engine/detail/datagram_intake.h"
#include "core/engine/detail/echo_run.h"
#include "core/engine/detail/end_word.h"

namespace sockbench::detail {

class DatagramActor : public Actor {
 public:
  using Actor::Actor;

  void flush() override;
  void close() override;
  void closeNow() override;
  // The network said something about a datagram of this session's.
  void tell(const QueuedError& told);

 protected:
  virtual DatagramIntake& intake() = 0;
  virtual const Socket& sendingSocket() const = 0;
  // Adds a datagram with its destination to the sender of the intake.
  virtual void address(ByteView datagram) = 0;
  virtual void waitToSend() = 0;                // flush() is to be called when there is room again
  virtual void finish(SessionState state) = 0;  // once; the socket goes
  virtual void sendProgressed() {}              // some datagrams have just gone
  // A call met with an error that is no fault of the datagram it was made for.
  virtual void pendingError(Error error) = 0;
  // A datagram has come; whether it is answered or ends the session shows at the next flush(). `time`: the
  // kernel's, 0: not told.
  void take(const Datagram& datagram, WallNanos time);
  bool ended() const { return ended_; }
  // What stands beside the end: bytes that were not sent, datagrams that were not answered.
  std::string leftUndone(std::size_t unsentBytes) const;
  // True the first time only.
  bool beginEnd();

 private:
  enum class Step { gone, empty, full };

  void flushUpTo(std::size_t most);
  Step sendBatch(std::size_t most);
  void noteSent(const OutItem& item, WallNanos time);
  Step sendFailed(Error error);
  Step waitOutShortage(const Error& error);
  void refuse(Error error, std::string remark = {});
  void answer(const PinnedBytes& datagram);
  void answerIsTooMuch();
  void answerRefused(InputFault fault, const std::string& why);

  DatagramAnswers answers_;
  EchoRun echoes_;
  EndWord endSent_;
  EndWord endReceived_;
  std::optional<Error> pending_;  // a send failed with it, and is tried again
  int attempts_ = 0;              // of the front datagram that failed
  std::unique_ptr<asio::steady_timer> later_;
  std::optional<std::chrono::steady_clock::time_point> shortSince_;
  bool waitsLater_ = false;
  bool ended_ = false;
  bool closing_ = false;
  bool flushing_ = false;
  bool owesDrained_ = false;  // what a caller had sent, not an echo, was in the queue
  bool owesAgents_ = false;   // something has gone that the agents were not told of
};

}  // namespace sockbench::detail
