#include "core/net/port_range.h"

#include <algorithm>

namespace sockbench {

const std::array<PortRange, 3>& portRanges() {
  static constexpr std::array<PortRange, 3> kRanges{{
      {"well-known", 0, 1023, "System ports: assigned by IANA; to listen on one takes a privilege."},
      {"registered", 1024, 49151, "User ports: assigned by IANA, for any program to listen on."},
      {"dynamic", 49152, 65535, "Private ports: never assigned, for short-lived and local use."},
  }};
  return kRanges;
}

const PortRange& portRangeOf(std::uint16_t port) {
  return *std::ranges::find_if(portRanges(), [port](const PortRange& range) { return port <= range.last; });
}

}  // namespace sockbench
