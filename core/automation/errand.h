// Errand: something done once within a session, on its worker, for another thread: Engine::attach(id,
// std::make_shared<Errand>(...)). Not done where the session is over.
#pragma once

#include <functional>
#include <utility>

#include "core/engine/session_agent.h"

namespace sockbench {

class Errand final : public SessionAgent {
 public:
  using Act = std::function<void(AgentSession& session)>;
  explicit Errand(Act act) : act_(std::move(act)) {}
  void attached(AgentSession& session) override {
    act_(session);
    session.leave();
  }

 private:
  Act act_;
};

}  // namespace sockbench
