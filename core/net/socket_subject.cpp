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

}  // namespace

std::string socketSubject(int descriptor, const SocketAddress& address) {
  const std::string text = address.text();
  const auto transport =
      transportOf(address.family(), option(descriptor, SO_TYPE), option(descriptor, SO_PROTOCOL));
  if (!transport) return text;
  const std::string name(transportName(*transport));
  return isUnixTransport(*transport) ? name + text.substr(text.find(':')) : name + "://" + text;
}

}  // namespace sockbench
