// A socket's error queue: what the network said about datagrams that had been sent (ip(7): IP_RECVERR,
// ipv6(7): IPV6_RECVERR, recvmsg(2): MSG_ERRQUEUE). Empty unless the option is set.
#pragma once

#include <sys/socket.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/net/socket.h"
#include "core/net/socket_address.h"

namespace sockbench {

enum class ErrorOrigin : std::uint8_t {
  local,  // this machine's own network code, while the datagram was being sent
  icmp,   // RFC 792
  icmp6,  // RFC 4443
  other,  // no error: a time stamp, a zero-copy notice; `code` says nothing then
};

// One entry: struct sock_extended_err in our words.
struct QueuedError {
  int code = 0;  // errno: ECONNREFUSED, EHOSTUNREACH, EMSGSIZE...
  ErrorOrigin origin = ErrorOrigin::local;
  std::uint8_t type = 0;  // ICMP's type and code; 0 for others
  std::uint8_t icmpCode = 0;
  std::uint32_t mtu = 0;      // with EMSGSIZE: the most that the way takes, headers included; else 0
  SocketAddress offender;     // who says so, port 0; empty: not told
  SocketAddress destination;  // where the datagram was meant to go; of local ones the port may be 0
  Bytes payload;              // how the datagram began, as far as it was quoted, at most 2,048 bytes

  // "port unreachable, told by 10.0.0.1"; "too big to pass: at most 1400 bytes, told by 10.0.0.1"; of a local
  // one "more than the 1500 bytes (MTU) that the way takes". Without anything to say: "".
  std::string text() const;
  bool isFromNetwork() const { return origin == ErrorOrigin::icmp || origin == ErrorOrigin::icmp6; }
};

// What a control message of recvmsg(2) with MSG_ERRQUEUE tells, without destination and payload. nullopt: it
// is about something else, or cut short. Thread: any.
std::optional<QueuedError> queuedErrorIn(const cmsghdr& message);

// Takes the oldest entry away; nullopt: there is none. Never waits. When it was the last one, the error that
// the next call would have met with is taken back with it. Errors: recvmsg(2)'s. Thread: one at a time.
Result<std::optional<QueuedError>> takeQueuedError(const Socket& socket);

}  // namespace sockbench
