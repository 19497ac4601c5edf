// Receiving: recv(2).
#include "core/calls/call_registry_tables.h"

namespace sockbench {
namespace {

using enum ParameterKind;
using enum CallTarget;

constexpr CallParameter kSize{"bufsize", integer, NameGroup::none, "",
                              "The most bytes to be taken, from 0; what is left of a datagram is lost."};
constexpr CallParameter kFlags{
    "flags", flags, NameGroup::messageFlag, "0",
    "MSG_PEEK, MSG_WAITALL, MSG_DONTWAIT, MSG_TRUNC, MSG_OOB, MSG_ERRQUEUE, or-ed."};
constexpr CallParameter kBuffer{"buffer", buffer, NameGroup::none, "",
                                "Where the bytes go: bytearray(100), which is filled from its start."};
constexpr CallParameter kCount{"nbytes", integer, NameGroup::none, "0",
                               "The most bytes to be taken; 0: as many as the buffer has room for."};

constexpr CallParameter kRecv[] = {kSize, kFlags};
constexpr CallParameter kRecvInto[] = {kBuffer, kCount, kFlags};
constexpr CallParameter kRecvmsg[] = {
    kSize,
    {"ancbufsize", integer, NameGroup::none, "0",
     "Room for control messages in bytes: the sum of CMSG_SPACE of each; 0: none are taken."},
    kFlags,
};

constexpr CallParameter kRecvFds[] = {
    {"sock", ParameterKind::socket, NameGroup::none, "", "The UNIX socket that they come through."},
    kSize,
    {"maxfds", integer, NameGroup::none, "",
     "The most descriptors to be taken; the kernel closes the others."},
    {"flags", flags, NameGroup::messageFlag, "0", "Disregarded, as Python 3.11 does."},
};

constexpr CallErrorNote kErrors[] = {
    {"EAGAIN", "Nothing has arrived and the call does not wait; of MSG_ERRQUEUE: the queue is empty."},
    {"ECONNREFUSED", "An earlier datagram found nobody at its port (ICMP says so)."},
    {"ECONNRESET", "The peer has reset the connection (RST); what it had sent before may be lost."},
    {"ETIMEDOUT", "The connection is dead: what was sent, or a keepalive, was never acknowledged."},
    {"EHOSTUNREACH", "A router says that the peer cannot be reached."},
    {"EINVAL", "MSG_OOB without urgent data, or an argument is wrong."},
    {"EOPNOTSUPP", "A flag is none of this type of socket."},
    {"EMSGSIZE", "The message does not fit and may not be cut."},
    {"EFAULT", "The kernel could not write there."},
    kNotConnected,
    kInterrupted,
    kClosed,
    kNoMemory,
};

constexpr CallInfo kCalls[] = {
    {"recv", socketMethod, "Receive",
     "Takes what has arrived, waiting where there is nothing: of a stream any number of bytes, of datagrams "
     "one.",
     kRecv, "The bytes; none (b'') is the end: the peer sends no more.", kErrors, "recv(2)", true},
    {"recvfrom", socketMethod, "Receive", "As recv, and tells who has sent it.", kRecv,
     "A tuple of the bytes and the sender's address.", kErrors, "recvfrom(2)", true},
    {"recv_into", socketMethod, "Receive", "As recv, into a buffer of yours.", kRecvInto,
     "How many bytes were taken; 0 is the end.", kErrors, "recv(2)", true},
    {"recvfrom_into", socketMethod, "Receive", "As recvfrom, into a buffer of yours.", kRecvInto,
     "A tuple of how many bytes were taken and the sender's address.", kErrors, "recvfrom(2)", true},
    {"recvmsg", socketMethod, "Receive",
     "As recvfrom, with the control messages and the flags of the message.", kRecvmsg,
     "A tuple of the bytes, the control messages (level, type, data), the flags and the address.", kErrors,
     "recvmsg(2), cmsg(3), unix(7), ip(7)", true},
    {"recv_fds", function, "Receive",
     "Receives descriptors that send_fds has sent. Each is open here until the bench closes; fromfd makes a "
     "socket of a duplicate, socket(fileno=...) takes it over.",
     kRecvFds, "A tuple of the bytes, a list of descriptors, the flags and the address.", kErrors,
     "recvmsg(2), unix(7)", true},
};

}  // namespace

std::span<const CallInfo> receivingCalls() {
  return kCalls;
}

}  // namespace sockbench
