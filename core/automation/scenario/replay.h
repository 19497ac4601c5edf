// ReplayAgent: sends into a session what one side of a recorded talk sent, with its timing.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/automation/scenario/record.h"
#include "core/engine/session_agent.h"

namespace sockbench {

inline constexpr std::chrono::hours kLongestReplay{24 * 365};  // what is later comes then

struct ReplaySpec {
  RecordRole side = RecordRole::client;  // whose bytes are sent
  double speed = 1.0;                    // of the original: 2 is twice as fast; 0: as fast as they go
};

// The messages begin when the agent is attached, the first at once. One that does not fit into the session's
// queue waits for the queue to drain. `automatic` rows tell begin and end.
class ReplayAgent : public SessionAgent {
 public:
  enum class State : std::uint8_t { waiting, sending, done, failed };

  ReplayAgent(const RecordedTalk& talk, ReplaySpec spec);

  // Thread: any.
  State state() const { return state_; }
  std::size_t total() const { return pieces_.size(); }  // messages
  std::size_t sent() const { return sent_; }

  void attached(AgentSession& session) override;
  void drained(AgentSession& session) override;
  void woke(AgentSession& session) override;
  void ended(const SessionSnapshot& last) override;
  void detached() override;

 private:
  // More waits in the queue only as one message.
  static constexpr std::size_t kMostQueued = std::size_t{1} << 20;
  struct Piece {
    std::chrono::nanoseconds at{0};  // since the first
    Bytes bytes;
  };
  void sendDue(AgentSession& session);

  std::vector<Piece> pieces_;
  AgentSession::Clock::time_point begun_{};
  std::atomic<State> state_{State::waiting};
  std::atomic<std::size_t> sent_{0};
};

}  // namespace sockbench
