// The special-purpose address registries as data: IANA's "IPv4 Special-Purpose Address Registry" and "IPv6
// Special-Purpose Address Registry" (RFC 6890, RFC 8190, and the RFC of each row), and, around them, the few
// rows of the two "Address Space" registries that say what every other address is for.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/resolve/ip_network.h"

namespace sockbench {

enum class AddressRegistry : std::uint8_t {
  ipv4SpecialPurpose,
  ipv6SpecialPurpose,
  ipv4AddressSpace,
  ipv6AddressSpace,
};

std::string_view addressRegistryName(
    AddressRegistry registry);  // "IANA IPv4 Special-Purpose Address Registry"

// One cell of a registry's row. `notApplicable` is its N/A, also in rows that were ended.
enum class RegistryAnswer : std::uint8_t { no, yes, notApplicable };

struct AddressBlock {
  IpNetwork network;
  std::string_view name;     // the registry's: "Private-Use"
  std::string_view defined;  // where: "RFC 1918"
  AddressRegistry registry;
  std::string_view scope;  // addressScope() of an address whose smallest block this is
  // RFC 6890, section 2.2.1: what an address of the block may be used for, and how far.
  RegistryAnswer source;
  RegistryAnswer destination;
  RegistryAnswer forwardable;
  RegistryAnswer globallyReachable;
  RegistryAnswer reservedByProtocol;
};

// Every row, IPv4 before IPv6, by address and then by prefix: a block stands before those inside it. Thread:
// any, as for everything here.
const std::vector<AddressBlock>& addressBlocks();

// The smallest block that holds `address`. There is always one.
const AddressBlock& addressBlockOf(IpNumber address);

// "loopback", "private", "link-local", "unique-local", "multicast", "unspecified", "broadcast",
// "documentation", "shared", "benchmarking", "reserved" or "global". An IPv4-mapped address goes where its
// IPv4 address goes (RFC 4291, section 2.5.5.2).
std::string_view addressScope(IpNumber address);

}  // namespace sockbench
