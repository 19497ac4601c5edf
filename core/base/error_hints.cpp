// Error::hint(): what the failure means here and what to try.
#include <arpa/inet.h>
#include <netdb.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "core/base/errno_hints.h"
#include "core/base/error.h"

namespace sockbench {
namespace {

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

// The whole address around the part that `where` points at.
std::string_view addressAround(std::string_view subject, TextSpan where) {
  const auto belongs = [&](std::size_t at) {
    return subject[at] == '.' || std::isalnum(static_cast<unsigned char>(subject[at])) != 0;
  };
  std::size_t begin = std::min(where.offset, subject.size());
  std::size_t end = std::min(begin + where.length, subject.size());
  while (begin > 0 && belongs(begin - 1)) --begin;
  while (end < subject.size() && belongs(end)) ++end;
  return subject.substr(begin, end - begin);
}

// "127.1" and its kin: what inet_aton(3) would make of the address.
std::string looseAddressHint(const Error& error) {
  const std::string text(error.where ? addressAround(error.subject, *error.where) : error.subject);
  in_addr loose{};
  // inet_aton() stops at white space and takes what stands before it.
  if (text.find_first_of(" \t\n\v\f\r") != std::string::npos || inet_aton(text.c_str(), &loose) == 0)
    return {};
  std::array<char, INET_ADDRSTRLEN> strict{};
  inet_ntop(AF_INET, &loose, strict.data(), strict.size());
  return "inet_aton(3) would read it as " + std::string(strict.data()) + "; write that if you mean it";
}

std::string hostHint(const Error& error) {
  if (error.op == Operation::dns) {
    return "write a name such as www.example.org or _sip._udp.example.org; any other byte of it as \\DDD";
  }
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
    case InputFault::rateLimit:
      return "raise the limit of the answers, or send less";
    case InputFault::badPrefix:
      return "write a prefix length (/24, /64), an IPv4 netmask (/255.255.255.0) or wildcard (/0.0.0.255)";
    case InputFault::badSyntax:
    case InputFault::badOptionValue:
    case InputFault::tooLarge:
    case InputFault::unknownName:
      break;
  }
  return {};
}

std::string_view dnsHint(int code) {
  switch (static_cast<DnsFault>(code)) {
    case DnsFault::timeout:
      return "check that the server answers on this port; a firewall may drop the question: try another "
             "server, or TCP";
    case DnsFault::unreachable:
      return "nothing answers there, or there is no route to it; check the server's address and port";
    case DnsFault::noServer:
      return "name one, or write a nameserver line to /etc/resolv.conf";
    case DnsFault::badAnswer:
      return "it may be no name server, or something on the way alters its answers; try TCP or another "
             "server";
  }
  return {};
}

}  // namespace

std::string Error::hint() const {
  switch (domain) {
    case ErrorDomain::system:
      return errnoHint(*this);
    case ErrorDomain::addrinfo:
      return std::string(addrinfoHint(code));
    case ErrorDomain::hostdb:
      return std::string(hostdbHint(code));
    case ErrorDomain::input:
      return inputHint(*this);
    case ErrorDomain::dns:
      return std::string(dnsHint(code));
    case ErrorDomain::tls:
      break;
  }
  return {};
}

}  // namespace sockbench
