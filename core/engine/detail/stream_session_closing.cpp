// StreamSession: how it ends.
#include <cerrno>
#include <chrono>
#include <limits>
#include <utility>

#include "core/engine/detail/stream_session.h"

namespace sockbench::detail {
namespace {

constexpr std::chrono::seconds kCloseLinger{2};
// More than a kernel keeps of a connection that is no more, and still a bound.
constexpr int kTurnsAtTheEnd = 16;

}  // namespace

void StreamSession::halfClose() {
  if (ended_ || ourShut_) return;
  journal_.session().queue.stopAccepting();
  shutWhenDrained_ = true;
  flush();
}

void StreamSession::shutOurSide() {
  if (const auto done = socket_.shutdown(ShutdownHow::write); !done && !done.error().isErrno(ENOTCONN))
    journal_.error(done.error());
  ourShut_ = true;
  if (first_ == Party::none) first_ = Party::us;
  if (peerShut_) return finish(closedInOrder());
  journal_.become(SessionState::halfClosed, RecordKind::halfClosed, Party::us);
  if (closing_) waitForPeersEnd();
}

void StreamSession::startTimer(std::unique_ptr<asio::steady_timer>& timer, std::chrono::nanoseconds time,
                               void (StreamSession::*then)()) {
  if (!timer) timer = std::make_unique<asio::steady_timer>(worker().io());
  timer->expires_after(time);
  timer->async_wait([session = self<StreamSession>(), then](const std::error_code& ec) {
    if (ec || session->ended_) return;
    session->worker().turn([&] { ((*session).*then)(); });
  });
}

void StreamSession::waitForPeersEnd() {
  startTimer(linger_, kCloseLinger, &StreamSession::closeNow);
}

void StreamSession::close() {
  if (ended_) return;
  if (closing_) return closeNow();
  closing_ = true;
  if (ourShut_) return waitForPeersEnd();
  halfClose();
}

void StreamSession::closeNow() {
  if (ended_) return;
  journal_.session().queue.stopAccepting();
  atOnce_ = true;
  flushUpTo(std::numeric_limits<int>::max());
  if (ended_) return;
  if (broken_) {
    for (int turns = 0; turns < kTurnsAtTheEnd && readSome(); ++turns) {
    }
    return finishBroken();
  }
  finish(closedInOrder());
}

void StreamSession::reset() {
  if (ended_) return;
  const linger now{.l_onoff = 1, .l_linger = 0};
  if (const auto set = socket_.setRawOption(SOL_SOCKET, SO_LINGER, std::as_bytes(std::span(&now, 1))); !set)
    journal_.error(set.error());
  finish({SessionState::reset, RecordKind::reset, Party::us});
}

void StreamSession::finishBroken() {
  journal_.error(std::move(brokenBy_));
  finish(*broken_);
}

StreamEnding StreamSession::closedInOrder() const {
  return {SessionState::closed, RecordKind::closed, first_ == Party::none ? Party::us : first_};
}

void StreamSession::finish(StreamEnding ending) {
  if (ended_) return;
  ended_ = true;
  journal_.session().queue.stopAccepting();  // a file that is offered now is refused, not lost
  endFiles();
  const std::string unsent = unsentText(journal_.session().queue.discard());
  if (linger_) linger_->cancel();
  if (rest_) rest_->cancel();
  if (pace_) pace_->cancel();
  if (quiet_) quiet_->cancel();
  chargen_.reset();
  watch_.close();
  if (const auto closed = socket_.close(); !closed) journal_.error(closed.error());
  removeFile(bound_);
  journal_.finish(ending.state, ending.kind, ending.by, unsent);
  leave();
}

}  // namespace sockbench::detail
