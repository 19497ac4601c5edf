#include "core/capture/read/packet_decoder.h"

#include <netinet/in.h>

#include <algorithm>
#include <cstring>

#include "core/capture/read/byte_order.h"

namespace sockbench {
namespace {

// A layer's bytes: those that were captured, and how many there were.
struct Layer {
  ByteView bytes;
  std::uint64_t real = 0;

  bool has(std::size_t count) const { return bytes.size() >= count; }
  Layer behind(std::size_t count) const { return {bytes.subspan(count), real - count}; }
  // The header says that there are `length` bytes: what lies behind is padding, what is missing was not
  // captured.
  Layer cutTo(std::uint64_t length) const {
    return {bytes.first(static_cast<std::size_t>(std::min<std::uint64_t>(length, bytes.size()))), length};
  }
};

constexpr std::uint16_t kEtherIpv4 = 0x0800;
constexpr std::uint16_t kEtherIpv6 = 0x86DD;
constexpr std::uint16_t kEtherPppoe = 0x8864;
constexpr std::uint16_t kPppIpv4 = 0x0021;
constexpr std::uint16_t kPppIpv6 = 0x0057;

bool decodeIpv4(const Layer& layer, IpPacket& packet) {
  const ByteView head = layer.bytes;
  if (!layer.has(20) || octetAt(head, 0) >> 4 != 4) return false;
  const std::size_t headLength = std::size_t{octetAt(head, 0) & 15U} * 4;
  // 0: the network card was still to cut it into segments.
  const std::uint64_t told = networkNumberAt<std::uint16_t>(head, 2);
  const std::uint64_t length = told == 0 ? layer.real : told;
  if (headLength < 20 || length < headLength || !layer.has(headLength)) return false;
  packet.isIpv6 = false;
  packet.from = packet.to = {};
  packet.protocol = octetAt(head, 9);
  std::memcpy(packet.from.address.data(), head.data() + 12, 4);
  std::memcpy(packet.to.address.data(), head.data() + 16, 4);
  const auto fragment = networkNumberAt<std::uint16_t>(head, 6);
  packet.moreFragments = (fragment & 0x2000U) != 0;
  packet.fragmentOffset = (fragment & 0x1FFFU) * 8;
  packet.isFragment = packet.moreFragments || packet.fragmentOffset != 0;
  packet.identification = networkNumberAt<std::uint16_t>(head, 4);
  const Layer payload = layer.cutTo(length).behind(headLength);
  packet.payload = payload.bytes;
  packet.realLength = payload.real;
  return true;
}

bool isExtensionHeader(std::uint8_t next) {
  switch (next) {
    case IPPROTO_HOPOPTS:
    case IPPROTO_ROUTING:
    case IPPROTO_FRAGMENT:
    case IPPROTO_AH:
    case IPPROTO_DSTOPTS:
    case IPPROTO_MH:
      return true;
    default:
      return false;
  }
}

std::size_t extensionLength(std::uint8_t kind, std::uint8_t told) {
  if (kind == IPPROTO_FRAGMENT) return 8;
  return kind == IPPROTO_AH ? (std::size_t{told} + 2) * 4 : (std::size_t{told} + 1) * 8;
}

void takeFragmentHeader(ByteView head, IpPacket& packet) {
  const auto place = networkNumberAt<std::uint16_t>(head, 2);
  packet.moreFragments = (place & 1U) != 0;
  packet.fragmentOffset = place & 0xFFF8U;
  packet.isFragment = packet.moreFragments || packet.fragmentOffset != 0;
  packet.identification = networkNumberAt<std::uint32_t>(head, 4);
}

bool decodeIpv6(const Layer& layer, IpPacket& packet) {
  const ByteView head = layer.bytes;
  if (!layer.has(40) || octetAt(head, 0) >> 4 != 6) return false;
  packet.isIpv6 = true;
  packet.isFragment = packet.moreFragments = false;
  packet.fragmentOffset = 0;
  std::memcpy(packet.from.address.data(), head.data() + 8, 16);
  std::memcpy(packet.to.address.data(), head.data() + 24, 16);
  std::uint8_t next = octetAt(head, 6);
  const std::uint64_t told = networkNumberAt<std::uint16_t>(head, 4);
  Layer rest = layer.behind(40);
  if (told != 0) rest = rest.cutTo(told);
  // Behind a later fragment's header stands what lies in the middle of something.
  while (isExtensionHeader(next) && packet.fragmentOffset == 0) {
    if (!rest.has(8)) return false;
    const std::size_t length = extensionLength(next, octetAt(rest.bytes, 1));
    if (!rest.has(length)) return false;
    if (next == IPPROTO_FRAGMENT) takeFragmentHeader(rest.bytes, packet);
    next = octetAt(rest.bytes, 0);
    rest = rest.behind(length);
    if (packet.isFragment) break;
  }
  packet.protocol = next;
  packet.payload = rest.bytes;
  packet.realLength = rest.real;
  return true;
}

bool decodeIp(const Layer& layer, IpPacket& packet) {
  if (!layer.has(1)) return false;
  return octetAt(layer.bytes, 0) >> 4 == 4 ? decodeIpv4(layer, packet) : decodeIpv6(layer, packet);
}

bool decodePpp(const Layer& layer, IpPacket& packet) {
  if (!layer.has(2)) return false;
  const auto protocol = networkNumberAt<std::uint16_t>(layer.bytes, 0);
  return (protocol == kPppIpv4 || protocol == kPppIpv6) && decodeIp(layer.behind(2), packet);
}

// What an EtherType says lies in `layer`.
bool decodeEther(std::uint16_t type, Layer layer, IpPacket& packet) {
  while (type == 0x8100 || type == 0x88A8 || type == 0x9100) {
    if (!layer.has(4)) return false;
    type = networkNumberAt<std::uint16_t>(layer.bytes, 2);
    layer = layer.behind(4);
  }
  if (type == kEtherPppoe) return layer.has(6) && decodePpp(layer.behind(6), packet);
  return (type == kEtherIpv4 || type == kEtherIpv6) && decodeIp(layer, packet);
}

// `typeAt`: where the EtherType stands in a link header of `length` bytes.
bool decodeLink(const Layer& layer, std::size_t typeAt, std::size_t length, IpPacket& packet) {
  return layer.has(length) &&
         decodeEther(networkNumberAt<std::uint16_t>(layer.bytes, typeAt), layer.behind(length), packet);
}

bool decodeTcp(TransportPacket& packet) {
  const ByteView head = packet.ip.payload;
  if (head.size() < 20) return false;
  const std::size_t length = std::size_t{octetAt(head, 12)} / 16 * 4;
  if (length < 20 || length > packet.ip.realLength) return false;
  packet.ip.from.port = networkNumberAt<std::uint16_t>(head, 0);
  packet.ip.to.port = networkNumberAt<std::uint16_t>(head, 2);
  packet.sequence = networkNumberAt<std::uint32_t>(head, 4);
  packet.acknowledgement = networkNumberAt<std::uint32_t>(head, 8);
  packet.flags = octetAt(head, 13);
  packet.urgentPointer = networkNumberAt<std::uint16_t>(head, 18);
  packet.ip.payload = head.subspan(std::min(length, head.size()));
  packet.ip.realLength -= length;
  return true;
}

bool decodeUdp(TransportPacket& packet) {
  const ByteView head = packet.ip.payload;
  if (head.size() < 8) return false;
  const std::uint64_t told = networkNumberAt<std::uint16_t>(head, 4);
  // 0: a jumbogram (RFC 2675), or one that the network card was still to cut.
  const std::uint64_t length = told == 0 ? packet.ip.realLength : told;
  if (length < 8) return false;
  packet.ip.from.port = networkNumberAt<std::uint16_t>(head, 0);
  packet.ip.to.port = networkNumberAt<std::uint16_t>(head, 2);
  packet.flags = 0;
  const Layer payload = Layer{head, packet.ip.realLength}.cutTo(length).behind(8);
  packet.ip.payload = payload.bytes;
  packet.ip.realLength = payload.real;
  return true;
}

}  // namespace

bool decodeFrame(std::uint32_t linkType, ByteView frame, std::uint64_t realLength, IpPacket& packet) {
  const Layer layer{frame, realLength};
  switch (linkType) {
    case 0:    // NULL: the family in the order of the machine that captured; IP tells its version by itself
    case 108:  // LOOP
      return layer.has(4) && decodeIp(layer.behind(4), packet);
    case 1:
      return decodeLink(layer, 12, 14, packet);
    case 9: {  // PPP, with or without HDLC's address and control
      const bool hdlc = layer.has(2) && networkNumberAt<std::uint16_t>(frame, 0) == 0xFF03;
      return decodePpp(hdlc ? layer.behind(2) : layer, packet);
    }
    case 50:  // PPP in HDLC-like framing, or Cisco's, which has EtherTypes
      return decodeLink(layer, 2, 4, packet) || (layer.has(2) && decodePpp(layer.behind(2), packet));
    case 12:  // raw IP: libpcap's numbers of it, and the files'
    case 14:
    case 101:
    case 228:
    case 229:
      return decodeIp(layer, packet);
    case 113:
      return decodeLink(layer, 14, 16, packet);
    case 276:
      return decodeLink(layer, 0, 20, packet);
    default:
      return false;
  }
}

bool decodeTransport(const IpPacket& ip, TransportPacket& packet) {
  packet.ip = ip;
  if (ip.isFragment) return false;
  if (ip.protocol == kProtocolTcp) return decodeTcp(packet);
  return ip.protocol == kProtocolUdp && decodeUdp(packet);
}

SocketAddress socketAddress(const PacketEnd& end, bool isIpv6) {
  if (isIpv6) {
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(end.port);
    std::memcpy(&address.sin6_addr, end.address.data(), sizeof address.sin6_addr);
    return SocketAddress::fromRaw(reinterpret_cast<const sockaddr*>(&address), sizeof address);
  }
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(end.port);
  std::memcpy(&address.sin_addr, end.address.data(), sizeof address.sin_addr);
  return SocketAddress::fromRaw(reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

}  // namespace sockbench
