#include "core/net/endpoint.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <optional>

#include "core/net/endpoint_parts.h"
#include "core/net/service_port.h"
#include "core/net/unix_path_text.h"

namespace sockbench {
namespace {

struct TransportInfo {
  Transport transport;
  std::string_view name;
  int type;
};

constexpr std::array kTransports{
    TransportInfo{Transport::tcp, "tcp", SOCK_STREAM},
    TransportInfo{Transport::udp, "udp", SOCK_DGRAM},
    TransportInfo{Transport::unixStream, "unix", SOCK_STREAM},
    TransportInfo{Transport::unixDatagram, "unix-dgram", SOCK_DGRAM},
    TransportInfo{Transport::unixSeqpacket, "unix-seqpacket", SOCK_SEQPACKET},
};

const TransportInfo& infoOf(Transport t) {
  return kTransports[static_cast<std::size_t>(t)];
}

std::optional<Transport> transportNamed(std::string_view name) {
  std::string lower(name);
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  const auto found = std::ranges::find(kTransports, lower, &TransportInfo::name);
  return found == kTransports.end() ? std::nullopt : std::optional(found->transport);
}

std::unexpected<Error> fault(InputFault kind, std::string_view text, TextSpan where, std::string why) {
  return std::unexpected(Error::fromInput(kind, std::string(text), where, std::move(why)));
}

// `inner`, an error of one part, as an error of `text`, in which the part stands at `offset`.
std::unexpected<Error> within(Error inner, std::string_view text, std::size_t offset) {
  inner.subject = text;
  if (inner.where) inner.where->offset += offset;
  return std::unexpected(std::move(inner));
}

// A piece of the text and where it stands.
struct Part {
  std::string_view text;
  std::size_t offset = 0;
};

struct Authority {
  Part host;
  Part port;
  bool bracketed = false;
};

Result<Authority> splitBracketed(std::string_view text, Part authority) {
  const std::size_t begin = authority.offset;
  const std::size_t close = text.find(']', begin);
  if (close == std::string_view::npos) {
    return fault(InputFault::badSyntax, text, {begin, 1}, "this bracket is never closed");
  }
  if (close + 1 == text.size()) {
    return fault(InputFault::badPort, text, {close + 1, 0}, "a colon and the port are missing");
  }
  if (text[close + 1] != ':') {
    return fault(InputFault::badSyntax, text, {close + 1, 0},
                 "a colon must stand between the bracket and the port");
  }
  const std::size_t host = begin + 1;
  return Authority{{text.substr(host, close - host), host}, {text.substr(close + 2), close + 2}, true};
}

// Colons outside of brackets: most likely an IPv6 address without them.
std::unexpected<Error> tooManyColons(std::string_view text, Part authority, std::string_view host) {
  const std::string scheme(text.substr(0, authority.offset));
  if (parseHost(host, true)) {
    const std::string port(authority.text.substr(host.size()));
    return fault(InputFault::badHost, text, {authority.offset, host.size()},
                 "an IPv6 address needs brackets: " + scheme + '[' + std::string(host) + ']' + port);
  }
  if (parseHost(authority.text, true)) {
    return fault(InputFault::badHost, text, {authority.offset, authority.text.size()},
                 "an IPv6 address needs brackets: " + scheme + '[' + std::string(authority.text) + "]:PORT");
  }
  return fault(InputFault::badHost, text, {authority.offset, host.size()},
               "a host has no colon in it, unless it is an IPv6 address in brackets");
}

Result<Authority> splitAuthority(std::string_view text, Part authority) {
  if (authority.text.starts_with('[')) return splitBracketed(text, authority);
  if (const std::size_t close = authority.text.find(']'); close != std::string_view::npos) {
    return fault(InputFault::badSyntax, text, {authority.offset + close, 1}, "this bracket was never opened");
  }
  const std::size_t colon = authority.text.rfind(':');
  if (colon == std::string_view::npos) {
    if (authority.text.empty()) {
      return fault(InputFault::badHost, text, {authority.offset, 0}, "the host and the port are missing");
    }
    return fault(InputFault::badPort, text, {text.size(), 0}, "a colon and the port are missing");
  }
  const std::string_view host = authority.text.substr(0, colon);
  if (host.find(':') != std::string_view::npos) return tooManyColons(text, authority, host);
  return Authority{{host, authority.offset},
                   {authority.text.substr(colon + 1), authority.offset + colon + 1}};
}

Result<Endpoint> parseInternet(Transport transport, std::string_view text, Part rest) {
  if (!rest.text.starts_with("//")) {
    return fault(InputFault::badSyntax, text, {rest.offset, 0}, "// is missing before the host");
  }
  const Result<Authority> parts = splitAuthority(text, {rest.text.substr(2), rest.offset + 2});
  if (!parts) return std::unexpected(parts.error());
  Result<std::string> host = parseHost(parts->host.text, parts->bracketed);
  if (!host) return within(host.error(), text, parts->host.offset);
  Result<std::string> service = parseService(parts->port.text, transport);
  if (!service) return within(service.error(), text, parts->port.offset);
  return Endpoint{transport, std::move(*host), std::move(*service), {}};
}

Result<Endpoint> parseUnix(Transport transport, std::string_view text, Part rest) {
  Result<std::string> path = unixPathFromText(rest.text);
  if (!path) return within(path.error(), text, rest.offset);
  return Endpoint{transport, {}, {}, std::move(*path)};
}

std::unexpected<Error> badTransport(std::string_view text) {
  if (text.empty()) return fault(InputFault::badSyntax, text, {0, 0}, "the endpoint is empty");
  if (text.front() == '/' || text.front() == '@' || text.front() == '.') {
    return fault(InputFault::badTransport, text, {0, 0},
                 "the transport is missing before the path: write unix:PATH");
  }
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || text.front() == '[' || !text.substr(colon).starts_with("://")) {
    return fault(InputFault::badTransport, text, {0, 0}, "the transport is missing: write tcp://HOST:PORT");
  }
  return fault(InputFault::badTransport, text, {0, colon},
               "no transport is named " + unixPathToText(text.substr(0, colon)));
}

}  // namespace

