// Where the reverse tree of the DNS tells of addresses (RFC 1035, section 3.5; RFC 3596, section 2.5).
#pragma once

#include <optional>
#include <string>

#include "core/net/socket_address.h"
#include "core/resolve/ip_network.h"

namespace sockbench {

// "1.0.0.127.in-addr.arpa", or 32 digits and "ip6.arpa"; without the final dot. Thread: any.
std::string reverseName(IpNumber address);

// The same as a question has it, with the final dot. "" for an address that is not IP. Thread: any.
std::string reversePointer(const SocketAddress& address);

// The zone that holds the names of a network's addresses and of no others: "0.127.in-addr.arpa" of
// 127.0.0.0/16. nullopt: the prefix does not end between two labels (an octet in IPv4, four bits in IPv6).
std::optional<std::string> reverseZone(const IpNetwork& network);

}  // namespace sockbench
