// What a packet of a capture file carries: the ends, TCP's fields, and the payload, without link and IP
// headers.
#pragma once

#include <array>
#include <compare>
#include <cstdint>

#include "core/base/bytes.h"
#include "core/net/socket_address.h"

namespace sockbench {

// An address and a port as a packet has them.
struct PacketEnd {
  std::array<std::byte, 16> address{};  // IPv4: the first four bytes
  std::uint16_t port = 0;
  auto operator<=>(const PacketEnd&) const = default;
};

inline constexpr std::uint8_t kProtocolTcp = 6;
inline constexpr std::uint8_t kProtocolUdp = 17;

// Flags of TCP (RFC 9293, 3.1).
inline constexpr std::uint8_t kTcpFin = 0x01;
inline constexpr std::uint8_t kTcpSyn = 0x02;
inline constexpr std::uint8_t kTcpRst = 0x04;
inline constexpr std::uint8_t kTcpAck = 0x10;
inline constexpr std::uint8_t kTcpUrg = 0x20;

struct IpPacket {
  bool isIpv6 = false;
  std::uint8_t protocol = 0;
  PacketEnd from;
  PacketEnd to;
  ByteView payload;              // captured bytes of what IP carries
  std::uint64_t realLength = 0;  // of the payload, as the header tells it; at least payload.size()
  // Of a fragment (RFC 791, RFC 8200 4.5).
  bool isFragment = false;
  bool moreFragments = false;
  std::uint32_t fragmentOffset = 0;  // bytes
  std::uint32_t identification = 0;
};

// TCP or UDP. `ip.payload` becomes the bytes of the stream or datagram.
struct TransportPacket {
  IpPacket ip;
  std::uint32_t sequence = 0;
  std::uint32_t acknowledgement = 0;
  std::uint8_t flags = 0;  // kTcp*; 0 for UDP
  std::uint16_t urgentPointer = 0;
};

// The IP packet within a frame of this link type: Ethernet with VLAN tags and PPPoE, raw IP, loopback (NULL
// and LOOP), Linux cooked (SLL and SLL2), PPP. `realLength` is the frame's on the wire. False: it holds no
// IP, or is damaged.
bool decodeFrame(std::uint32_t linkType, ByteView frame, std::uint64_t realLength, IpPacket& packet);

// TCP or UDP out of IP; a fragment has to be put together first. Checksums are not looked at: where the
// machine that sent it captured it, the network card had them still to make. False: neither, or damaged.
bool decodeTransport(const IpPacket& ip, TransportPacket& packet);

SocketAddress socketAddress(const PacketEnd& end, bool isIpv6);

}  // namespace sockbench
