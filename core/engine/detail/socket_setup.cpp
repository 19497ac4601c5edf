#include "core/engine/detail/socket_setup.h"

#include <netinet/in.h>

#include <utility>

namespace sockbench::detail {
namespace {

// As much as was asked for if we have the right to, else as much as net.core.rmem_max lets us have.
Result<void> setReceiveBuffer(Socket& socket, int bytes) {
  if (socket.setIntOption(SOL_SOCKET, SO_RCVBUFFORCE, bytes)) return {};
  return socket.setIntOption(SOL_SOCKET, SO_RCVBUF, bytes);
}

Error about(Error error, const std::string& subject) {
  error.subject = subject;
  return error;
}

}  // namespace

Result<ReadySocket> openSocket(const SocketAddress& address, Transport transport,
                               const std::vector<OptionSetting>& options, const SessionRules& rules,
                               const std::string& subject) {
  auto opened = Socket::open(address.family(), transportSocketType(transport));
  if (!opened) return std::unexpected(about(opened.error(), subject));
  ReadySocket ready{.socket = std::move(*opened), .options = {}};
  if (const auto set = ready.socket.setBlocking(false); !set)
    return std::unexpected(about(set.error(), subject));
  if (transport == Transport::udp && rules.datagramReceiveBuffer > 0)
    if (const auto set = setReceiveBuffer(ready.socket, rules.datagramReceiveBuffer); !set)
      return std::unexpected(about(set.error(), subject));
  for (const OptionSetting& option : options) {
    if (const auto set = applySocketOption(ready.socket, option); !set) return std::unexpected(set.error());
    ready.options.push_back(option.text());
  }
  return ready;
}

std::optional<Result<SocketAddress>> numericAddress(const Endpoint& endpoint) {
  if (isUnixTransport(endpoint.transport)) return SocketAddress::fromUnixPath(endpoint.path);
  if (endpoint.host.empty()) return SocketAddress::fromIpv4(INADDR_LOOPBACK, endpoint.port());
  if (endpoint.host == "*") return SocketAddress::fromIp("::", endpoint.port());
  auto address = SocketAddress::fromIp(endpoint.host, endpoint.port());
  // A colon cannot stand in a name: what is wrong with such a text is its own error, not a look-up's.
  if (!address && endpoint.host.find(':') == std::string::npos) return std::nullopt;
  return address;
}

}  // namespace sockbench::detail
