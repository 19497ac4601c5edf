// What the kernel knows of a TCP connection at this moment.
#pragma once

#include "core/base/error.h"
#include "core/engine/session_snapshot.h"
#include "core/net/socket.h"

namespace sockbench::detail {

// TCP_INFO and SIOCOUTQ. What an older kernel does not tell stays empty. Errors: the kernel's errno.
Result<TcpSample> takeTcpSample(const Socket& socket);

}  // namespace sockbench::detail
