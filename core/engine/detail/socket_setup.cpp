#include "core/engine/detail/socket_setup.h"

#include <netinet/in.h>

#include <charconv>
#include <utility>

namespace sockbench::detail {
namespace {

// As much as was asked for if we have the right to, else as much as net.core.rmem_max lets us have.
Result<void> setReceiveBuffer(Socket& socket, int bytes) {
  if (socket.setIntOption(SOL_SOCKET, SO_RCVBUFFORCE, bytes)) return {};
  return socket.setIntOption(SOL_SOCKET, SO_RCVBUF, bytes);
}

// What a datagram brings with it. A socket of [::] hears IPv4, too.
Result<void> askForDetails(Socket& socket, const SocketAddress& address, Transport transport) {
  struct Wish {
    int level;
    int name;
  };
  std::vector<Wish> wishes{{SOL_SOCKET, SO_TIMESTAMPNS}};
  if (transport == Transport::udp) {
    wishes.insert(wishes.end(),
                  {{SOL_SOCKET, SO_RXQ_OVFL}, {IPPROTO_IP, IP_RECVERR}, {IPPROTO_IP, IP_PKTINFO}});
    if (address.family() == AF_INET6)
      wishes.insert(wishes.end(), {{IPPROTO_IPV6, IPV6_RECVERR}, {IPPROTO_IPV6, IPV6_RECVPKTINFO}});
  }
  for (const Wish& wish : wishes)
    if (auto set = socket.setIntOption(wish.level, wish.name, 1); !set) return set;
  return {};
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
  ReadySocket ready{.socket = std::move(*opened), .options = {}, .receiveBuffer = {}};
  if (const auto set = ready.socket.setBlocking(false); !set)
    return std::unexpected(about(set.error(), subject));
  if (transport == Transport::udp && rules.datagramReceiveBuffer > 0) {
    if (const auto set = setReceiveBuffer(ready.socket, rules.datagramReceiveBuffer); !set)
      return std::unexpected(about(set.error(), subject));
    ready.receiveBuffer.asked = rules.datagramReceiveBuffer;
  }
  if (isDatagramTransport(transport))
    if (const auto set = askForDetails(ready.socket, address, transport); !set)
      return std::unexpected(about(set.error(), subject));
  for (const OptionSetting& option : options) {
    if (const auto set = applySocketOption(ready.socket, option); !set) return std::unexpected(set.error());
    ready.options.push_back(option.text());
    if (const auto bytes = receiveBufferAsked(option)) ready.receiveBuffer.asked = *bytes;
  }
  if (transport == Transport::udp) ready.receiveBuffer.granted = receiveBufferGranted(ready.socket);
  return ready;
}

std::optional<int> receiveBufferAsked(const OptionSetting& setting) {
  const OptionInfo& option = *setting.option;
  if (option.level != SOL_SOCKET || (option.number != SO_RCVBUF && option.number != SO_RCVBUFFORCE))
    return std::nullopt;
  int bytes = 0;
  std::from_chars(setting.value.data(), setting.value.data() + setting.value.size(), bytes);
  return bytes;
}

// The kernel answers with the double of what was asked for.
int receiveBufferGranted(const Socket& socket) {
  return socket.intOption(SOL_SOCKET, SO_RCVBUF).value_or(0) / 2;
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
