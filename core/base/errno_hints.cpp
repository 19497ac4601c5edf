#include "core/base/errno_hints.h"

#include <cerrno>
#include <charconv>

#include "core/base/right_hints.h"

namespace sockbench {
namespace {

bool isUnixSubject(std::string_view subject) {
  return subject.starts_with("unix:") || subject.starts_with("unix-dgram:") ||
         subject.starts_with("unix-seqpacket:");
}

// The place without its transport: "127.0.0.1:9000" of "tcp://127.0.0.1:9000", "/tmp/x" of "unix:/tmp/x".
std::string_view place(std::string_view subject) {
  if (const std::size_t at = subject.find("://"); at != std::string_view::npos) return subject.substr(at + 3);
  if (isUnixSubject(subject)) return subject.substr(subject.find(':') + 1);
  return subject;
}

std::string placeOr(const Error& error, std::string_view otherwise) {
  const std::string_view text = place(error.subject);
  return std::string(text.empty() ? otherwise : text);
}

std::string_view hostOf(std::string_view subject) {
  const std::string_view text = place(subject);
  return text.substr(0, text.rfind(':'));
}

std::string hostOr(const Error& error, std::string_view otherwise) {
  const std::string_view text = hostOf(error.subject);
  return std::string(text.empty() ? otherwise : text);
}

// The number behind the last colon; -1 when there is none, or a service's name.
int portOf(std::string_view subject) {
  const std::size_t colon = subject.rfind(':');
  if (colon == std::string_view::npos) return -1;
  int port = -1;
  const char* end = subject.data() + subject.size();
  const auto [rest, fault] = std::from_chars(subject.data() + colon + 1, end, port);
  return fault == std::errc() && rest == end ? port : -1;
}

std::string refusedHint(const Error& error) {
  if (error.op != Operation::connect) {
    return "an earlier datagram was refused: nothing receives at the peer's address; start the peer, or "
           "check the port";
  }
  const std::string where = placeOr(error, "the address");
  if (isUnixSubject(error.subject)) {
    return "the socket file " + where + " is there, but no process listens on it; start the server";
  }
  return "nothing listens on " + where + "; start the server, or check the port";
}

std::string inUseHint(const Error& error) {
  const std::string where = placeOr(error, "the address");
  if (isUnixSubject(error.subject)) {
    return where +
           " is there already; if no server uses it any more, delete the file, or choose another path";
  }
  if (error.op == Operation::connect) {
    return "every local port towards " + where + " is taken, or the local address is bound by another socket";
  }
  return "another socket holds " + where +
         "; stop it, choose another port, or set SO_REUSEADDR if it is only closing (TIME_WAIT)";
}

std::string notAvailableHint(const Error& error) {
  if (error.op == Operation::connect) {
    return "no local address or port is free to reach " + placeOr(error, "the peer") +
           " from; name a host and a port above 0, or wait for closed connections to leave TIME_WAIT";
  }
  return hostOr(error, "the address") +
         " is no address of this machine; choose one that `interfaces` lists, or * for all of them";
}

std::string accessHint(const Error& error) {
  if (isUnixSubject(error.subject)) {
    return "you have no right to " + std::string(error.op == Operation::bind ? "create " : "use ") +
           placeOr(error, "the file") + "; check its permissions and those of the folders above it";
  }
  if (error.op == Operation::bind && portOf(error.subject) < 1024) {
    return "ports below 1024 need the capability CAP_NET_BIND_SERVICE; choose a port from 1024 up, or grant "
           "it "
           "(setcap cap_net_bind_service=+ep)";
  }
  if (error.op == Operation::connect || error.op == Operation::send) {
    return "a firewall forbids it, or the address is a broadcast one: set SO_BROADCAST to send to it";
  }
  if (error.op == Operation::socket) return pingRightHint();
  return "this user has not the right to do it";
}

std::string permissionHint(const Error& error) {
  switch (error.op) {
    case Operation::socket:
      return rawRightHint();
    case Operation::setsockopt:
      return "this option or value needs the capability CAP_NET_ADMIN or CAP_NET_RAW";
    case Operation::connect:
    case Operation::send:
      return "a rule of this machine's firewall forbids it";
    default:
      return "this user has not the right to do it";
  }
}

std::string timedOutHint(const Error& error) {
  switch (error.op) {
    case Operation::connect:
      return "no answer from " + placeOr(error, "the peer") +
             " in time; check the address, whether the machine is up, and firewalls on the way";
    case Operation::getaddrinfo:
    case Operation::getnameinfo:
    case Operation::gethostbyname:
    case Operation::gethostbyaddr:
      return "the name server did not answer in time; check the network, or wait longer";
    case Operation::accept:
      return "nobody connected in time";
    case Operation::send:
      return "the peer did not take the data in time, or stopped acknowledging it";
    case Operation::recv:
      return "nothing arrived in time, or the peer stopped answering keep-alive probes";
    default:
      return "the time limit was over first";
  }
}

std::string againHint(const Error& error) {
  switch (error.op) {
    case Operation::connect:
      return "the server's backlog is full; try again when it has accepted";
    case Operation::send:
      return "the send buffer is full; try again when the peer has read";
    case Operation::recv:
      return "nothing has arrived yet";
    case Operation::accept:
      return "nobody is waiting to be accepted";
    default:
      return "it would have to wait; try again";
  }
}

std::string messageSizeHint(const Error& error) {
  if (isUnixSubject(error.subject))
    return "the datagram is larger than the send buffer; send less, or raise SO_SNDBUF";
  return "a datagram carries at most 65507 bytes over IPv4 (65527 over IPv6), less if it may not be "
         "fragmented; "
         "send less at a time";
}

std::string noEntryHint(const Error& error) {
  if (error.op == Operation::sock_diag) {
    return "the socket has gone; or, for a whole list, this kernel has no diagnostics for this kind of "
           "socket "
           "(its modules tcp_diag, udp_diag, raw_diag, unix_diag)";
  }
  if (error.op == Operation::connect || error.op == Operation::send) {
    return "there is no " + placeOr(error, "such file") + "; start the server, or check the path";
  }
  if (error.op == Operation::setsockopt) return "the kernel does not know this name";
  if (error.op == Operation::write) return "choose a place that stays, and begin anew";
  if (error.op == Operation::open) return "there is no " + placeOr(error, "such file") + "; check the path";
  return "a folder of " + placeOr(error, "the path") + " does not exist; create it, or check the path";
}

std::string invalidHint(const Error& error) {
  switch (error.op) {
    case Operation::bind:
      return "the socket is bound already, or the address is not of its family";
    case Operation::connect:
      return "the address does not suit this socket: a link-local IPv6 address needs its zone "
             "(fe80::1%eth0), and a "
             "loopback source reaches only this machine";
    case Operation::listen:
      return "the socket must be bound and not connected before it can listen";
    case Operation::accept:
      return "the socket does not listen; call listen first";
    case Operation::setsockopt:
      return "the option does not take this value, or not in the socket's present state";
    case Operation::socket:
      return "this protocol does not go with this type";
    default:
      return "an argument does not suit this socket";
  }
}

std::string unsupportedHint(const Error& error) {
  switch (error.op) {
    case Operation::listen:
    case Operation::accept:
      return "only stream and seqpacket sockets listen; datagram sockets just receive";
    case Operation::setsockopt:
    case Operation::getsockopt:
      return "this option belongs to another kind of socket";
    default:
      return "this kind of socket cannot do that";
  }
}

std::string notConnectedHint(const Error& error) {
  if (error.op == Operation::shutdown) return "there is no connection to shut down (any more)";
  return "the socket has no peer (any more); connect first";
}

std::string interfaceHint(const Error& error) {
  if (error.op == Operation::setsockopt)
    return "no interface of this name or address is there; `interfaces` lists them";
  return "the interface that the address or its zone names is not there; `interfaces` lists them";
}

std::string unreachableHint(const Error& error) {
  if (error.code == EHOSTUNREACH) {
    return "no route leads to " + hostOr(error, "the host") +
           ", or it does not answer on its network; check the address, the cable and the gateway";
  }
  return "this machine has no route to the network of " + hostOr(error, "the host") +
         "; check the address, the interfaces and the default gateway";
}

}  // namespace

std::string errnoHint(const Error& error) {
  switch (error.code) {
    case ECONNREFUSED:
      return refusedHint(error);
    case EADDRINUSE:
      return inUseHint(error);
    case EADDRNOTAVAIL:
      return notAvailableHint(error);
    case EACCES:
      return accessHint(error);
    case EPERM:
      return permissionHint(error);
    case ETIMEDOUT:
      return timedOutHint(error);
    case EHOSTUNREACH:
    case ENETUNREACH:
      return unreachableHint(error);
    case EAGAIN:
      return againHint(error);
    case EMSGSIZE:
      return messageSizeHint(error);
    case ENOENT:
      return noEntryHint(error);
    case EINVAL:
      return invalidHint(error);
    case EOPNOTSUPP:
      return unsupportedHint(error);
    case ENOTCONN:
      return notConnectedHint(error);
    case ENODEV:
      return interfaceHint(error);
    default:
      return std::string(plainErrnoHint(error.code));
  }
}

}  // namespace sockbench
