// Numbers out of bytes, in either order.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "core/base/bytes.h"

namespace sockbench {

// `bytes` has to hold them.
template <class T>
T numberAt(ByteView bytes, std::size_t at, bool swapped) {
  T number;
  std::memcpy(&number, bytes.data() + at, sizeof number);
  return swapped ? std::byteswap(number) : number;
}

template <class T>
T networkNumberAt(ByteView bytes, std::size_t at) {
  return numberAt<T>(bytes, at, std::endian::native == std::endian::little);
}

inline std::uint8_t octetAt(ByteView bytes, std::size_t at) {
  return static_cast<std::uint8_t>(bytes[at]);
}

}  // namespace sockbench
