// AddressFacts: all that an IP address says by itself, without asking anybody.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/resolve/address_class.h"
#include "core/resolve/address_text.h"
#include "core/resolve/embedded_addresses.h"
#include "core/resolve/ip_network.h"
#include "core/resolve/multicast_facts.h"
#include "core/resolve/special_purpose.h"

namespace sockbench {

struct AddressFacts {
  IpNumber number;
  std::string zone;                  // "" for none
  std::optional<IpNetwork> network;  // where a prefix or a mask was given
  const AddressClass* addressClass;  // nullptr for IPv6; lives for ever
  std::string_view scope;            // addressScope()
  const AddressBlock* block;         // the smallest one that holds the address; lives for ever
  // Whether a packet to it may cross the borders of a site (RFC 8190): the block's answer, of an IPv4-mapped
  // address as the registry has it for the mapping, which never stands in a packet.
  RegistryAnswer globallyReachable;
  std::optional<MulticastFacts> multicast;
  EmbeddedAddresses embedded;
};

// Thread: any.
AddressFacts addressFacts(const AddressText& text);

// parseAddressText() and then its facts; its errors.
Result<AddressFacts> inspectAddress(std::string_view text);

}  // namespace sockbench
