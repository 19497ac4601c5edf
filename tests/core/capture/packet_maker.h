// Packets and capture files made by hand, byte by byte.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/bytes.h"

namespace sockbench::test {

// Bytes that grow. Numbers go in network order unless `little`.
struct Maker {
  std::string text;
  bool little = false;

  Maker& u8(unsigned n) {
    text += static_cast<char>(n);
    return *this;
  }
  Maker& u16(unsigned n) { return little ? u8(n & 255).u8(n >> 8 & 255) : u8(n >> 8 & 255).u8(n & 255); }
  Maker& u32(std::uint32_t n) { return little ? u16(n & 0xFFFF).u16(n >> 16) : u16(n >> 16).u16(n & 0xFFFF); }
  Maker& u64(std::uint64_t n) {
    const auto high = static_cast<std::uint32_t>(n >> 32);
    const auto low = static_cast<std::uint32_t>(n);
    return little ? u32(low).u32(high) : u32(high).u32(low);
  }
  Maker& raw(std::string_view bytes) {
    text += bytes;
    return *this;
  }
  Maker& padded(std::string_view bytes) {
    text += bytes;
    text.append((4 - bytes.size() % 4) % 4, '\0');
    return *this;
  }
};

inline constexpr unsigned kFin = 1;
inline constexpr unsigned kSyn = 2;
inline constexpr unsigned kRst = 4;
inline constexpr unsigned kAck = 16;
inline constexpr unsigned kUrg = 32;

inline constexpr std::uint32_t kClient = 0x0A000001;  // 10.0.0.1, port 40000
inline constexpr std::uint32_t kServer = 0x0A000002;  // 10.0.0.2, port 80
inline constexpr unsigned kClientPort = 40000;
inline constexpr unsigned kServerPort = 80;

struct Ipv4 {
  std::uint32_t from = kClient;
  std::uint32_t to = kServer;
  unsigned protocol = 6;
  unsigned id = 1;
  unsigned fragment = 0;  // flags and offset, as the header has them
  int length = -1;        // what the header says; -1: the truth
  std::string options{};  // a multiple of four bytes
};

inline std::string ipv4(std::string_view payload, const Ipv4& how = {}) {
  const std::size_t head = 20 + how.options.size();
  const std::size_t length = how.length < 0 ? head + payload.size() : static_cast<std::size_t>(how.length);
  Maker made;
  made.u8(static_cast<unsigned>(0x40 + head / 4)).u8(0).u16(static_cast<unsigned>(length));
  made.u16(how.id).u16(how.fragment).u8(64).u8(how.protocol).u16(0);
  return made.u32(how.from).u32(how.to).raw(how.options).raw(payload).text;
}

// fd00::1 to fd00::2 or back; `next` is the first header behind, which `payload` begins with.
inline std::string ipv6(std::string_view payload, bool fromClient = true, unsigned next = 6) {
  Maker made;
  made.u32(0x60000000).u16(static_cast<unsigned>(payload.size())).u8(next).u8(64);
  made.u64(0xFD00000000000000).u64(fromClient ? 1 : 2).u64(0xFD00000000000000).u64(fromClient ? 2 : 1);
  return made.raw(payload).text;
}

struct Tcp {
  bool fromClient = true;
  std::uint32_t sequence = 0;
  std::uint32_t acknowledgement = 0;
  unsigned flags = kAck;
  unsigned urgent = 0;
};

inline std::string tcpSegment(const Tcp& how, std::string_view payload = {}) {
  Maker made;
  made.u16(how.fromClient ? kClientPort : kServerPort).u16(how.fromClient ? kServerPort : kClientPort);
  made.u32(how.sequence).u32(how.acknowledgement).u8(0x50).u8(how.flags).u16(65535).u16(0).u16(how.urgent);
  return made.raw(payload).text;
}

inline std::string tcp(const Tcp& how, std::string_view payload = {}) {
  Ipv4 ip;
  if (!how.fromClient) std::swap(ip.from, ip.to);
  return ipv4(tcpSegment(how, payload), ip);
}

inline std::string udpDatagram(bool fromClient, std::string_view payload, int length = -1) {
  Maker made;
  made.u16(fromClient ? kClientPort : kServerPort).u16(fromClient ? kServerPort : kClientPort);
  made.u16(length < 0 ? static_cast<unsigned>(8 + payload.size()) : static_cast<unsigned>(length)).u16(0);
  return made.raw(payload).text;
}

inline std::string udp(bool fromClient, std::string_view payload) {
  Ipv4 ip{.protocol = 17};
  if (!fromClient) std::swap(ip.from, ip.to);
  return ipv4(udpDatagram(fromClient, payload), ip);
}

inline std::string ethernet(std::string_view payload, unsigned type = 0x0800) {
  return Maker().raw(std::string(12, '\x02')).u16(type).raw(payload).text;
}

// A classic pcap file; its packets are a microsecond (or nanosecond) apart, from second 1 on.
class PcapFile {
 public:
  explicit PcapFile(unsigned linkType = 101, bool little = true, bool nanos = false) {
    made_.little = little;
    made_.u32(nanos ? 0xA1B23C4D : 0xA1B2C3D4).u16(2).u16(4).u32(0).u32(0).u32(262144).u32(linkType);
  }
  PcapFile& add(std::string_view packet, std::size_t realLength = 0) {
    made_.u32(1).u32(count_++).u32(static_cast<std::uint32_t>(packet.size()));
    made_.u32(static_cast<std::uint32_t>(std::max(realLength, packet.size()))).raw(packet);
    return *this;
  }
  std::string bytes() const { return made_.text; }

