#include <algorithm>
#include <array>

#include "core/calls/script/python_writer.h"

namespace sockbench {
namespace {

constexpr std::string_view kPrelude = R"python(#!/usr/bin/env python3
# Calls on sockets, written by Sockbench. Prints a line for each: its number, the call and what it answered.
import errno as _errno
import socket as _socket
from socket import *

_kept = []  # a socket stays open when its name is used again


def _text(value):
    if isinstance(value, _socket.socket):
        return "<socket>"
    if isinstance(value, tuple):
        return "(" + ", ".join(map(_text, value)) + (",)" if len(value) == 1 else ")")
    if isinstance(value, list):
        return "[" + ", ".join(map(_text, value)) + "]"
    if isinstance(value, int) and not isinstance(value, bool):
        return str(int(value))
    return repr(value)


def _symbol(problem):
    if isinstance(problem, _socket.gaierror):
        names = [name for name in dir(_socket) if name.startswith("EAI_") and getattr(_socket, name) == problem.errno]
        return names[0] if names else str(problem.errno)
    if isinstance(problem, _socket.herror):
        return {1: "HOST_NOT_FOUND", 2: "TRY_AGAIN", 3: "NO_RECOVERY", 4: "NO_DATA"}.get(problem.errno, "herror")
    if isinstance(problem, TimeoutError) and problem.errno is None:
        return "timed out"
    if isinstance(problem, OSError):
        names = {_errno.EOPNOTSUPP: "EOPNOTSUPP", _errno.EDEADLK: "EDEADLK", None: "OSError"}
        return names.get(problem.errno) or _errno.errorcode.get(problem.errno, str(problem.errno))
    for kind in (ValueError, OverflowError, TypeError):
        if isinstance(problem, kind):
            return kind.__name__
    return type(problem).__name__


class _call:
    def __init__(self, line, text):
        self.told = f"{line} {text} -> "
        self.result = None

    def __enter__(self):
        return self.answers

    def answers(self, result):
        _kept.append(result)
        self.result = result
        return result

    def __exit__(self, kind, problem, trace):
        print(self.told + (_text(self.result) if problem is None else _symbol(problem)), flush=True)
        return isinstance(problem, Exception)

)python";

struct Helper {
  std::string_view call;
  std::string_view text;
};

constexpr std::array kHelpers{
    Helper{"accept4", R"python(
def _accept4(listener, flags=0):  # Python has accept alone
    conn, addr = listener.accept()
    if flags & _socket.SOCK_NONBLOCK:
        conn.setblocking(False)
    return conn, addr

)python"},
    Helper{"ioctl", R"python(
def _ioctl(s, request):
    import array
    import fcntl
    answer = array.array("i", [0])
    fcntl.ioctl(s.fileno(), request, answer)
    return answer[0]

)python"},
    Helper{"poll", R"python(
def _poll(sockets, timeout=None):
    import select
    waiting = select.poll()
    by_number = {s.fileno(): s for s, events in sockets}
    for s, events in sockets:
        waiting.register(s, events)
    ready = waiting.poll(None if timeout is None else timeout * 1000)
    return [(by_number[number], events) for number, events in ready]

)python"},
    Helper{"sendfile", R"python(
def _sendfile(s, file, offset=0, count=None):
    with open(file, "rb") as opened:
        return s.sendfile(opened, offset, count)

)python"},
};

constexpr std::array<std::string_view, 70> kKnown{
    "AF_INET",           "AF_INET6",          "AF_NETLINK",      "AF_PACKET",     "AF_UNIX",
    "AF_UNSPEC",         "AI_CANONNAME",      "AI_PASSIVE",      "INADDR_ANY",    "IPPROTO_ICMP",
    "IPPROTO_ICMPV6",    "IPPROTO_IP",        "IPPROTO_IPV6",    "IPPROTO_RAW",   "IPPROTO_TCP",
    "IPPROTO_UDP",       "IPV6_UNICAST_HOPS", "IPV6_V6ONLY",     "IP_HDRINCL",    "IP_MULTICAST_IF",
    "IP_MULTICAST_LOOP", "IP_MULTICAST_TTL",  "IP_TOS",          "IP_TTL",        "MSG_CTRUNC",
    "MSG_DONTROUTE",     "MSG_DONTWAIT",      "MSG_EOR",         "MSG_ERRQUEUE",  "MSG_MORE",
    "MSG_NOSIGNAL",      "MSG_OOB",           "MSG_PEEK",        "MSG_TRUNC",     "MSG_WAITALL",
    "NI_NUMERICHOST",    "NI_NUMERICSERV",    "SCM_CREDENTIALS", "SCM_RIGHTS",    "SHUT_RD",
    "SHUT_RDWR",         "SHUT_WR",           "SOCK_CLOEXEC",    "SOCK_DGRAM",    "SOCK_NONBLOCK",
    "SOCK_RAW",          "SOCK_RDM",          "SOCK_SEQPACKET",  "SOCK_STREAM",   "SOL_SOCKET",
    "SOL_TCP",           "SOL_UDP",           "SOMAXCONN",       "SO_ACCEPTCONN", "SO_BROADCAST",
    "SO_DOMAIN",         "SO_ERROR",          "SO_KEEPALIVE",    "SO_LINGER",     "SO_PASSCRED",
    "SO_PEERCRED",       "SO_PROTOCOL",       "SO_RCVBUF",       "SO_RCVTIMEO",   "SO_REUSEADDR",
    "SO_REUSEPORT",      "SO_SNDBUF",         "SO_TYPE",         "TCP_MAXSEG",    "TCP_NODELAY"};

// The builtins that the prelude and the helpers call.
constexpr std::array<std::string_view, 25> kTaken{
    "Exception",  "OSError", "OverflowError", "TimeoutError", "TypeError", "ValueError", "bool",
    "bytearray",  "bytes",   "dict",          "dir",          "getattr",   "globals",    "int",
    "isinstance", "len",     "list",          "map",          "open",      "print",      "repr",
    "str",        "super",   "tuple",         "type"};

}  // namespace

bool isTakenInPython(std::string_view name) {
  return std::ranges::find(kTaken, name) != kTaken.end();
}

std::string_view pythonPrelude() {
  return kPrelude;
}

std::string_view pythonHelper(std::string_view call) {
  const auto found = std::ranges::find(kHelpers, call, &Helper::call);
  return found == kHelpers.end() ? std::string_view() : found->text;
}

bool isPythonConstant(std::string_view name) {
  return std::ranges::find(kKnown, name) != kKnown.end();
}

}  // namespace sockbench
