// TCP, UDP, UDP-Lite and raw sockets in the kernel's table (linux/inet_diag.h).
#pragma once

#include <linux/inet_diag.h>

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/system/sock_diag.h"
#include "core/system/socket_row.h"

namespace sockbench {

// "tcp over IPv6".
std::string inetSubject(SocketKind kind, int family);

// A question for sockets of `kind` and `family` in `states`, a bit for each of the kernel's states.
inet_diag_req_v2 inetRequest(SocketKind kind, int family, std::uint32_t states);

// Adds them to `rows`. Errors: SockDiag::dump(); what was read before one is added all the same.
Result<void> dumpInet(SockDiag& diag, SocketKind kind, int family, std::uint32_t states,
                      std::vector<SocketRow>& rows);

}  // namespace sockbench
