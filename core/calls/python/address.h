// Socket addresses as Python writes them:
//   AF_INET      (host, port)                          AF_UNIX     str, or bytes (a leading NUL: abstract)
//   AF_INET6     (host, port[, flowinfo[, scope_id]])  AF_NETLINK  (pid, groups)
//   AF_PACKET    (interface, proto[, pkttype[, hatype[, address]]])
//   AF_VSOCK     (cid, port)                           AF_QIPCRTR  (node, port)
//   AF_TIPC      (addr_type, v1, v2, v3[, scope])      AF_ALG      (type, name[, feat[, mask]])
//   AF_CAN       (interface,); CAN_ISOTP (interface, rx_id, tx_id);
//                CAN_J1939 (interface, name, pgn, addr)
#pragma once

#include <cstddef>

#include "core/calls/call_value.h"
#include "core/calls/python/python_call.h"
#include "core/net/socket_address.h"

namespace sockbench {

// The address at positional argument `argument`, of the socket's own family. Names are looked up, interfaces
// asked for. Throws RaisedFault: type, value, overflow; gai; os (EBADF, ENODEV, "AF_UNIX path too long").
SocketAddress addressAt(PythonCall& call, std::size_t argument);

// An address that the kernel gave, on the socket of the call; None for an empty one.
CallValue addressValue(PythonCall& call, const SocketAddress& address);
// The same without a socket: for the families of the Internet and UNIX.
CallValue plainAddressValue(const SocketAddress& address);

}  // namespace sockbench
