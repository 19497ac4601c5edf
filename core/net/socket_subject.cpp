#include "core/net/socket_subject.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include "core/net/endpoint.h"

namespace sockbench {
namespace {

int option(int descriptor, int name) {
  int value = 0;
  socklen_t length = sizeof value;
  return getsockopt(descriptor, SOL_SOCKET, name, &value, &length) == 0 ? value : -1;
}

Transport unixTransport(int type) {
  if (type == SOCK_DGRAM) return Transport::unixDatagram;
  return type == SOCK_SEQPACKET ? Transport::unixSeqpacket : Transport::unixStream;
}

}  // namespace

std::string socketSubject(int descriptor, const SocketAddress& address) {
  if (address.isUnix()) {
    const Transport transport = unixTransport(option(descriptor, SO_TYPE));
    const std::string text = address.text();
    return std::string(transportName(transport)) + text.substr(text.find(':'));
  }
  if (!address.isIp()) return address.text();
  switch (option(descriptor, SO_PROTOCOL)) {
    case IPPROTO_TCP:
      return "tcp://" + address.text();
    case IPPROTO_UDP:
      return "udp://" + address.text();
    default:
      return address.text();
  }
}

}  // namespace sockbench
