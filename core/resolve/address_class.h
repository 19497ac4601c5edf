// The classes that IPv4 addresses had before prefixes could have any length (RFC 791, section 3.2; RFC 1112,
// section 4; ended by RFC 4632).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/resolve/ip_number.h"

namespace sockbench {

struct AddressClass {
  char letter;                   // 'A' to 'E'
  std::string_view leadingBits;  // "110"
  std::uint32_t first;
  std::uint32_t last;
  int prefix;              // bits of the network's number; 0 where it is not divided (D, E)
  std::uint32_t networks;  // how many networks; 0 where it is not divided
  std::uint32_t hosts;     // how many hosts each may have: neither all zeros nor all ones; 0 as above
  std::string_view use;    // a few words
};

// A to E. Thread: any.
const std::array<AddressClass, 5>& addressClasses();

// The class of an IPv4 address. nullptr for IPv6.
const AddressClass* addressClassOf(IpNumber address);

}  // namespace sockbench
