#include "core/net/interface_name.h"

#include <net/if.h>

#include <array>
#include <charconv>

namespace sockbench {

std::uint32_t interfaceIndex(std::string_view nameOrNumber) {
  const std::string name(nameOrNumber);
  if (name.size() >= IF_NAMESIZE || name.find('\0') != std::string::npos) return 0;
  if (const std::uint32_t index = if_nametoindex(name.c_str())) return index;
  std::uint32_t number = 0;
  const char* end = name.data() + name.size();
  const auto [rest, error] = std::from_chars(name.data(), end, number);
  std::array<char, IF_NAMESIZE> found{};
  const bool isIndex = error == std::errc() && rest == end && if_indextoname(number, found.data()) != nullptr;
  return isIndex ? number : 0;
}

std::string interfaceName(std::uint32_t index) {
  std::array<char, IF_NAMESIZE> name{};
  return if_indextoname(index, name.data()) != nullptr ? name.data() : std::to_string(index);
}

}  // namespace sockbench
