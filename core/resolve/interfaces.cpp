#include "core/resolve/interfaces.h"

#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netpacket/packet.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

#include "core/net/socket.h"
#include "core/resolve/host_database.h"
#include "core/resolve/mac_text.h"

namespace sockbench {

namespace {

using EntryList = std::unique_ptr<ifaddrs, decltype(&freeifaddrs)>;

// Addresses of 48 and 64 bits (IEEE 802); a tunnel's are IP addresses.
std::string macOf(const sockaddr_ll& link) {
  if (link.sll_halen != 6 && link.sll_halen != 8) return {};
  return macText(std::as_bytes(std::span(link.sll_addr, link.sll_halen)));
}

int mtuOf(const Socket& any, std::string_view name) {
  ifreq request{};
  name.copy(request.ifr_name, sizeof request.ifr_name - 1);
  return ::ioctl(any.fileno(), SIOCGIFMTU, &request) == 0 ? request.ifr_mtu : 0;
}

// getifaddrs gives an entry for each interface, of family AF_PACKET or (tun) without an address, and one for
// each of its addresses.
bool isInterface(const ifaddrs& entry) {
  return entry.ifa_addr == nullptr || entry.ifa_addr->sa_family == AF_PACKET;
}

NetworkInterface toInterface(const ifaddrs& entry, const Socket& any) {
  sockaddr_ll link{};
  if (entry.ifa_addr != nullptr) std::memcpy(&link, entry.ifa_addr, sizeof link);
  return {.index = if_nametoindex(entry.ifa_name),
          .name = entry.ifa_name,
          .up = (entry.ifa_flags & IFF_UP) != 0,
          .loopback = (entry.ifa_flags & IFF_LOOPBACK) != 0,
          .multicast = (entry.ifa_flags & IFF_MULTICAST) != 0,
          .mtu = mtuOf(any, entry.ifa_name),
          .mac = macOf(link),
          .addresses = {}};
}

SocketAddress toAddress(const sockaddr* raw) {
  if (raw == nullptr) return {};
  const bool six = raw->sa_family == AF_INET6;
  return SocketAddress::fromRaw(raw, six ? sizeof(sockaddr_in6) : sizeof(sockaddr_in));
}

int prefixOf(const SocketAddress& netmask) {
  int bits = 0;
  for (const std::byte byte : netmask.ipBytes()) bits += std::popcount(std::to_integer<unsigned char>(byte));
  return bits;
}

InterfaceAddress toInterfaceAddress(const ifaddrs& entry) {
  const SocketAddress address = toAddress(entry.ifa_addr);
  const bool hasOther = (entry.ifa_flags & (IFF_BROADCAST | IFF_POINTOPOINT)) != 0;
  return {.address = address,
          .prefix = prefixOf(toAddress(entry.ifa_netmask)),
          .broadcast = hasOther ? toAddress(entry.ifa_broadaddr).ip() : std::string(),
          .scope = std::string(addressScope(address))};
}

// "eth0:1", an address's label, names the interface eth0.
std::string_view interfaceName(const ifaddrs& entry) {
  const std::string_view name = entry.ifa_name;
  return name.substr(0, name.find(':'));
}

}  // namespace

Result<std::vector<NetworkInterface>> networkInterfaces() {
  ifaddrs* first = nullptr;
  if (::getifaddrs(&first) != 0) return std::unexpected(Error::fromErrno(Operation::getifaddrs, errno));
  const EntryList list(first, &freeifaddrs);
  // Any socket can be asked for an interface's MTU.
  const Socket any = Socket::open(AF_UNIX, SOCK_DGRAM).value_or(Socket());
  std::vector<NetworkInterface> interfaces;
  for (const ifaddrs* entry = first; entry != nullptr; entry = entry->ifa_next) {
    if (isInterface(*entry)) interfaces.push_back(toInterface(*entry, any));
  }
  for (const ifaddrs* entry = first; entry != nullptr; entry = entry->ifa_next) {
    const int family = entry->ifa_addr == nullptr ? AF_UNSPEC : entry->ifa_addr->sa_family;
    if (family != AF_INET && family != AF_INET6) continue;
    const auto owner = std::ranges::find(interfaces, interfaceName(*entry), &NetworkInterface::name);
    if (owner != interfaces.end()) owner->addresses.push_back(toInterfaceAddress(*entry));
  }
  std::ranges::sort(interfaces, {}, &NetworkInterface::index);
  return interfaces;
}

}  // namespace sockbench