 private:
  Maker made_;
  std::uint32_t count_ = 0;
};

// A pcapng file, block by block.
class PcapngFile {
 public:
  explicit PcapngFile(bool little = true) { section(little); }

  PcapngFile& section(bool little) {
    little_ = little;
    return block(0x0A0D0D0A, make().u32(0x1A2B3C4D).u16(1).u16(0).u64(~std::uint64_t{0}).text);
  }
  PcapngFile& interface(unsigned linkType, std::string_view options = {}, std::uint32_t snap = 0) {
    return block(1, make().u16(linkType).u16(0).u32(snap).raw(options).text);
  }
  PcapngFile& enhanced(std::string_view packet, std::uint64_t stamp = 1'000'000, unsigned interface = 0,
                       std::string_view options = {}, std::size_t realLength = 0) {
    Maker made = make().u32(interface).u32(static_cast<std::uint32_t>(stamp >> 32));
    made.u32(static_cast<std::uint32_t>(stamp)).u32(static_cast<std::uint32_t>(packet.size()));
    made.u32(static_cast<std::uint32_t>(std::max(realLength, packet.size()))).padded(packet).raw(options);
    return block(6, made.text);
  }
  PcapngFile& simple(std::string_view packet, std::size_t realLength = 0) {
    const std::size_t length = std::max(realLength, packet.size());
    return block(3, make().u32(static_cast<std::uint32_t>(length)).padded(packet).text);
  }
  PcapngFile& obsolete(std::string_view packet, std::uint64_t stamp = 1'000'000) {
    Maker made = make().u16(0).u16(0).u32(static_cast<std::uint32_t>(stamp >> 32));
    made.u32(static_cast<std::uint32_t>(stamp)).u32(static_cast<std::uint32_t>(packet.size()));
    return block(2, made.u32(static_cast<std::uint32_t>(packet.size())).padded(packet).text);
  }
  PcapngFile& block(std::uint32_t type, std::string_view body) {
    const auto length = static_cast<std::uint32_t>(12 + (body.size() + 3) / 4 * 4);
    bytes_ += make().u32(type).u32(length).padded(body).u32(length).text;
    return *this;
  }
  std::string option(unsigned code, std::string_view value) const {
    return make().u16(code).u16(static_cast<unsigned>(value.size())).padded(value).text;
  }
  Maker make() const { return {.text = {}, .little = little_}; }
  std::string bytes() const { return bytes_; }

 private:
  bool little_ = true;
  std::string bytes_;
};

}  // namespace sockbench::test
