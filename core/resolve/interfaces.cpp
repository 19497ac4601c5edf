#include "core/resolve/interfaces.h"

#include <linux/if.h>
#include <linux/if_arp.h>
#include <linux/rtnetlink.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <span>
#include <utility>

#include "core/resolve/host_database.h"
#include "core/resolve/mac_text.h"
#include "core/resolve/rtnetlink.h"

namespace sockbench {

namespace {

template <std::size_t kMost>
using Attributes = std::array<const nlattr*, kMost + 1>;

// The attributes of `message` behind its header of `Header`, by their type; nullptr: not there.
template <class Header, std::size_t kMost>
Attributes<kMost> attributesOf(const nlmsghdr* message) {
  Attributes<kMost> all{};
  const auto keep = [](const nlattr* attribute, void* to) {
    const std::uint16_t type = mnl_attr_get_type(attribute);
    if (type <= kMost) (*static_cast<Attributes<kMost>*>(to))[type] = attribute;
    return MNL_CB_OK;
  };
  mnl_attr_parse(message, sizeof(Header), keep, &all);
  return all;
}

std::string textOf(const nlattr* attribute) {
  if (attribute == nullptr) return {};
  const std::string_view bytes(mnl_attr_get_str(attribute), mnl_attr_get_payload_len(attribute));
  return std::string(bytes.substr(0, bytes.find('\0')));
}

std::uint32_t numberOf(const nlattr* attribute, std::uint32_t otherwise) {
  const bool fits = attribute != nullptr && mnl_attr_get_payload_len(attribute) >= sizeof(std::uint32_t);
  return fits ? mnl_attr_get_u32(attribute) : otherwise;
}

// Addresses of 48 and 64 bits (IEEE 802); a tunnel's are IP addresses.
std::string macOf(const nlattr* attribute) {
  if (attribute == nullptr) return {};
  const std::size_t length = mnl_attr_get_payload_len(attribute);
  if (length != 6 && length != 8) return {};
  return macText({static_cast<const std::byte*>(mnl_attr_get_payload(attribute)), length});
}

std::string kindOf(const nlattr* linkInfo, unsigned short type) {
  std::string kind;
  if (linkInfo != nullptr) {
    const auto find = [](const nlattr* attribute, void* to) {
      if (mnl_attr_get_type(attribute) == IFLA_INFO_KIND) *static_cast<std::string*>(to) = textOf(attribute);
      return MNL_CB_OK;
    };
    mnl_attr_parse_nested(linkInfo, find, &kind);
  }
  if (!kind.empty()) return kind;
  return type == ARPHRD_LOOPBACK ? "loopback" : type == ARPHRD_ETHER ? "ethernet" : "";
}

NetworkInterface toInterface(const nlmsghdr* message) {
  const auto* link = static_cast<const ifinfomsg*>(mnl_nlmsg_get_payload(message));
  const auto has = attributesOf<ifinfomsg, IFLA_LINKINFO>(message);
  return {.index = static_cast<unsigned>(link->ifi_index),
          .name = textOf(has[IFLA_IFNAME]),
          .flags = link->ifi_flags,
          .up = (link->ifi_flags & IFF_UP) != 0,
          .loopback = (link->ifi_flags & IFF_LOOPBACK) != 0,
          .multicast = (link->ifi_flags & IFF_MULTICAST) != 0,
          .mtu = static_cast<int>(numberOf(has[IFLA_MTU], 0)),
          .mac = macOf(has[IFLA_ADDRESS]),
          .kind = kindOf(has[IFLA_LINKINFO], link->ifi_type),
          .addresses = {}};
}

SocketAddress toAddress(const nlattr* attribute, const ifaddrmsg& about) {
  if (attribute == nullptr) return {};
  const void* bytes = mnl_attr_get_payload(attribute);
  const std::size_t length = mnl_attr_get_payload_len(attribute);
  if (about.ifa_family == AF_INET && length == sizeof(in_addr)) {
    sockaddr_in raw{};
    raw.sin_family = AF_INET;
    std::memcpy(&raw.sin_addr, bytes, length);
    return SocketAddress::fromRaw(reinterpret_cast<const sockaddr*>(&raw), sizeof raw);
  }
  if (about.ifa_family != AF_INET6 || length != sizeof(in6_addr)) return {};
  sockaddr_in6 raw{};
  raw.sin6_family = AF_INET6;
  std::memcpy(&raw.sin6_addr, bytes, length);
  if (IN6_IS_ADDR_LINKLOCAL(&raw.sin6_addr)) raw.sin6_scope_id = about.ifa_index;
  return SocketAddress::fromRaw(reinterpret_cast<const sockaddr*>(&raw), sizeof raw);
}

// IFA_LOCAL is our end and IFA_ADDRESS the peer's, where there is one; else IFA_ADDRESS may stand alone.
InterfaceAddress toInterfaceAddress(const nlmsghdr* message) {
  const auto& about = *static_cast<const ifaddrmsg*>(mnl_nlmsg_get_payload(message));
  const auto has = attributesOf<ifaddrmsg, IFA_FLAGS>(message);
  const SocketAddress other = toAddress(has[IFA_ADDRESS], about);
  const SocketAddress own = has[IFA_LOCAL] != nullptr ? toAddress(has[IFA_LOCAL], about) : other;
  return {.address = own,
          .prefix = about.ifa_prefixlen,
          .broadcast = toAddress(has[IFA_BROADCAST], about).ip(),
          .peer = own == other ? std::string() : other.ip(),
          .scope = std::string(addressScope(own)),
          .flags = numberOf(has[IFA_FLAGS], about.ifa_flags)};
}

using Flag = std::pair<std::uint32_t, std::string_view>;
constexpr std::array<Flag, 19> kLinkFlags{{{IFF_UP, "up"},
                                           {IFF_BROADCAST, "broadcast"},
                                           {IFF_DEBUG, "debug"},
                                           {IFF_LOOPBACK, "loopback"},
                                           {IFF_POINTOPOINT, "pointopoint"},
                                           {IFF_NOTRAILERS, "notrailers"},
                                           {IFF_RUNNING, "running"},
                                           {IFF_NOARP, "noarp"},
                                           {IFF_PROMISC, "promisc"},
                                           {IFF_ALLMULTI, "allmulti"},
                                           {IFF_MASTER, "master"},
                                           {IFF_SLAVE, "slave"},
                                           {IFF_MULTICAST, "multicast"},
                                           {IFF_PORTSEL, "portsel"},
                                           {IFF_AUTOMEDIA, "automedia"},
                                           {IFF_DYNAMIC, "dynamic"},
                                           {IFF_LOWER_UP, "lower_up"},
                                           {IFF_DORMANT, "dormant"},
                                           {IFF_ECHO, "echo"}}};
constexpr std::array<Flag, 12> kAddressFlags{{{IFA_F_TEMPORARY, "temporary"},
                                              {IFA_F_NODAD, "nodad"},
                                              {IFA_F_OPTIMISTIC, "optimistic"},
                                              {IFA_F_DADFAILED, "dadfailed"},
                                              {IFA_F_HOMEADDRESS, "home"},
                                              {IFA_F_DEPRECATED, "deprecated"},
                                              {IFA_F_TENTATIVE, "tentative"},
                                              {IFA_F_PERMANENT, "permanent"},
                                              {IFA_F_MANAGETEMPADDR, "mngtmpaddr"},
                                              {IFA_F_NOPREFIXROUTE, "noprefixroute"},
                                              {IFA_F_MCAUTOJOIN, "autojoin"},
                                              {IFA_F_STABLE_PRIVACY, "stable-privacy"}}};

std::vector<std::string_view> namesOf(std::span<const Flag> known, std::uint32_t flags) {
  std::vector<std::string_view> names;
  for (const auto& [bit, name] : known)
    if ((flags & bit) != 0) names.push_back(name);
  return names;
}

}  // namespace

Result<std::vector<NetworkInterface>> networkInterfaces() {
  std::vector<NetworkInterface> interfaces;
  auto done = dumpRtNetlink(
      RTM_GETLINK, [&] { interfaces.clear(); },
      [&](const nlmsghdr* message) {
        if (message->nlmsg_type == RTM_NEWLINK) interfaces.push_back(toInterface(message));
      });
  if (!done) return std::unexpected(done.error());
  std::ranges::sort(interfaces, {}, &NetworkInterface::index);
  done = dumpRtNetlink(
      RTM_GETADDR,
      [&] {
        for (NetworkInterface& interface : interfaces) interface.addresses.clear();
      },
      [&](const nlmsghdr* message) {
        const auto* about = static_cast<const ifaddrmsg*>(mnl_nlmsg_get_payload(message));
        const auto owner = std::ranges::find(interfaces, about->ifa_index, &NetworkInterface::index);
        if (message->nlmsg_type != RTM_NEWADDR || owner == interfaces.end()) return;
        if (InterfaceAddress address = toInterfaceAddress(message); address.address.isIp())
          owner->addresses.push_back(std::move(address));
      });
  if (!done) return std::unexpected(done.error());
  return interfaces;
}

std::vector<std::string_view> interfaceFlagNames(std::uint32_t flags) {
  return namesOf(kLinkFlags, flags);
}

std::vector<std::string_view> addressFlagNames(const InterfaceAddress& address) {
  std::vector<std::string_view> names = namesOf(kAddressFlags, address.flags);
  // The same bit has another name in each family.
  if (address.address.family() == AF_INET) std::ranges::replace(names, "temporary", "secondary");
  return names;
}

}  // namespace sockbench
