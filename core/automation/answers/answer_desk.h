// AnswerDesk: the rules that several sessions answer by. They may be replaced while the sessions are open.
//
//   auto desk = AnswerDesk::make(book);
//   spec.rules.agents = std::make_shared<const AgentMakers>(AgentMakers{desk->maker()});
//   ... desk->setBook(other);
//   for (auto& [id, errand] : desk->errands()) engine.attach(id, errand);  // at once, also where it is quiet
//
// Thread: any, for everything here.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/automation/answers/rule_book.h"
#include "core/engine/session_agent.h"

namespace sockbench {

class RuleAgent;

class AnswerDesk : public std::enable_shared_from_this<AnswerDesk> {
 public:
  static std::shared_ptr<AnswerDesk> make(AnswerBook book = {},
                                          std::shared_ptr<const Variables> variables = {});

  // The faults of the new book; rules without one count from now on. A session takes them up with whatever
  // happens in it next; what a rule of the old book has begun goes on.
  std::vector<RuleFault> setBook(AnswerBook book);
  void setVariables(std::shared_ptr<const Variables> variables);  // of the messages; nullptr: none

  std::shared_ptr<const RuleBook> book() const;
  std::shared_ptr<const Variables> variables() const;
  std::uint64_t version() const { return version_; }  // another with each change of the two

  AgentMaker maker();                        // a RuleAgent a session
  std::shared_ptr<SessionAgent> newAgent();  // for a session that is open already
  std::size_t sessions() const;              // in which such an agent acts
  // For each of those, what makes its agent take up the book now.
  std::vector<std::pair<SessionId, std::shared_ptr<SessionAgent>>> errands() const;

  // For RuleAgent.
  void enter(SessionId id, const std::shared_ptr<RuleAgent>& agent);
  void leave(const RuleAgent* agent);

 private:
  AnswerDesk() = default;

  mutable std::mutex mutex_;
  std::shared_ptr<const RuleBook> book_;
  std::shared_ptr<const Variables> variables_;
  std::unordered_map<const RuleAgent*, std::pair<SessionId, std::weak_ptr<RuleAgent>>> agents_;
  std::atomic<std::uint64_t> version_{1};
};

}  // namespace sockbench
