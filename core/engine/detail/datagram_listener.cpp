#include "core/engine/detail/datagram_listener.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <utility>
#include <vector>

#include "core/engine/detail/datagram_peer.h"

namespace sockbench::detail {
namespace {

constexpr int kDatagramsPerTurn = 64;
constexpr std::chrono::milliseconds kCrowdedPeerRetry{10};

}  // namespace

DatagramListener::DatagramListener(Context& context, SessionSharedPtr session, ListenSpec spec)
    : Listener(context, std::move(session), std::move(spec)), retry_(worker().io()) {}

void DatagramListener::listening() {
  watch_.whenReadable(self<DatagramListener>(), &DatagramListener::readSome);
}

void DatagramListener::readSome() {
  for (int count = 0; count < kDatagramsPerTurn && !ended(); ++count)
    if (!readOnce()) break;
  if (ended()) return;
  countDrops();
  listening();
}

bool DatagramListener::readOnce() {
  const auto got = socket_.recvFrom(worker().scratch(), MSG_TRUNC);
  if (!got) {
    if (got.error().isErrno(EAGAIN)) return false;
    journal_.error(got.error());
    return true;
  }
  const auto peer = peerAt(got->from);
  if (!peer) {
    refuse(got->from);
    return true;
  }
  const std::size_t kept = std::min(got->bytes, worker().scratch().size());
  peer->received(worker().scratch().first(kept), got->bytes);
  return true;
}

std::shared_ptr<DatagramPeer> DatagramListener::peerAt(const SocketAddress& from) {
  const auto known = peers_.find(from);
  if (known != peers_.end()) return known->second;
  if (isFull() || peers_.size() >= kMostPeers) return nullptr;
  const SessionSharedPtr child = newChild(worker(), journal_.session().transport);
  auto peer = std::make_shared<DatagramPeer>(context_, child, self<DatagramListener>(), socket_, rules_);
  worker().adopt(child->id, peer);
  peers_.emplace(from, peer);
  peer->begin(journal_.flow()->local, from);
  return peer;
}

void DatagramListener::refuse(const SocketAddress& from) {
  ++journal_.session().dropped;
  journal_.note(RecordKind::dropped,
                "a datagram from " + from.text() + ": as many sessions are open as may be", 1);
}

Result<std::size_t> DatagramListener::sendTo(ByteView datagram, const SocketAddress& peer) {
  return socket_.sendTo(datagram, peer);
}

// A UNIX socket is always writable while it is a peer's queue that is full: nothing tells when it has room.
void DatagramListener::waitToSend() {
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
  std::vector<std::shared_ptr<DatagramPeer>> waiting;
  for (const auto& [address, peer] : peers_) waiting.push_back(peer);
  for (const auto& peer : waiting) peer->flush();
}

void DatagramListener::peerEnded(const SocketAddress& peer) {
  peers_.erase(peer);
}

// Peers share the listener's socket: they end with it.
void DatagramListener::closing() {
  if (socket_.isOpen()) countDrops();
  std::vector<std::shared_ptr<DatagramPeer>> open;
  for (const auto& [address, peer] : peers_) open.push_back(peer);
  for (const auto& peer : open) peer->closeNow();
  peers_.clear();
  retry_.cancel();
}

}  // namespace sockbench::detail
