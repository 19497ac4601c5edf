// SendAgent: sends a message in one session as a SendPlan says.
//
//   auto agent = SendAgent::make(plan, message);
//   engine.attach(id, *agent);
//   ... (*agent)->status() ...
//   engine.attach(id, (*agent)->stopping());
//
// Times are absolute: message n is due n intervals after the first, whatever became of those before it, plus
// a jitter of its own. One that is an interval or more late goes all the same, and is counted as late. When
// the session's queue is full, a message with an interval is left out and counted as skipped; without one it
// waits until the queue has drained. A bound of bytes a second, or pieces with gaps, may make messages later
// than their interval says. Each datagram or record is one piece; the pieces of a stream are one send(2)
// each.
//
// Start::connected and Start::now begin when the agent is attached to an open session, or when its session
// opens. Start::received begins with each match, and again when it is through (a match in the meantime is
// passed over, and so are those beyond kMostStarts a second); what the match's groups held is there for the
// message's fields.
//
// Its begin and its end are rows of kind `automatic`, and so is the first message that is skipped.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <string>

#include "core/automation/answers/answer_bounds.h"
#include "core/automation/answers/heard.h"
#include "core/automation/send_plan.h"
#include "core/engine/session_agent.h"

namespace sockbench {

class SendAgent final : public SessionAgent, public std::enable_shared_from_this<SendAgent> {
 public:
  enum class State : std::uint8_t {
    waiting,  // for the session to open, or for what it begins with
    sending,
    done,     // as the plan says
    stopped,  // by a person, or with the session
    failed,   // its message cannot be made, or not be sent
  };
  struct Status {
    State state = State::waiting;
    std::uint64_t sent = 0;     // messages
    std::uint64_t bytes = 0;    // of them
    std::uint64_t late = 0;     // of them: an interval or more behind their time
    std::uint64_t skipped = 0;  // that found the queue full
    bool isOver() const { return state != State::waiting && state != State::sending; }
  };
  // Messages that may go in one turn of the worker, which has others to serve.
  static constexpr int kMostPerTurn = 64;
  // Without an interval, so much may wait in the session's queue.
  static constexpr std::size_t kMostQueued = std::size_t{256} << 10;
  // Start::received: matches that begin it in a second; those beyond are passed over, and that is told.
  static constexpr std::uint32_t kMostStarts = 200;
  // Matches of one receive that are looked for; what follows is passed over.
  static constexpr int kMostMatches = 1000;

  // Errors: those of compile() for the plan's patterns; badSyntax for a jitter larger than the interval.
  // `variables` of the message's fields: nullptr for none.
  static Result<std::shared_ptr<SendAgent>> make(SendPlan plan, Message message,
                                                 std::shared_ptr<const Variables> variables = {});

  // Thread: any.
  Status status() const;
  const SendPlan& plan() const { return plan_; }
  // To be attached to the session: ends the sending there, told as a row.
  std::shared_ptr<SessionAgent> stopping();

  // Thread: the session's worker.
  void attached(AgentSession& session) override;
  void received(AgentSession& session, ByteView bytes, WallNanos time) override;
  void drained(AgentSession& session) override;
  void woke(AgentSession& session) override;
  void ended(const SessionSnapshot& last) override;
  void detached() override;

 private:
  using Clock = std::chrono::steady_clock;

  SendAgent(SendPlan plan, Message message, std::shared_ptr<const Variables> variables)
      : plan_(std::move(plan)), message_(std::move(message)), variables_(std::move(variables)) {}

  void begin(std::vector<Bytes> groups);
  void lookForBegin();
  bool mayBegin();
  void pump();
  bool sendNext(Clock::time_point now);  // false: nothing more can go in this turn
  bool sendPiece();
  bool startMessage(Clock::time_point now);
  void skip();
  void schedule();
  void setTimer();
  void through();
  void finish(State state, const std::string& why, std::optional<Error> error = std::nullopt);
  std::string sums() const;
  bool hasRoom() const;
  bool isWholePlanDone() const;

  const SendPlan plan_;
  const Message message_;
  const std::shared_ptr<const Variables> variables_;
  std::optional<BytePattern> match_;
  std::optional<BytePattern> until_;

  AgentSession* session_ = nullptr;
  Heard heard_;
  Listening forMatch_;
  AnswerBounds starts_{kMostStarts, 0};
  Listening forUntil_;
  FieldValues values_;
  std::minstd_rand random_;
  std::uint64_t planned_ = 0;     // messages of this run that have had their time
  Clock::time_point firstDue_{};  // of this run
  Clock::time_point slot_{};      // the next message's own time, without its jitter
  Clock::time_point due_{};       // when something is to be done next
  Clock::time_point rateFree_{};  // bytesPerSecond allows nothing before
  std::optional<Clock::time_point> ends_;
  Bytes rest_;              // of a message that goes in pieces
  std::size_t restAt_ = 0;  // what of it has gone
  std::size_t fullAt_ = 0;  // how much was queued when a message was refused; 0: none was
  bool toldSkip_ = false;
  bool toldRest_ = false;

  std::atomic<State> state_{State::waiting};
  std::atomic<std::uint64_t> sent_{0};
  std::atomic<std::uint64_t> bytes_{0};
  std::atomic<std::uint64_t> late_{0};
  std::atomic<std::uint64_t> skipped_{0};
};

}  // namespace sockbench
