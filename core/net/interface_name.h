// Interfaces by name and number.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sockbench {

// The index of the interface with this name or number; 0: there is none. if_nametoindex(3).
std::uint32_t interfaceIndex(std::string_view nameOrNumber);

// The interface's name, or the index in digits when it names none. if_indextoname(3).
std::string interfaceName(std::uint32_t index);

}  // namespace sockbench
