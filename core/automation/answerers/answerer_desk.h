// AnswererDesk: the ready answerer of several sessions, which may be another one while they are open.
//
//   auto desk = AnswererDesk::make();
//   spec.rules.agents = std::make_shared<const AgentMakers>(AgentMakers{desk->maker()});
//   ... desk->setMaker(*makeAnswerer(answerer));
//   for (auto& [id, errand] : desk->errands()) engine.attach(id, errand);
//
// Thread: any, for everything here.
#pragma once

#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/engine/session_agent.h"

namespace sockbench {

class AnswererSeat;

class AnswererDesk : public std::enable_shared_from_this<AnswererDesk> {
 public:
  static std::shared_ptr<AnswererDesk> make();

  // For the sessions to come; an empty one: no answerer.
  void setMaker(AgentMaker maker);
  AgentMaker maker();
  // For each open session, what changes its answerer now.
  std::vector<std::pair<SessionId, std::shared_ptr<SessionAgent>>> errands() const;

  // For AnswererSeat.
  std::shared_ptr<SessionAgent> newAnswerer() const;
  void enter(SessionId id, const std::shared_ptr<AnswererSeat>& seat);
  void leave(const AnswererSeat* seat);

 private:
  AnswererDesk() = default;

  mutable std::mutex mutex_;
  AgentMaker maker_;
  std::unordered_map<const AnswererSeat*, std::pair<SessionId, std::weak_ptr<AnswererSeat>>> seats_;
};

}  // namespace sockbench
