#include "core/automation/answers/answer_desk.h"

#include "core/automation/answers/rule_agent.h"
#include "core/automation/errand.h"

namespace sockbench {

std::shared_ptr<AnswerDesk> AnswerDesk::make(AnswerBook book, std::shared_ptr<const Variables> variables) {
  std::shared_ptr<AnswerDesk> desk(new AnswerDesk);
  desk->book_ = RuleBook::read(std::move(book));
  desk->variables_ = std::move(variables);
  return desk;
}

std::vector<RuleFault> AnswerDesk::setBook(AnswerBook book) {
  const std::shared_ptr<const RuleBook> before = this->book();
  std::shared_ptr<const RuleBook> read = RuleBook::read(std::move(book), before.get());
  const std::lock_guard lock(mutex_);
  book_ = read;
  ++version_;
  return read->faults();
}

void AnswerDesk::setVariables(std::shared_ptr<const Variables> variables) {
  const std::lock_guard lock(mutex_);
  variables_ = std::move(variables);
  ++version_;
}

std::shared_ptr<const RuleBook> AnswerDesk::book() const {
  const std::lock_guard lock(mutex_);
  return book_;
}

std::shared_ptr<const Variables> AnswerDesk::variables() const {
  const std::lock_guard lock(mutex_);
  return variables_;
}

AgentMaker AnswerDesk::maker() {
  return [desk = shared_from_this()] { return desk->newAgent(); };
}

std::shared_ptr<SessionAgent> AnswerDesk::newAgent() {
  return std::make_shared<RuleAgent>(shared_from_this());
}

std::size_t AnswerDesk::sessions() const {
  const std::lock_guard lock(mutex_);
  return agents_.size();
}

std::vector<std::pair<SessionId, std::shared_ptr<SessionAgent>>> AnswerDesk::errands() const {
  std::vector<std::pair<SessionId, std::shared_ptr<SessionAgent>>> errands;
  const std::lock_guard lock(mutex_);
  for (const auto& [key, entry] : agents_) {
    errands.emplace_back(entry.first, std::make_shared<Errand>([weak = entry.second](AgentSession&) {
                           if (const auto agent = weak.lock()) agent->takeUpBook();
                         }));
  }
  return errands;
}

void AnswerDesk::enter(SessionId id, const std::shared_ptr<RuleAgent>& agent) {
  const std::lock_guard lock(mutex_);
  agents_[agent.get()] = {id, agent};
}

void AnswerDesk::leave(const RuleAgent* agent) {
  const std::lock_guard lock(mutex_);
  agents_.erase(agent);
}

}  // namespace sockbench
