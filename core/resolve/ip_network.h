// IpNetwork: all addresses that begin with the same bits (RFC 4632, RFC 4291 section 2.3).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/resolve/ip_number.h"

namespace sockbench {

// Thread: any.
class IpNetwork {
 public:
  // The network of `prefix` bits (0 to address.bits, brought into that range) that holds `address`.
  IpNetwork(IpNumber address, int prefix);

  IpNumber first() const { return first_; }  // the network's own address: every host bit 0
  IpNumber last() const;                     // every host bit 1
  int prefix() const { return prefix_; }
  int hostBits() const { return first_.bits - prefix_; }

  IpNumber netmask() const;   // 255.255.255.0
  IpNumber wildcard() const;  // the netmask's opposite, 0.0.0.255

  // The IPv4 address that reaches every host. nullopt: IPv6 knows none, and a network of one or two addresses
  // has none to spare (RFC 3021).
  std::optional<IpNumber> broadcast() const;

  // What a host may be given. IPv4: all but the network's address and the broadcast; IPv6: all but the
  // first, which is every router's (RFC 4291, section 2.6.1). Networks of one or two addresses give all of
  // them (RFC 3021, RFC 6164).
  IpNumber firstHost() const;
  IpNumber lastHost() const;
  Uint128 hosts() const;  // how many

  std::string addressesText() const { return powerOfTwoText(hostBits()); }  // how many; 2^128 for ::/0

  bool contains(IpNumber address) const;
  bool contains(const IpNetwork& other) const;
  bool overlaps(const IpNetwork& other) const;  // networks overlap only when one contains the other

  // The parts of `longer` bits each (prefix() to first().bits), numbered from 0 by address; worked out one at
  // a time.
  std::string subnetCountText(int longer) const { return powerOfTwoText(longer - prefix_); }
  Uint128 lastSubnet(int longer) const;                  // the highest number
  IpNetwork subnet(int longer, Uint128 number) const;    // `number` up to lastSubnet()
  Uint128 subnetOf(int longer, IpNumber address) const;  // the number of the one that holds `address`

  std::string text() const;  // "192.0.2.0/24"

  bool operator==(const IpNetwork&) const = default;

 private:
  Uint128 hostMask() const;
  bool givesAll() const { return hostBits() <= 1; }

  IpNumber first_;
  int prefix_;
};

// The prefix length that a netmask or, if it is none, a wildcard stands for: 255.255.255.0 and 0.0.0.255 are
// 24. nullopt: its ones and zeros are mixed.
std::optional<int> prefixOfMask(IpNumber mask);

}  // namespace sockbench
