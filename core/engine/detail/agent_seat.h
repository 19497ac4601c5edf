// AgentSeat: one agent within a session, and the session as that agent sees it. Thread: the session's worker.
//
// What an agent asks of its session (close, reset ...) is done in a turn of its own, as what is asked of the
// Engine is: no call of an agent's stands within another, and a session never ends within one.
#pragma once

#include <asio/steady_timer.hpp>
#include <memory>
#include <optional>
#include <string>

#include "core/engine/detail/agent_host.h"
#include "core/engine/session_agent.h"

namespace sockbench::detail {

class Actor;

class AgentSeat final : public AgentSession, public std::enable_shared_from_this<AgentSeat> {
 public:
  AgentSeat(AgentHost& host, std::shared_ptr<SessionAgent> agent, bool ofRules)
      : host_(host), agent_(std::move(agent)), ofRules_(ofRules) {}

  SessionAgent& agent() const { return *agent_; }
  bool holds(const std::shared_ptr<SessionAgent>& agent) const { return agent_ == agent; }
  bool isOfRules() const { return ofRules_; }
  bool hasLeft() const { return left_; }
  bool holdsReading() const { return holdsReading_; }
  void letReadingGo() { holdsReading_ = false; }
  void stop();  // before the last call: nothing wakes it any more

  SessionId id() const override;
  SessionId listener() const override;
  Transport transport() const override;
  const SocketAddress& local() const override;
  const SocketAddress& peer() const override;
  Result<void> send(Bytes data) override;
  Result<void> sendUrgent(std::byte data) override;
  std::size_t queuedBytes() const override;
  void halfClose() override;
  void close() override;
  void reset() override;
  void setReading(bool on) override;
  void note(std::string text, std::optional<Error> error) override;
  void wakeAt(std::optional<Clock::time_point> when) override;
  void leave() override { left_ = true; }

 private:
  Actor& actor() const { return host_.actor(); }
  void wake();

  AgentHost& host_;
  const std::shared_ptr<SessionAgent> agent_;
  const bool ofRules_;
  bool left_ = false;
  bool holdsReading_ = false;
  std::unique_ptr<asio::steady_timer> timer_;  // made when it is first needed
  std::optional<Clock::time_point> wakeAt_;
};

}  // namespace sockbench::detail
