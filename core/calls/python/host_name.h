// The host of an address, from a str or bytes to an address. All throw RaisedFault.
#pragma once

#include <cstddef>
#include <string>

#include "core/calls/call_value.h"
#include "core/net/socket_address.h"
#include "core/resolve/host_database.h"

namespace sockbench {

// A str as Python's "idna" codec has it: of ASCII as it is, each label with 1 to 63 bytes; else IDNA2003's
// ASCII form. value (UnicodeError): what cannot be written so.
std::string idnaBytes(const std::string& host, std::size_t argument);

// The host of an address tuple: str, bytes or bytearray, without a NUL. type, also for what idnaBytes()
// refuses.
std::string hostText(const CallValue& value, std::size_t argument);

// Its address, port 0: "" is the wildcard, "<broadcast>" 255.255.255.255; a name is looked up, and the first
// answer counts. `family` AF_INET, AF_INET6 or AF_UNSPEC. gai; os without a number where Python says so.
SocketAddress hostAddress(const std::string& host, int family);

// getaddrinfo(3), for which this thread may wait. gai.
AddressAnswer lookUpAddresses(const AddressQuery& query);

}  // namespace sockbench
