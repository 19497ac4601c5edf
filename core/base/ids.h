// Typed ids. 0 is "none" in each.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace sockbench {

// A listener, a client, an accepted connection or a datagram peer. Counted from 1, never reused in a process.
struct SessionId {
  std::uint32_t value = 0;
  explicit operator bool() const { return value != 0; }
  auto operator<=>(const SessionId&) const = default;
};

// A look-up under way in a Resolver. Counted from 1, never reused in a process.
struct LookupId {
  std::uint64_t value = 0;
  explicit operator bool() const { return value != 0; }
  auto operator<=>(const LookupId&) const = default;
};

}  // namespace sockbench

template <>
struct std::hash<sockbench::SessionId> {
  std::size_t operator()(sockbench::SessionId id) const noexcept { return id.value; }
};

template <>
struct std::hash<sockbench::LookupId> {
  std::size_t operator()(sockbench::LookupId id) const noexcept { return static_cast<std::size_t>(id.value); }
};
