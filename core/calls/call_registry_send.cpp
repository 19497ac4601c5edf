// Sending: send(2), sendfile(2).
#include "core/calls/call_registry_tables.h"

namespace sockbench {
namespace {

using enum ParameterKind;
using enum CallTarget;

constexpr CallParameter kBytes{"bytes", ParameterKind::bytes, NameGroup::none, "", "What is sent."};
constexpr CallParameter kFlags{
    "flags", flags, NameGroup::messageFlag, "0",
    "MSG_OOB, MSG_MORE, MSG_DONTWAIT, MSG_DONTROUTE, MSG_CONFIRM, MSG_EOR..., or-ed."};

constexpr CallParameter kSend[] = {kBytes, kFlags};
constexpr CallParameter kSendto[] = {
    kBytes,
    {"flags", flags, NameGroup::messageFlag, "0", "As of send; left out, the address comes second."},
    {"address", ParameterKind::address, NameGroup::none, "", "Where to, in the socket's family's form."},
};
constexpr CallParameter kSendmsg[] = {
    {"buffers", buffers, NameGroup::none, "", "Several pieces, sent as one: [b'head', b'body']."},
    {"ancdata", control, NameGroup::controlType, "[]",
     "Control messages: tuples of level, type and data, such as (SOL_SOCKET, SCM_RIGHTS, the descriptors as "
     "native ints)."},
    {"flags", flags, NameGroup::messageFlag, "0", "As of send."},
    {"address", ParameterKind::address, NameGroup::none, "None", "Where to; None: to the connected peer."},
};
constexpr CallParameter kSendfile[] = {
    {"file", path, NameGroup::none, "", "The file's path; the kernel copies it without showing it to us."},
    {"offset", integer, NameGroup::none, "0", "Where in the file to begin: bytes, from 0."},
    {"count", integer, NameGroup::none, "None", "How many bytes, above 0; None: to the end of the file."},
};

constexpr CallParameter kSendFds[] = {
    {"sock", ParameterKind::socket, NameGroup::none, "", "The UNIX socket that they go through."},
    {"buffers", buffers, NameGroup::none, "",
     "What is sent beside them, as of sendmsg; a stream carries descriptors with one byte at the least."},
    {"fds", descriptors, NameGroup::none, "", "The descriptors: [s.fileno()]. They stay open here."},
    {"flags", flags, NameGroup::messageFlag, "0", "Disregarded, as Python 3.11 does."},
    {"address", ParameterKind::address, NameGroup::none, "None", "Disregarded, as Python 3.11 does."},
};

constexpr CallErrorNote kSendErrors[] = {
    {"EAGAIN",
     "The send buffer is full and the call does not wait; without an address of its own, a datagram "
     "socket found no free port."},
    {"EPIPE", "This side has shut its direction down, or the connection is gone."},
    {"ECONNRESET", "The peer has reset the connection (RST)."},
    {"EDESTADDRREQ", "A datagram socket that is not connected needs an address."},
    {"EISCONN", "A stream is connected already: an address makes no sense."},
    {"ECONNREFUSED", "An earlier datagram found nobody at its port (ICMP); this one was not sent."},
    {"EMSGSIZE", "More than one datagram can hold, or than the path lets through unfragmented."},
    {"EOPNOTSUPP", "A flag is none of this type of socket."},
    {"EACCES",
     "A broadcast address without SO_BROADCAST, or a firewall; of a path: it may not be written to."},
    {"EPERM", "A firewall forbids it."},
    {"ENETUNREACH", "This machine has no route there."},
    {"EHOSTUNREACH", "The host cannot be reached."},
    {"ENETDOWN", "The interface is down."},
    {"EINVAL", "An argument, a control message or the header of a raw packet is wrong."},
    {"ETOOMANYREFS", "Too many descriptors are on their way through UNIX sockets."},
    kNotConnected,
    kInterrupted,
    kClosed,
    kNoBuffers,
    kNoMemory,
};
constexpr CallErrorNote kSendfileErrors[] = {
    {"ENOENT", "There is no such file."},
    {"EACCES", "The file may not be read."},
    {"EISDIR", "It is a folder."},
    {"EINVAL", "The file cannot be mapped, as a pipe cannot."},
    {"EAGAIN", "The send buffer is full and the socket has no time to wait."},
    {"EPIPE", "This side has shut its direction down, or the connection is gone."},
    {"ECONNRESET", "The peer has reset the connection; what had gone before is told."},
    {"EIO", "Reading the file failed."},
    kNotConnected,
    kInterrupted,
    kClosed,
};

constexpr CallInfo kCalls[] = {
    {"send", socketMethod, "Send",
     "Hands bytes to the kernel: as many as its buffer takes, which may be fewer than were given.", kSend,
     "How many bytes the kernel took.", kSendErrors, "send(2)", true},
    {"sendall", socketMethod, "Send", "Sends until all is with the kernel, waiting as often as needed.",
     kSend, "None; an error tells how many bytes had gone before.", kSendErrors, "send(2)", true},
    {"sendto", socketMethod, "Send", "Sends one datagram to an address.", kSendto,
     "How many bytes the kernel took.", kSendErrors, "sendto(2)", true},
    {"sendmsg", socketMethod, "Send",
     "Sends several pieces as one, with control messages: descriptors, credentials, an interface, a TTL.",
     kSendmsg, "How many bytes the kernel took.", kSendErrors, "sendmsg(2), cmsg(3), unix(7), ip(7)", true},
    {"send_fds", function, "Send",
     "Sends descriptors to another program, or to this one: the receiver holds the same open sockets and "
     "files.",
     kSendFds, "How many bytes the kernel took.", kSendErrors, "sendmsg(2), unix(7)", true},
    {"sendfile", socketMethod, "Send", "Sends a file's contents over a stream.", kSendfile,
     "How many bytes were sent.", kSendfileErrors, "sendfile(2)", true},
};

}  // namespace

std::span<const CallInfo> sendingCalls() {
  return kCalls;
}

}  // namespace sockbench
