// The three ranges of port numbers (RFC 6335, section 6). Thread: any.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace sockbench {

struct PortRange {
  std::string_view name;    // "well-known", "registered", "dynamic"
  std::uint16_t first = 0;  // both are part of it
  std::uint16_t last = 0;
  std::string_view meaning;  // one sentence
};

// In the order of their numbers; together they hold every port from 0 to 65535 once.
const std::array<PortRange, 3>& portRanges();
const PortRange& portRangeOf(std::uint16_t port);

}  // namespace sockbench
