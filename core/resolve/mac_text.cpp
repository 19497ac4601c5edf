#include "core/resolve/mac_text.h"

#include <array>

namespace sockbench {

std::string macText(ByteView bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::byte byte : bytes) {
    if (!text.empty()) text += ':';
    text += kDigits[std::to_integer<std::size_t>(byte >> 4)];
    text += kDigits[std::to_integer<std::size_t>(byte & std::byte{0xF})];
  }
  return text;
}

std::string macText(std::uint64_t mac) {
  std::array<std::byte, 6> bytes;
  for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte, mac >>= 8) *byte = std::byte(mac & 0xFF);
  return macText(bytes);
}

}  // namespace sockbench
