// Sockets made ready for the engine: opened, non-blocking, with their options set.
#pragma once

#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/engine/session_spec.h"
#include "core/net/socket.h"
#include "core/net/socket_address.h"

namespace sockbench::detail {

struct ReadySocket {
  Socket socket;
  std::vector<std::string> options;  // NAME=VALUE of each that was set
};

// A non-blocking socket of the address's family for `transport` with `options` set, and for datagrams the
// receive buffer of `rules`. Errors carry `subject`.
Result<ReadySocket> openSocket(const SocketAddress& address, Transport transport,
                               const std::vector<OptionSetting>& options, const SessionRules& rules,
                               const std::string& subject);

// The address of an endpoint that needs no look-up: UNIX paths, numeric hosts, "" (127.0.0.1), "*" (::,
// IPv6). nullopt: the host is a name.
std::optional<Result<SocketAddress>> numericAddress(const Endpoint& endpoint);

}  // namespace sockbench::detail
