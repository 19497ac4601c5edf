// DatagramSession: a client's connected datagram socket, UDP or UNIX.
#pragma once

#include "core/engine/detail/actor.h"
#include "core/engine/detail/descriptor_watch.h"
#include "core/engine/detail/end_word.h"
#include "core/engine/detail/unix_path.h"

namespace sockbench::detail {

class DatagramSession : public Actor {
 public:
  DatagramSession(Context& context, SessionSharedPtr session, Socket socket, SessionRules rules,
                  BoundPath bound);

  void begin(const SocketAddress& peer,
             std::uint64_t took);  // connect(2) is done and took so many nanoseconds
  void flush() override;
  void close() override;
  void closeNow() override;

 private:
  Socket& socket() override { return socket_; }
  void read();
  bool readOnce();
  bool sendOnce(OutItem& item);
  void finish(SessionState state);

  Socket socket_;
  BoundPath bound_;
  DescriptorWatch watch_;
  EndWord endSent_;
  EndWord endReceived_;
  bool ended_ = false;
  bool closing_ = false;
  bool flushing_ = false;
};

}  // namespace sockbench::detail
