// UNIX sockets in the kernel's table (linux/unix_diag.h).
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/error.h"
#include "core/system/sock_diag.h"
#include "core/system/socket_row.h"

namespace sockbench {

// Adds those in `states`, a bit for each of the kernel's states, to `rows`; their peers' names are known as
// far as the peers are among them. Errors: SockDiag::dump(); what was read before one is added all the same.
Result<void> dumpUnix(SockDiag& diag, std::uint32_t states, std::vector<SocketRow>& rows);

}  // namespace sockbench
