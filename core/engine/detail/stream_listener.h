// StreamListener: accepts connections and hands them to the workers in turn. TCP, UNIX stream, UNIX
// seqpacket.
#pragma once

#include <asio/steady_timer.hpp>

#include "core/engine/detail/listener.h"

namespace sockbench::detail {

class StreamListener : public Listener {
 public:
  StreamListener(Context& context, SessionSharedPtr session, ListenSpec spec);
  void childEnded() override;

 private:
  Result<void> listenOn(Socket& socket) override { return socket.listen(spec_.backlog); }
  void listening() override { waitToAccept(); }
  void closing() override { retry_.cancel(); }
  void acceptSome();
  bool acceptOnce();
  void waitToAccept();
  void pause(std::string why);
  void resume();
  void retryLater();

  asio::steady_timer retry_;
  bool paused_ = false;
};

}  // namespace sockbench::detail
