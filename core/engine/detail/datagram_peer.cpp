#include "core/engine/detail/datagram_peer.h"

#include <cerrno>
#include <utility>

namespace sockbench::detail {
namespace {

constexpr int kDatagramsPerTurn = 64;

}  // namespace

DatagramPeer::DatagramPeer(Context& context, SessionSharedPtr session,
                           std::shared_ptr<DatagramListener> listener, Socket& socket, SessionRules rules)
    : Actor(context, std::move(session)), listener_(std::move(listener)), socket_(socket) {
  rules_ = std::move(rules);
}

void DatagramPeer::begin(const SocketAddress& local, const SocketAddress& peer) {
  journal_.setEnds(local, peer, -1);
  journal_.session().queue.open();
  journal_.become(SessionState::connected, RecordKind::accepted);
}

void DatagramPeer::received(ByteView datagram, std::size_t realLength) {
  const PinnedBytes bytes = journal_.received(datagram, realLength);
  SendQueue& queue = journal_.session().queue;
  if (rules_.responder == Responder::echo && !closing_) {
    if (queue.isCrowded())
      journal_.refused(Error::fromInput(InputFault::queueFull, journal_.flow()->peer.text(), std::nullopt,
                                        "an echo was not sent: the send queue is full", Operation::send));
    else
      queue.pushEcho(bytes);
  }
  if (endReceived_.feed(datagram, rules_.endWord)) close();
  flush();
}

void DatagramPeer::flush() {
  if (ended_ || flushing_) return;
  flushing_ = true;
  SendQueue& queue = journal_.session().queue;
  OutItem* item = queue.front();
  bool asked = false;
  for (int count = 0; item && count < kDatagramsPerTurn; ++count) {
    asked = asked || !item->isShared();
    if (!sendOnce(*item)) break;
    item = queue.front();
  }
  flushing_ = false;
  if (item) return listener_->waitToSend();
  if (asked) journal_.drained();
  if (closing_) finish();
}

bool DatagramPeer::sendOnce(OutItem& item) {
  const ByteView datagram = item.rest();
  const WallNanos time = wallNow();
  const auto gone = listener_->sendTo(datagram, journal_.flow()->peer);
  if (!gone && gone.error().isErrno(EAGAIN)) return false;
  SendQueue& queue = journal_.session().queue;
  if (gone) {
    journal_.sent(item, *gone, time);
    if (endSent_.feed(datagram, rules_.endWord)) {
      closing_ = true;
      queue.stopAccepting();
    }
  } else {
    Error error = gone.error();
    error.subject = journal_.flow()->peer.text();
    journal_.refused(std::move(error));
  }
  queue.pop();
  return true;
}

void DatagramPeer::close() {
  if (ended_) return;
  if (std::exchange(closing_, true)) return closeNow();
  journal_.session().queue.stopAccepting();
  flush();
}

void DatagramPeer::closeNow() {
  if (ended_) return;
  closing_ = true;
  flush();
  finish();
}

void DatagramPeer::finish() {
  if (std::exchange(ended_, true)) return;
  const std::size_t unsent = journal_.session().queue.discard();
  listener_->peerEnded(journal_.flow()->peer);
  journal_.finish(SessionState::closed, RecordKind::closed, Party::us, unsentText(unsent));
  leave();
}

}  // namespace sockbench::detail
