// Control messages of recvmsg(2) in words: cmsg(3), unix(7), ip(7), ipv6(7), socket(7), udp(7).
#pragma once

#include "core/calls/python/python_call.h"
#include "core/net/socket.h"

namespace sockbench {

// Gives "ancillary" (a list; each message a list of pairs, "level" and "type" first) and, where the kernel
// had no room for all of it, "control_truncated". Descriptors that came are kept by the bench.
void giveAncillary(PythonCall& call, const Received& received);

}  // namespace sockbench
