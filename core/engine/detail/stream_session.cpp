// StreamSession: its beginning and what it receives. What it answers by itself, sending and the end are in
// stream_session_answers.cpp, stream_session_sending.cpp and stream_session_closing.cpp.
#include "core/engine/detail/stream_session.h"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <span>
#include <utility>

#include "core/engine/detail/shortage.h"
#include "core/engine/detail/urgent_byte.h"

namespace sockbench::detail {
namespace {

constexpr std::size_t kLeastRoom = std::size_t{16} << 10;
// After a recv() of so much the next one likely finds more: the sender has gone on meanwhile.
constexpr std::size_t kMuch = kLeastRoom;
// How often a session that does not read looks whether it was reset, while an urgent byte waits.
constexpr std::chrono::milliseconds kQuietLook{100};

// Room for the kernel's note of when a record came.
constexpr std::size_t kTimeNote = CMSG_SPACE(sizeof(timespec));

}  // namespace

StreamSession::StreamSession(Context& context, SessionSharedPtr session, Socket socket, SessionRules rules,
                             BoundPath bound)
    : Actor(context, std::move(session)),
      socket_(std::move(socket)),
      bound_(std::move(bound)),
      watch_(worker()) {
  rules_ = std::move(rules);
}

void StreamSession::begin(const SocketAddress& peer, RecordKind kind, std::uint64_t value, Actor* attempt) {
  attempt ? takeAgents(*attempt) : makeAgents();
  journal_.setEnds(ownAddress(peer), peer, socket_.fileno());
  journal_.session().queue.open();
  journal_.become(SessionState::connected, kind, Party::none, {}, value);
  tellManners({});
  if (const auto ec = watch_.open(socket_.fileno())) {
    journal_.error(Error::fromErrno(Operation::poll, ec.value()));
    return finish(kDied);
  }
  if (journal_.session().transport == Transport::unixSeqpacket)
    if (const auto set = socket_.setIntOption(SOL_SOCKET, SO_TIMESTAMPNS, 1); !set)
      journal_.error(set.error());
  waitToRead();
  agentsBegin();
  answer();
}

void StreamSession::read() {
  const bool more = readSome();
  if (ended_) return;
  if (broken_) return more ? readOn() : finishBroken();
  flush();
  if (!ended_) waitToRead();
}

bool StreamSession::readSome() {
  bool more = !peerShut_;
  for (int calls = 0; more && calls < kCallsPerTurn; ++calls) {
    paused_ = !broken_ && rules_.responder == Responder::echo && journal_.session().queue.isCrowded();
    more = !paused_ && (mayRead() || broken_) && readOnce() && !ended_ && !peerShut_;
  }
  return more;
}

// Once sending has failed the peer is gone, and what it left is read to the end.
void StreamSession::readOn() {
  worker().post([session = self<StreamSession>()] {
    if (!session->ended_) session->read();
  });
}

bool StreamSession::readOnce() {
  return journal_.session().transport == Transport::unixSeqpacket ? readRecord() : readBytes();
}

bool StreamSession::readBytes() {
  const auto room = worker().writer().space(kLeastRoom);
  const UrgentByte urgent = takeUrgentByte(socket_, room);
  if (urgent == UrgentByte::taken) {
    journal_.receivedInPlace(1, kRecordUrgent);
    return true;
  }
  const bool inStream = urgent == UrgentByte::inStream;
  const auto into = room.first(inStream ? 1 : std::min(room.size(), kMostPerCall));
  const auto got = socket_.recv(into, urgent == UrgentByte::announced ? MSG_PEEK : 0);
  if (!got) readFailed(got.error());
  if (got && *got == 0) peerFinished();
  if (!got || *got == 0) return false;
  if (urgent == UrgentByte::announced) return true;  // it has come meanwhile
  const bool goesOn = received(journal_.receivedInPlace(*got, inStream ? kRecordUrgent : 0));
  // A little is all that there was, or all before an urgent byte. What comes later is told by readiness; an
  // end that stands behind it is looked for where it matters who closed first.
  return goesOn && (*got >= kMuch || closing_ || broken_);
}

// A record of no bytes and the end look alike, but only a record has a time (begin() asked for it).
bool StreamSession::readRecord() {
  const std::span<std::byte> into = worker().scratch();
  const auto got = socket_.recvMessage({&into, 1}, kTimeNote, MSG_TRUNC);
  if (!got) readFailed(got.error());
  if (!got) return false;
  if (got->bytes == 0 && got->control.empty()) {
    peerFinished();
    return false;
  }
  const std::size_t kept = std::min(got->bytes, into.size());
  return received(journal_.received(into.first(kept), got->bytes));
}

bool StreamSession::received(const PinnedBytes& bytes) {
  toldShortage_ = false;
  const bool canSend = !ourShut_ && !shutWhenDrained_ && !broken_ && !rules_.manners.neverAnswer;
  if (rules_.responder == Responder::echo && canSend) journal_.session().queue.pushEcho(bytes);
  if (agents()) agents()->received(bytes.bytes, wallNow());
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

void StreamSession::readingChanged() {
  if (!ended_ && !broken_ && mayRead()) waitToRead();
}

void StreamSession::waitToRead() {
  if (peerShut_ || !mayRead()) return watchForReset();
  // While the echo waits to go out, flush() waits for room, and a broken connection shows itself there.
  if (paused_ || resting_) return;
  if (isByteStream(journal_.session().transport))
    watch_.whenReadableOrUrgent(self<StreamSession>(), &StreamSession::read);
  else
    watch_.whenReadable(self<StreamSession>(), &StreamSession::read);
}

void StreamSession::peerFinished() {
  peerShut_ = true;
  if (first_ == Party::none) first_ = Party::peer;
  if (broken_) return;
  if (ourShut_) {
    if (agents()) agents()->peerFinished();
    return finish(closedInOrder());
  }
  journal_.become(SessionState::halfClosed, RecordKind::halfClosed, Party::peer);
  if (agents()) agents()->peerFinished();
  sendGarbage();
  if (!rules_.stayHalfOpen || closing_) {
    journal_.session().queue.stopAccepting();
    shutWhenDrained_ = true;
  }
}

void StreamSession::readFailed(Error error) {
  if (error.isErrno(EAGAIN)) return;
  if (broken_) return;
  if (isShortage(error)) return restFor(std::move(error));
  error.subject = journal_.subject();
  if (error.isErrno(ECONNRESET)) {
    journal_.session().update([&](SessionSnapshot& s) { s.error = error; });
    return finish(kResetByPeer);
  }
  noteUnsent(error);
  journal_.error(std::move(error));
  finish(kDied);
}

// The kernel had no memory for a call: said once, and tried again.
void StreamSession::restFor(Error shortage) {
  shortage.subject = journal_.subject();
  if (!std::exchange(toldShortage_, true)) journal_.error(std::move(shortage));
  resting_ = true;
  startTimer(rest_, kShortageRest, &StreamSession::rested);
}

void StreamSession::rested() {
  resting_ = false;
  read();
}

// Nothing more is to be read: a reset still shows itself.
void StreamSession::watchForReset() {
  watch_.whenBroken(self<StreamSession>(), &StreamSession::brokenWhileQuiet);
}

void StreamSession::brokenWhileQuiet() {
  if (!peerShut_ && mayRead()) return read();
  const auto code = socket_.takeError();
  if (code && *code != 0)
    return readFailed(Error::fromErrno(Operation::recv, *code == EPIPE ? ECONNRESET : *code));
  // An urgent byte that nobody reads keeps the wait from telling of anything else.
  if (!peerShut_ && journal_.session().transport == Transport::tcp)
    startTimer(quiet_, kQuietLook, &StreamSession::waitToRead);
}

}  // namespace sockbench::detail
