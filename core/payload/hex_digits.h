// Single hexadecimal digits, shared by hex.cpp and the escapes.
#pragma once

#include <optional>
#include <string_view>

namespace sockbench {

inline constexpr std::string_view kHexDigits = "0123456789abcdef";

// The value of '0'-'9', 'a'-'f', 'A'-'F'; nullopt for any other character, whatever the locale.
constexpr std::optional<unsigned> hexDigitValue(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
  return std::nullopt;
}

}  // namespace sockbench
