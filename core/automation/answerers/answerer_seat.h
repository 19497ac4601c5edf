// AnswererSeat: the place of an answerer in one session, where another one may take it. Thread: the session's
// worker.
#pragma once

#include <memory>

#include "core/automation/answerers/answerer_desk.h"

namespace sockbench {

class AnswererSeat final : public SessionAgent, public std::enable_shared_from_this<AnswererSeat> {
 public:
  explicit AnswererSeat(std::shared_ptr<AnswererDesk> desk) : desk_(std::move(desk)) {}
  ~AnswererSeat() override { desk_->leave(this); }  // an answerer that leaves takes its seat along, untold
  AnswererSeat(const AnswererSeat&) = delete;
  AnswererSeat& operator=(const AnswererSeat&) = delete;

  void change();  // to the desk's present answerer. Nothing where the session is over

  void attached(AgentSession& session) override;
  void received(AgentSession& session, ByteView bytes, WallNanos time) override;
  void peerFinished(AgentSession& session) override;
  void drained(AgentSession& session) override;
  void woke(AgentSession& session) override;
  void ended(const SessionSnapshot& last) override;
  void detached() override;

 private:
  std::shared_ptr<AnswererDesk> desk_;
  AgentSession* session_ = nullptr;
  std::shared_ptr<SessionAgent> answerer_;  // nullptr: none
};

}  // namespace sockbench
