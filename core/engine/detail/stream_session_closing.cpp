// StreamSession: how it ends.
#include <cerrno>
#include <chrono>
#include <limits>
#include <utility>

#include "core/engine/detail/stream_session.h"

namespace sockbench::detail {
namespace {

constexpr std::chrono::seconds kCloseLinger{2};

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
  if (peerShut_) return finish(SessionState::closed, RecordKind::closed, whoClosedFirst());
  journal_.become(SessionState::halfClosed, RecordKind::halfClosed, Party::us);
  if (closing_) waitForPeersEnd();
}

void StreamSession::waitForPeersEnd() {
  linger_.expires_after(kCloseLinger);
  linger_.async_wait([session = self<StreamSession>()](const std::error_code& ec) {
    if (!ec) session->worker().turn([&] { session->closeNow(); });
  });
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
  flushUpTo(std::numeric_limits<int>::max());
  if (ended_) return;
  if (broken_) return read();
  finish(SessionState::closed, RecordKind::closed, whoClosedFirst());
}

void StreamSession::reset() {
  if (ended_) return;
  const linger now{.l_onoff = 1, .l_linger = 0};
  if (const auto set = socket_.setRawOption(SOL_SOCKET, SO_LINGER, std::as_bytes(std::span(&now, 1))); !set)
    journal_.error(set.error());
  finish(SessionState::reset, RecordKind::reset, Party::us);
}

Party StreamSession::whoClosedFirst() const {
  return first_ == Party::none ? Party::us : first_;
}

void StreamSession::finish(SessionState state, std::optional<RecordKind> kind, Party by) {
  if (ended_) return;
  ended_ = true;
  const std::string unsent = unsentText(journal_.session().queue.discard());
  linger_.cancel();
  chargen_.reset();
  watch_.close();
  if (const auto closed = socket_.close(); !closed) journal_.error(closed.error());
  bound_ = {};
  journal_.finish(state, kind, by, unsent);
  leave();
}

}  // namespace sockbench::detail
