#include "core/capture/synth/ip_packet.h"

#include <arpa/inet.h>

#include <cstring>

namespace sockbench::synth {
namespace {

constexpr std::size_t kTcpHeader = 20;
constexpr std::size_t kUdpHeader = 8;
constexpr std::size_t kIpv4Header = 20;
constexpr std::uint8_t kTcp = 6;
constexpr std::uint8_t kUdp = 17;
constexpr char kHops = 64;
constexpr std::uint16_t kWindow = 65535;
constexpr char kWindowShift = 14;  // the largest of RFC 7323: the made-up window is 1 GiB

void put16(std::string& out, std::size_t value) {
  out += static_cast<char>(value >> 8 & 0xFF);
  out += static_cast<char>(value & 0xFF);
}

void put32(std::string& out, std::uint32_t value) {
  put16(out, value >> 16);
  put16(out, value & 0xFFFF);
}

std::uint16_t fold(std::uint64_t sum) {
  while (sum >> 16 != 0) sum = (sum >> 16) + (sum & 0xFFFF);
  return static_cast<std::uint16_t>(sum);
}

// The checksum of a header's and a payload's sum, as it goes into the packet's two bytes at `at`.
void setChecksum(std::string& out, std::size_t at, std::uint64_t sum) {
  const auto checksum = static_cast<std::uint16_t>(~fold(sum));
  std::memcpy(out.data() + at, &checksum, sizeof checksum);
}

void appendIpHeader(std::string& out, const IpEnd& from, const IpEnd& to, std::uint8_t protocol,
                    std::size_t length) {
  const std::size_t begin = out.size();
  const bool isV4 = from.address.size() == 4;
  if (isV4) {
    put16(out, 0x4500);
    put16(out, kIpv4Header + length);
    put32(out, 0x00004000);  // no identification; don't fragment
    out += kHops;
    out += static_cast<char>(protocol);
    put16(out, 0);
  } else {
    put32(out, 0x60000000);
    put16(out, length);
    out += static_cast<char>(protocol);
    out += kHops;
  }
  out += asChars(from.address);
  out += asChars(to.address);
  if (isV4) setChecksum(out, begin + 10, onesSum(asBytes(std::string_view(out).substr(begin))));
}

// Of the addresses, the protocol and the length that a transport's checksum covers besides.
std::uint64_t pseudoHeaderSum(const IpEnd& from, const IpEnd& to, std::uint8_t protocol, std::size_t length) {
  std::string rest;
  put32(rest, static_cast<std::uint32_t>(length));
  put32(rest, protocol);
  return std::uint64_t{onesSum(from.address)} + onesSum(to.address) + onesSum(asBytes(rest));
}

}  // namespace

std::uint16_t onesSum(ByteView bytes) {
  std::uint64_t sum = 0;
  std::size_t at = 0;
  for (; at + 4 <= bytes.size(); at += 4) {
    std::uint32_t word;
    std::memcpy(&word, bytes.data() + at, sizeof word);
    sum += word;
  }
  std::uint32_t last = 0;
  if (at < bytes.size()) std::memcpy(&last, bytes.data() + at, bytes.size() - at);
  return fold(sum + last);
}

void appendTcpHeaders(std::string& out, const TcpSegment& segment) {
  const bool scales = (segment.flags & kSyn) != 0;
  const std::size_t header = kTcpHeader + (scales ? 4 : 0);
  const std::size_t length = header + segment.payload.size();
  appendIpHeader(out, segment.from, segment.to, kTcp, length);
  const std::size_t begin = out.size();
  put16(out, segment.from.port);
  put16(out, segment.to.port);
  put32(out, segment.sequence);
  put32(out, segment.acknowledged);
  out += static_cast<char>(header / 4 << 4);
  out += static_cast<char>(segment.flags);
  put16(out, kWindow);
  put16(out, 0);
  put16(out, segment.urgent);
  if (scales) out += {3, 3, kWindowShift, 0};
  setChecksum(out, begin + 16,
              pseudoHeaderSum(segment.from, segment.to, kTcp, length) +
                  onesSum(asBytes(std::string_view(out).substr(begin))) + onesSum(segment.payload));
}

void appendUdpHeaders(std::string& out, const UdpDatagram& datagram) {
  const std::size_t length = kUdpHeader + datagram.length;
  appendIpHeader(out, datagram.from, datagram.to, kUdp, length);
  const std::size_t begin = out.size();
  put16(out, datagram.from.port);
  put16(out, datagram.to.port);
  put16(out, length);
  put16(out, 0);
  const std::size_t checksum = begin + 6;
  setChecksum(out, checksum,
              pseudoHeaderSum(datagram.from, datagram.to, kUdp, length) +
                  onesSum(asBytes(std::string_view(out).substr(begin))) + onesSum(datagram.payload));
  // Zero says that there is none; a sum of zero is sent as its other form.
  if (out[checksum] == 0 && out[checksum + 1] == 0) out.replace(checksum, 2, 2, '\xFF');
}

}  // namespace sockbench::synth
