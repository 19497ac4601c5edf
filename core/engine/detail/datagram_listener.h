// DatagramListener: one bound socket, and a session for each peer that has sent to it. UDP, UNIX datagram.
#pragma once

#include <asio/steady_timer.hpp>
#include <unordered_map>

#include "core/engine/detail/listener.h"

namespace sockbench::detail {

class DatagramPeer;

class DatagramListener : public Listener {
 public:
  // More peers than this at once are not kept (spec.maxSessions may ask for fewer): their datagrams are
  // counted as dropped.
  static constexpr std::size_t kMostPeers = 65536;

  DatagramListener(Context& context, SessionSharedPtr session, ListenSpec spec);

  // For its peers, which live on the same worker. EAGAIN: waitToSend(), and the peers are flushed when there
  // is room.
  Result<std::size_t> sendTo(ByteView datagram, const SocketAddress& peer);
  void waitToSend();
  void peerEnded(const SocketAddress& peer);

 private:
  Result<void> listenOn(Socket&) override { return {}; }
  void listening() override;
  void closing() override;
  void readSome();
  bool readOnce();
  void flushPeers();
  std::shared_ptr<DatagramPeer> peerAt(const SocketAddress& from);  // nullptr: no room for another
  void refuse(const SocketAddress& from);

  std::unordered_map<SocketAddress, std::shared_ptr<DatagramPeer>> peers_;
  asio::steady_timer retry_;
  bool retrying_ = false;
};

}  // namespace sockbench::detail
