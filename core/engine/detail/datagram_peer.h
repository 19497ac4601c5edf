// DatagramPeer: what goes to and comes from one address of a datagram listener.
#pragma once

#include "core/engine/detail/datagram_actor.h"
#include "core/engine/detail/datagram_listener.h"

namespace sockbench::detail {

class DatagramPeer : public DatagramActor {
 public:
  DatagramPeer(Context& context, SessionSharedPtr session, std::shared_ptr<DatagramListener> listener,
               Socket& socket, SessionRules rules);

  void begin(const SocketAddress& local, const SocketAddress& peer);
  void received(ByteView datagram, std::size_t realLength);

 private:
  Socket& socket() override { return socket_; }
  Result<std::size_t> transmit(ByteView datagram) override;
  void waitToSend() override { listener_->waitToSend(); }
  void finish(SessionState state) override;

  std::shared_ptr<DatagramListener> listener_;
  Socket& socket_;  // the listener's
};

}  // namespace sockbench::detail
