// Sockets made, taken over and given up.
#include <sys/socket.h>

#include "core/calls/python/bodies.h"
#include "core/system/capabilities.h"

namespace sockbench {
namespace {

constexpr int kDetect = -1;  // a family, type or protocol that the descriptor is asked for
constexpr int kTypeFlags = SOCK_NONBLOCK | SOCK_CLOEXEC;
constexpr Timeout kNonBlocking = std::chrono::nanoseconds(0);

struct Kind {
  int family = kDetect;
  int type = kDetect;
  int protocol = kDetect;
};

CallHandle add(PythonCall& call, Socket socket, const Kind& kind) {
  return call.context().add(std::move(socket), kind.family, kind.type & ~kTypeFlags, kind.protocol);
}

// What the descriptor says of itself, where it was not told. AF_ALG has no name to ask for.
Kind detected(Socket& socket, Kind kind) {
  const Result<SocketAddress> name = socket.localAddress();
  const bool isNoSocket = !name && (name.error().isErrno(EBADF) || name.error().isErrno(ENOTSOCK));
  if (!name && (isNoSocket || kind.family == kDetect)) raiseError(name.error());
  if (kind.family == kDetect) kind.family = name->family();
  if (kind.type == kDetect) kind.type = orRaise(socket.intOption(SOL_SOCKET, SO_TYPE));
  if (kind.protocol == kDetect) kind.protocol = orRaise(socket.intOption(SOL_SOCKET, SO_PROTOCOL));
  return kind;
}

// Python counts a descriptor as blocking, whatever its mode, until a timeout is set.
CallHandle adopt(PythonCall& call, int descriptor, const Kind& asked) {
  CallSocket::Borrowed looked(Socket::borrow(descriptor, std::nullopt));
  const Kind kind = detected(*looked, asked);
  if ((kind.type & SOCK_NONBLOCK) != 0) {
    return add(call, Socket::borrow(descriptor, kNonBlocking), kind);
  }
  const Timeout timeout = call.context().defaultTimeout();
  if (timeout) orRaise(looked->setTimeout(timeout));
  return add(call, Socket::borrow(descriptor, timeout), kind);
}

// A new socket with the default timeout, unless it was asked to be non-blocking.
Socket inTime(PythonCall& call, Socket socket) {
  const Timeout timeout = call.context().defaultTimeout();
  if (timeout && socket.blocking()) call.need(socket.setTimeout(timeout));
  return socket;
}

// Adopts a descriptor that is ours alone: it is closed when that fails.
CallHandle adoptOwn(PythonCall& call, Socket socket, const Kind& asked) {
  const CallHandle handle = adopt(call, socket.fileno(), asked);
  socket.detach();
  return handle;
}

Kind kindAsked(PythonCall& call) {
  const auto at = [&](std::size_t i) { return call.has(i) ? pythonInt(call.at(i), i) : kDetect; };
  return {at(0), at(1), at(2)};
}

Kind orDefaults(Kind kind) {
  if (kind.family == kDetect) kind.family = AF_INET;
  if (kind.type == kDetect) kind.type = SOCK_STREAM;
  if (kind.protocol == kDetect) kind.protocol = 0;
  return kind;
}

// A right that is lacking has its hint already; a kernel that lacks something is looked into.
[[noreturn]] void raiseRefused(const Kind& kind, Error error) {
  const bool isForbidden = error.isErrno(EPERM) || error.isErrno(EACCES);
  std::string needs =
      isForbidden ? std::string() : socketNeeds(kind.family, kind.type & ~kTypeFlags, kind.protocol, error);
  raiseError(std::move(error), std::move(needs));
}

}  // namespace

CallValue callSocket(PythonCall& call) {
  constexpr std::size_t kFileno = 3;
  const Kind asked = kindAsked(call);
  if (call.hasValue(kFileno)) {
    const int descriptor = static_cast<int>(cLong(call.at(kFileno), kFileno));
    if (descriptor < 0) raiseValue("negative file descriptor", kFileno);
    return adopt(call, descriptor, asked);
  }
  const Kind kind = orDefaults(asked);
  Result<Socket> made = Socket::open(kind.family, kind.type, kind.protocol);
  if (!made) raiseRefused(kind, std::move(made.error()));
  return add(call, inTime(call, *std::move(made)), kind);
}

CallValue callSocketpair(PythonCall& call) {
  const int family = call.hasValue(0) ? call.intAt(0) : AF_UNIX;
  const int type = call.intAt(1, SOCK_STREAM);
  const Kind kind{family, type, call.intAt(2, 0)};
  auto ends = call.need(Socket::pair(kind.family, kind.type, kind.protocol));
  const CallHandle first = add(call, inTime(call, std::move(ends.first)), kind);
  return CallTuple{{first, add(call, inTime(call, std::move(ends.second)), kind)}};
}

CallValue callFromfd(PythonCall& call) {
  Socket copy = call.need(Socket::duplicate(static_cast<int>(cLong(call.at(0), 0))));
  const int family = pythonInt(call.at(1), 1);
  const int type = pythonInt(call.at(2), 2);
  return adoptOwn(call, std::move(copy), {family, type, call.has(3) ? pythonInt(call.at(3), 3) : 0});
}

CallValue callDup(PythonCall& call) {
  const CallSocket& socket = call.socket();
  const Kind kind{socket.family(), socket.type(), socket.protocol()};
  const Timeout timeout = socket.timeout();
  Socket copy = call.need(Socket::duplicate(socket.descriptor()));
  orRaise(copy.setTimeout(timeout));
  return add(call, std::move(copy), kind);
}

CallValue callClose(PythonCall& call) {
  call.socket();
  if (call.isOpen()) call.need(call.context().close(call.handle()));
  return {};
}

CallValue callDetach(PythonCall& call) {
  call.socket();
  return call.isOpen() ? call.context().release(call.handle()) : -1;
}

CallValue callFileno(PythonCall& call) {
  return call.socket().descriptor();
}

}  // namespace sockbench
