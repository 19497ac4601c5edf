// SwarmClient: one client of a swarm, as the agent of its session. Thread: the session's worker.
#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include "core/automation/many/answer_matcher.h"
#include "core/automation/many/swarm_board.h"
#include "core/automation/many/swarm_spec.h"
#include "core/engine/session_agent.h"

namespace sockbench {

// What all clients of a swarm share.
struct SwarmPlan {
  SwarmSpec spec;
  std::optional<Message> message;  // of spec.message
  std::optional<Bytes> bytes;      // of a message without fields
  std::shared_ptr<SwarmBoard> board;
};

class SwarmClient : public SessionAgent {
 public:
  using Clock = AgentSession::Clock;

  // `begun`: when connecting was asked for.
  SwarmClient(std::shared_ptr<const SwarmPlan> plan, std::size_t number, Clock::time_point begun);

  void attached(AgentSession& session) override;
  void received(AgentSession& session, ByteView bytes, WallNanos time) override;
  void drained(AgentSession& session) override;
  void woke(AgentSession& session) override;
  void ended(const SessionSnapshot& last) override;

 private:
  SwarmBoard& board() const { return *plan_->board; }
  bool paces() const { return plan_->spec.interval.count() > 0; }
  bool maySend() const;
  bool isDone() const;  // its number of messages is through
  void sendDue(AgentSession& session, Clock::time_point now);
  void sendOne(AgentSession& session, Clock::time_point time);
  void queue(AgentSession& session, Bytes bytes, Clock::time_point time);
  Result<Bytes> makeMessage(const AgentSession& session);
  void giveUpLate(Clock::time_point now);
  void goOn(AgentSession& session);  // after an answer, or after one was given up
  void arm(AgentSession& session);   // the next time at which there is something to do
  void finish(AgentSession& session);

  const std::shared_ptr<const SwarmPlan> plan_;
  const std::size_t number_;
  const Clock::time_point begun_;
  AnswerMatcher answers_;
  Variables variables_;
  std::uint64_t tried_ = 0;  // messages, those that were refused included
  Clock::time_point due_{};  // the next message, where they have times
  std::optional<Clock::time_point> end_;
  std::optional<Clock::time_point> armed_;
  bool finished_ = false;
};

}  // namespace sockbench
