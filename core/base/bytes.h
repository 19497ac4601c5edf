// Byte views and owned bytes: the one spelling of "some bytes" in the project.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sockbench {

using Bytes = std::vector<std::byte>;
using ByteView = std::span<const std::byte>;

// The bytes of `text` as a view; it lives as long as `text`.
inline ByteView asBytes(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

// The same bytes as characters; no decoding is done.
inline std::string_view asChars(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

inline Bytes toBytes(std::string_view text) {
  const ByteView view = asBytes(text);
  return {view.begin(), view.end()};
}

}  // namespace sockbench
