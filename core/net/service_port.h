// A service's port as getservbyname(3) knows it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sockbench {

// `service` is decimal digits (0 to 65535) or a name; `protocol` is "tcp" or "udp". Thread: any.
std::optional<std::uint16_t> servicePort(std::string_view service, std::string_view protocol);

}  // namespace sockbench
