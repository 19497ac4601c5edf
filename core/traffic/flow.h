// Flow: the two ends of a session at a moment; many records share one.
#pragma once

#include <cstdint>
#include <memory>

#include "core/base/ids.h"
#include "core/net/endpoint.h"
#include "core/net/socket_address.h"

namespace sockbench {

// Immutable once handed to a record (a session that learns its local address makes a new one). Thread: any.
struct Flow {
  SessionId session;
  SessionId parent;  // the listener of an accepted session or datagram peer; none for others
  Transport transport = Transport::tcp;
  SocketAddress local;
  SocketAddress peer;

 private:
  friend class TrafficLog;  // where this flow stands in the newest chunk; guarded by the log's lock
  mutable std::uint64_t chunk_ = ~std::uint64_t{0};
  mutable std::uint32_t index_ = 0;
};

using FlowPtr = std::shared_ptr<const Flow>;

}  // namespace sockbench
