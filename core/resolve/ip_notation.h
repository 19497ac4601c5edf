// The other ways to write an address: what programs print, and what people compare bit by bit.
#pragma once

#include <string>

#include "core/resolve/ip_number.h"

namespace sockbench {

// Of 127.0.0.1 and ::1. Thread: any, for all of these.
std::string packedHex(IpNumber address);     // "7f000001", "00000000000000000000000000000001"
std::string explodedText(IpNumber address);  // "127.0.0.1", "0000:0000:0000:0000:0000:0000:0000:0001"
std::string hexNumber(IpNumber address);     // "0x7f000001", "0x1"
std::string octalNumber(IpNumber address);   // "017700000001", "01": as inet_aton(3) and C read it
std::string binaryText(IpNumber address);   // eight digits an octet with dots, or sixteen a group with colons
std::string dottedHex(IpNumber address);    // "0x7f.0x0.0x0.0x1"; "" for IPv6
std::string dottedOctal(IpNumber address);  // "0177.0.0.01"; "" for IPv6
std::string escapedBytes(IpNumber address);  // "\x7f\x00\x00\x01": a string of C, Python or the composer

}  // namespace sockbench
