// One socket as the kernel's table has it (sock_diag(7)). Values; thread: any.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/net/socket_address.h"

namespace sockbench {

enum class SocketKind : std::uint8_t { tcp, udp, udpLite, raw, unixStream, unixDatagram, unixSeqpacket };

std::string_view socketProtocolName(SocketKind kind);  // "tcp", "udp", "udplite", "raw", "unix"
std::string_view socketTypeName(SocketKind kind);      // "stream", "dgram", "raw", "seqpacket"
bool isUnixKind(SocketKind kind);

struct SocketRow {
  SocketKind kind = SocketKind::tcp;
  std::uint8_t state = 0;       // the kernel's number, of tcp_state.h, for every kind of socket
  int family = 0;               // AF_INET, AF_INET6 or AF_UNIX
  std::uint64_t cookie = 0;     // no other socket has it as long as the machine runs
  std::uint64_t inode = 0;      // 0: no process can have it open (TIME_WAIT, a connection being made)
  std::uint64_t peerInode = 0;  // UNIX: of the socket at the other end; 0: none, or not known
  // A raw socket's port is the number of its IP protocol. Empty for an unnamed UNIX socket. The zone of an
  // IPv6 address is given where it has one (link-local).
  SocketAddress local;
  SocketAddress peer;  // 0.0.0.0:0 or [::]:0 when it has none; UNIX: empty
  // Bytes that wait to be read and to be sent. A listener's: connections that wait to be accepted, and how
  // many may (its backlog).
  std::uint32_t recvQueue = 0;
  std::uint32_t sendQueue = 0;
  std::optional<uid_t> uid;     // nullopt: the kernel does not tell
  std::uint32_t interface = 0;  // the index of the interface that it is bound to; 0: none
  std::optional<bool>
      v6Only;  // AF_INET6: IPV6_V6ONLY; a wildcard without it takes IPv4, too. nullopt: not told
  std::uint32_t firstOwner = 0;  // in SocketTable::owners
  std::uint32_t ownerCount = 0;
};

// "ESTABLISHED", "LISTEN", "TIME_WAIT"... as kernelTcpStateName(). A socket of another kind than TCP that is
// not connected is "UNCONNECTED". "" if unknown.
std::string_view socketStateName(const SocketRow& row);

// Something can come in without having been asked for: TCP, UNIX stream and seqpacket sockets that listen;
// of the others those that are not connected (as `ss -l` has it).
bool isListening(const SocketRow& row);

}  // namespace sockbench