std::string_view transportName(Transport t) {
  return infoOf(t).name;
}
int transportSocketType(Transport t) {
  return infoOf(t).type;
}
std::optional<Transport> transportOf(int family, int type, int protocol) {
  if (family == AF_UNIX) {
    if (type == SOCK_STREAM) return Transport::unixStream;
    if (type == SOCK_SEQPACKET) return Transport::unixSeqpacket;
    if (type == SOCK_DGRAM) return Transport::unixDatagram;
  }
  if (family != AF_INET && family != AF_INET6) return std::nullopt;
  if (type == SOCK_STREAM && protocol == IPPROTO_TCP) return Transport::tcp;
  if (type == SOCK_DGRAM && protocol == IPPROTO_UDP) return Transport::udp;
  return std::nullopt;
}
bool isUnixTransport(Transport t) {
  return t != Transport::tcp && t != Transport::udp;
}
bool isDatagramTransport(Transport t) {
  return infoOf(t).type == SOCK_DGRAM;
}
bool isByteStream(Transport t) {
  return infoOf(t).type == SOCK_STREAM;
}

Result<Endpoint> Endpoint::parse(std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::optional<Transport> transport = transportNamed(text.substr(0, colon));
  if (!transport) return badTransport(text);
  if (colon == std::string_view::npos) {
    return fault(InputFault::badSyntax, text, {text.size(), 0}, "a colon must follow the transport");
  }
  const Part rest{text.substr(colon + 1), colon + 1};
  return isUnixTransport(*transport) ? parseUnix(*transport, text, rest)
                                     : parseInternet(*transport, text, rest);
}

Result<Endpoint> Endpoint::fromParts(Transport transport, std::string_view hostOrPath,
                                     std::string_view port) {
  if (isUnixTransport(transport)) return parseUnix(transport, hostOrPath, {hostOrPath, 0});
  const bool opened = hostOrPath.starts_with('[');
  const bool closed = hostOrPath.ends_with(']');
  if (opened && !closed)
    return fault(InputFault::badSyntax, hostOrPath, {0, 1}, "this bracket is never closed");
  if (closed && !opened) {
    return fault(InputFault::badSyntax, hostOrPath, {hostOrPath.size() - 1, 1},
                 "this bracket was never opened");
  }
  const std::string_view bare = opened ? hostOrPath.substr(1, hostOrPath.size() - 2) : hostOrPath;
  Result<std::string> host = parseHost(bare, opened);
  if (!host) return within(host.error(), hostOrPath, opened ? 1 : 0);
  Result<std::string> service = parseService(port, transport);
  if (!service) return std::unexpected(service.error());
  return Endpoint{transport, std::move(*host), std::move(*service), {}};
}

std::string Endpoint::text() const {
  const std::string scheme(transportName(transport));
  if (isUnixTransport(transport)) return scheme + ':' + unixPathToText(path);
  const bool isIpv6 = host.find(':') != std::string::npos;
  return scheme + "://" + (isIpv6 ? '[' + host + ']' : host) + ':' + service;
}

std::uint16_t Endpoint::port() const {
  if (isUnixTransport(transport)) return 0;
  return servicePort(service, transportName(transport)).value_or(0);
}

}  // namespace sockbench
