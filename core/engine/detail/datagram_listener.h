// DatagramListener: one bound socket, and a session for each peer that has sent to it. UDP, UNIX datagram.
#pragma once

#include <asio/steady_timer.hpp>
#include <unordered_map>
#include <vector>

#include "core/engine/detail/datagram_intake.h"
#include "core/engine/detail/datagram_refusals.h"
#include "core/engine/detail/idle_peers.h"
#include "core/engine/detail/listener.h"

namespace sockbench::detail {

class DatagramPeer;

class DatagramListener : public Listener, private DatagramSink {
 public:
  // More peers than this at once are not kept (spec.maxSessions may ask for fewer): their datagrams are
  // counted as dropped.
  static constexpr std::size_t kMostPeers = 65536;

  DatagramListener(Context& context, SessionSharedPtr session, ListenSpec spec);

  // For its peers, which live on the same worker.
  DatagramIntake& intake() { return intake_; }
  Socket& socket() override { return socket_; }
  IdlePeers& idlePeers() { return idle_; }
  // The socket has many local addresses: an answer must say from which it leaves.
  bool isWildcard() const { return isWildcard_; }
  // There is no room now: flush() is called when there is.
  void waitToSend(std::shared_ptr<DatagramPeer> peer);
  void receiveFailed(Error error) override { journal_.error(std::move(error)); }
  void peerEnded(const DatagramPeer& peer);

 private:
  using PeerPtr = std::shared_ptr<DatagramPeer>;

  Result<void> listenOn(Socket&) override { return {}; }
  void listening() override;
  void closing() override;
  void countDrops() override { intake_.countDrops(socket_); }
  void rulesChanged() override { idle_.setLimit(rules_.peerIdle); }
  void readingChanged() override;
  void readSome();
  void arrived(const Datagram& datagram, WallNanos time) override;
  void batchArrived() override;
  void dropped(std::uint64_t count, WallNanos time) override { journal_.dropped(count, time); }
  void dropsCounted() override { journal_.push(SessionEvent::What::changed); }
  void told(const QueuedError& error) override;
  const PeerPtr& peerAt(const Datagram& datagram, WallNanos time);  // nullptr: no room for another
  void flushPeers();
  void closeIdle();

  DatagramIntake intake_;
  DatagramRefusals refusals_;
  IdlePeers idle_;
  std::unordered_map<SocketAddress, PeerPtr> peers_;
  PeerPtr last_;                  // whom the last datagram came from: often the next one does, too
  std::vector<PeerPtr> touched_;  // by this batch
  std::vector<PeerPtr> waiting_;  // for room to send
  asio::steady_timer retry_;
  bool retrying_ = false;
  bool isWildcard_ = false;
};

}  // namespace sockbench::detail
