// Numbers as digits. Thread: any.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>

namespace sockbench {

// Zeros in front up to `width` characters.
inline std::string zeroPadded(std::string digits, std::size_t width) {
  return digits.insert(0, width - std::min(width, digits.size()), '0');
}

inline std::string decimalDigits(std::uint64_t value, std::size_t width = 1) {
  return zeroPadded(std::to_string(value), width);
}

inline std::string hexDigits(std::uint64_t value, std::size_t width = 1) {
  std::string digits;
  do digits.insert(0, 1, "0123456789abcdef"[value & 0xF]);
  while ((value >>= 4) != 0);
  return zeroPadded(std::move(digits), width);
}

}  // namespace sockbench
