// Endpoint: the text by which a person names what to listen on or to connect to.
//   tcp://HOST:PORT  udp://HOST:PORT  unix:PATH  unix-dgram:PATH  unix-seqpacket:PATH
// HOST is a name, an IPv4 address, or an IPv6 address in brackets with an optional zone ([fe80::1%eth0]);
// "*" (or nothing, for a listener's 127.0.0.1) is described at `host`. PORT is a number or a service's name.
// A leading @ in PATH is the abstract namespace.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/error.h"

namespace sockbench {

enum class Transport : std::uint8_t { tcp, udp, unixStream, unixDatagram, unixSeqpacket };

std::string_view transportName(Transport t);  // "tcp", "udp", "unix", "unix-dgram", "unix-seqpacket"
int transportSocketType(Transport t);         // SOCK_STREAM, SOCK_DGRAM or SOCK_SEQPACKET
// Of a socket: AF_*, SOCK_* and the protocol that SO_PROTOCOL tells. nullopt: it is of another kind (raw,
// netlink, SCTP...).
std::optional<Transport> transportOf(int family, int type, int protocol);
bool isUnixTransport(Transport t);
bool isDatagramTransport(Transport t);  // udp and unix-dgram: no connection, so peers are sessions
bool isByteStream(Transport t);         // tcp and unix: recv() boundaries mean nothing

struct Endpoint {
  Transport transport = Transport::tcp;
  std::string host;     // no brackets; with the zone: "fe80::1%eth0". "*": every address of this machine
                        // (dual stack). Empty: loopback, 127.0.0.1. Always empty for UNIX transports
  std::string service;  // "9000" or "http", as typed. Empty for UNIX transports
  std::string path;     // UNIX: raw bytes, a leading NUL for the abstract namespace; else empty

  // Errors: ErrorDomain::input with `where` at the wrong part of `text` (badTransport, badHost, badZone,
  // badPort, badPath, pathTooLong, badSyntax). A service's name is looked up with getservbyname(3).
  static Result<Endpoint> parse(std::string_view text);

  // The same from a form's fields. The error's subject is the wrong field alone and `where` lies in it.
  // `hostOrPath` takes an IPv6 address with or without brackets; for UNIX transports it is the path, where a
  // leading @ is the abstract namespace, and `port` is ignored.
  static Result<Endpoint> fromParts(Transport transport, std::string_view hostOrPath, std::string_view port);

  std::string text() const;    // canonical; parse(text()) gives the same endpoint
  std::uint16_t port() const;  // the number that `service` stands for; 0 for UNIX transports
  bool operator==(const Endpoint&) const = default;
};

}  // namespace sockbench
