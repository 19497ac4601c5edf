#include "core/engine/detail/datagram_peer.h"

#include <cerrno>
#include <utility>

namespace sockbench::detail {

DatagramPeer::DatagramPeer(Context& context, SessionSharedPtr session,
                           std::shared_ptr<DatagramListener> listener, SessionRules rules)
    : DatagramActor(context, std::move(session)), listener_(std::move(listener)) {
  rules_ = std::move(rules);
}

void DatagramPeer::begin(const SocketAddress& local, const Datagram& first, WallNanos time) {
  makeAgents();
  place_ = listener_->idlePeers().add(*this, IdlePeers::Clock::now());
  journal_.setEnds(local, first.from, -1);
  moveTo(first.arrival);
  journal_.session().queue.open();
  journal_.accepted(time);
  tellManners({});
  agentsBegin();
}

// Where it sends to, of the listener's addresses: its answers leave from there.
void DatagramPeer::moveTo(const PacketInfo& arrival) {
  arrival_ = arrival;
  if (arrival.empty()) return;
  const FlowPtr flow = journal_.flow();
  journal_.setEnds(arrival.destination(flow->local.port()), flow->peer, -1, arrival.interface());
}

bool DatagramPeer::received(const Datagram& datagram, WallNanos time) {
  if (!(datagram.arrival == arrival_)) moveTo(datagram.arrival);
  take(datagram, time);
  return !std::exchange(inBatch_, true);
}

void DatagramPeer::batchReceived(IdlePeers::Clock::time_point now) {
  inBatch_ = false;
  if (ended()) return;
  listener_->idlePeers().used(place_, now);
  flush();
}

void DatagramPeer::address(ByteView datagram) {
  intake().sender().add(datagram, journal_.flow()->peer, listener_->isWildcard() ? arrival_ : PacketInfo());
}

void DatagramPeer::allow(Manners& manners) {
  if (std::exchange(manners.reading, true)) return;
  journal_.error(Error::fromErrno(Operation::recv, EOPNOTSUPP, journal_.subject()),
                 "it shares its listener's socket: the listener's reading can be stopped");
}

void DatagramPeer::sendProgressed() {
  listener_->idlePeers().used(place_, IdlePeers::Clock::now());
}

void DatagramPeer::waitToSend() {
  if (!std::exchange(waits_, true)) listener_->waitToSend(self<DatagramPeer>());
}

void DatagramPeer::roomToSend() {
  waits_ = false;
  flush();
}

void DatagramPeer::closeIdle(std::string why) {
  journal_.session().queue.stopAccepting();
  finish(SessionState::closed, std::move(why));
}

void DatagramPeer::finish(SessionState state, std::string why) {
  if (!beginEnd()) return;
  const std::size_t unsent = journal_.session().queue.discard();
  listener_->idlePeers().remove(place_);
  listener_->peerEnded(*this);
  if (const std::string left = leftUndone(unsent); !left.empty()) why += (why.empty() ? "" : "; ") + left;
  journal_.finish(state, RecordKind::closed, Party::us, std::move(why));
  leave();
}

}  // namespace sockbench::detail
