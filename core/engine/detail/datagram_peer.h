// DatagramPeer: what goes to and comes from one address of a datagram listener.
#pragma once

#include "core/engine/detail/datagram_actor.h"
#include "core/engine/detail/datagram_listener.h"

namespace sockbench::detail {

class DatagramPeer : public DatagramActor {
 public:
  DatagramPeer(Context& context, SessionSharedPtr session, std::shared_ptr<DatagramListener> listener,
               SessionRules rules);

  const SocketAddress& address() const { return journal_.flow()->peer; }
  // `first` is its first datagram; `local`: the listener's address.
  void begin(const SocketAddress& local, const Datagram& first, WallNanos time);
  // True: it is the first one of its batch, and batchReceived() is to be called when that is over.
  bool received(const Datagram& datagram, WallNanos time);
  void batchReceived(IdlePeers::Clock::time_point now);
  void roomToSend();
  void closeIdle(std::string why);

 private:
  Socket& socket() override { return listener_->socket(); }
  const Socket& sendingSocket() const override { return listener_->socket(); }
  DatagramIntake& intake() override { return listener_->intake(); }
  void address(ByteView datagram) override;
  void waitToSend() override;
  void allow(Manners& manners) override;
  void sendProgressed() override;
  void pendingError(Error error) override { listener_->receiveFailed(std::move(error)); }
  void finish(SessionState state) override { finish(state, {}); }
  void finish(SessionState state, std::string why);
  void moveTo(const PacketInfo& arrival);

  std::shared_ptr<DatagramListener> listener_;
  PacketInfo arrival_;  // of its last datagram
  IdlePeers::Place place_;
  bool inBatch_ = false;
  bool waits_ = false;  // for roomToSend()
};

}  // namespace sockbench::detail
