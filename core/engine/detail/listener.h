// Listener: what stream and datagram listeners have in common: the socket made, bound, announced and closed.
#pragma once

#include <string>
#include <vector>

#include "core/engine/detail/actor.h"
#include "core/engine/detail/descriptor_watch.h"
#include "core/engine/detail/socket_setup.h"
#include "core/engine/detail/unix_path.h"

namespace sockbench::detail {

class Listener : public Actor {
 public:
  Listener(Context& context, SessionSharedPtr session, ListenSpec spec);

  void start();  // once, after the worker has adopted it
  void close() override { closeNow(); }
  void closeNow() override;

 protected:
  virtual Result<void> listenOn(Socket& socket) = 0;  // after bind(2)
  virtual void listening() = 0;                       // the socket is watched; wait for readiness from now on
  virtual void closing() {}                           // before the socket goes
  Socket& socket() override { return socket_; }
  bool hasAgents() const override { return false; }  // its sessions have them
  // Makes the books of a new session of this listener's, to live on `worker`.
  SessionSharedPtr newChild(Worker& worker, Transport transport);
  bool ended() const { return ended_; }
  bool isFull() const;

  ListenSpec spec_;
  Socket socket_;
  DescriptorWatch watch_;

 private:
  void lookUp();
  void tryEach(const std::vector<SocketAddress>& addresses);
  Result<void> tryAddress(const SocketAddress& address);
  void announce();
  void fail(Error error);

  BoundPath bound_;
  std::vector<std::string> options_;
  ReceiveBuffer receiveBuffer_;
  LookupId lookup_;
  bool ended_ = false;
};

}  // namespace sockbench::detail
