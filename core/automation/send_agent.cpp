#include "core/automation/send_agent.h"

#include <algorithm>
#include <utility>

#include "core/automation/answers/step_run.h"
#include "core/automation/errand.h"
#include "core/base/duration_text.h"

namespace sockbench {
namespace {

using Start = SendPlan::Start;

std::string counted(std::uint64_t count, const char* what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

// "50 messages, each 100ms"; what a row says when it begins.
std::string inWords(const SendPlan& plan) {
  std::string text = plan.count == 0 ? "messages until it is stopped" : counted(plan.count, "message");
  if (plan.interval.count() > 0) text += ", one each " + durationText(plan.interval);
  if (plan.jitter.count() > 0) text += " ± " + durationText(plan.jitter);
  if (plan.bytesPerSecond > 0) text += ", at most " + std::to_string(plan.bytesPerSecond) + " bytes a second";
  if (plan.pieceBytes > 0) text += ", in pieces of " + counted(plan.pieceBytes, "byte");
  if (plan.duration) text += ", for " + durationText(*plan.duration);
  return text;
}

}  // namespace

Result<std::shared_ptr<SendAgent>> SendAgent::make(SendPlan plan, Message message,
                                                   std::shared_ptr<const Variables> variables) {
  if (plan.jitter > plan.interval) {
    return std::unexpected(Error::fromInput(InputFault::badSyntax, durationText(plan.jitter), std::nullopt,
                                            "the jitter is larger than the interval"));
  }
  std::shared_ptr<SendAgent> agent(new SendAgent(std::move(plan), std::move(message), std::move(variables)));
  if (agent->plan_.start == Start::received) {
    auto match = compile(agent->plan_.match);
    if (!match) return std::unexpected(std::move(match.error()));
    agent->match_ = std::move(*match);
  }
  if (agent->plan_.until) {
    auto until = compile(*agent->plan_.until);
    if (!until) return std::unexpected(std::move(until.error()));
    agent->until_ = std::move(*until);
  }
  return agent;
}

SendAgent::Status SendAgent::status() const {
  return {state_, sent_, bytes_, late_, skipped_};
}

std::shared_ptr<SessionAgent> SendAgent::stopping() {
  return std::make_shared<Errand>([self = shared_from_this()](AgentSession&) {
    if (self->session_ != nullptr) self->finish(State::stopped, "stopped");
  });
}

void SendAgent::attached(AgentSession& session) {
  session_ = &session;
  heard_ = Heard(isByteStream(session.transport()));
  values_ = fieldValuesOf(session, variables_.get());
  random_.seed(static_cast<std::minstd_rand::result_type>(freshSeed()));
  if (plan_.start != Start::received) begin({});
}

void SendAgent::begin(std::vector<Bytes> groups) {
  values_.groups = std::move(groups);
  state_ = State::sending;
  planned_ = 0;
  toldSkip_ = false;
  firstDue_ = Clock::now();
  rateFree_ = firstDue_;
  ends_.reset();
  if (plan_.duration) ends_ = firstDue_ + *plan_.duration;
  session_->note("sending begins: " + inWords(plan_));
  schedule();
  pump();
}

void SendAgent::received(AgentSession&, ByteView bytes, WallNanos) {
  if (!match_ && !until_) return;
  heard_.add(bytes);
  std::uint64_t needed = heard_.end();
  const bool ends = until_ && state_ == State::sending && forUntil_.find(heard_, *until_);
  if (until_) needed = forUntil_.needed(*until_);
  if (match_) {
    if (!ends) lookForBegin();
    if (session_ == nullptr) return;
    needed = std::min(needed, forMatch_.needed(*match_));
  }
  if (ends) {
    forUntil_.goTo(heard_.end());
    return finish(State::done, "ended by what was received");
  }
  heard_.settle(needed);
}

void SendAgent::lookForBegin() {
  for (int matches = 0; matches < kMostMatches && !starts_.isResting(Clock::now()); ++matches) {
    const auto found = forMatch_.find(heard_, *match_);
    if (!found) return;
    if (state_ == State::waiting && mayBegin()) begin(Listening::groups(heard_, *match_, *found));
    if (session_ == nullptr) return;
    // An expression may match no bytes, at the very end, too.
    forMatch_.goTo(std::min(std::max(found->end, found->begin + 1), heard_.end()));
    if (found->begin >= heard_.end()) return;
  }
  forMatch_.goTo(heard_.end());
}

bool SendAgent::mayBegin() {
  if (starts_.ask(Clock::now()) == AnswerBounds::Verdict::go) return true;
  if (std::exchange(toldRest_, true)) return false;
  const std::string bound = std::to_string(kMostStarts) + " matches in a second";
  session_->note("sending rests until the second is over: more than " + bound + "; it is told once",
                 Error::fromInput(InputFault::rateLimit, bound, std::nullopt,
                                  "two programs may be answering each other"));
  return false;
}

// When the next message is to go; the plan's grid does not move, whatever becomes of a message.
void SendAgent::schedule() {
  slot_ = firstDue_ + plan_.interval * static_cast<std::int64_t>(planned_);
  due_ = slot_;
  if (plan_.jitter.count() > 0) {
    std::uniform_int_distribution<std::int64_t> jitter(-plan_.jitter.count(), plan_.jitter.count());
    due_ = std::max(firstDue_, slot_ + std::chrono::nanoseconds(jitter(random_)));
  }
  due_ = std::max(due_, rateFree_);
}

bool SendAgent::isWholePlanDone() const {
  return rest_.empty() && plan_.count > 0 && planned_ >= plan_.count;
}

void SendAgent::pump() {
  for (int sent = 0; state_ == State::sending && sent < kMostPerTurn; ++sent) {
    if (isWholePlanDone()) return through();
    const auto now = Clock::now();
    if (ends_ && now >= *ends_) return finish(State::done, "its time is over");
    if (now < due_ || !sendNext(now)) break;
  }
  if (state_ == State::sending && isWholePlanDone()) return through();
  setTimer();
}

bool SendAgent::sendNext(Clock::time_point now) {
  if (!rest_.empty()) return hasRoom() && sendPiece();
  if (startMessage(now)) return sendPiece();
  return state_ == State::sending && plan_.interval.count() > 0;  // it was left out; the next may be due
}

bool SendAgent::hasRoom() const {
  if (fullAt_ > 0 && session_->queuedBytes() * 2 > fullAt_) return false;
  return plan_.interval.count() > 0 || session_->queuedBytes() < kMostQueued;
}

// False: there is no message to send; it was skipped, waits, or cannot be made.
bool SendAgent::startMessage(Clock::time_point now) {
  if (!hasRoom()) {
    if (plan_.interval.count() > 0) skip();
    return false;
  }
  fullAt_ = 0;
  values_.counter = planned_;
  values_.seed = freshSeed();
  auto made = message_.expand(values_);
  if (!made) {
    finish(State::failed, "its message cannot be made", std::move(made.error()));
    return false;
  }
  if (plan_.interval.count() > 0 && now >= slot_ + plan_.interval + plan_.jitter) ++late_;
  rest_ = std::move(made->bytes);
  restAt_ = 0;
  return true;
}

bool SendAgent::sendPiece() {
  const std::size_t size =
      plan_.pieceBytes == 0 ? rest_.size() : std::min(plan_.pieceBytes, rest_.size() - restAt_);
  const auto first = rest_.begin() + static_cast<std::ptrdiff_t>(restAt_);
  const auto sent = session_->send(Bytes(first, first + static_cast<std::ptrdiff_t>(size)));
  // What an empty queue refuses is larger than the queue can be: waiting would not help.
  if (!sent && (!sent.error().isInput(InputFault::queueFull) || session_->queuedBytes() == 0)) {
    finish(State::failed, "the session cannot send", sent.error());
    return false;
  }
  if (!sent) {
    fullAt_ = std::max<std::size_t>(session_->queuedBytes(), 1);
    // A message of which a part has gone is sent to its end; one that has not begun is left out, if it has a
    // time of its own.
    if (restAt_ > 0 || plan_.interval.count() == 0) return false;
    rest_.clear();
    skip();
    return false;
  }
  restAt_ += size;
  bytes_ += size;
  const auto now = Clock::now();
  if (plan_.bytesPerSecond > 0) {
    const double seconds = static_cast<double>(size) / static_cast<double>(plan_.bytesPerSecond);
    rateFree_ = std::max(rateFree_, now) +
                std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
  }
  if (restAt_ < rest_.size()) {
    due_ = std::max(now + plan_.pieceGap, rateFree_);
    return true;
  }
  rest_.clear();
  restAt_ = 0;
  ++sent_;
  ++planned_;
  schedule();
  return true;
}

void SendAgent::skip() {
  ++skipped_;
  ++planned_;
  schedule();
  if (std::exchange(toldSkip_, true)) return;
  session_->note("a message was left out: the send queue is full; more such are counted");
}

void SendAgent::setTimer() {
  if (session_ == nullptr || state_ != State::sending) return;
  // Without a time of its own a message waits for drained(), and so does the rest of one.
  const bool mayWait = plan_.interval.count() == 0 || !rest_.empty();
  const bool waitsForRoom = mayWait && Clock::now() >= due_ && !hasRoom();
  std::optional<Clock::time_point> next;
  if (!waitsForRoom) next = due_;
  if (ends_) next = next ? std::min(*next, *ends_) : *ends_;
  session_->wakeAt(next);
}

void SendAgent::woke(AgentSession&) {
  if (state_ == State::sending) pump();
}

void SendAgent::drained(AgentSession&) {
  fullAt_ = 0;
  if (state_ == State::sending && Clock::now() >= due_) pump();
}

// A plan that begins with a match waits for the next one.
void SendAgent::through() {
  if (plan_.start != Start::received) return finish(State::done, "done");
  state_ = State::waiting;
  session_->wakeAt(std::nullopt);
  session_->note("sending is through and waits for the next match: " + sums());
}

std::string SendAgent::sums() const {
  std::string text = counted(sent_, "message") + ", " + counted(bytes_, "byte");
  if (late_ > 0) text += ", " + std::to_string(late_) + " late";
  if (skipped_ > 0) text += ", " + std::to_string(skipped_) + " left out";
  return text;
}

void SendAgent::finish(State state, const std::string& why, std::optional<Error> error) {
  AgentSession& session = *std::exchange(session_, nullptr);
  state_ = state;
  session.note("sending ends, " + why + ": " + sums(), std::move(error));
  session.wakeAt(std::nullopt);
  session.leave();
}

void SendAgent::ended(const SessionSnapshot&) {
  detached();
}

void SendAgent::detached() {
  session_ = nullptr;
  if (!status().isOver()) state_ = State::stopped;
}

}  // namespace sockbench
