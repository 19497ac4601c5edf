// Connector: a client until it is connected: look-up, then each address in turn. It then hands its id and its
// socket to the session that it has become.
#pragma once

#include <asio/steady_timer.hpp>
#include <cstddef>
#include <string>
#include <vector>

#include "core/engine/detail/actor.h"
#include "core/engine/detail/descriptor_watch.h"
#include "core/engine/detail/unix_path.h"

namespace sockbench::detail {

class Connector : public Actor {
 public:
  Connector(Context& context, SessionSharedPtr session, ConnectSpec spec);

  void start();  // once, after the worker has adopted it
  void close() override { closeNow(); }
  void closeNow() override;

 private:
  Socket& socket() override { return socket_; }
  void lookUp();
  void lookedUp(LookupOutcome<AddressAnswer> outcome);
  void tryNext();
  Result<void> prepare(const SocketAddress& address);
  Result<void> bindLocal(const SocketAddress& address);
  void startConnect(const SocketAddress& address);
  void connectReady();
  void retryLater();
  std::string attemptText() const;  // the endpoint, with the address that is being tried
  void attemptFailed(Error error);
  void connected();
  void timedOut();
  void fail(Error error);
  void dropSocket();

  ConnectSpec spec_;
  std::vector<SocketAddress> addresses_;
  std::size_t next_ = 0;
  Socket socket_;
  BoundPath bound_;
  DescriptorWatch watch_;
  asio::steady_timer limit_;
  asio::steady_timer retry_;
  LookupId lookup_;
  WallNanos attemptBegan_ = 0;
  bool ended_ = false;
};

}  // namespace sockbench::detail
