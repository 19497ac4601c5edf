#include "core/engine/detail/datagram_peer.h"

#include <utility>

namespace sockbench::detail {

DatagramPeer::DatagramPeer(Context& context, SessionSharedPtr session,
                           std::shared_ptr<DatagramListener> listener, Socket& socket, SessionRules rules)
    : DatagramActor(context, std::move(session)), listener_(std::move(listener)), socket_(socket) {
  rules_ = std::move(rules);
}

void DatagramPeer::begin(const SocketAddress& local, const SocketAddress& peer) {
  journal_.setEnds(local, peer, -1);
  journal_.session().queue.open();
  journal_.become(SessionState::connected, RecordKind::accepted);
}

void DatagramPeer::received(ByteView datagram, std::size_t realLength) {
  take(datagram, realLength);
  flush();
}

Result<std::size_t> DatagramPeer::transmit(ByteView datagram) {
  return listener_->sendTo(datagram, journal_.flow()->peer);
}

void DatagramPeer::finish(SessionState state) {
  if (!beginEnd()) return;
  const std::size_t unsent = journal_.session().queue.discard();
  listener_->peerEnded(journal_.flow()->peer);
  journal_.finish(state, RecordKind::closed, Party::us, leftUndone(unsent));
  leave();
}

}  // namespace sockbench::detail
