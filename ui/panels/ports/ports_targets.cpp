#include "ui/panels/ports/ports_targets.h"

#include <string>

namespace sockbench::ui {
namespace {

std::optional<Transport> transportOf(SocketKind kind) {
  switch (kind) {
    case SocketKind::tcp:
      return Transport::tcp;
    case SocketKind::udp:
      return Transport::udp;
    case SocketKind::unixStream:
      return Transport::unixStream;
    case SocketKind::unixDatagram:
      return Transport::unixDatagram;
    case SocketKind::unixSeqpacket:
      return Transport::unixSeqpacket;
    case SocketKind::udpLite:
    case SocketKind::raw:
      break;
  }
  return std::nullopt;
}

std::string hostOf(const SocketAddress& address) {
  if (!address.isWildcard()) return address.ip();
  return address.ipBytes().size() == 4 ? "127.0.0.1" : "::1";
}

}  // namespace

std::optional<Endpoint> targetOf(const PortRow& row) {
  const SocketAddress& local = row.socket.local;
  const auto transport = transportOf(row.socket.kind);
  if (!transport || row.isGone() || !isListening(row.socket) || local.isUnnamed()) return std::nullopt;
  Endpoint endpoint;
  endpoint.transport = *transport;
  if (isUnixTransport(*transport)) {
    endpoint.path = local.unixPath();
    return endpoint;
  }
  if (local.port() == 0) return std::nullopt;
  endpoint.host = hostOf(local);
  endpoint.service = std::to_string(local.port());
  return endpoint;
}

}  // namespace sockbench::ui
