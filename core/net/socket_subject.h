// What an error of a socket call says it was done to.
#pragma once

#include <string>

#include "core/net/socket_address.h"

namespace sockbench {

// The endpoint's text where the socket has one ("tcp://127.0.0.1:9", "unix-dgram:/tmp/x"), else the
// address's.
std::string socketSubject(int descriptor, const SocketAddress& address);

}  // namespace sockbench
