// Headers of IP packets as they would have been on the wire, with their lengths and checksums (RFC 791, 8200,
// 9293, 768).
#pragma once

#include <cstdint>
#include <string>

#include "core/base/bytes.h"

namespace sockbench::synth {

// Two ends of one family: their addresses as 4 or 16 bytes in network order.
struct IpEnd {
  ByteView address;
  std::uint16_t port = 0;
};

inline constexpr std::uint8_t kFin = 0x01;
inline constexpr std::uint8_t kSyn = 0x02;
inline constexpr std::uint8_t kRst = 0x04;
inline constexpr std::uint8_t kPsh = 0x08;
inline constexpr std::uint8_t kAck = 0x10;
inline constexpr std::uint8_t kUrg = 0x20;

struct TcpSegment {
  IpEnd from;
  IpEnd to;
  std::uint32_t sequence = 0;
  std::uint32_t acknowledged = 0;
  std::uint8_t flags = 0;
  std::uint16_t urgent = 0;
  ByteView payload;  // at most kMostSegment bytes
};

struct UdpDatagram {
  IpEnd from;
  IpEnd to;
  ByteView payload;        // what there is of it
  std::size_t length = 0;  // of the whole payload, at most mostUdpPayload()
};

// The payload of the largest datagram between addresses of so many bytes.
constexpr std::size_t mostUdpPayload(std::size_t addressBytes) {
  return addressBytes == 4 ? 65507 : 65527;
}

// Each appends the headers alone; the payload follows them.
void appendTcpHeaders(std::string& out, const TcpSegment& segment);
void appendUdpHeaders(std::string& out, const UdpDatagram& datagram);

// The Internet checksum's sum (RFC 1071) of `bytes`, in this machine's byte order, not folded to its
// complement; `bytes` begins at an even place.
std::uint16_t onesSum(ByteView bytes);

}  // namespace sockbench::synth
