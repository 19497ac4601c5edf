// Making and ending sockets: socket(2), socketpair(2), dup(2), close(2), Python's socket.fromfd and detach.
#include "core/calls/call_registry_tables.h"

namespace sockbench {
namespace {

using enum ParameterKind;
using enum CallTarget;

constexpr CallParameter kSocket[] = {
    {"family", choice, NameGroup::family, "AF_INET",
     "Address family: what an address of this socket looks like."},
    {"type", flags, NameGroup::type, "SOCK_STREAM",
     "Stream, datagrams, records or raw; SOCK_NONBLOCK may be or-ed to it."},
    {"proto", choice, NameGroup::protocol, "0",
     "Protocol of that family; 0 is the type's own. Of AF_PACKET it is in network order."},
    {"fileno", descriptor, NameGroup::none, "None",
     "A descriptor to take over, which tells family, type and protocol where they are not given (-1)."},
};
constexpr CallErrorNote kSocketErrors[] = {
    {"EACCES", "This user may not make such a socket (a ping socket outside net.ipv4.ping_group_range)."},
    {"EPERM", "It needs a right: CAP_NET_RAW for SOCK_RAW and AF_PACKET."},
    {"EAFNOSUPPORT", "This kernel does not have the address family, or its module is not there."},
    {"EINVAL", "The type is none, or has flags that mean nothing."},
    {"ESOCKTNOSUPPORT", "The family has no socket of this type."},
    {"EPROTONOSUPPORT", "The family has no such protocol for this type, or its module is not there."},
    {"EPROTOTYPE", "The protocol is of another type of socket."},
    {"EMFILE", "This program has as many descriptors as it may."},
    {"ENFILE", "The whole system has as many open files as it may."},
    {"EBADF", "fileno is not an open descriptor."},
    {"ENOTSOCK", "fileno is not a socket's."},
    kNoBuffers,
    kNoMemory,
};

constexpr CallParameter kSocketpair[] = {
    {"family", choice, NameGroup::family, "AF_UNIX",
     "Address family; Linux makes pairs of AF_UNIX and TIPC."},
    {"type", flags, NameGroup::type, "SOCK_STREAM", "Type of both sockets."},
    {"proto", choice, NameGroup::protocol, "0", "Protocol; 0 is the type's own."},
};
constexpr CallErrorNote kSocketpairErrors[] = {
    {"EOPNOTSUPP", "The family makes no pairs: AF_INET and AF_INET6 need a listener and a connect."},
    {"EAFNOSUPPORT", "This kernel does not have the address family."},
    {"ESOCKTNOSUPPORT", "The family has no socket of this type."},
    {"EPROTONOSUPPORT", "The family has no such protocol."},
    {"EMFILE", "This program has as many descriptors as it may."},
    {"ENFILE", "The whole system has as many open files as it may."},
};

constexpr CallParameter kFromfd[] = {
    {"fd", descriptor, NameGroup::none, "",
     "The descriptor that is duplicated; it stays open and is not this socket's."},
    {"family", choice, NameGroup::family, "", "Address family of that socket; -1: ask the kernel."},
    {"type", flags, NameGroup::type, "", "Type of that socket; -1: ask the kernel."},
    {"proto", choice, NameGroup::protocol, "0", "Protocol of that socket; -1: ask the kernel."},
};
constexpr CallErrorNote kFromfdErrors[] = {
    {"EBADF", "fd is not an open descriptor."},
    {"ENOTSOCK", "fd is not a socket's, and family, type or protocol were to be asked for."},
    {"EMFILE", "This program has as many descriptors as it may."},
};

constexpr CallErrorNote kDupErrors[] = {
    kClosed,
    {"EMFILE", "This program has as many descriptors as it may."},
};

constexpr CallErrorNote kCloseErrors[] = {
    {"EIO", "What was sent before could not be written."},
    {"EINTR", "A signal came; the descriptor is closed all the same."},
};

constexpr CallInfo kCalls[] = {
    {"socket", function, "Make", "Makes a socket.", kSocket, "A socket.", kSocketErrors,
     "socket(2), socket(7), ip(7), unix(7)"},
    {"socketpair", function, "Make", "Makes two sockets that are connected to each other.", kSocketpair,
     "A tuple of both sockets.", kSocketpairErrors, "socketpair(2)"},
    {"fromfd", function, "Make", "Makes a socket of a duplicate of an open descriptor.", kFromfd, "A socket.",
     kFromfdErrors, "dup(2)"},
    {"dup",
     socketMethod,
     "Make",
     "A second descriptor of the same socket: what one does, the other is in; the connection ends when both "
     "are closed.",
     {},
     "A socket.",
     kDupErrors,
     "dup(2)"},
    {"fileno",
     socketMethod,
     "Make",
     "The socket's descriptor in this program.",
     {},
     "The descriptor; -1 when the socket is closed.",
     {},
     "socket(2)"},
    {"detach",
     socketMethod,
     "Make",
     "Gives the descriptor away without closing it: from then on the socket counts as closed.",
     {},
     "The descriptor; -1 when the socket is closed.",
     {},
     "close(2)"},
    {"close",
     socketMethod,
     "Make",
     "Closes the socket; calls that wait on it end with EBADF. Closing twice does nothing.",
     {},
     "None.",
     kCloseErrors,
     "close(2)"},
};

}  // namespace

std::span<const CallInfo> makingCalls() {
  return kCalls;
}

}  // namespace sockbench
