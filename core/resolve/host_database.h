// The host database as the C library asks it (nsswitch.conf decides where it looks): blocking calls, for a
// look-up thread. Their asynchronous face is resolver.h. Thread: any.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/net/socket_address.h"

namespace sockbench {

// getaddrinfo(3). Family, type, protocol and flags are the system's numbers (AF_*, SOCK_*, IPPROTO_*, AI_*).
struct AddressQuery {
  std::string host{};     // "" or "*": the null host (with AI_PASSIVE the wildcard, else loopback)
  std::string service{};  // name or number; "": none (the null service). Not both may be null
  int family = 0;
  int type = 0;
  int protocol = 0;
  int flags = 0;
  bool operator==(const AddressQuery&) const = default;
};

struct AddressResult {
  int family = 0;
  int type = 0;
  int protocol = 0;
  SocketAddress address;
};

struct AddressAnswer {
  std::string canonicalName;           // with AI_CANONNAME, else empty
  std::vector<AddressResult> results;  // in getaddrinfo's order (RFC 6724 and gai.conf)
};

struct HostInfo {
  std::string name;
  std::vector<std::string> aliases;
  std::vector<std::string> addresses;
};

struct NameInfo {
  std::string host;
  std::string service;
};

Result<AddressAnswer> getAddressInfo(const AddressQuery& query);        // EAI_* in ErrorDomain::addrinfo
Result<NameInfo> getNameInfo(const SocketAddress& address, int flags);  // NI_* flags; EAI_*
Result<HostInfo> getHostByName(std::string_view name);  // gethostbyname_ex: IPv4 only; h_errno
Result<HostInfo> getHostByAddress(
    std::string_view address);      // gethostbyaddr, both families; h_errno; badAddress
Result<std::string> getHostName();  // gethostname(2)

// getaddrinfo's flags by the names of the command line: "passive", "canonname", "numerichost", "numericserv",
// "addrconfig", "v4mapped", "all".
struct AddressFlag {
  std::string_view name;
  std::string_view constant;  // "AI_PASSIVE"
  int bit;
  std::string_view meaning;  // one sentence
};
const std::vector<AddressFlag>& addressFlags();
std::string familyName(int family);    // "AF_INET", "AF_INET6", "AF_UNIX", "AF_UNSPEC", else "AF#n"
std::string socketTypeName(int type);  // "SOCK_STREAM"..., else "SOCK#n"

// The class or scope of an IP address in a word: "loopback", "private", "link-local", "unique-local",
// "multicast", "unspecified", "broadcast", "documentation", "shared", "benchmarking", "reserved", "global"
// (RFC 6890). "" for others.
std::string_view addressScope(const SocketAddress& address);

}  // namespace sockbench
