// The name servers of a resolv.conf(5). Private to core/resolve.
#pragma once

#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/net/socket_address.h"

namespace sockbench::dns {

inline constexpr std::uint16_t kPort = 53;

// Those that `path` names, in order, at port 53; 127.0.0.1 when it names none or does not exist, as
// getaddrinfo(3) has it. Errors: open(2)'s and read(2)'s; DnsFault::noServer when it names some and none of
// them is an address of this machine's world. Thread: any.
Result<std::vector<SocketAddress>> serversOf(const std::string& path);

}  // namespace sockbench::dns
