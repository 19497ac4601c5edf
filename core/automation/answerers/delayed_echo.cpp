#include "core/automation/answerers/delayed_echo.h"

#include "core/automation/answerers/answerer.h"
#include "core/base/duration_text.h"

namespace sockbench {
namespace {

// What an echo that waits costs beside its bytes.
constexpr std::size_t kCost = 64;

}  // namespace

void DelayedEcho::attached(AgentSession& session) {
  session.note("echoes after " + durationText(delay_));
}

void DelayedEcho::received(AgentSession& session, ByteView bytes, WallNanos) {
  const bool sharesSocket = isDatagramTransport(session.transport()) && session.listener();
  if (sharesSocket && bytes_ >= AnswererSpec::kMostEchoed) return leaveOut(session);
  waiting_.push_back({Clock::now() + delay_, Bytes(bytes.begin(), bytes.end())});
  bytes_ += bytes.size() + kCost;
  // What waits for its time must fit beside what waits for the peer to read.
  const std::size_t queued = sharesSocket ? 0 : session.queuedBytes();
  if (!holds_ && bytes_ + queued >= AnswererSpec::kMostEchoed / 2) {
    holds_ = true;
    session.setReading(false);
  }
  if (!full_) session.wakeAt(waiting_.front().due);
}

void DelayedEcho::leaveOut(AgentSession& session) {
  if (leftOut_++ > 0) return;
  session.note("a datagram gets no echo: too many wait; more such are counted",
               Error::fromInput(InputFault::queueFull, "echo", std::nullopt, "too many answers wait"));
}

void DelayedEcho::peerFinished(AgentSession& session) {
  full_ = false;
  sendUntil(session, Clock::time_point::max());
}

void DelayedEcho::drained(AgentSession& session) {
  full_ = false;
  sendUntil(session, Clock::now());
}

void DelayedEcho::woke(AgentSession& session) {
  sendUntil(session, Clock::now());
}

void DelayedEcho::sendUntil(AgentSession& session, Clock::time_point now) {
  while (!full_ && !waiting_.empty() && waiting_.front().due <= now) {
    const auto sent = session.send(Bytes(waiting_.front().bytes));
    // It is tried again at drained(), which does not come for an empty queue; other refusals are final. The
    // session has told of it.
    full_ = !sent && sent.error().isInput(InputFault::queueFull) && session.queuedBytes() > 0;
    if (full_) break;
    bytes_ -= waiting_.front().bytes.size() + kCost;
    waiting_.pop_front();
  }
  if (leftOut_ > 0 && waiting_.empty()) {
    session.note(std::to_string(leftOut_) + " datagrams got no echo");
    leftOut_ = 0;
  }
  if (holds_ && bytes_ + session.queuedBytes() < AnswererSpec::kMostEchoed / 4) {
    holds_ = false;
    session.setReading(true);
  }
  session.wakeAt(full_ || waiting_.empty() ? std::nullopt : std::optional(waiting_.front().due));
}

}  // namespace sockbench
