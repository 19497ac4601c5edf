// DatagramPeer: what goes to and comes from one address of a datagram listener.
#pragma once

#include "core/engine/detail/actor.h"
#include "core/engine/detail/datagram_listener.h"
#include "core/engine/detail/end_word.h"

namespace sockbench::detail {

class DatagramPeer : public Actor {
 public:
  DatagramPeer(Context& context, SessionSharedPtr session, std::shared_ptr<DatagramListener> listener,
               Socket& socket, SessionRules rules);

  void begin(const SocketAddress& local, const SocketAddress& peer);
  void received(ByteView datagram, std::size_t realLength);
  void flush() override;
  void close() override;
  void closeNow() override;

 private:
  Socket& socket() override { return socket_; }
  bool sendOnce(OutItem& item);
  void finish();

  std::shared_ptr<DatagramListener> listener_;
  Socket& socket_;  // the listener's
  EndWord endSent_;
  EndWord endReceived_;
  bool ended_ = false;
  bool closing_ = false;
  bool flushing_ = false;
};

}  // namespace sockbench::detail
