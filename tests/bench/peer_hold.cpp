// Sockets of several kinds that are held and do nothing.
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <iostream>
#include <vector>

#include "loopback.h"
#include "peer.h"
#include "report.h"

namespace bench::peer {
namespace {

Descriptor nameUnix(std::size_t number) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string name = "hold-" + std::to_string(::getpid()) + '-' + std::to_string(number);
  name.copy(address.sun_path + 1, sizeof address.sun_path - 1);
  Descriptor socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
  if (::bind(*socket, reinterpret_cast<const sockaddr*>(&address), length) != 0) fail("bind", errno);
  return socket;
}

}  // namespace

void hold(const Arguments& arguments) {
  raiseDescriptorLimit();
  const std::size_t count = std::stoul(arguments[0]);
  const Descriptor listener = listenTcp();
  std::vector<Descriptor> sockets;
  // Of ten: six ends of TCP connections, two UDP, two UNIX.
  while (sockets.size() + 1 < count) {
    for (int i = 0; i < 3; ++i) {
      sockets.push_back(connectTcp(portOf(listener)));
      sockets.push_back(acceptOne(listener));
    }
    for (int i = 0; i < 2; ++i) sockets.push_back(bindUdp(0));
    for (std::size_t i = 0; i < 2; ++i) sockets.push_back(nameUnix(sockets.size()));
  }
  std::printf("%zu\n", sockets.size() + 1);
  std::fflush(stdout);
  std::string end;
  std::getline(std::cin, end);
}

}  // namespace bench::peer
