// CallSocket: a socket of the bench, shared by the calls that are under way on it.
#pragma once

#include <atomic>
#include <cstdint>

#include "core/calls/call_value.h"
#include "core/net/socket.h"

namespace sockbench {

// The descriptor stays the same until the bench closes or releases it, which it does only when no call is
// under way on it any more. Thread: any.
class CallSocket {
 public:
  CallSocket(CallHandle handle, Socket socket, int family, int type, int protocol);

  CallHandle handle() const { return handle_; }
  int family() const { return family_; }
  int type() const { return type_; }  // without SOCK_NONBLOCK and SOCK_CLOEXEC
  int protocol() const { return protocol_; }
  int descriptor() const { return descriptor_.load(); }  // -1: closed or released
  Timeout timeout() const;
  Result<void> setTimeout(Timeout timeout);  // for the calls that begin from now on; see Socket::setTimeout

  // The same descriptor as a Socket with the present timeout, for one call; it does not close. See Socket.
  class Borrowed {
   public:
    explicit Borrowed(Socket socket) : socket_(std::move(socket)) {}
    ~Borrowed() { socket_.detach(); }
    Borrowed(Borrowed&&) = default;
    Borrowed& operator=(Borrowed&&) = delete;
    Socket* operator->() { return &socket_; }
    Socket& operator*() { return socket_; }

   private:
    Socket socket_;
  };
  Borrowed borrow() const;

 private:
  friend class CallSockets;
  CallHandle handle_;
  int family_;
  int type_;
  int protocol_;
  std::atomic<int> descriptor_;
  std::atomic<std::int64_t> timeoutNanos_;  // -1: for ever
};

}  // namespace sockbench
