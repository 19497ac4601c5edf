// StreamSession: what it sends.
#include <algorithm>
#include <cerrno>
#include <string>
#include <utility>

#include "core/engine/detail/shortage.h"
#include "core/engine/detail/stream_session.h"

namespace sockbench::detail {

void StreamSession::flush() {
  flushUpTo(kCallsPerTurn);
}

void StreamSession::flushUpTo(int mostCalls) {
  if (ended_ || broken_ || flushing_ || resting_) return;
  if (pacing_ && !atOnce_ && !cancelWanted()) return;
  flushing_ = true;
  SendQueue& queue = journal_.session().queue;
  OutItem* item = queue.front();
  for (int calls = 0; item && calls < mostCalls; ++calls) {
    owesDrained_ = owesDrained_ || !item->isAnswer;
    owesAgents_ = agents() != nullptr;
    if (!sendOnce(*item)) break;
    item = ended_ || broken_ ? nullptr : queue.front();
  }
  flushing_ = false;
  if (ended_ || broken_ || resting_) return;
  if (paused_ && queue.hasRoomAgain()) {
    paused_ = false;
    waitToRead();
  }
  if (pacing_) return;
  if (item) return watch_.whenWritable(self<StreamSession>(), &StreamSession::flush);
  if (std::exchange(owesDrained_, false)) journal_.drained();
  if (std::exchange(owesAgents_, false) && agents()) agents()->drained();
  queueDrained();
}

// Beside the queue. A connection that is broken shows itself to the reader.
Result<void> StreamSession::sendUrgent(std::byte data) {
  if (!isByteStream(journal_.session().transport)) return Actor::sendUrgent(data);
  const WallNanos time = wallNow();
  auto gone = ended_ || ourShut_ || broken_
                  ? Result<std::size_t>(std::unexpected(Error::fromErrno(Operation::send, EPIPE)))
                  : socket_.send(ByteView(&data, 1), MSG_OOB);
  if (gone) {
    journal_.sentUrgent(data, time);
    return {};
  }
  gone.error().subject = journal_.subject();
  journal_.refused(gone.error());
  return std::unexpected(std::move(gone.error()));
}

bool StreamSession::sendOnce(OutItem& item) {
  const bool gone = item.file() ? sendFilePart(item) : sendBytes(item);
  const auto gap = rules_.manners.pieceGap;
  if (!gone || atOnce_ || gap.count() <= 0) return gone;
  waitForPace(std::chrono::steady_clock::now() + gap);
  return false;
}

std::size_t StreamSession::mostAtOnce() const {
  const bool pieces = rules_.manners.pieceBytes > 0 && !atOnce_ && isByteStream(journal_.session().transport);
  return pieces ? std::min(rules_.manners.pieceBytes, kMostPerCall) : kMostPerCall;
}

bool StreamSession::sendBytes(OutItem& item) {
  const ByteView rest = item.rest();
  const bool records = journal_.session().transport == Transport::unixSeqpacket;
  SendQueue& queue = journal_.session().queue;
  const WallNanos time = wallNow();
  const auto gone = socket_.send(records ? rest : rest.first(std::min(rest.size(), mostAtOnce())));
  if (!gone) {
    if (gone.error().isErrno(EAGAIN)) return false;
    if (records && gone.error().isErrno(EMSGSIZE)) {
      Error error = gone.error();
      error.subject = journal_.subject();
      journal_.refused(std::move(error));
      queue.pop();
      return true;
    }
    isShortage(gone.error()) ? restFor(gone.error()) : sendFailed(gone.error());
    return false;
  }
  toldShortage_ = false;
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
  const bool tcp = journal_.session().transport == Transport::tcp;
  noteUnsent(error);
  brokenBy_ = std::move(error);
  constexpr StreamEnding kClosedByPeer{SessionState::closed, RecordKind::closed, Party::peer};
  broken_ = !gone ? kDied : tcp ? kResetByPeer : kClosedByPeer;
  paused_ = false;
  readOn();
}

// What was queued here, and what the kernel had taken but the peer never confirmed.
void StreamSession::noteUnsent(Error& error) {
  journal_.session().queue.stopAccepting();  // a file that is offered now is refused, not lost
  endFiles();
  std::string lost = unsentText(journal_.session().queue.discard());
  const bool tcp = journal_.session().transport == Transport::tcp;
  if (const int unacked = tcp ? socket_.bytesUnsent().value_or(0) : 0; unacked > 0)
    lost += (lost.empty() ? "" : ", ") + std::to_string(unacked) + " sent bytes were not acknowledged";
  if (!lost.empty()) error.detail = error.message() + "; " + lost;
}

void StreamSession::queueDrained() {
  if (shutWhenDrained_ && !ourShut_) return shutOurSide();
  if (chargen_ && chargen_->refill(journal_.session().queue, shared_from_this()))
    watch_.whenWritable(self<StreamSession>(), &StreamSession::flush);
}

}  // namespace sockbench::detail
