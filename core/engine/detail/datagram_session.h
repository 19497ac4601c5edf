// DatagramSession: a client's connected datagram socket, UDP or UNIX.
#pragma once

#include "core/engine/detail/datagram_actor.h"
#include "core/engine/detail/descriptor_watch.h"
#include "core/engine/detail/unix_path.h"

namespace sockbench::detail {

class DatagramSession : public DatagramActor, private DatagramSink {
 public:
  DatagramSession(Context& context, SessionSharedPtr session, Socket socket, SessionRules rules,
                  BoundPath bound);

  // connect(2) is done and took so many nanoseconds. `attempt`: its agents are the session's now.
  void begin(const SocketAddress& peer, std::uint64_t took, Actor& attempt);

 private:
  Socket& socket() override { return socket_; }
  const Socket& sendingSocket() const override { return socket_; }
  DatagramIntake& intake() override { return intake_; }
  void address(ByteView datagram) override { intake_.sender().add(datagram, connected_); }
  void waitToSend() override;
  void readingChanged() override { read(); }
  void finish(SessionState state) override;
  void pendingError(Error error) override { receiveFailed(std::move(error)); }
  void countDrops() override { intake_.countDrops(socket_); }
  void read();
  void arrived(const Datagram& datagram, WallNanos time) override;
  void batchArrived() override { flush(); }
  void dropped(std::uint64_t count, WallNanos time) override { journal_.dropped(count, time); }
  void dropsCounted() override { journal_.push(SessionEvent::What::changed); }
  void told(const QueuedError& error) override { tell(error); }
  void receiveFailed(Error error) override;

  const SocketAddress connected_;  // none: the socket knows
  Socket socket_;
  BoundPath bound_;
  DescriptorWatch watch_;
  DatagramIntake intake_;
  PacketInfo arrival_;  // of the last datagram
};

}  // namespace sockbench::detail
