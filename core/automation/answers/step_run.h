// StepRun: the steps of a rule that has matched, on their way. Thread: the session's worker.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/automation/answers/heard.h"
#include "core/automation/answers/rule_book.h"
#include "core/engine/session_agent.h"

namespace sockbench {

// What a message's fields need of a session.
FieldValues fieldValuesOf(const AgentSession& session, const Variables* variables);

class StepRun {
 public:
  using Clock = std::chrono::steady_clock;

  // `heardUpTo`: where an expect begins to listen. `book` keeps `rule` alive.
  StepRun(std::shared_ptr<const RuleBook> book, const ReadyRule& rule, FieldValues values,
          std::uint64_t heardUpTo)
      : book_(std::move(book)), rule_(&rule), values_(std::move(values)), listening_(heardUpTo) {}

  // Does what can be done now: until it waits, expects, or is over. What was done is added to `did`
  // (", sent 12 bytes, closed").
  void advance(AgentSession& session, const Heard& heard, const Variables* variables);
  // The same, when due() has come: a wait is over, or an expect has been in vain.
  void timeIsUp(AgentSession& session, const Heard& heard, const Variables* variables);

  bool isOver() const { return over_; }
  bool isExpecting() const { return expecting_; }
  // What it has taken of what was heard: the end of its last match.
  std::uint64_t heardUpTo() const { return heardUpTo_; }
  std::uint64_t needed() const;
  std::optional<Clock::time_point> due() const { return due_; }
  std::string who() const { return "rule \"" + rule_->rule.name + "\""; }

  // What was done since this was asked last, for a row of the timeline.
  std::string takeDeeds();
  std::uint64_t takeBytes();

 private:
  bool meetsExpectation(const ReadyStep& step, const Heard& heard);
  void send(const ReadyStep& step, AgentSession& session, const Variables* variables);
  void act(const ReadyStep& step, AgentSession& session);
  void fail(AgentSession& session, const std::string& what, Error error);
  void did(const std::string& what) { deeds_ += ", " + what; }

  std::shared_ptr<const RuleBook> book_;
  const ReadyRule* rule_;
  FieldValues values_;
  std::size_t next_ = 0;
  bool over_ = false;
  bool expecting_ = false;
  bool begun_ = false;  // the present wait or expect
  Listening listening_;
  std::uint64_t heardUpTo_ = 0;
  std::optional<Clock::time_point> due_{};
  std::string deeds_{};
  std::uint64_t bytes_ = 0;
};

}  // namespace sockbench
