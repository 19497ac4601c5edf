#include "core/resolve/special_purpose.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/resolve/host_database.h"

namespace sockbench {
namespace {

// Answers, in the registry's order: source, destination, forwardable, globally reachable, reserved by
// protocol. T, F, or - where the registry has N/A.
struct Row {
  std::string_view block;
  std::string_view name;
  std::string_view defined;
  std::string_view answers;
  std::string_view scope;
};

constexpr std::array kIpv4SpecialPurpose{
    Row{"0.0.0.0/8", "\"This network\"", "RFC 791, section 3.2", "TFFFT", "reserved"},
    Row{"0.0.0.0/32", "\"This host on this network\"", "RFC 1122, section 3.2.1.3", "TFFFT", "unspecified"},
    Row{"10.0.0.0/8", "Private-Use", "RFC 1918", "TTTFF", "private"},
    Row{"100.64.0.0/10", "Shared Address Space", "RFC 6598", "TTTFF", "shared"},
    Row{"127.0.0.0/8", "Loopback", "RFC 1122, section 3.2.1.3", "FFFFT", "loopback"},
    Row{"169.254.0.0/16", "Link Local", "RFC 3927", "TTFFT", "link-local"},
    Row{"172.16.0.0/12", "Private-Use", "RFC 1918", "TTTFF", "private"},
    Row{"192.0.0.0/24", "IETF Protocol Assignments", "RFC 6890, section 2.1", "FFFFF", "reserved"},
    Row{"192.0.0.0/29", "IPv4 Service Continuity Prefix", "RFC 7335", "TTTFF", "reserved"},
    Row{"192.0.0.8/32", "IPv4 dummy address", "RFC 7600", "TFFFF", "reserved"},
    Row{"192.0.0.9/32", "Port Control Protocol Anycast", "RFC 7723", "TTTTF", "global"},
    Row{"192.0.0.10/32", "Traversal Using Relays around NAT Anycast", "RFC 8155", "TTTTF", "global"},
    Row{"192.0.0.170/32", "NAT64/DNS64 Discovery", "RFC 8880, RFC 7050, section 2.2", "FFFFT", "reserved"},
    Row{"192.0.0.171/32", "NAT64/DNS64 Discovery", "RFC 8880, RFC 7050, section 2.2", "FFFFT", "reserved"},
    Row{"192.0.2.0/24", "Documentation (TEST-NET-1)", "RFC 5737", "FFFFF", "documentation"},
    Row{"192.31.196.0/24", "AS112-v4", "RFC 7535", "TTTTF", "global"},
    Row{"192.52.193.0/24", "AMT", "RFC 7450", "TTTTF", "global"},
    Row{"192.88.99.0/24", "Deprecated (6to4 Relay Anycast)", "RFC 7526", "-----", "global"},
    Row{"192.88.99.2/32", "6a44-relay anycast address", "RFC 6751", "TTTFF", "reserved"},
    Row{"192.168.0.0/16", "Private-Use", "RFC 1918", "TTTFF", "private"},
    Row{"192.175.48.0/24", "Direct Delegation AS112 Service", "RFC 7534", "TTTTF", "global"},
    Row{"198.18.0.0/15", "Benchmarking", "RFC 2544", "TTTFF", "benchmarking"},
    Row{"198.51.100.0/24", "Documentation (TEST-NET-2)", "RFC 5737", "FFFFF", "documentation"},
    Row{"203.0.113.0/24", "Documentation (TEST-NET-3)", "RFC 5737", "FFFFF", "documentation"},
    Row{"240.0.0.0/4", "Reserved", "RFC 1112, section 4", "FFFFT", "reserved"},
    Row{"255.255.255.255/32", "Limited Broadcast", "RFC 8190, RFC 919, section 7", "FTFFT", "broadcast"},
};

constexpr std::array kIpv6SpecialPurpose{
    Row{"::/128", "Unspecified Address", "RFC 4291", "TFFFT", "unspecified"},
    Row{"::1/128", "Loopback Address", "RFC 4291", "FFFFT", "loopback"},
    Row{"::ffff:0:0/96", "IPv4-mapped Address", "RFC 4291", "FFFFT", "reserved"},
    Row{"64:ff9b::/96", "IPv4-IPv6 Translation", "RFC 6052", "TTTTF", "global"},
    Row{"64:ff9b:1::/48", "IPv4-IPv6 Translation", "RFC 8215", "TTTFF", "private"},
    Row{"100::/64", "Discard-Only Address Block", "RFC 6666", "TTTFF", "reserved"},
    Row{"100:0:0:1::/64", "Dummy IPv6 Prefix", "RFC 9780", "TFFFF", "reserved"},
    Row{"2001::/23", "IETF Protocol Assignments", "RFC 2928", "FFFFF", "reserved"},
    Row{"2001::/32", "TEREDO", "RFC 4380, RFC 8190", "TTT-F", "reserved"},
    Row{"2001:1::1/128", "Port Control Protocol Anycast", "RFC 7723", "TTTTF", "global"},
    Row{"2001:1::2/128", "Traversal Using Relays around NAT Anycast", "RFC 8155", "TTTTF", "global"},
    Row{"2001:1::3/128", "DNS-SD Service Registration Protocol Anycast", "RFC 9665", "TTTTF", "global"},
    Row{"2001:2::/48", "Benchmarking", "RFC 5180", "TTTFF", "benchmarking"},
    Row{"2001:3::/32", "AMT", "RFC 7450", "TTTTF", "global"},
    Row{"2001:4:112::/48", "AS112-v6", "RFC 7535", "TTTTF", "global"},
    Row{"2001:10::/28", "Deprecated (previously ORCHID)", "RFC 4843", "-----", "reserved"},
    Row{"2001:20::/28", "ORCHIDv2", "RFC 7343", "TTTTF", "global"},
    Row{"2001:30::/28", "Drone Remote ID Protocol Entity Tags (DETs) Prefix", "RFC 9374", "TTTTF", "global"},
    Row{"2001:db8::/32", "Documentation", "RFC 3849", "FFFFF", "documentation"},
    Row{"2002::/16", "6to4", "RFC 3056", "TTT-F", "global"},
    Row{"2620:4f:8000::/48", "Direct Delegation AS112 Service", "RFC 7534", "TTTTF", "global"},
    Row{"3fff::/20", "Documentation", "RFC 9637", "FFFFF", "documentation"},
    Row{"5f00::/16", "Segment Routing (SRv6) SIDs", "RFC 9602", "TTTFF", "reserved"},
    Row{"fc00::/7", "Unique-Local", "RFC 4193, RFC 8190", "TTTFF", "unique-local"},
    Row{"fe80::/10", "Link-Local Unicast", "RFC 4291", "TTFFT", "link-local"},
};

// The answers of these are ours: the registries of the address space have no such columns.
constexpr std::array kIpv4AddressSpace{
    Row{"0.0.0.0/0", "Unicast", "RFC 7249", "TTTTF", "global"},
    Row{"224.0.0.0/4", "Multicast", "RFC 5771", "-----", "multicast"},
};

constexpr std::array kIpv6AddressSpace{
    Row{"::/0", "Reserved by IETF", "RFC 4291, section 4", "-----", "reserved"},
    Row{"2000::/3", "Global Unicast", "RFC 4291, section 2.5.4", "TTTTF", "global"},
    Row{"fec0::/10", "Site-Local (deprecated)", "RFC 3879", "-----", "reserved"},
    Row{"ff00::/8", "Multicast", "RFC 4291, section 2.7", "-----", "multicast"},
};

RegistryAnswer answerOf(char c) {
  return c == 'T' ? RegistryAnswer::yes : c == 'F' ? RegistryAnswer::no : RegistryAnswer::notApplicable;
}

IpNetwork networkOf(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::string_view digits = text.substr(slash + 1);
  int prefix = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
  return {*IpNumber::fromText(text.substr(0, slash)), prefix};
}

void append(std::vector<AddressBlock>& blocks, AddressRegistry registry, std::span<const Row> rows) {
  for (const Row& row : rows) {
    blocks.push_back({.network = networkOf(row.block),
                      .name = row.name,
                      .defined = row.defined,
                      .registry = registry,
                      .scope = row.scope,
                      .source = answerOf(row.answers[0]),
                      .destination = answerOf(row.answers[1]),
                      .forwardable = answerOf(row.answers[2]),
                      .globallyReachable = answerOf(row.answers[3]),
                      .reservedByProtocol = answerOf(row.answers[4])});
  }
}

std::vector<AddressBlock> readBlocks() {
  std::vector<AddressBlock> blocks;
  append(blocks, AddressRegistry::ipv4SpecialPurpose, kIpv4SpecialPurpose);
  append(blocks, AddressRegistry::ipv4AddressSpace, kIpv4AddressSpace);
  append(blocks, AddressRegistry::ipv6SpecialPurpose, kIpv6SpecialPurpose);
  append(blocks, AddressRegistry::ipv6AddressSpace, kIpv6AddressSpace);
  std::ranges::sort(blocks, {}, [](const AddressBlock& block) {
    return std::pair(block.network.first(), block.network.prefix());
  });
  return blocks;
}

constexpr Uint128 kMappedPrefix = Uint128{0xFFFF};  // of ::ffff:0:0/96, above the IPv4 address

}  // namespace

std::string_view addressRegistryName(AddressRegistry registry) {
  switch (registry) {
    case AddressRegistry::ipv4SpecialPurpose:
      return "IANA IPv4 Special-Purpose Address Registry";
    case AddressRegistry::ipv6SpecialPurpose:
      return "IANA IPv6 Special-Purpose Address Registry";
    case AddressRegistry::ipv4AddressSpace:
      return "IANA IPv4 Address Space Registry";
    case AddressRegistry::ipv6AddressSpace:
      return "IANA Internet Protocol Version 6 Address Space";
  }
  return {};
}

const std::vector<AddressBlock>& addressBlocks() {
  static const std::vector<AddressBlock> kBlocks = readBlocks();
  return kBlocks;
}

const AddressBlock& addressBlockOf(IpNumber address) {
  const std::vector<AddressBlock>& blocks = addressBlocks();
  // Of two blocks that hold it, the inner one stands later.
  return *std::find_if(blocks.rbegin(), blocks.rend(),
                       [&](const AddressBlock& block) { return block.network.contains(address); });
}

std::string_view addressScope(IpNumber address) {
  const bool mapped = !address.isIpv4() && address.value >> 32 == kMappedPrefix;
  return addressBlockOf(mapped ? IpNumber::ofIpv4(static_cast<std::uint32_t>(address.value)) : address).scope;
}

std::string_view addressScope(const SocketAddress& address) {
  const std::optional<IpNumber> number = IpNumber::from(address);
  return number ? addressScope(*number) : std::string_view();
}

}  // namespace sockbench
