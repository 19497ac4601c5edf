#include "core/system/socket_row.h"

#include <netinet/tcp.h>

#include "core/net/tcp_state.h"

namespace sockbench {

std::string_view socketProtocolName(SocketKind kind) {
  switch (kind) {
    case SocketKind::tcp:
      return "tcp";
    case SocketKind::udp:
      return "udp";
    case SocketKind::udpLite:
      return "udplite";
    case SocketKind::raw:
      return "raw";
    case SocketKind::unixStream:
    case SocketKind::unixDatagram:
    case SocketKind::unixSeqpacket:
      return "unix";
  }
  return "";
}

std::string_view socketTypeName(SocketKind kind) {
  switch (kind) {
    case SocketKind::tcp:
    case SocketKind::unixStream:
      return "stream";
    case SocketKind::udp:
    case SocketKind::udpLite:
    case SocketKind::unixDatagram:
      return "dgram";
    case SocketKind::raw:
      return "raw";
    case SocketKind::unixSeqpacket:
      return "seqpacket";
  }
  return "";
}

bool isUnixKind(SocketKind kind) {
  return kind >= SocketKind::unixStream;
}

std::string_view socketStateName(const SocketRow& row) {
  if (row.state == TCP_CLOSE && row.kind != SocketKind::tcp) return "UNCONNECTED";
  return kernelTcpStateName(row.state);
}

bool isListening(const SocketRow& row) {
  switch (row.kind) {
    case SocketKind::tcp:
    case SocketKind::unixStream:
    case SocketKind::unixSeqpacket:
      return row.state == TCP_LISTEN;
    case SocketKind::udp:
    case SocketKind::udpLite:
    case SocketKind::raw:
    case SocketKind::unixDatagram:
      return row.state == TCP_CLOSE;
  }
  return false;
}

}  // namespace sockbench
