#include "core/engine/detail/datagram_session.h"

#include <algorithm>
#include <cerrno>
#include <utility>

namespace sockbench::detail {
namespace {

constexpr int kDatagramsPerTurn = 64;

}  // namespace

DatagramSession::DatagramSession(Context& context, SessionSharedPtr session, Socket socket,
                                 SessionRules rules, BoundPath bound)
    : Actor(context, std::move(session)),
      socket_(std::move(socket)),
      bound_(std::move(bound)),
      watch_(worker()) {
  rules_ = std::move(rules);
}

void DatagramSession::begin(const SocketAddress& peer, std::uint64_t took) {
  journal_.setEnds(socket_.localAddress().value_or(SocketAddress()), peer, socket_.fileno());
  journal_.session().queue.open();
  journal_.become(SessionState::connected, RecordKind::connected, Party::none, {}, took);
  if (const auto ec = watch_.open(socket_.fileno())) {
    journal_.error(Error::fromErrno(Operation::poll, ec.value()));
    return finish(SessionState::failed);
  }
  watch_.whenReadable(self<DatagramSession>(), &DatagramSession::read);
}

void DatagramSession::read() {
  for (int count = 0; count < kDatagramsPerTurn && !ended_; ++count)
    if (!readOnce()) break;
  if (ended_) return;
  countDrops();
  flush();
  if (!ended_) watch_.whenReadable(self<DatagramSession>(), &DatagramSession::read);
}

bool DatagramSession::readOnce() {
  const auto got = socket_.recvFrom(worker().scratch(), MSG_TRUNC);
  if (!got) {
    if (got.error().isErrno(EAGAIN)) return false;
    // ICMP's answer to an earlier datagram (ECONNREFUSED and its like): told, and the session goes on.
    Error error = got.error();
    error.subject = journal_.flow()->peer.text();
    journal_.error(std::move(error));
    return true;
  }
  const std::size_t kept = std::min(got->bytes, worker().scratch().size());
  const PinnedBytes bytes = journal_.received(worker().scratch().first(kept), got->bytes);
  if (rules_.responder == Responder::echo && !journal_.session().queue.isCrowded())
    journal_.session().queue.pushEcho(bytes);
  if (endReceived_.feed(bytes.bytes, rules_.endWord)) close();
  return !ended_;
}

void DatagramSession::flush() {
  if (ended_ || flushing_) return;
  flushing_ = true;
  SendQueue& queue = journal_.session().queue;
  OutItem* item = queue.front();
  const bool hadSome = item != nullptr;
  for (int count = 0; item && count < kDatagramsPerTurn; ++count) {
    if (!sendOnce(*item)) break;
    item = queue.front();
  }
  flushing_ = false;
  if (item) return watch_.whenWritable(self<DatagramSession>(), &DatagramSession::flush);
  if (hadSome) journal_.drained();
  if (closing_) finish(SessionState::closed);
}

bool DatagramSession::sendOnce(OutItem& item) {
  SendQueue& queue = journal_.session().queue;
  const ByteView datagram = item.rest();
  const WallNanos time = wallNow();
  const auto gone = socket_.send(datagram);
  if (!gone && gone.error().isErrno(EAGAIN)) return false;
  if (gone) {
    journal_.sent(item, *gone, time);
    if (endSent_.feed(datagram, rules_.endWord)) {
      closing_ = true;
      queue.stopAccepting();
    }
  } else {
    Error error = gone.error();
    error.subject = journal_.flow()->peer.text();
    // The pending error of an earlier datagram is not this one's: it is told, and this one is tried again.
    if (error.isErrno(ECONNREFUSED) && journal_.session().transport == Transport::udp) {
      journal_.error(std::move(error));
      return true;
    }
    journal_.refused(std::move(error));
  }
  queue.pop();
  return true;
}

void DatagramSession::close() {
  if (ended_) return;
  if (std::exchange(closing_, true)) return closeNow();
  journal_.session().queue.stopAccepting();
  flush();
}

void DatagramSession::closeNow() {
  if (ended_) return;
  closing_ = true;
  flush();
  finish(SessionState::closed);
}

void DatagramSession::finish(SessionState state) {
  if (std::exchange(ended_, true)) return;
  countDrops();
  const std::size_t unsent = journal_.session().queue.discard();
  watch_.close();
  if (const auto closed = socket_.close(); !closed) journal_.error(closed.error());
  bound_ = {};
  journal_.finish(state, RecordKind::closed, Party::us, unsentText(unsent));
  leave();
}

}  // namespace sockbench::detail
