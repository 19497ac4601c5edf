// RuleAgent: answers in one session by the rules of an AnswerDesk.
//
// What a rule looks at: `any`, `length` and `nth` are asked of each receive as the kernel gave it. A pattern
// is looked for, of a stream, in the bytes since this rule's last match (at most Heard::kMostKept of earlier
// receives), and the rule acts once for each match; of a datagram or a record, in it alone, and once. Rules
// act in the order in which their matches end, those that end at one place in the book's order, so that it
// does not matter how a stream was cut into receives. Behind a match of a rule that is `last`, later rules
// go on with what follows it. While a sequence expects something, rules hear nothing.
//
// Each rule that acts is a row of kind `automatic`; beyond HitNotes::kMostRows a second they are counted and
// told together. Beyond the book's bounds the rules rest, or stop for good: both are rows, too. A loop that
// is slower than the bound goes on until a session is closed.
//
// Made by AnswerDesk. Thread: the session's worker.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "core/automation/answers/answer_bounds.h"
#include "core/automation/answers/answer_desk.h"
#include "core/automation/answers/heard.h"
#include "core/automation/answers/hit_notes.h"
#include "core/automation/answers/step_run.h"

namespace sockbench {

class RuleAgent final : public SessionAgent, public std::enable_shared_from_this<RuleAgent> {
 public:
  // Answers that wait (for a time, or for what they expect) in one session; one more is not begun, and told.
  static constexpr std::size_t kMostWaiting = 1000;

  // Matches of an expression that are looked for in one receive, each of which may cost a look at all of it;
  // what follows is passed over, and told.
  static constexpr int kMostSearches = 1000;

  explicit RuleAgent(std::shared_ptr<AnswerDesk> desk) : desk_(std::move(desk)) {}

  void attached(AgentSession& session) override;
  void received(AgentSession& session, ByteView bytes, WallNanos time) override;
  void peerFinished(AgentSession& session) override;
  void woke(AgentSession& session) override;
  void ended(const SessionSnapshot& last) override;
  void detached() override;

  void takeUpBook();  // the desk has another one. Nothing where no session is there

 private:
  using Clock = std::chrono::steady_clock;
  struct Hit {
    Listening::Found found;
    std::size_t rule = 0;  // of book_->rules()
  };

  void refresh();
  void fireAll(AnswerRule::When when);
  bool letExpectsHear();  // true: an expect has all that was heard
  std::vector<Hit> hits(std::size_t length);
  void addMatches(std::size_t rule, std::vector<std::uint64_t>& lastEnds, std::vector<Hit>& hits);
  bool meets(const AnswerRule& rule, std::size_t length) const;
  void fire(const ReadyRule& rule, const Listening::Found& found);
  Listening::Found here() const;  // at the end of what was heard: of no bytes
  bool mayAnswer();
  void passOver();
  void passOverCut();
  void settle();
  void advanceDue(Clock::time_point now);
  void askSilence(Clock::time_point now);
  void endRest(Clock::time_point now);
  void setTimer();
  void told(StepRun& run, bool first);

  std::shared_ptr<AnswerDesk> desk_;
  AgentSession* session_ = nullptr;  // between attached() and ended() or detached()
  std::shared_ptr<const RuleBook> book_;
  std::shared_ptr<const Variables> variables_;
  std::uint64_t version_ = 0;
  AnswerBounds bounds_{0, 0};
  HitNotes notes_;
  Heard heard_;
  std::vector<Listening> listening_;  // a rule each
  std::vector<bool> silenceTold_;     // a rule each: since the last receive
  std::vector<std::size_t> cut_;      // rules that found kMostSearches in this receive
  std::deque<StepRun> runs_;          // those that wait or expect
  std::uint64_t receives_ = 0;
  std::uint64_t passedOver_ = 0;  // receives, while the rules rest
  std::uint64_t notBegun_ = 0;    // answers beyond kMostWaiting
  Clock::time_point lastReceive_{};
};

}  // namespace sockbench
