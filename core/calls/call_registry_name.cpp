// Addresses of sockets: bind(2), getsockname(2), getpeername(2).
#include "core/calls/call_registry_tables.h"

namespace sockbench {
namespace {

using enum ParameterKind;
using enum CallTarget;

constexpr CallParameter kBind[] = {
    {"address", ParameterKind::address, NameGroup::none, "",
     "The socket's own address, in its family's form: ('127.0.0.1', 0) lets the kernel choose a free port."},
};
constexpr CallErrorNote kBindErrors[] = {
    {"EACCES",
     "The port is below 1024 and CAP_NET_BIND_SERVICE is missing; of a path: its folder may not be "
     "written to or searched."},
    {"EADDRINUSE",
     "Another socket has the address, or had it until a moment ago (TIME_WAIT: SO_REUSEADDR); "
     "of port 0: no port is free; of a path: the file exists, even when nobody listens."},
    {"EADDRNOTAVAIL", "No interface of this machine has the address."},
    {"EINVAL", "The socket has an address already, or the address is none of its family."},
    {"EAFNOSUPPORT", "The address is of another family than the socket."},
    {"ENODEV",
     "The scope of an IPv6 link-local address names no interface, or that of CAN or packets is none."},
    {"ENOENT", "A folder of the path is missing."},
    {"ENOTDIR", "A part of the path is no folder."},
    {"ENAMETOOLONG", "A part of the path is too long."},
    {"ELOOP", "Too many symbolic links in the path."},
    {"EROFS", "The path is on a file system that cannot be written to."},
    {"ENOSPC", "The file system of the path is full."},
    {"EPERM", "A right is missing (of CAN, packets or netlink groups: CAP_NET_ADMIN or CAP_NET_RAW)."},
    kClosed,
    kNoMemory,
};

constexpr CallErrorNote kSocknameErrors[] = {kClosed, kNoBuffers};
constexpr CallErrorNote kPeernameErrors[] = {
    {"ENOTCONN", "The socket has no peer: not connected, or its connection is over."},
    {"EOPNOTSUPP", "Sockets of this family have no peer."},
    {"EINVAL", "The socket is shut down."},
    kClosed,
    kNoBuffers,
};

constexpr CallInfo kCalls[] = {
    {"bind", socketMethod, "Name", "Gives the socket an address of its own.", kBind, "None.", kBindErrors,
     "bind(2), ip(7), ipv6(7), unix(7)"},
    {"getsockname",
     socketMethod,
     "Name",
     "The socket's own address.",
     {},
     "The address, in its family's form; before bind it is empty (('0.0.0.0', 0), '').",
     kSocknameErrors,
     "getsockname(2)"},
    {"getpeername",
     socketMethod,
     "Name",
     "The address of the peer that the socket is connected to.",
     {},
     "The address, in its family's form; '' of a UNIX peer without one.",
     kPeernameErrors,
     "getpeername(2)"},
};

}  // namespace

std::span<const CallInfo> namingCalls() {
  return kCalls;
}

}  // namespace sockbench
