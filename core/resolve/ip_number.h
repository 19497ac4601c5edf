// IpNumber: an IPv4 or IPv6 address as a number, to reckon with.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/net/socket_address.h"

namespace sockbench {

__extension__ typedef unsigned __int128 Uint128;

// "340282366920938463463374607431768211455". Thread: any, as for everything here.
std::string decimalText(Uint128 number);

// Digits alone, at least one, leading zeros allowed. nullopt: anything else, or 2^128 and more.
std::optional<Uint128> parseDecimal(std::string_view digits);

// 2 to the power of `exponent` (0-128) in decimal.
std::string powerOfTwoText(int exponent);

struct IpNumber {
  int bits = 32;      // 32: IPv4, 128: IPv6
  Uint128 value = 0;  // the address read as one big-endian number, below 2^bits

  static constexpr IpNumber ofIpv4(std::uint32_t value) { return {32, value}; }
  static constexpr IpNumber ofIpv6(Uint128 value) { return {128, value}; }

  // As inet_pton(3) reads it, without a zone. nullopt: it is no address.
  static std::optional<IpNumber> fromText(std::string_view text);
  // 4 or 16 bytes in network order. nullopt: another count.
  static std::optional<IpNumber> fromBytes(ByteView bytes);
  // Its zone and port are left out. nullopt: the address is not IP.
  static std::optional<IpNumber> from(const SocketAddress& address);

  constexpr bool isIpv4() const { return bits == 32; }
  constexpr Uint128 highest() const { return ~Uint128{0} >> (128 - bits); }  // every bit set

  Bytes bytes() const;       // 4 or 16, in network order
  std::string text() const;  // inet_ntop(3): dotted, or RFC 5952

  auto operator<=>(const IpNumber&) const = default;  // every IPv4 address before every IPv6 one
};

}  // namespace sockbench
