// DatagramSession: a client's connected datagram socket, UDP or UNIX.
#pragma once

#include "core/engine/detail/datagram_actor.h"
#include "core/engine/detail/descriptor_watch.h"
#include "core/engine/detail/unix_path.h"

namespace sockbench::detail {

class DatagramSession : public DatagramActor {
 public:
  DatagramSession(Context& context, SessionSharedPtr session, Socket socket, SessionRules rules,
                  BoundPath bound);

  void begin(const SocketAddress& peer,
             std::uint64_t took);  // connect(2) is done and took so many nanoseconds

 private:
  Socket& socket() override { return socket_; }
  Result<std::size_t> transmit(ByteView datagram) override { return socket_.send(datagram); }
  void waitToSend() override;
  void finish(SessionState state) override;
  void read();
  bool readOnce();

  Socket socket_;
  BoundPath bound_;
  DescriptorWatch watch_;
};

}  // namespace sockbench::detail
