// Sockets made ready for the engine: opened, non-blocking, with their options set.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/engine/session_spec.h"
#include "core/net/socket.h"
#include "core/net/socket_address.h"

namespace sockbench::detail {

// Of a UDP socket: what it may hold, in bytes as they are asked for (the kernel keeps the double). 0: not
// known.
struct ReceiveBuffer {
  int asked = 0;
  int granted = 0;
};

struct ReadySocket {
  Socket socket;
  std::vector<std::string> options;  // NAME=VALUE of each that was set
  ReceiveBuffer receiveBuffer;
};

// A non-blocking socket of the address's family for `transport` with `options` set. A UDP socket also has the
// receive buffer of `rules` (an SO_RCVBUF among the options has the last word), and tells of each datagram
// when and where it came, of those that were dropped, and of ICMP errors. Errors carry `subject`.
Result<ReadySocket> openSocket(const SocketAddress& address, Transport transport,
                               const std::vector<OptionSetting>& options, const SessionRules& rules,
                               const std::string& subject);

// The bytes that `setting` asks for; nullopt: it is about something else.
std::optional<int> receiveBufferAsked(const OptionSetting& setting);
int receiveBufferGranted(const Socket& socket);

// The address of an endpoint that needs no look-up: UNIX paths, numeric hosts, "" (127.0.0.1), "*" (::,
// IPv6). nullopt: the host is a name.
std::optional<Result<SocketAddress>> numericAddress(const Endpoint& endpoint);

}  // namespace sockbench::detail
