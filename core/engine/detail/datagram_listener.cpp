#include "core/engine/detail/datagram_listener.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "core/engine/detail/datagram_peer.h"

namespace sockbench::detail {
namespace {

constexpr std::chrono::milliseconds kCrowdedPeerRetry{10};

}  // namespace

DatagramListener::DatagramListener(Context& context, SessionSharedPtr session, ListenSpec spec)
    : Listener(context, std::move(session), std::move(spec)),
      intake_(worker(), journal_.session().transport, *this),
      refusals_(journal_),
      idle_(worker().io()),
      retry_(worker().io()) {}

void DatagramListener::listening() {
  isWildcard_ = journal_.flow()->local.isWildcard();
  idle_.start(weak_from_this(), [this] { worker().turn([this] { closeIdle(); }); });
  idle_.setLimit(rules_.peerIdle);
  watch_.whenReadable(self<DatagramListener>(), &DatagramListener::readSome);
}

void DatagramListener::readSome() {
  if (!ended() && mayRead())
    intake_.read(socket_, watch_, self<DatagramListener>(), &DatagramListener::readSome);
}

void DatagramListener::readingChanged() {
  if (watch_.isOpen()) readSome();
}

void DatagramListener::arrived(const Datagram& datagram, WallNanos time) {
  const PeerPtr& peer = peerAt(datagram, time);
  if (!peer) return refusals_.add(datagram.from);
  if (peer->received(datagram, time)) touched_.push_back(peer);
}

const DatagramListener::PeerPtr& DatagramListener::peerAt(const Datagram& datagram, WallNanos time) {
  if (last_ && last_->address() == datagram.from) return last_;
  const auto known = peers_.find(datagram.from);
  if (known != peers_.end()) return last_ = known->second;
  last_ = nullptr;
  if (isFull() || peers_.size() >= kMostPeers) return last_;
  const SessionSharedPtr child = newChild(worker(), journal_.session().transport);
  last_ = std::make_shared<DatagramPeer>(context_, child, self<DatagramListener>(), rules_);
  worker().adopt(child->id, last_);
  peers_.emplace(datagram.from, last_);
  last_->begin(journal_.flow()->local, datagram, time);
  return last_;
}

void DatagramListener::batchArrived() {
  const auto now = IdlePeers::Clock::now();
  for (const PeerPtr& peer : touched_) peer->batchReceived(now);
  touched_.clear();
  refusals_.tell(shared_from_this());
}

void DatagramListener::told(const QueuedError& error) {
  const auto peer = peers_.find(error.destination);
  if (peer != peers_.end()) return peer->second->tell(error);
  journal_.error(Error::fromErrno(Operation::send, error.code, error.destination.text()), error.text(),
                 error.offender.ip());
}

// A UNIX socket is always writable while it is a peer's queue that is full: nothing tells when it has room.
void DatagramListener::waitToSend(PeerPtr peer) {
  waiting_.push_back(std::move(peer));
  if (journal_.session().transport == Transport::udp)
    return watch_.whenWritable(self<DatagramListener>(), &DatagramListener::flushPeers);
  if (std::exchange(retrying_, true)) return;
  retry_.expires_after(kCrowdedPeerRetry);
  retry_.async_wait([listener = self<DatagramListener>()](const std::error_code& ec) {
    listener->retrying_ = false;
    if (ec || listener->ended()) return;
    listener->worker().turn([&] { listener->flushPeers(); });
  });
}

void DatagramListener::flushPeers() {
  for (const PeerPtr& peer : std::exchange(waiting_, {})) peer->roomToSend();
}

void DatagramListener::peerEnded(const DatagramPeer& peer) {
  if (last_.get() == &peer) last_ = nullptr;
  peers_.erase(peer.address());
}

void DatagramListener::closeIdle() {
  if (ended()) return;
  while (DatagramPeer* peer = idle_.expired()) peer->closeIdle(idle_.why());
}

// Peers share the listener's socket: they end with it.
void DatagramListener::closing() {
  intake_.drain(socket_);
  std::vector<PeerPtr> open;
  for (const auto& [address, peer] : peers_) open.push_back(peer);
  for (const PeerPtr& peer : open) peer->closeNow();
  peers_.clear();
  waiting_.clear();
  last_ = nullptr;
  refusals_.finish();
  idle_.stop();
  retry_.cancel();
}

}  // namespace sockbench::detail
