// Options, blocking and time-outs: getsockopt(2), fcntl(2), ioctl(2); Python's settimeout and its sisters.
#include "core/calls/call_registry_tables.h"

namespace sockbench {
namespace {

using enum ParameterKind;
using enum CallTarget;

constexpr CallParameter kLevel{"level", choice, NameGroup::level, "",
                               "Whose option it is: SOL_SOCKET of every socket, or a protocol's."};
constexpr CallParameter kName{"optname", option, NameGroup::option, "", "The option, of that level."};

constexpr CallParameter kGet[] = {
    kLevel,
    kName,
    {"buflen", integer, NameGroup::none, "0",
     "0: the value is an int. 1 to 1024: as many bytes of a structure, as the kernel has it."},
};
constexpr CallParameter kSet[] = {
    kLevel,
    kName,
    {"value", optionValue, NameGroup::none, "",
     "An int, or the bytes of a structure, or None for a null pointer with optlen."},
    {"optlen", integer, NameGroup::none, "None",
     "With the value None alone: the length that is told, in bytes."},
};
constexpr CallErrorNote kGetErrors[] = {
    {"ENOPROTOOPT", "No such option at this level, for this type of socket, or in this kernel."},
    {"EOPNOTSUPP", "Sockets of this family have no such options."},
    {"EINVAL", "The length is wrong for the option."},
    {"EPERM", "A right is missing, such as CAP_NET_ADMIN."},
    kNotConnected,
    kClosed,
};
constexpr CallErrorNote kSetErrors[] = {
    {"ENOPROTOOPT", "No such option at this level, for this type of socket, or in this kernel."},
    {"EOPNOTSUPP", "Sockets of this family have no such options."},
    {"EINVAL", "The value, or its length, is wrong for the option, or it comes too late for the socket."},
    {"EDOM", "The time of SO_RCVTIMEO or SO_SNDTIMEO is out of range."},
    {"EISCONN", "It can only be set before connect."},
    {"EPERM", "A right is missing: CAP_NET_ADMIN of most, CAP_NET_RAW of SO_BINDTODEVICE when it is set."},
    {"EACCES", "A right is missing."},
    {"ENODEV", "There is no such interface."},
    {"EADDRNOTAVAIL", "No interface has the address, or the group was never joined."},
    {"EADDRINUSE", "The group was joined before."},
    {"ENOENT", "There is no such algorithm or module."},
    {"EFAULT", "None where the option wants bytes."},
    kClosed,
    kNoBuffers,
};

constexpr CallParameter kBlocking[] = {
    {"flag", boolean, NameGroup::none, "", "True: calls wait for ever. False: they never wait."},
};
constexpr CallParameter kTimeoutOfSocket[] = {
    {"value", seconds, NameGroup::none, "",
     "Seconds, fractions too; None: wait for ever; 0: never wait. Counts for accept, connect, send and "
     "recv."},
};
constexpr CallParameter kTimeoutOfAll[] = {
    {"timeout", seconds, NameGroup::none, "",
     "Seconds, None or 0, as of settimeout; for sockets that are made from now on."},
};
constexpr CallErrorNote kFcntlErrors[] = {kClosed};

constexpr CallParameter kIoctl[] = {
    {"request", choice, NameGroup::ioctlRequest, "", "What to ask: FIONREAD, SIOCOUTQ, SIOCATMARK..."},
};
constexpr CallErrorNote kIoctlErrors[] = {
    {"EINVAL", "The request makes no sense for the socket: a listener has no bytes to be read."},
    {"ENOTTY", "Sockets of this type do not know the request."},
    {"EOPNOTSUPP", "Sockets of this type do not know the request."},
    kClosed,
};

constexpr CallInfo kCalls[] = {
    {"getsockopt", socketMethod, "Options", "The value of an option.", kGet,
     "An int; with buflen, as many bytes as the kernel has written.", kGetErrors,
     "getsockopt(2), socket(7), ip(7), ipv6(7), tcp(7), udp(7), unix(7)"},
    {"setsockopt", socketMethod, "Options", "Sets an option.", kSet, "None.", kSetErrors,
     "setsockopt(2), socket(7), ip(7), ipv6(7), tcp(7), udp(7), unix(7)"},
    {"setblocking", socketMethod, "Options", "Whether calls on the socket wait: settimeout(None) or (0).",
     kBlocking, "None.", kFcntlErrors, "fcntl(2)"},
    {"getblocking",
     socketMethod,
     "Options",
     "Whether calls on the socket wait.",
     {},
     "False where the time-out is 0, else True.",
     {},
     "fcntl(2)"},
    {"settimeout", socketMethod, "Options", "How long calls on the socket wait.", kTimeoutOfSocket, "None.",
     kFcntlErrors, "poll(2), fcntl(2)"},
    {"gettimeout",
     socketMethod,
     "Options",
     "How long calls on the socket wait.",
     {},
     "Seconds; None: for ever.",
     {},
     "poll(2)"},
    {"setdefaulttimeout",
     function,
     "Options",
     "How long calls on sockets wait that are made from now on.",
     kTimeoutOfAll,
     "None.",
     {},
     "poll(2)"},
    {"getdefaulttimeout",
     function,
     "Options",
     "The time-out that new sockets begin with.",
     {},
     "Seconds; None: for ever.",
     {},
     "poll(2)"},
    {"ioctl", socketMethod, "Options", "Asks the kernel how much is in the socket's queues.", kIoctl,
     "The number that the kernel answers.", kIoctlErrors, "ioctl(2), tcp(7), udp(7), unix(7)", false, true},
};

}  // namespace

std::span<const CallInfo> optionCalls() {
  return kCalls;
}

}  // namespace sockbench
