// Error::hint(): for each failure that people meet with sockets, what it means here and what to try.
#include <arpa/inet.h>
#include <netdb.h>

#include <cerrno>
#include <charconv>

#include "core/base/error.h"

namespace sockbench {
namespace {

bool isUnixSubject(std::string_view subject) {
  return subject.starts_with("unix");
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

// The number behind the last colon; -1 when there is none.
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
  const int port = portOf(error.subject);
  if (isUnixSubject(error.subject)) {
    return "you have no right to " + std::string(error.op == Operation::bind ? "create " : "use ") +
           placeOr(error, "the file") + "; check its permissions and those of the folders above it";
  }
  if (error.op == Operation::bind && port > 0 && port < 1024) {
    return "ports below 1024 need the capability CAP_NET_BIND_SERVICE; choose a port from 1024 up, or grant "
           "it "
           "(setcap cap_net_bind_service=+ep)";
  }
  if (error.op == Operation::connect || error.op == Operation::send) {
    return "a firewall forbids it, or the address is a broadcast one: set SO_BROADCAST to send to it";
  }
  if (error.op == Operation::socket) return "this kind of socket needs more rights, such as CAP_NET_RAW";
  return "this user has not the right to do it";
}

std::string permissionHint(const Error& error) {
  switch (error.op) {
    case Operation::socket:
      return "raw and packet sockets need the capability CAP_NET_RAW (root has it)";
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
  if (error.op == Operation::connect || error.op == Operation::send) {
    return "there is no " + placeOr(error, "such file") + "; start the server, or check the path";
  }
  if (error.op == Operation::setsockopt) return "the kernel does not know this name";
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

std::string endpointHint(const Error& error) {
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
      return {};
  }
}

std::string_view plainErrnoHint(int code) {
  switch (code) {
    case ECONNRESET:
      return "the peer cut the connection off (RST): it crashed, closed with data unread, or refused what it "
             "got";
    case ECONNABORTED:
      return "the connection was given up before it could be accepted";
    case EPIPE:
      return "the sending side is closed: the peer has gone, or shutdown was called";
    case ENETDOWN:
      return "the network interface is down; bring it up";
    case EHOSTDOWN:
      return "the host does not answer on its network; check that it is up";
    case ENETRESET:
      return "keep-alive probes went unanswered, so the connection was dropped";
    case EMFILE:
      return "this process has as many descriptors open as it may; close some sessions, or raise ulimit -n";
    case ENFILE:
      return "the whole system has as many files open as it may; raise fs.file-max";
    case ENOBUFS:
      return "the kernel has no buffer left for it; send more slowly, or try again";
    case ENOMEM:
      return "the kernel has no memory left for it";
    case EAFNOSUPPORT:
      return "this system or this socket does not support the address's family";
    case EPROTONOSUPPORT:
      return "this system does not have this protocol, or not for this family and type";
    case ESOCKTNOSUPPORT:
      return "this system does not have this type of socket in this family";
    case EPFNOSUPPORT:
      return "this system does not support this protocol family";
    case EPROTOTYPE:
      return "the peer's socket is of another type: stream, datagram and seqpacket do not mix";
    case ENOPROTOOPT:
      return "this socket does not know this option; it belongs to another kind of socket";
    case EISCONN:
      return "the socket is connected already; open another one for another peer";
    case EINPROGRESS:
      return "it has begun and goes on in the background; wait until the socket can be written";
    case EALREADY:
      return "an earlier connect is still under way; wait for it";
    case EDESTADDRREQ:
      return "the socket has no peer yet; name one, or connect first";
    case ECANCELED:
      return "it was cancelled before it was done";
    case ENAMETOOLONG:
      return "the name is longer than the system takes; a UNIX socket's path has at most 107 bytes";
    case ENOTDIR:
      return "a part of the path that should be a folder is a file";
    case EISDIR:
      return "the path names a folder; name a file";
    case ELOOP:
      return "the path goes round in a circle of symbolic links";
    case EROFS:
      return "the file system is read-only; choose a path elsewhere";
    case ENOSPC:
      return "the device is full";
    case EBADF:
      return "the socket is closed";
    case ENOTSOCK:
      return "the descriptor or the file is no socket";
    case ENXIO:
      return "there is no such device or address";
    case EDOM:
      return "the value is outside of what the option takes";
    case EINTR:
      return "a signal interrupted it; try again";
    case ESHUTDOWN:
      return "the sending side was shut down";
    default:
      return {};
  }
}

std::string_view addrinfoHint(int code) {
  switch (code) {
    case EAI_NONAME:
      return "nobody knows this name or service; check the spelling";
    case EAI_NODATA:
      return "the name exists, but has no address of the kind asked for";
    case EAI_ADDRFAMILY:
      return "the name has no address in this family; ask for any family";
    case EAI_AGAIN:
      return "the name server does not answer now; check the network and /etc/resolv.conf, then try again";
    case EAI_FAIL:
      return "the name server refused to answer; ask another one";
    case EAI_FAMILY:
      return "this address family is not supported; use any, inet or inet6";
    case EAI_SERVICE:
      return "this service is not known for this type of socket; give its number, or another type";
    case EAI_SOCKTYPE:
      return "this type of socket does not go with this protocol";
    case EAI_BADFLAGS:
      return "these flags do not go together: canonname and numerichost need a host, all needs v4mapped";
    case EAI_MEMORY:
      return "there is not enough memory";
    case EAI_OVERFLOW:
      return "the name is too long for the answer";
    case EAI_IDN_ENCODE:
      return "the name has characters that a domain name cannot have";
    case EAI_CANCELED:
      return "it was cancelled before it was done";
    default:
      return {};
  }
}

std::string_view hostdbHint(int code) {
  switch (code) {
    case HOST_NOT_FOUND:
      return "nobody knows this host; check the spelling";
    case TRY_AGAIN:
      return "the name server does not answer now; check the network and /etc/resolv.conf, then try again";
    case NO_RECOVERY:
      return "the name server refused to answer; ask another one";
    case NO_DATA:
      return "the name exists, but has no address of this family";
    default:
      return {};
  }
}

// "127.1" and its kin: what inet_aton(3) would make of the wrong part.
std::string looseAddressHint(const Error& error) {
  std::string text = error.subject;
  if (error.where && error.where->offset <= text.size())
    text = text.substr(error.where->offset, error.where->length);
  in_addr loose{};
  if (text.empty() || text.find_first_of(" \t\n\v\f\r") != std::string::npos ||
      inet_aton(text.c_str(), &loose) == 0) {
    return {};
  }
  char strict[INET_ADDRSTRLEN] = {};
  inet_ntop(AF_INET, &loose, strict, sizeof strict);
  return "inet_aton(3) would read it as " + std::string(strict) + "; write that if you mean it";
}

std::string hostHint(const Error& error) {
  if (std::string loose = looseAddressHint(error); !loose.empty()) return loose;
  if (error.isInput(InputFault::badAddress)) {
    return "write four numbers from 0 to 255 (192.0.2.1), or an IPv6 address (2001:db8::1)";
  }
  return "write a name, an IPv4 address (192.0.2.1), an IPv6 address in brackets ([2001:db8::1]), or *";
}

std::string inputHint(const Error& error) {
  switch (static_cast<InputFault>(error.code)) {
    case InputFault::badTransport:
      return "write tcp://HOST:PORT, udp://HOST:PORT, unix:PATH, unix-dgram:PATH or unix-seqpacket:PATH";
    case InputFault::badHost:
    case InputFault::badAddress:
      return hostHint(error);
    case InputFault::badPort:
      return "a port is a number from 0 to 65535, or a service's name such as http";
    case InputFault::badZone:
      return "a zone is the name or the number of an interface of this machine, such as lo";
    case InputFault::badPath:
      return "write a path such as /tmp/socket, or @NAME for the abstract namespace";
    case InputFault::pathTooLong:
      return "a UNIX socket's path has at most 107 bytes; choose a shorter one, such as one in /tmp";
    case InputFault::badHex:
      return "write two hexadecimal digits a byte, such as 68 65 6c";
    case InputFault::badEscape:
      return "the escapes are \\n \\r \\t \\0 \\\\ \\xHH and \\u{1F600}";
    case InputFault::badEncoding:
      return "choose UTF-8, or leave the character out";
    case InputFault::badOptionName:
      return "write NAME=VALUE, such as TCP_NODELAY=1";
    case InputFault::queueFull:
      return "the peer does not read as fast as you send; wait, or send less";
    case InputFault::notOpen:
      return "it has been closed; open it again";
    case InputFault::badSyntax:
    case InputFault::badOptionValue:
    case InputFault::tooLarge:
    case InputFault::unknownName:
      break;
  }
  return {};
}

}  // namespace

std::string Error::hint() const {
  switch (domain) {
    case ErrorDomain::system: {
      std::string exact = endpointHint(*this);
      return exact.empty() ? std::string(plainErrnoHint(code)) : exact;
    }
    case ErrorDomain::addrinfo:
      return std::string(addrinfoHint(code));
    case ErrorDomain::hostdb:
      return std::string(hostdbHint(code));
    case ErrorDomain::input:
      return inputHint(*this);
    case ErrorDomain::dns:
    case ErrorDomain::tls:
      break;
  }
  return {};
}

}  // namespace sockbench
