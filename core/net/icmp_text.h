// What ICMP errors say, in words.
#pragma once

#include <cstdint>
#include <string>

namespace sockbench {

// "port unreachable", "time to live exceeded in transit": RFC 792, 1122, 1812 (version 4), RFC 4443, 4890
// (version 6). "ICMP type 3, code 99" where the numbers have no name. Thread: any.
std::string icmpText(std::uint8_t type, std::uint8_t code);
std::string icmp6Text(std::uint8_t type, std::uint8_t code);  // "ICMPv6 type ..."

}  // namespace sockbench
