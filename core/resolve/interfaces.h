// This machine's network interfaces and their addresses (rtnetlink(7), netdevice(7)). Thread: any.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/net/socket_address.h"

namespace sockbench {

struct InterfaceAddress {
  SocketAddress address;       // port 0
  int prefix = 0;              // 0-32 or 0-128
  std::string broadcast = {};  // IPv4; "" when there is none
  std::string peer = {};       // the other end of a point-to-point link; "" when there is none
  std::string scope = {};      // addressScope() of it
  std::uint32_t flags = 0;     // IFA_F_*
  bool operator==(const InterfaceAddress&) const = default;
};

struct NetworkInterface {
  unsigned index = 0;
  std::string name;
  std::uint32_t flags = 0;  // IFF_*
  bool up = false;
  bool loopback = false;
  bool multicast = false;
  int mtu = 0;            // bytes
  std::string mac;        // "02:42:ac:11:00:02"; "" when it has none
  std::string kind = {};  // "ethernet", "loopback", or what made it: "veth", "bridge", "tun"; "" unknown
  std::vector<InterfaceAddress> addresses;
  bool operator==(const NetworkInterface&) const = default;
};

// Ordered by index, a link's addresses in the kernel's order. Errors: rtnetlink's errno.
Result<std::vector<NetworkInterface>> networkInterfaces();

// The flags that are set, in netdevice(7)'s words without IFF_, in lower case: "up", "broadcast", "lower_up".
std::vector<std::string_view> interfaceFlagNames(std::uint32_t flags);
// Likewise of an address: "temporary" (of IPv4: "secondary"), "deprecated", "tentative", "permanent" ...
std::vector<std::string_view> addressFlagNames(const InterfaceAddress& address);

}  // namespace sockbench
