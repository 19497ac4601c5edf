// What a multicast address says of its group.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/resolve/ip_number.h"

namespace sockbench {

// The flags of an IPv6 group (RFC 4291, section 2.7; RFC 3306; RFC 3956).
struct MulticastFlags {
  bool rendezvous = false;   // R: the address of the rendezvous point is part of it
  bool prefixBased = false;  // P: made from a network's prefix
  bool transient = false;    // T: not assigned by IANA
  bool operator==(const MulticastFlags&) const = default;
};

struct MulticastFacts {
  // How far the group reaches. IPv6 (RFC 7346): "interface-local", "link-local", "realm-local",
  // "admin-local", "site-local", "organization-local", "global", "reserved" or "unassigned". IPv4 (RFC 2365,
  // section 8): "link-local", "local", "organization-local", "admin-scoped" or "global".
  std::string_view scope;
  std::string_view block;               // the registry's name for its range; "" for IPv6
  std::optional<MulticastFlags> flags;  // IPv6 only
  std::string mac;                      // "01:00:5e:00:00:01" (RFC 1112, section 6.4; RFC 2464, section 7)
  std::string_view group;               // "All Systems on this Subnet": a few that everybody meets; else ""
};

// nullopt: not a multicast address. Thread: any.
std::optional<MulticastFacts> multicastFacts(IpNumber address);

// A range of IANA's "IPv4 Multicast Address Space Registry" (RFC 5771).
struct MulticastBlock {
  std::uint32_t first;
  std::uint32_t last;
  std::string_view name;
};
const std::vector<MulticastBlock>& multicastBlocks();  // all of 224.0.0.0/4, by address, without a gap

}  // namespace sockbench
