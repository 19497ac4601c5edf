#include "core/automation/many/swarm_client.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include "core/engine/session_snapshot.h"

namespace sockbench {
namespace {

// Of one client in one turn: the others of its worker have theirs.
constexpr int kMostATurn = 64;

Error tooManyWait() {
  return Error::fromInput(
      InputFault::queueFull, {}, std::nullopt,
      std::to_string(AnswerMatcher::kMostWaiting) + " messages of the client wait for an answer",
      Operation::send);
}

SwarmState endState(SessionState state) {
  return state == SessionState::closed ? SwarmState::closed : SwarmState::failed;
}

}  // namespace

SwarmClient::SwarmClient(std::shared_ptr<const SwarmPlan> plan, std::size_t number, Clock::time_point begun)
    : plan_(std::move(plan)),
      number_(number),
      begun_(begun),
      answers_(plan_->spec.answer, isByteStream(plan_->spec.connect.endpoint.transport)) {
  if (plan_->message && !plan_->bytes) variables_ = plan_->spec.columns.variablesOf(number);
}

void SwarmClient::attached(AgentSession& session) {
  const Clock::time_point now = Clock::now();
  const SwarmSpec& spec = plan_->spec;
  board().opened(number_, session.local().port(), now - begun_);
  if (spec.lifetime) end_ = now + std::chrono::duration_cast<Clock::duration>(*spec.lifetime);
  // All at once they would only measure how they wait for one another.
  const double part = static_cast<double>(number_) / static_cast<double>(spec.clients);
  due_ =
      now + std::chrono::duration_cast<Clock::duration>(part * std::chrono::duration<double>(spec.interval));
  if (!paces()) sendOne(session, now);
  arm(session);
}

bool SwarmClient::maySend() const {
  return plan_->message && !finished_ && board().sending.load(std::memory_order_relaxed) &&
         (plan_->spec.messages == 0 || tried_ < plan_->spec.messages);
}

bool SwarmClient::isDone() const {
  return plan_->spec.messages > 0 && tried_ >= plan_->spec.messages && answers_.waiting() == 0;
}

void SwarmClient::received(AgentSession& session, ByteView bytes, WallNanos) {
  board().received(number_, bytes.size());
  const std::size_t before = answers_.waiting();
  const Clock::time_point now = Clock::now();
  answers_.received(bytes, [&](Clock::time_point time) {
    board().answered(number_, now - time);
    --board().waiting;
  });
  if (answers_.waiting() == before) return;
  if (!board().sending) board().notify();
  goOn(session);
}

void SwarmClient::goOn(AgentSession& session) {
  if (!paces() && answers_.waiting() == 0 && maySend()) sendOne(session, Clock::now());
  if (isDone()) return finish(session);
  arm(session);
}

// Without an answer it is the kernel that sets the pace.
void SwarmClient::drained(AgentSession& session) {
  if (plan_->spec.answer.how == AnswerCheck::How::none && plan_->message) goOn(session);
}

void SwarmClient::woke(AgentSession& session) {
  armed_.reset();
  const Clock::time_point now = Clock::now();
  if (end_ && now >= *end_) return finish(session);
  giveUpLate(now);
  if (paces()) sendDue(session, now);
  goOn(session);
}

void SwarmClient::sendDue(AgentSession& session, Clock::time_point now) {
  for (int sent = 0; sent < kMostATurn && maySend() && due_ <= now; ++sent) {
    sendOne(session, due_);
    due_ += std::chrono::duration_cast<Clock::duration>(plan_->spec.interval);
  }
}

void SwarmClient::giveUpLate(Clock::time_point now) {
  if (plan_->spec.answerLimit.count() == 0) return;
  const std::size_t late =
      answers_.giveUp(now - std::chrono::duration_cast<Clock::duration>(plan_->spec.answerLimit));
  if (late == 0) return;
  board().gaveUp(number_, late);
  board().waiting -= static_cast<std::int64_t>(late);
}

Result<Bytes> SwarmClient::makeMessage(const AgentSession& session) {
  if (plan_->bytes) return *plan_->bytes;
  FieldValues values;
  values.counter = tried_;
  values.seed = freshSeed();
  values.peerAddress = session.peer().ip();
  values.peerPort = session.peer().port();
  values.localAddress = session.local().ip();
  values.localPort = session.local().port();
  values.variables = &variables_;
  auto made = plan_->message->expand(values);
  if (!made) return std::unexpected(std::move(made.error()));
  return std::move(made->bytes);
}

void SwarmClient::sendOne(AgentSession& session, Clock::time_point time) {
  if (!maySend()) return;
  Result<Bytes> bytes = makeMessage(session);
  ++tried_;
  if (bytes && answers_.hasRoom()) return queue(session, std::move(*bytes), time);
  board().refused(number_, bytes ? tooManyWait() : bytes.error());
  if (!bytes) finish(session);  // no later one would be better
}

void SwarmClient::queue(AgentSession& session, Bytes bytes, Clock::time_point time) {
  const std::size_t size = bytes.size();
  if (const auto taken = session.send(std::move(bytes)); !taken) {
    board().refused(number_, taken.error());
    if (!paces()) finish(session);  // the queue was empty: it will never fit
    return;
  }
  board().sent(number_, size);
  if (plan_->spec.answer.how == AnswerCheck::How::none) return;
  answers_.sent(time, size);
  ++board().waiting;
}

void SwarmClient::arm(AgentSession& session) {
  if (finished_) return;
  std::optional<Clock::time_point> next = end_;
  const auto earlier = [&](Clock::time_point time) { next = next ? std::min(*next, time) : time; };
  if (paces() && maySend()) earlier(due_);
  const auto oldest = answers_.oldest();
  if (oldest && plan_->spec.answerLimit.count() > 0)
    earlier(*oldest + std::chrono::duration_cast<Clock::duration>(plan_->spec.answerLimit));
  // An earlier wake finds the later one by itself.
  if (!next || (armed_ && *armed_ <= *next)) return;
  armed_ = next;
  session.wakeAt(next);
}

void SwarmClient::finish(AgentSession& session) {
  if (std::exchange(finished_, true)) return;
  session.wakeAt(std::nullopt);
  session.close();
}

void SwarmClient::ended(const SessionSnapshot& last) {
  board().waiting -= static_cast<std::int64_t>(answers_.waiting());
  if (endState(last.state) == SwarmState::failed)
    board().met(number_, last.error.value_or(Error::fromErrno(Operation::recv, ECONNRESET, last.target)));
  board().ended(number_, endState(last.state), last.by, last.bytesOut);
}

}  // namespace sockbench
