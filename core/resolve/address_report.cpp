#include "core/resolve/address_report.h"

#include <utility>

#include "core/resolve/ip_notation.h"
#include "core/resolve/reverse_pointer.h"

namespace sockbench {
namespace {

// Collects rows, without those that have no value.
class Rows {
 public:
  void add(std::string_view name, std::string value, std::string_view meaning, std::string_view source = {}) {
    if (!value.empty()) group_.rows.push_back({name, std::move(value), meaning, source});
  }
  void add(std::string_view name, const std::optional<IpNumber>& value, std::string_view meaning,
           std::string_view source) {
    if (value) add(name, value->text(), meaning, source);
  }
  explicit Rows(std::string_view title) { group_.title = title; }
  AddressReportGroup take() { return std::move(group_); }

 private:
  AddressReportGroup group_;
};

AddressReportGroup forms(const AddressFacts& facts) {
  const IpNumber& number = facts.number;
  const bool isIpv4 = number.isIpv4();
  Rows rows("Forms");
  rows.add("Address", number.text(), "As inet_ntop writes it", isIpv4 ? "inet_ntop(3)" : "RFC 5952");
  rows.add("Zone", facts.zone, "The interface or link that the address is on", "RFC 4007, section 11");
  rows.add("In full", isIpv4 ? std::string() : explodedText(number), "Every digit, nothing shortened",
           "RFC 4291, section 2.2");
  rows.add("Packed", packedHex(number), "The bytes in network order, as inet_pton gives them",
           "inet_pton(3)");
  rows.add("As a string", escapedBytes(number), "The same bytes as a string of C, Python or the composer");
  rows.add("Integer", decimalText(number.value), "The bytes read as one big-endian number");
  rows.add("Hexadecimal", hexNumber(number), "The same number in base 16");
  rows.add("Octal", octalNumber(number), "The same number in base 8, as inet_aton reads it");
  rows.add("Dotted hexadecimal", dottedHex(number), "inet_aton reads it, inet_pton does not", "inet_aton(3)");
  rows.add("Dotted octal", dottedOctal(number), "inet_aton reads it, inet_pton does not", "inet_aton(3)");
  rows.add("Binary", binaryText(number), "Bit by bit, the highest first");
  rows.add("Reverse pointer", reverseName(number), "The name whose PTR record names the address",
           isIpv4 ? "RFC 1035, section 3.5" : "RFC 3596, section 2.5");
  return rows.take();
}

std::string ipv4Range(std::uint32_t first, std::uint32_t last) {
  return IpNumber::ofIpv4(first).text() + " - " + IpNumber::ofIpv4(last).text();
}

void addClass(Rows& rows, const AddressClass& c) {
  rows.add("Class", std::string(1, c.letter), "What its first bits meant before CIDR (RFC 4632)",
           "RFC 791, section 3.2");
  rows.add("Class range", ipv4Range(c.first, c.last), "All addresses of the class");
  if (c.prefix == 0) return;
  rows.add("Class count",
           std::to_string(c.networks) + " networks of " + std::to_string(c.hosts) + " hosts (/" +
               std::to_string(c.prefix) + ")",
           "How the class was divided");
}

AddressReportGroup purpose(const AddressFacts& facts) {
  const AddressBlock& block = *facts.block;
  Rows rows("Purpose");
  rows.add("Family", facts.number.isIpv4() ? "IPv4 (AF_INET)" : "IPv6 (AF_INET6)", "The address family");
  if (facts.addressClass != nullptr) addClass(rows, *facts.addressClass);
  rows.add("Scope", std::string(facts.scope), "What the address is for, in a word", "RFC 6890");
  rows.add("Block", block.network.text() + ", " + std::string(block.name),
           "The smallest block of the registries that holds it", block.defined);
  const auto answer = [&](std::string_view name, RegistryAnswer value, std::string_view meaning) {
    rows.add(name, std::string(registryAnswerText(value)), meaning, "RFC 6890, section 2.2.1");
  };
  answer("Source", block.source, "Whether a packet may come from it");
  answer("Destination", block.destination, "Whether a packet may go to it");
  answer("Forwardable", block.forwardable, "Whether a router may pass such a packet on");
  answer("Globally reachable", facts.globallyReachable, "Whether such a packet may leave its site");
  answer("Reserved by protocol", block.reservedByProtocol, "Whether every implementation treats it apart");
  return rows.take();
}

AddressReportGroup networkRows(const AddressFacts& facts) {
  Rows rows("Network");
  if (!facts.network) return rows.take();
  const IpNetwork& network = *facts.network;
  const bool isIpv4 = facts.number.isIpv4();
  const std::string_view small = isIpv4 ? "RFC 3021" : "RFC 6164";
  rows.add("Network", network.text(), "The address with every host bit 0", isIpv4 ? "RFC 4632" : "RFC 4291");
  rows.add("Prefix length", std::to_string(network.prefix()), "Bits that all its addresses share");
  rows.add("Netmask", network.netmask().text(), "Ones over the network's bits");
  if (isIpv4)
    rows.add("Wildcard", network.wildcard().text(), "Ones over the host's bits, as access lists write it");
  rows.add("Broadcast", network.broadcast(), "Reaches every host of the network", "RFC 919");
  rows.add("First host", network.firstHost().text(), "The lowest address that a host may have", small);
  rows.add("Last host", network.lastHost().text(), "The highest address that a host may have", small);
  rows.add("Last address", network.last().text(), "The address with every host bit 1");
  rows.add("Addresses", network.addressesText(), "How many it has");
  rows.add("Hosts", decimalText(network.hosts()), "How many of them a host may have", small);
  const Uint128 host = facts.number.value - network.first().value;
  rows.add("Host part", decimalText(host), "The host's bits as a number: its place in the network");
  rows.add("Reverse zone", reverseZone(network).value_or(""), "The zone that holds its PTR records",
           isIpv4 ? "RFC 1035, section 3.5" : "RFC 3596, section 2.5");
  return rows.take();
}

std::string flagsText(const MulticastFlags& flags) {
  std::string text;
  if (flags.rendezvous) text += "R (embedded rendezvous point) ";
  if (flags.prefixBased) text += "P (made from a prefix) ";
  return text + (flags.transient ? "T (transient)" : "assigned by IANA");
}

AddressReportGroup multicastRows(const AddressFacts& facts) {
  Rows rows("Multicast");
  if (!facts.multicast) return rows.take();
  const MulticastFacts& group = *facts.multicast;
  const bool isIpv4 = facts.number.isIpv4();
  rows.add("Multicast scope", std::string(group.scope), "How far the group reaches",
           isIpv4 ? "RFC 2365, section 8" : "RFC 7346");
  rows.add("Multicast block", std::string(group.block), "The registry's range that holds it", "RFC 5771");
  rows.add("Group", std::string(group.group), "Who listens there", "IANA");
  if (group.flags)
    rows.add("Flags", flagsText(*group.flags), "How the group came to be", "RFC 4291, section 2.7");
  rows.add("Ethernet address", group.mac, "Where its packets go on an Ethernet",
           isIpv4 ? "RFC 1112, section 6.4" : "RFC 2464, section 7");
  return rows.take();
}

void addTeredo(Rows& rows, const Teredo& teredo) {
  constexpr std::string_view kSource = "RFC 4380, section 4";
  rows.add("Teredo server", teredo.server.text(), "The server that the client asked", kSource);
  rows.add("Teredo client", teredo.client.text() + ':' + std::to_string(teredo.port),
           "Where the client's NAT stands, address and UDP port", kSource);
  rows.add("Teredo flags", hexNumber(IpNumber::ofIpv4(teredo.flags)), "The kind of NAT, and random bits",
           kSource);
}

AddressReportGroup embeddedRows(const AddressFacts& facts) {
  const EmbeddedAddresses& found = facts.embedded;
  Rows rows("Inside");
  rows.add("IPv4-mapped", found.ipv4Mapped, "An IPv4 peer, seen through an IPv6 socket", "RFC 4291, 2.5.5.2");
  rows.add("IPv4-compatible", found.ipv4Compatible, "Deprecated: an IPv4 address with zeros before it",
           "RFC 4291, 2.5.5.1");
  rows.add("6to4", found.sixToFour, "The router that the tunnel ends at", "RFC 3056");
  if (found.teredo) addTeredo(rows, *found.teredo);
  for (const TranslatedIpv4& reading : found.nat64) {
    rows.add("NAT64", reading.address.text() + " (/" + std::to_string(reading.prefix) + ")",
             "The IPv4 host behind the translator, if the prefix has this length",
             reading.prefix == 96 ? "RFC 6052" : "RFC 8215, RFC 6052, section 2.2");
  }
  rows.add("ISATAP", found.isatap, "The end of the tunnel", "RFC 5214, section 6.1");
  rows.add("Ethernet address", found.mac.value_or(""), "What the interface identifier was made of (EUI-64)",
           "RFC 4291, appendix A");
  rows.add("Solicited-node", found.solicitedNode, "The group at which neighbours ask for the address",
           "RFC 4291, section 2.7.1");
  return rows.take();
}

}  // namespace

std::vector<AddressReportGroup> addressReport(const AddressFacts& facts) {
  std::vector<AddressReportGroup> groups{forms(facts), purpose(facts), networkRows(facts),
                                         multicastRows(facts), embeddedRows(facts)};
  std::erase_if(groups, [](const AddressReportGroup& group) { return group.rows.empty(); });
  return groups;
}

std::string_view registryAnswerText(RegistryAnswer answer) {
  switch (answer) {
    case RegistryAnswer::no:
      return "no";
    case RegistryAnswer::yes:
      return "yes";
    case RegistryAnswer::notApplicable:
      break;
  }
  return "not applicable";
}

}  // namespace sockbench
