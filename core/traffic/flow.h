// Flow: the two ends of a session at a moment; many records share one.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "core/base/ids.h"
#include "core/net/endpoint.h"
#include "core/net/socket_address.h"

namespace sockbench {

// Immutable once handed to a record (a session that learns its local address makes a new one, perhaps from a
// copy). Its records go to one log. Thread: any.
struct Flow {
  SessionId session;
  SessionId parent;  // the listener of an accepted session or datagram peer; none for others
  Transport transport = Transport::tcp;
  // What carries it where no Transport does: "raw", "packet", "netlink"; in static memory. Empty:
  // `transport`.
  std::string_view otherTransport;
  SocketAddress local;
  SocketAddress peer;
  std::uint32_t interface = 0;  // index of the interface on which a datagram came; 0: not told

 private:
  friend class RecordRing;
  friend class SpillStore;
  // Where this object stands in the log's newest chunk that names it, and the newest rows on disk that do;
  // guarded by the log's lock. A copy stands nowhere.
  struct Place {
    std::uint64_t chunk = ~std::uint64_t{0};
    std::uint64_t spilled = ~std::uint64_t{0};
    std::uint32_t index = 0;
    Place() = default;
    Place(const Place&) {}
    Place& operator=(const Place&) { return *this; }
  };
  mutable Place place_;
};

inline std::string_view transportName(const Flow& flow) {
  return flow.otherTransport.empty() ? transportName(flow.transport) : flow.otherTransport;
}

using FlowPtr = std::shared_ptr<const Flow>;

}  // namespace sockbench
