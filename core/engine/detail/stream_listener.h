// StreamListener: accepts connections and hands them to the workers in turn. TCP, UNIX stream, UNIX
// seqpacket.
//
// It pauses while as many sessions are open as may be, and while the machine is short of descriptors or
// memory; the connections wait in the backlog meanwhile, and nothing of what was accepted is lost. A shortage
// is tried again whenever a session gives its descriptor back, and every kShortageRest.
#pragma once

#include <asio/steady_timer.hpp>
#include <memory>
#include <string>
#include <vector>

#include "core/engine/detail/listener.h"

namespace sockbench::detail {

class StreamSession;

class StreamListener : public Listener {
 public:
  StreamListener(Context& context, SessionSharedPtr session, ListenSpec spec);
  void childEnded() override;
  void descriptorFreed() override;

 private:
  enum class Halt { none, full, shortage };
  enum class Next { another, none, later };  // what acceptOnce() says of the backlog
  struct Newcomer {
    SessionSharedPtr books;
    std::shared_ptr<StreamSession> session;
    SocketAddress peer;
  };

  Result<void> listenOn(Socket& socket) override { return socket.listen(spec_.backlog); }
  void listening() override { waitToAccept(); }
  void closing() override;
  void mannersChanged() override;
  bool isDelayed();  // the connection that waits is to wait longer
  void acceptSome();
  Next acceptOnce();
  Next refused(Error error);
  void welcome();  // hands the newcomers to their workers
  void waitToAccept();
  void halt(Halt why, std::string text);
  void resume();
  void retry();
  void retryLater();

  asio::steady_timer retry_;
  std::unique_ptr<asio::steady_timer> delay_;  // made when it is first needed
  bool delaying_ = false;                      // it runs
  bool delayed_ = false;                       // it is over, and one may be accepted
  Halt halt_ = Halt::none;
  std::vector<Newcomer> newcomers_;
};

}  // namespace sockbench::detail
