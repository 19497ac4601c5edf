#include "core/resolve/embedded_addresses.h"

#include <array>

#include "core/resolve/mac_text.h"

namespace sockbench {
namespace {

// `count` bits of `value`, the first of them `skip` bits from its high end.
Uint128 bitsAt(Uint128 value, int skip, int count) {
  return value << skip >> (128 - count);
}

IpNumber ipv4At(Uint128 value, int skip) {
  return IpNumber::ofIpv4(static_cast<std::uint32_t>(bitsAt(value, skip, 32)));
}

IpNumber invertedIpv4At(Uint128 value, int skip) {
  return ipv4At(~value, skip);
}

std::optional<IpNumber> when(bool condition, IpNumber address) {
  return condition ? std::optional(address) : std::nullopt;
}

std::optional<Teredo> teredoOf(Uint128 value) {
  if (bitsAt(value, 0, 32) != 0x20010000) return std::nullopt;
  return Teredo{.server = ipv4At(value, 32),
                .flags = static_cast<std::uint16_t>(bitsAt(value, 64, 16)),
                .client = invertedIpv4At(value, 96),
                .port = static_cast<std::uint16_t>(bitsAt(~value, 80, 16))};
}

// RFC 6052: bits 64 to 71 are no part of the IPv4 address, which goes on behind them.
std::optional<TranslatedIpv4> translated(Uint128 value, int prefix) {
  constexpr int kOctetU = 64;
  if (bitsAt(value, kOctetU, 8) != 0) return std::nullopt;
  const int before = kOctetU - prefix;
  const int after = 32 - before;
  if (value << (kOctetU + 8 + after) != 0) return std::nullopt;
  const Uint128 high = before == 0 ? 0 : bitsAt(value, prefix, before) << after;
  const Uint128 low = bitsAt(value, kOctetU + 8, after);
  return TranslatedIpv4{prefix, IpNumber::ofIpv4(static_cast<std::uint32_t>(high | low))};
}

std::vector<TranslatedIpv4> nat64Of(Uint128 value) {
  std::vector<TranslatedIpv4> readings;
  const bool local = bitsAt(value, 0, 48) == 0x0064FF9B0001;
  if (local) {
    for (const int prefix : {48, 56, 64}) {
      if (const auto reading = translated(value, prefix)) readings.push_back(*reading);
    }
  }
  const bool wellKnown = bitsAt(value, 0, 96) == Uint128{0x0064FF9B} << 64;
  if (local || wellKnown) readings.push_back({96, ipv4At(value, 96)});
  return readings;
}

// Identifiers of prefixes that begin with 000 need not be EUI-64 (RFC 4291, section 2.5.1).
bool hasInterfaceId(Uint128 value) {
  return bitsAt(value, 0, 3) != 0;
}

std::optional<std::string> macOf(Uint128 value) {
  if (!hasInterfaceId(value) || bitsAt(value, 88, 16) != 0xFFFE) return std::nullopt;
  constexpr std::uint64_t kUniversalBit = std::uint64_t{2} << 40;
  const auto high = static_cast<std::uint64_t>(bitsAt(value, 64, 24));
  const auto low = static_cast<std::uint64_t>(bitsAt(value, 104, 24));
  return macText((high << 24 | low) ^ kUniversalBit);
}

std::optional<IpNumber> isatapOf(Uint128 value) {
  const Uint128 id = bitsAt(value, 64, 32);
  return when(hasInterfaceId(value) && (id == 0x00005EFE || id == 0x02005EFE), ipv4At(value, 96));
}

IpNumber solicitedNodeOf(Uint128 value) {
  constexpr Uint128 kPrefix = Uint128{0xFF02} << 112 | Uint128{0x1FF} << 24;  // ff02::1:ff00:0/104
  return IpNumber::ofIpv6(kPrefix | (value & 0xFFFFFF));
}

}  // namespace

EmbeddedAddresses embeddedAddresses(IpNumber address) {
  if (address.isIpv4()) return {};
  const Uint128 value = address.value;
  const bool multicast = value >> 120 == 0xFF;
  const bool compatible = value >> 32 == 0 && value > 1;
  EmbeddedAddresses found;
  found.ipv4Mapped = when(value >> 32 == 0xFFFF, ipv4At(value, 96));
  found.ipv4Compatible = when(compatible, ipv4At(value, 96));
  found.sixToFour = when(bitsAt(value, 0, 16) == 0x2002, ipv4At(value, 16));
  found.teredo = teredoOf(value);
  found.nat64 = nat64Of(value);
  if (multicast) return found;
  found.isatap = isatapOf(value);
  found.mac = macOf(value);
  // Neither "no address" nor an IPv4 address in disguise is asked for on a link.
  if (value != 0 && !found.ipv4Mapped) found.solicitedNode = solicitedNodeOf(value);
  return found;
}

}  // namespace sockbench
