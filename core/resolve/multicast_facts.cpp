#include "core/resolve/multicast_facts.h"

#include <algorithm>
#include <array>

#include "core/resolve/mac_text.h"

namespace sockbench {
namespace {

constexpr std::uint32_t ip(unsigned a, unsigned b, unsigned c, unsigned d) {
  return a << 24 | b << 16 | c << 8 | d;
}

struct NamedGroup {
  Uint128 value;
  std::string_view name;
};

// IPv4's: they all lie in 224.0.0.0/4.
constexpr std::array kIpv4Groups{
    NamedGroup{ip(224, 0, 0, 1), "All Systems on this Subnet"},
    NamedGroup{ip(224, 0, 0, 2), "All Routers on this Subnet"},
    NamedGroup{ip(224, 0, 0, 5), "OSPF All Routers"},
    NamedGroup{ip(224, 0, 0, 6), "OSPF Designated Routers"},
    NamedGroup{ip(224, 0, 0, 9), "RIP2 Routers"},
    NamedGroup{ip(224, 0, 0, 13), "All PIM Routers"},
    NamedGroup{ip(224, 0, 0, 18), "VRRP"},
    NamedGroup{ip(224, 0, 0, 22), "IGMP"},
    NamedGroup{ip(224, 0, 0, 251), "mDNS"},
    NamedGroup{ip(224, 0, 0, 252), "LLMNR"},
    NamedGroup{ip(224, 0, 1, 1), "NTP"},
    NamedGroup{ip(239, 255, 255, 250), "SSDP"},
};

// IPv6's: the low 112 bits of a group that IANA assigned, whatever its scope.
constexpr std::array kIpv6Groups{
    NamedGroup{0x1, "All Nodes"},
    NamedGroup{0x2, "All Routers"},
    NamedGroup{0x5, "OSPF All Routers"},
    NamedGroup{0x6, "OSPF Designated Routers"},
    NamedGroup{0x9, "RIP Routers"},
    NamedGroup{0xC, "SSDP"},
    NamedGroup{0xD, "All PIM Routers"},
    NamedGroup{0x12, "VRRP"},
    NamedGroup{0x16, "All MLDv2 Routers"},
    NamedGroup{0xFB, "mDNS"},
    NamedGroup{0x101, "NTP"},
    NamedGroup{0x10002, "All DHCP Relay Agents and Servers"},
    NamedGroup{0x10003, "LLMNR"},
    NamedGroup{0x10005, "All DHCP Servers"},
};

template <std::size_t size>
std::string_view groupName(const std::array<NamedGroup, size>& groups, Uint128 value) {
  const auto found = std::ranges::find(groups, value, &NamedGroup::value);
  return found == groups.end() ? std::string_view() : found->name;
}

// 239.0.0.0/8 is divided by RFC 2365; of the rest only the local network control block stays on its link.
std::string_view ipv4Scope(std::uint32_t address) {
  if (address >> 8 == ip(224, 0, 0, 0) >> 8) return "link-local";
  if (address >> 24 != 239) return "global";
  if (address >> 16 == ip(239, 255, 0, 0) >> 16) return "local";
  return address >> 18 == ip(239, 192, 0, 0) >> 18 ? "organization-local" : "admin-scoped";
}

constexpr std::array<std::string_view, 16> kIpv6Scopes{
    "reserved",           "interface-local", "link-local", "realm-local",
    "admin-local",        "site-local",      "unassigned", "unassigned",
    "organization-local", "unassigned",      "unassigned", "unassigned",
    "unassigned",         "unassigned",      "global",     "reserved"};

MulticastFacts ipv4Facts(std::uint32_t address) {
  const auto block =
      std::ranges::find_if(multicastBlocks(), [&](const MulticastBlock& b) { return address <= b.last; });
  return {.scope = ipv4Scope(address),
          .block = block->name,
          .flags = std::nullopt,
          .mac = macText(std::uint64_t{0x01005E} << 24 | (address & 0x7FFFFF)),
          .group = groupName(kIpv4Groups, address)};
}

MulticastFacts ipv6Facts(Uint128 address) {
  const auto second = static_cast<unsigned>(address >> 112) & 0xFF;
  const MulticastFlags flags{.rendezvous = (second & 0x40) != 0,
                             .prefixBased = (second & 0x20) != 0,
                             .transient = (second & 0x10) != 0};
  const Uint128 group = address << 16 >> 16;
  return {.scope = kIpv6Scopes.at(second & 0xF),
          .block = {},
          .flags = flags,
          .mac = macText(std::uint64_t{0x3333} << 32 | static_cast<std::uint32_t>(address)),
          .group = flags.transient ? std::string_view() : groupName(kIpv6Groups, group)};
}

}  // namespace

const std::vector<MulticastBlock>& multicastBlocks() {
  static const std::vector<MulticastBlock> kBlocks{
      {ip(224, 0, 0, 0), ip(224, 0, 0, 255), "Local Network Control Block"},
      {ip(224, 0, 1, 0), ip(224, 0, 1, 255), "Internetwork Control Block"},
      {ip(224, 0, 2, 0), ip(224, 0, 255, 255), "AD-HOC Block I"},
      {ip(224, 1, 0, 0), ip(224, 1, 255, 255), "Reserved"},
      {ip(224, 2, 0, 0), ip(224, 2, 255, 255), "SDP/SAP Block"},
      {ip(224, 3, 0, 0), ip(224, 4, 255, 255), "AD-HOC Block II"},
      {ip(224, 5, 0, 0), ip(224, 251, 255, 255), "Reserved"},
      {ip(224, 252, 0, 0), ip(224, 255, 255, 255), "DIS Transient Groups"},
      {ip(225, 0, 0, 0), ip(231, 255, 255, 255), "Reserved"},
      {ip(232, 0, 0, 0), ip(232, 255, 255, 255), "Source-Specific Multicast Block"},
      {ip(233, 0, 0, 0), ip(233, 251, 255, 255), "GLOP Block"},
      {ip(233, 252, 0, 0), ip(233, 252, 0, 255), "Documentation (MCAST-TEST-NET)"},
      {ip(233, 252, 1, 0), ip(233, 255, 255, 255), "AD-HOC Block III"},
      {ip(234, 0, 0, 0), ip(234, 255, 255, 255), "Unicast-Prefix-based IPv4 Multicast Addresses"},
      {ip(235, 0, 0, 0), ip(238, 255, 255, 255), "Reserved"},
      {ip(239, 0, 0, 0), ip(239, 255, 255, 255), "Organization-Local Scope"},
  };
  return kBlocks;
}

std::optional<MulticastFacts> multicastFacts(IpNumber address) {
  if (address.isIpv4()) {
    const auto value = static_cast<std::uint32_t>(address.value);
    return value >> 28 == 0xE ? std::optional(ipv4Facts(value)) : std::nullopt;
  }
  return address.value >> 120 == 0xFF ? std::optional(ipv6Facts(address.value)) : std::nullopt;
}

}  // namespace sockbench
