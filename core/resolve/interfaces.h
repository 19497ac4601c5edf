// This machine's network interfaces and their addresses (getifaddrs(3), netdevice(7)). Thread: any.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/net/socket_address.h"

namespace sockbench {

struct InterfaceAddress {
  SocketAddress address;  // port 0
  int prefix = 0;         // 0-32 or 0-128
  std::string broadcast;  // IPv4 broadcast or point-to-point peer address; "" when there is none
  std::string scope;      // addressScope() of it
};

struct NetworkInterface {
  unsigned index = 0;
  std::string name;
  bool up = false;
  bool loopback = false;
  bool multicast = false;
  int mtu = 0;      // bytes
  std::string mac;  // "02:42:ac:11:00:02"; "" when it has none
  std::vector<InterfaceAddress> addresses;
};

// Ordered by index. Errors: getifaddrs' errno.
Result<std::vector<NetworkInterface>> networkInterfaces();

}  // namespace sockbench
