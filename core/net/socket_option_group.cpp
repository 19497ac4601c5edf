// Interfaces, and the groups one joins on them.
#include <arpa/inet.h>
#include <netinet/in.h>

#include "core/net/interface_name.h"
#include "core/net/socket_address.h"
#include "core/net/socket_option_codec.h"

namespace sockbench {
namespace {

struct Membership {
  SocketAddress group;
  SocketAddress interface = SocketAddress::fromIpv4(INADDR_ANY, 0);  // IPv4: the interface that has it
  SocketAddress source;
  std::uint32_t index = 0;          // IPv6: the interface's number
  std::string interfaceText = "0";  // as typed
};

// The parts of a text between commas; `most` of them, the last with all that follows.
std::vector<TextSpan> partsOf(std::string_view text, std::size_t most) {
  std::vector<TextSpan> parts;
  std::size_t at = 0;
  while (true) {
    const std::size_t end =
        parts.size() + 1 == most ? text.size() : std::min(text.find(',', at), text.size());
    parts.push_back({at, end - at});
    if (end == text.size()) return parts;
    at = end + 1;
  }
}

bool isMulticast(const SocketAddress& address) {
  const auto first = std::to_integer<unsigned>(address.ipBytes().front());
  return address.family() == AF_INET ? (first & 0xf0U) == 0xe0U : first == 0xffU;
}

Result<SocketAddress> readAddress(std::string_view text, TextSpan part, int family, std::string why) {
  const Result<SocketAddress> address = SocketAddress::fromIp(text.substr(part.offset, part.length), 0);
  if (address && address->family() == family && address->scopeId() == 0) return *address;
  return badValue(text, part, std::move(why));
}

// "lo" or "1" to 1; "0", "none": the kernel chooses.
Result<std::uint32_t> readInterface(std::string_view text, TextSpan part) {
  const std::string_view name = text.substr(part.offset, part.length);
  if (name == "0" || name == "none") return 0;
  if (const std::uint32_t index = interfaceIndex(name)) return index;
  return badValue(text, part, "no interface of this machine has this name or number");
}

Result<SocketAddress> readAnycast(std::string_view text, TextSpan part) {
  const std::string why = "the address is an IPv6 address that does not begin with ff";
  Result<SocketAddress> address = readAddress(text, part, AF_INET6, why);
  if (address && isMulticast(*address)) return badValue(text, part, why);
  return address;
}

Result<SocketAddress> readGroup(bool isIpv4, std::string_view text, TextSpan part) {
  Result<SocketAddress> group =
      readAddress(text, part, isIpv4 ? AF_INET : AF_INET6,
                  isIpv4 ? "the group is an IPv4 address from 224.0.0.0 to 239.255.255.255"
                         : "the group is an IPv6 address that begins with ff");
  if (group && !isMulticast(*group)) {
    return badValue(text, part,
                    isIpv4 ? "a multicast group lies from 224.0.0.0 to 239.255.255.255"
                           : "a multicast group begins with ff");
  }
  return group;
}

Result<void> readWhere(Membership& into, bool isIpv4, std::string_view text, TextSpan part) {
  into.interfaceText = text.substr(part.offset, part.length);
  if (isIpv4) {
    Result<SocketAddress> interface =
        readAddress(text, part, AF_INET, "the interface is named by its IPv4 address: 127.0.0.1");
    if (!interface) return std::unexpected(interface.error());
    into.interface = *interface;
    return {};
  }
  const Result<std::uint32_t> index = readInterface(text, part);
  if (!index) return std::unexpected(index.error());
  into.index = *index;
  return {};
}

Result<void> readSource(Membership& into, bool isIpv4, std::string_view text, TextSpan part) {
  Result<SocketAddress> source =
      readAddress(text, part, isIpv4 ? AF_INET : AF_INET6,
                  isIpv4 ? "the source is an IPv4 address" : "the source is an IPv6 address");
  if (!source) return std::unexpected(source.error());
  if (isMulticast(*source)) return badValue(text, part, "the source is one host, not a group");
  into.source = *source;
  return {};
}

Result<Membership> readMembership(const OptionInfo& option, std::string_view text) {
  const bool isIpv4 = option.level == IPPROTO_IP;
  const bool hasSource = option.kind == OptionKind::sourceMembership;
  const std::vector<TextSpan> parts = partsOf(text, hasSource ? 3 : 2);
  Result<SocketAddress> group =
      option.kind == OptionKind::anycast ? readAnycast(text, parts[0]) : readGroup(isIpv4, text, parts[0]);
  if (!group) return std::unexpected(group.error());
  Membership result;
  result.group = *group;
  if (hasSource && parts.size() < 3)
    return badValue(text, {text.size(), 0}, "a part is missing: write GROUP,INTERFACE,SOURCE");
  if (parts.size() > 1)
    if (const auto done = readWhere(result, isIpv4, text, parts[1]); !done)
      return std::unexpected(done.error());
  if (hasSource)
    if (const auto done = readSource(result, isIpv4, text, parts[2]); !done)
      return std::unexpected(done.error());
  return result;
}

Result<std::string> canonicalMembership(const OptionInfo& option, std::string_view text) {
  const Result<Membership> value = readMembership(option, text);
  if (!value) return std::unexpected(value.error());
  std::string canonical = value->group.ip() + ',';
  canonical += option.level == IPPROTO_IP ? value->interface.ip() : value->interfaceText;
  if (!value->source.empty()) canonical += ',' + value->source.ip();
  return canonical;
}

in_addr ipv4Of(const SocketAddress& address) {
  return valueOf<in_addr>(address.ipBytes());
}

void copyAddress(sockaddr_storage& into, const SocketAddress& address) {
  std::memcpy(&into, address.data(), address.length());
}

Result<Bytes> encodeMembership(const OptionInfo& option, std::string_view canonical) {
  const Result<Membership> value = readMembership(option, canonical);
  if (!value) return std::unexpected(value.error());
  const bool hasSource = option.kind == OptionKind::sourceMembership;
  if (option.level == IPPROTO_IP && hasSource) {
    ip_mreq_source request{};
    request.imr_multiaddr = ipv4Of(value->group);
    request.imr_interface = ipv4Of(value->interface);
    request.imr_sourceaddr = ipv4Of(value->source);
    return bytesOf(request);
  }
  if (option.level == IPPROTO_IP) return bytesOf(ip_mreq{ipv4Of(value->group), ipv4Of(value->interface)});
  if (!hasSource) return bytesOf(ipv6_mreq{valueOf<in6_addr>(value->group.ipBytes()), value->index});
  group_source_req request{};
  request.gsr_interface = value->index;
  copyAddress(request.gsr_group, value->group);
  copyAddress(request.gsr_source, value->source);
  return bytesOf(request);
}

std::string indexText(std::uint32_t index) {
  return index == 0 ? "none" : interfaceName(index);
}

Result<std::string> canonicalInterface(const OptionInfo&, std::string_view text) {
  const Result<std::uint32_t> index = readInterface(text, {0, text.size()});
  if (!index) return std::unexpected(index.error());
  return indexText(*index);
}

Result<Bytes> encodeInterface(const OptionInfo& option, std::string_view canonical) {
  const Result<std::uint32_t> index = readInterface(canonical, {0, canonical.size()});
  if (!index) return std::unexpected(index.error());
  return bytesOf(option.networkOrder ? htonl(*index) : *index);
}

std::string decodeInterface(const OptionInfo& option, ByteView value) {
  const auto raw = valueOf<std::uint32_t>(value);
  return indexText(option.networkOrder ? ntohl(raw) : raw);
}

// An address comes first: an interface's number may look like nothing else, its name may look like anything.
Result<std::string> canonicalMulticastInterface(const OptionInfo& option, std::string_view text) {
  const auto address = SocketAddress::fromIp(text, 0);
  if (address && address->family() == AF_INET) return address->ip();
  if (text == "0" || text == "none") return "0.0.0.0";
  Result<std::string> name = canonicalInterface(option, text);
  if (name) return name;
  return badValue(text, "the value is an interface's IPv4 address, or its name or number");
}

Result<Bytes> encodeMulticastInterface(const OptionInfo&, std::string_view canonical) {
  ip_mreqn request{};
  const auto address = SocketAddress::fromIp(canonical, 0);
  if (address && address->family() == AF_INET)
    request.imr_address = ipv4Of(*address);
  else
    request.imr_ifindex = static_cast<int>(interfaceIndex(canonical));
  return bytesOf(request);
}

std::string decodeMulticastInterface(const OptionInfo&, ByteView value) {
  return SocketAddress::fromIpv4(ntohl(valueOf<in_addr>(value).s_addr), 0).ip();
}

}  // namespace

constinit const OptionCodec kMembershipCodec{canonicalMembership, encodeMembership, nullptr};
constinit const OptionCodec kInterfaceCodec{canonicalInterface, encodeInterface, decodeInterface};
constinit const OptionCodec kMulticastInterfaceCodec{canonicalMulticastInterface, encodeMulticastInterface,
                                                     decodeMulticastInterface, sizeof(in_addr)};

}  // namespace sockbench
