#include "core/engine/detail/stream_session.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <limits>
#include <utility>

namespace sockbench::detail {
namespace {

// One turn reads and writes no more than this, so that no session starves another of its worker.
constexpr int kCallsPerTurn = 16;
constexpr std::size_t kMostPerCall = std::size_t{256} << 10;
constexpr std::size_t kLeastRoom = std::size_t{16} << 10;
constexpr std::chrono::seconds kCloseLinger{2};

// recv() of a seqpacket socket gives 0 at the end and for an empty record. It was the end when the peer has
// shut its side and nothing is left.
bool isAtEnd(const Socket& socket) {
  pollfd ready{.fd = socket.fileno(), .events = POLLRDHUP, .revents = 0};
  return ::poll(&ready, 1, 0) > 0 && socket.bytesReadable().value_or(0) == 0;
}

}  // namespace

StreamSession::StreamSession(Context& context, SessionSharedPtr session, Socket socket, SessionRules rules,
                             BoundPath bound)
    : Actor(context, std::move(session)),
      socket_(std::move(socket)),
      bound_(std::move(bound)),
      watch_(worker()),
      linger_(worker().io()) {
  rules_ = std::move(rules);
}

void StreamSession::begin(const SocketAddress& peer, RecordKind kind, std::uint64_t value) {
  journal_.setEnds(socket_.localAddress().value_or(SocketAddress()), peer, socket_.fileno());
  journal_.session().queue.open();
  journal_.become(SessionState::connected, kind, Party::none, {}, value);
  if (const auto ec = watch_.open(socket_.fileno())) {
    journal_.error(Error::fromErrno(Operation::poll, ec.value()));
    finish(SessionState::failed, std::nullopt, Party::none);
    return;
  }
  waitToRead();
}

// ---- receiving

void StreamSession::read() {
  // Once sending has failed the peer is gone, and what it left is read to the end.
  for (int calls = 0; (calls < kCallsPerTurn || broken_) && !ended_ && !peerShut_; ++calls) {
    if (rules_.responder == Responder::echo && journal_.session().queue.isCrowded()) {
      paused_ = true;
      break;
    }
    if (!readOnce()) break;
  }
  if (ended_) return;
  if (broken_) {
    const bool reset = *broken_ == RecordKind::reset;
    return finish(reset ? SessionState::reset : SessionState::closed, broken_, Party::peer);
  }
  flush();
  if (!ended_) waitToRead();
}

bool StreamSession::readOnce() {
  return journal_.session().transport == Transport::unixSeqpacket ? readRecord() : readBytes();
}

bool StreamSession::readBytes() {
  const auto room = worker().writer().space(kLeastRoom);
  const auto got = socket_.recv(room.first(std::min(room.size(), kMostPerCall)));
  if (!got) readFailed(got.error());
  if (got && *got == 0) peerFinished();
  return got && *got > 0 && received(journal_.receivedInPlace(*got));
}

bool StreamSession::readRecord() {
  const auto got = socket_.recvFrom(worker().scratch(), MSG_TRUNC);
  if (!got) readFailed(got.error());
  if (!got) return false;
  if (got->bytes == 0 && isAtEnd(socket_)) {
    peerFinished();
    return false;
  }
  const std::size_t kept = std::min(got->bytes, worker().scratch().size());
  return received(journal_.received(worker().scratch().first(kept), got->bytes));
}

bool StreamSession::received(const PinnedBytes& bytes) {
  const bool canSend = !ourShut_ && !shutWhenDrained_ && !broken_;
  if (rules_.responder == Responder::echo && canSend) journal_.session().queue.pushEcho(bytes);
  if (endReceived_.feed(bytes.bytes, rules_.endWord) && !closing_) closeOnceRead();
  return !ended_;
}

// The peer's FIN may stand right behind its last words: read() comes to it before it shuts our side, so that
// who closed first is told as it was.
void StreamSession::closeOnceRead() {
  closing_ = true;
  if (ourShut_) return waitForPeersEnd();
  journal_.session().queue.stopAccepting();
  shutWhenDrained_ = true;
}

void StreamSession::waitToRead() {
  if (peerShut_) return watchForReset();
  // While the echo waits to go out, flush() waits for room, and a broken connection shows itself there.
  if (!paused_) watch_.whenReadable(self<StreamSession>(), &StreamSession::read);
}

void StreamSession::peerFinished() {
  peerShut_ = true;
  if (first_ == Party::none) first_ = Party::peer;
  if (broken_) return;
  if (ourShut_) return finish(SessionState::closed, RecordKind::closed, whoClosedFirst());
  journal_.become(SessionState::halfClosed, RecordKind::halfClosed, Party::peer);
  if (!rules_.stayHalfOpen || closing_) {
    journal_.session().queue.stopAccepting();
    shutWhenDrained_ = true;
  }
}

void StreamSession::readFailed(Error error) {
  if (error.isErrno(EAGAIN)) return;
  if (broken_) return;
  error.subject = journal_.subject();
  if (error.isErrno(ECONNRESET)) {
    journal_.session().update([&](SessionSnapshot& s) { s.error = error; });
    return finish(SessionState::reset, RecordKind::reset, Party::peer);
  }
  journal_.error(std::move(error));
  finish(SessionState::failed, RecordKind::closed, Party::us);
}

// Nothing more is to be read: a reset still shows itself.
void StreamSession::watchForReset() {
  watch_.whenBroken(self<StreamSession>(), &StreamSession::brokenWhileQuiet);
}

void StreamSession::brokenWhileQuiet() {
  const auto code = socket_.takeError();
  if (code && *code != 0) readFailed(Error::fromErrno(Operation::recv, *code == EPIPE ? ECONNRESET : *code));
}

// ---- sending

void StreamSession::flush() {
  flushUpTo(kCallsPerTurn);
}

void StreamSession::flushUpTo(int mostCalls) {
  if (ended_ || broken_ || flushing_) return;
  flushing_ = true;
  SendQueue& queue = journal_.session().queue;
  OutItem* item = queue.front();
  for (int calls = 0; item && calls < mostCalls; ++calls) {
    owesDrained_ = owesDrained_ || !item->isShared();
    if (!sendOnce(*item)) break;
    item = ended_ || broken_ ? nullptr : queue.front();
  }
  flushing_ = false;
  if (ended_ || broken_) return;
  if (paused_ && queue.hasRoomAgain()) {
    paused_ = false;
    waitToRead();
  }
  if (item) return watch_.whenWritable(self<StreamSession>(), &StreamSession::flush);
  if (std::exchange(owesDrained_, false)) journal_.drained();
  queueDrained();
}

bool StreamSession::sendOnce(OutItem& item) {
  const ByteView rest = item.rest();
  const bool records = journal_.session().transport == Transport::unixSeqpacket;
  SendQueue& queue = journal_.session().queue;
  const WallNanos time = wallNow();
  const auto gone = socket_.send(records ? rest : rest.first(std::min(rest.size(), kMostPerCall)));
  if (!gone) {
    if (gone.error().isErrno(EAGAIN) || gone.error().isErrno(ENOBUFS)) return false;
    if (records && gone.error().isErrno(EMSGSIZE)) {
      Error error = gone.error();
      error.subject = journal_.subject();
      journal_.refused(std::move(error));
      queue.pop();
      return true;
    }
    sendFailed(gone.error());
    return false;
  }
  journal_.sent(item, *gone, time);
  const bool ends = endSent_.feed(rest.first(*gone), rules_.endWord);
  queue.sent(*gone);
  if (item.rest().empty()) queue.pop();
  if (ends && !closing_) close();
  return !ended_;
}

// What has come and was not read yet is still good: it is read before the session ends.
void StreamSession::sendFailed(Error error) {
  error.subject = journal_.subject();
  error.bytesDone = journal_.session().bytesOut;
  const bool gone = error.isErrno(ECONNRESET) || error.isErrno(EPIPE);
  const std::string unsent = unsentText(journal_.session().queue.discard());
  if (!unsent.empty()) error.detail = error.message() + "; " + unsent;
  const bool tcp = journal_.session().transport == Transport::tcp;
  journal_.error(std::move(error));
  if (!gone) return finish(SessionState::failed, RecordKind::closed, Party::us);
  broken_ = tcp ? RecordKind::reset : RecordKind::closed;
  paused_ = false;
  worker().post([session = self<StreamSession>()] { session->read(); });
}

void StreamSession::queueDrained() {
  if (shutWhenDrained_ && !ourShut_) shutOurSide();
}

// ---- closing

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
  watch_.close();
  if (const auto closed = socket_.close(); !closed) journal_.error(closed.error());
  bound_ = {};
  journal_.finish(state, kind, by, unsent);
  leave();
}

}  // namespace sockbench::detail
