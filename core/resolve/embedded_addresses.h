// The addresses that an IPv6 address carries inside: IPv4 addresses of mappings, translators and tunnels, and
// the Ethernet address that an interface identifier was made of.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/resolve/ip_number.h"

namespace sockbench {

// 2001::/32 (RFC 4380, section 4).
struct Teredo {
  IpNumber server;
  std::uint16_t flags;
  IpNumber client;     // the address that the client's NAT shows to the world; it stands inverted
  std::uint16_t port;  // the same for its UDP port
  bool operator==(const Teredo&) const = default;
};

// An IPv4 address behind a translator, if its prefix has this length (RFC 6052, section 2.2).
struct TranslatedIpv4 {
  int prefix;
  IpNumber address;
  bool operator==(const TranslatedIpv4&) const = default;
};

// Each is there only where its form is.
struct EmbeddedAddresses {
  std::optional<IpNumber> ipv4Mapped;      // ::ffff:0:0/96 (RFC 4291, section 2.5.5.2)
  std::optional<IpNumber> ipv4Compatible;  // ::/96 but :: and ::1 (RFC 4291, section 2.5.5.1; deprecated)
  std::optional<IpNumber> sixToFour;       // 2002::/16 (RFC 3056)
  std::optional<Teredo> teredo;
  // 64:ff9b::/96, and 64:ff9b:1::/48 (RFC 8215), whose operator chooses the length: one reading for each that
  // can be (the octet "u" and the suffix must be zero), shortest prefix first.
  std::vector<TranslatedIpv4> nat64;
  std::optional<IpNumber> isatap;  // the interface identifier is [02]00:5efe:a.b.c.d (RFC 5214)
  std::optional<std::string> mac;  // of a modified EUI-64 interface identifier (RFC 4291, appendix A)
  std::optional<IpNumber>
      solicitedNode;  // the group that a unicast address is asked for at (RFC 4291, 2.7.1)
  bool operator==(const EmbeddedAddresses&) const = default;
};

// Empty for an IPv4 address. Thread: any.
EmbeddedAddresses embeddedAddresses(IpNumber address);

}  // namespace sockbench
