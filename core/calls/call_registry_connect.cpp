// Connections: listen(2), accept(2), connect(2), shutdown(2).
#include "core/calls/call_registry_tables.h"

namespace sockbench {
namespace {

using enum ParameterKind;
using enum CallTarget;

constexpr CallParameter kListen[] = {
    {"backlog", integer, NameGroup::none, "128",
     "How many finished connections may wait for accept; below 0 counts as 0; the kernel takes no more than "
     "net.core.somaxconn, and lets one more wait than is asked for."},
};
constexpr CallErrorNote kListenErrors[] = {
    {"EADDRINUSE", "Another socket listens there; without bind: no port is free."},
    {"EOPNOTSUPP", "Only streams and records have connections: a datagram socket cannot listen."},
    {"EINVAL", "The socket is connected, or (UNIX) has no address: bind it first."},
    kClosed,
};

constexpr CallErrorNote kAcceptErrors[] = {
    {"EAGAIN", "Nobody waits, and the socket does not block."},
    {"EINVAL", "The socket does not listen."},
    {"EOPNOTSUPP", "Only streams and records have connections."},
    {"ECONNABORTED", "The peer has gone away while it waited."},
    {"EMFILE", "This program has as many descriptors as it may; the connection stays in the backlog."},
    {"ENFILE", "The whole system has as many open files as it may."},
    {"EPERM", "A firewall forbids it."},
    {"EPROTO", "The protocol went wrong."},
    kInterrupted,
    kClosed,
    kNoBuffers,
    kNoMemory,
};
constexpr CallParameter kAccept4[] = {
    {"flags", flags, NameGroup::type, "0",
     "SOCK_NONBLOCK: the new socket does not block. SOCK_CLOEXEC is always set."},
};

constexpr CallParameter kConnect[] = {
    {"address", ParameterKind::address, NameGroup::none, "",
     "The peer's address, in the socket's family's form: ('127.0.0.1', 80), a path."},
};
constexpr CallErrorNote kConnectErrors[] = {
    {"ECONNREFUSED",
     "Nobody listens there: the peer has answered with RST, or (UNIX) the file has no listener; "
     "of a datagram socket: an earlier datagram found no one."},
    {"ETIMEDOUT",
     "No answer came in all the kernel's tries: nobody there, or a firewall drops what is sent."},
    {"EINPROGRESS",
     "The socket does not block and the connection is on its way: poll for POLLOUT, then read "
     "SO_ERROR."},
    {"EALREADY", "An earlier connect is still on its way."},
    {"EISCONN", "The stream is connected already."},
    {"EHOSTUNREACH", "A router, or the neighbour's silence, says that the host cannot be reached."},
    {"ENETUNREACH", "This machine has no route there."},
    {"EADDRNOTAVAIL",
     "Without bind: no local port is free for this peer; or the address cannot be a peer's."},
    {"EADDRINUSE", "The local address and this peer are in use by another connection."},
    {"EACCES",
     "The address is a broadcast one without SO_BROADCAST, or a firewall forbids it; of a path: it "
     "may not be written to."},
    {"EPERM", "A firewall forbids it."},
    {"EAFNOSUPPORT", "The address is of another family than the socket."},
    {"EAGAIN",
     "UNIX: the listener's backlog is full and the socket does not block; TCP: no local port is free."},
    {"EPROTOTYPE", "UNIX: the socket there is of another type."},
    {"ENOENT", "UNIX: there is no such path."},
    {"EINVAL", "The address is none, or the socket listens already."},
    kInterrupted,
    kClosed,
};
constexpr CallErrorNote kConnectExErrors[] = {
    {"EBADF", "The socket is closed; answered as the number, as every other errno of connect is."},
};

constexpr CallParameter kShutdown[] = {
    {"how", choice, NameGroup::shutdownHow, "",
     "SHUT_WR sends the end (FIN) and still receives, SHUT_RD receives no more, SHUT_RDWR is both."},
};
constexpr CallErrorNote kShutdownErrors[] = {
    {"ENOTCONN", "The socket is not connected, or its connection is over already."},
    {"EINVAL", "how is none of the three."},
    kClosed,
};

constexpr CallInfo kCalls[] = {
    {"listen", socketMethod, "Connect", "Lets the kernel take connections for this address.", kListen,
     "None.", kListenErrors, "listen(2), tcp(7)"},
    {"accept",
     socketMethod,
     "Connect",
     "Takes the oldest finished connection from the backlog; waits for one where there is none.",
     {},
     "A tuple of the new socket and the peer's address.",
     kAcceptErrors,
     "accept(2)",
     true},
    {"accept4", socketMethod, "Connect", "As accept, with flags for the new socket.", kAccept4,
     "A tuple of the new socket and the peer's address.", kAcceptErrors, "accept(2)", true, true},
    {"connect", socketMethod, "Connect",
     "Connects a stream to a listener; of a datagram socket, sets the one peer that it sends to and hears.",
     kConnect, "None.", kConnectErrors, "connect(2), tcp(7), udp(7)", true},
    {"connect_ex", socketMethod, "Connect", "As connect, but answers the errno instead of failing with it.",
     kConnect, "0, or the errno.", kConnectExErrors, "connect(2)", true},
    {"shutdown", socketMethod, "Connect",
     "Ends one direction of a connection, or both; the socket stays open.", kShutdown, "None.",
     kShutdownErrors, "shutdown(2)"},
};

}  // namespace

std::span<const CallInfo> connectingCalls() {
  return kCalls;
}

}  // namespace sockbench
