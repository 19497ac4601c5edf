// DelayedEcho: see AnswererSpec::Kind::delayedEcho. Thread: the session's worker.
#pragma once

#include <chrono>
#include <deque>

#include "core/engine/session_agent.h"

namespace sockbench {

class DelayedEcho final : public SessionAgent {
 public:
  explicit DelayedEcho(std::chrono::nanoseconds delay) : delay_(delay) {}

  void attached(AgentSession& session) override;
  void received(AgentSession& session, ByteView bytes, WallNanos time) override;
  void peerFinished(AgentSession& session) override;
  void drained(AgentSession& session) override;
  void woke(AgentSession& session) override;

 private:
  using Clock = std::chrono::steady_clock;
  struct Waiting {
    Clock::time_point due;
    Bytes bytes;
  };
  void sendUntil(AgentSession& session, Clock::time_point now);
  void leaveOut(AgentSession& session);

  const std::chrono::nanoseconds delay_;
  std::deque<Waiting> waiting_;
  std::size_t bytes_ = 0;
  std::uint64_t leftOut_ = 0;
  bool holds_ = false;  // reading
  bool full_ = false;   // the send queue was, and has not drained since
};

}  // namespace sockbench
