// The special-purpose address registries of RFC 6890, as they stand today.
#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "core/resolve/host_database.h"

namespace sockbench {

namespace {

struct Block {
  std::array<std::uint8_t, 16> prefix;
  int bits;
  std::string_view scope;
};

// In each table the first block that holds the address counts: exceptions stand before what they are taken
// from.

constexpr std::array kIpv4Blocks{
    Block{{255, 255, 255, 255}, 32, "broadcast"},
    Block{{0, 0, 0, 0}, 32, "unspecified"},
    Block{{0}, 8, "reserved"},  // this network (RFC 791)
    Block{{10}, 8, "private"},  // RFC 1918, with the next two
    Block{{172, 16}, 12, "private"},
    Block{{192, 168}, 16, "private"},
    Block{{100, 64}, 10, "shared"},           // RFC 6598
    Block{{127}, 8, "loopback"},              // RFC 1122
    Block{{169, 254}, 16, "link-local"},      // RFC 3927
    Block{{192, 0, 0, 9}, 32, "global"},      // port control protocol anycast (RFC 7723)
    Block{{192, 0, 0, 10}, 32, "global"},     // TURN anycast (RFC 8155)
    Block{{192, 0, 0}, 24, "reserved"},       // IETF protocol assignments
    Block{{192, 0, 2}, 24, "documentation"},  // RFC 5737, with the next two
    Block{{198, 51, 100}, 24, "documentation"},
    Block{{203, 0, 113}, 24, "documentation"},
    Block{{198, 18}, 15, "benchmarking"},  // RFC 2544
    Block{{224}, 4, "multicast"},
    Block{{240}, 4, "reserved"},  // class E (RFC 1112)
    Block{{}, 0, "global"},
};

constexpr std::array kIpv6Blocks{
    Block{{}, 128, "unspecified"},
    Block{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128, "loopback"},
    Block{{0x00, 0x64, 0xff, 0x9b}, 96, "global"},               // IPv4/IPv6 translation (RFC 6052)
    Block{{0x00, 0x64, 0xff, 0x9b, 0x00, 0x01}, 48, "private"},  // the same for one network (RFC 8215)
    Block{{0x20, 0x01, 0x00, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128, "global"},  // RFC 7723
    Block{{0x20, 0x01, 0x00, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2}, 128, "global"},  // RFC 8155
    Block{{0x20, 0x01, 0x00, 0x02}, 48, "benchmarking"},                                 // RFC 5180
    Block{{0x20, 0x01, 0x00, 0x03}, 32, "global"},                                       // AMT (RFC 7450)
    Block{{0x20, 0x01, 0x00, 0x04, 0x01, 0x12}, 48, "global"},                           // AS112 (RFC 7535)
    Block{{0x20, 0x01, 0x00, 0x20}, 28, "global"},         // ORCHIDv2 (RFC 7343)
    Block{{0x20, 0x01, 0x00, 0x30}, 28, "global"},         // drone identifiers (RFC 9374)
    Block{{0x20, 0x01}, 23, "reserved"},                   // IETF protocol assignments, Teredo
    Block{{0x20, 0x01, 0x0d, 0xb8}, 32, "documentation"},  // RFC 3849
    Block{{0x3f, 0xff}, 20, "documentation"},              // RFC 9637
    Block{{0x20}, 3, "global"},                            // global unicast (RFC 4291)
    Block{{0xfc}, 7, "unique-local"},                      // RFC 4193
    Block{{0xfe, 0x80}, 10, "link-local"},                 // RFC 4291
    Block{{0xff}, 8, "multicast"},                         // RFC 4291
    Block{{}, 0, "reserved"},                              // not handed out
};

bool holds(const Block& block, ByteView address) {
  const auto differing = [&](std::size_t i) {
    return static_cast<unsigned>(std::to_integer<std::uint8_t>(address[i]) ^ block.prefix[i]);
  };
  const auto whole = static_cast<std::size_t>(block.bits / 8);
  for (std::size_t i = 0; i < whole; ++i) {
    if (differing(i) != 0) return false;
  }
  const int rest = block.bits % 8;
  return rest == 0 || differing(whole) >> (8 - rest) == 0;
}

std::string_view scopeIn(std::span<const Block> blocks, ByteView address) {
  return std::ranges::find_if(blocks, [&](const Block& block) { return holds(block, address); })->scope;
}

}  // namespace

std::string_view addressScope(const SocketAddress& address) {
  if (!address.isIp()) return {};
  const ByteView bytes = address.ipBytes();
  if (address.family() == AF_INET) return scopeIn(kIpv4Blocks, bytes);
  // An IPv4-mapped address goes where its IPv4 address goes.
  return address.isV4Mapped() ? scopeIn(kIpv4Blocks, bytes.subspan(12)) : scopeIn(kIpv6Blocks, bytes);
}

}  // namespace sockbench
