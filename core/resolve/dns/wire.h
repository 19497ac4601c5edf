// Numbers in network order. Private to core/resolve.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/base/bytes.h"

namespace sockbench::dns {

// `at` and what it reads lie within `bytes`.
inline std::uint8_t read8(ByteView bytes, std::size_t at) {
  return std::to_integer<std::uint8_t>(bytes[at]);
}
inline std::uint16_t read16(ByteView bytes, std::size_t at) {
  return static_cast<std::uint16_t>(read8(bytes, at) << 8 | read8(bytes, at + 1));
}
inline std::uint32_t read32(ByteView bytes, std::size_t at) {
  return static_cast<std::uint32_t>(read16(bytes, at)) << 16 | read16(bytes, at + 2);
}

inline void append16(Bytes& bytes, std::uint16_t value) {
  bytes.push_back(static_cast<std::byte>(value >> 8));
  bytes.push_back(static_cast<std::byte>(value & 255));
}

}  // namespace sockbench::dns
