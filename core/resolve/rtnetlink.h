// RtNetlink: a socket to the kernel's links and addresses (rtnetlink(7)), by libmnl. Private to core/resolve.
#pragma once

#include <libmnl/libmnl.h>

#include <cstdint>
#include <functional>
#include <memory>

#include "core/base/error.h"

namespace sockbench {

struct CloseMnlSocket {
  void operator()(mnl_socket* socket) const { mnl_socket_close(socket); }
};
using MnlSocket = std::unique_ptr<mnl_socket, CloseMnlSocket>;

// A socket that hears `groups` (RTMGRP_*; 0: only answers). `flags`: SOCK_NONBLOCK or 0. Errors: errno.
Result<MnlSocket> openRtNetlink(unsigned groups, int flags);

// Asks for all of `type` (RTM_GETLINK, RTM_GETADDR) and hands on each message of the answer. What changed
// while the answer was made is asked anew, so that it is of one moment: `begin` comes before each answer.
Result<void> dumpRtNetlink(std::uint16_t type, const std::function<void()>& begin,
                           const std::function<void(const nlmsghdr*)>& each);

}  // namespace sockbench
