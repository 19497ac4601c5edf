#include "core/resolve/ip_network.h"

#include <algorithm>
#include <bit>

namespace sockbench {
namespace {

// The lowest `count` bits set, 0 to 128.
Uint128 ones(int count) {
  return count == 0 ? 0 : ~Uint128{0} >> (128 - count);
}

int trailingZeros(Uint128 value) {
  const auto low = static_cast<std::uint64_t>(value);
  return low != 0 ? std::countr_zero(low) : 64 + std::countr_zero(static_cast<std::uint64_t>(value >> 64));
}

}  // namespace

IpNetwork::IpNetwork(IpNumber address, int prefix)
    : first_(address), prefix_(std::clamp(prefix, 0, address.bits)) {
  first_.value &= ~hostMask();
}

Uint128 IpNetwork::hostMask() const {
  return ones(hostBits());
}

IpNumber IpNetwork::last() const {
  return {first_.bits, first_.value | hostMask()};
}

IpNumber IpNetwork::netmask() const {
  return {first_.bits, first_.highest() & ~hostMask()};
}

IpNumber IpNetwork::wildcard() const {
  return {first_.bits, hostMask()};
}

std::optional<IpNumber> IpNetwork::broadcast() const {
  if (!first_.isIpv4() || givesAll()) return std::nullopt;
  return last();
}

IpNumber IpNetwork::firstHost() const {
  return {first_.bits, first_.value + (givesAll() ? 0U : 1U)};
}

IpNumber IpNetwork::lastHost() const {
  return {first_.bits, last().value - (broadcast() ? 1U : 0U)};
}

Uint128 IpNetwork::hosts() const {
  return lastHost().value - firstHost().value + 1;
}

bool IpNetwork::contains(IpNumber address) const {
  return address.bits == first_.bits && (address.value & ~hostMask()) == first_.value;
}

bool IpNetwork::contains(const IpNetwork& other) const {
  return other.prefix_ >= prefix_ && contains(other.first_);
}

bool IpNetwork::overlaps(const IpNetwork& other) const {
  return contains(other) || other.contains(*this);
}

Uint128 IpNetwork::lastSubnet(int longer) const {
  return ones(longer - prefix_);
}

IpNetwork IpNetwork::subnet(int longer, Uint128 number) const {
  // A shift by all 128 bits has no meaning in C++; there the only number is 0.
  const int shift = first_.bits - longer;
  return {{first_.bits, first_.value | (shift == 128 ? 0 : number << shift)}, longer};
}

Uint128 IpNetwork::subnetOf(int longer, IpNumber address) const {
  const int shift = first_.bits - longer;
  return shift == 128 ? 0 : (address.value & hostMask()) >> shift;
}

std::string IpNetwork::text() const {
  return first_.text() + '/' + std::to_string(prefix_);
}

std::optional<int> prefixOfMask(IpNumber mask) {
  const Uint128 inverted = mask.value ^ mask.highest();
  // Ones alone at the low end: a number that shares no bit with the next.
  const auto isOnes = [](Uint128 value) { return (value & (value + 1)) == 0; };
  if (isOnes(inverted)) return mask.value == 0 ? 0 : mask.bits - trailingZeros(mask.value);
  if (isOnes(mask.value)) return mask.bits - trailingZeros(inverted);
  return std::nullopt;
}

}  // namespace sockbench
