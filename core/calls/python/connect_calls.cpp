// Names of sockets, and connections.
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>

#include "core/calls/python/address.h"
#include "core/calls/python/bodies.h"

namespace sockbench {
namespace {

constexpr int kDefaultBacklog = std::min(SOMAXCONN, 128);

// accept4(2) gives the new socket its flags; only the bench knows its timeout. AF_ALG has no peer to tell of,
// and fails where it is asked for one.
CallValue accept(PythonCall& call, int flags, Timeout timeout) {
  const CallSocket& listener = call.socket();
  const bool hasPeer = listener.family() != AF_ALG;
  sockaddr_storage storage{};
  auto* address = reinterpret_cast<sockaddr*>(&storage);
  socklen_t length = 0;
  CallSocket::Borrowed ready = call.borrowWhenReady(POLLIN);
  const WaitingCall what{"accept4", ready->fileno(), POLLIN, ready->timeout()};
  const auto accepted = callInTime(what, [&] {
    length = hasPeer ? sizeof storage : 0;
    return accept4(listener.descriptor(), hasPeer ? address : nullptr, hasPeer ? &length : nullptr,
                   flags | SOCK_CLOEXEC);
  });
  if (!accepted) call.raise(Error::fromErrno(Operation::accept, accepted.error()));
  const SocketAddress peer = SocketAddress::fromRaw(address, length);
  const CallHandle handle = call.context().add(Socket::borrow(static_cast<int>(*accepted), timeout),
                                               listener.family(), listener.type(), listener.protocol());
  call.context().tellEvent(handle, RecordKind::accepted, {}, {});
  CallValue told = addressValue(call, peer);
  call.give("address", told);
  return CallTuple{{handle, std::move(told)}};
}

bool isInterrupted(int code) {
  return code == EINTR && waitIsInterrupted();
}

// connect_ex's errno; 0 when connected.
int connect(PythonCall& call, const SocketAddress& to) {
  call.tellConnecting(to);
  const int code = call.borrow()->connectEx(to);
  if (code == 0) call.tell(RecordKind::connected);
  return code;
}

}  // namespace

CallValue callBind(PythonCall& call) {
  const SocketAddress address = addressAt(call, 0);
  call.need(call.borrow()->bind(address));
  return {};
}

CallValue callGetsockname(PythonCall& call) {
  return addressValue(call, call.need(call.borrow()->localAddress()));
}

CallValue callGetpeername(PythonCall& call) {
  return addressValue(call, call.need(call.borrow()->peerAddress()));
}

CallValue callListen(PythonCall& call) {
  const int backlog = std::max(call.intAt(0, kDefaultBacklog), 0);
  call.need(call.borrow()->listen(backlog));
  call.tell(RecordKind::listening);
  return {};
}

CallValue callAccept(PythonCall& call) {
  const Timeout timeout = call.context().defaultTimeout();
  return accept(call, timeout ? SOCK_NONBLOCK : 0, timeout);
}

CallValue callAccept4(PythonCall& call) {
  const int flags = call.intAt(0, 0);
  if ((flags & SOCK_NONBLOCK) != 0) return accept(call, flags, std::chrono::nanoseconds(0));
  const Timeout timeout = call.context().defaultTimeout();
  return accept(call, timeout ? flags | SOCK_NONBLOCK : flags, timeout);
}

CallValue callConnect(PythonCall& call) {
  const SocketAddress to = addressAt(call, 0);
  if (const int code = connect(call, to)) call.raise(Error::fromErrno(Operation::connect, code, to.text()));
  return {};
}

CallValue callConnectEx(PythonCall& call) {
  const SocketAddress to = addressAt(call, 0);
  const int code = connect(call, to);
  if (isInterrupted(code)) raiseErrno(Operation::connect, code);
  return call.isTimeOver(code) ? EAGAIN : code;
}

CallValue callShutdown(PythonCall& call) {
  const int how = pythonInt(call.at(0), 0);
  call.need(call.borrow()->shutdown(static_cast<ShutdownHow>(how)));
  call.tell(RecordKind::halfClosed, how == SHUT_RD ? "SHUT_RD" : how == SHUT_WR ? "SHUT_WR" : "SHUT_RDWR");
  return {};
}

}  // namespace sockbench
