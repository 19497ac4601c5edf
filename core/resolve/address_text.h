// An address as a person writes it, with the network it is seen in: ADDRESS[/PREFIX|/NETMASK|/WILDCARD].
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/resolve/ip_number.h"

namespace sockbench {

struct AddressText {
  IpNumber address;
  std::string zone;  // of an IPv6 address: what stands after the %; "" for none
  std::optional<int>
      prefix;  // what stands after the slash, or the prefix that a mask means; nullopt: nothing
  bool operator==(const AddressText&) const = default;
};

// The address is read strictly, as inet_pton(3) reads it. A zone (RFC 4007, section 11) is any text without
// white space, control characters and %; it need not be an interface of this machine. A prefix is digits; an
// IPv4 mask is a netmask (255.255.255.0) or else a wildcard (0.0.0.255): one that could be both, 0.0.0.0 or
// 255.255.255.255, is a netmask. Nothing may stand around it.
// Errors: badAddress, badZone, badPrefix, with the place of the wrong part of `text`. Thread: any.
Result<AddressText> parseAddressText(std::string_view text);

}  // namespace sockbench
