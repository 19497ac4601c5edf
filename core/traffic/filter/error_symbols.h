// Every error that has a name, by its name.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "core/base/error.h"

namespace sockbench {

// An error of some domain in one number: what a filter compares.
constexpr std::int64_t errorNumber(ErrorDomain domain, int code) {
  return static_cast<std::int64_t>(domain) << 32 | static_cast<std::uint32_t>(code);
}

// "ECONNREFUSED", "EAI_NONAME", "BAD_PORT", ...; errnos first, by their numbers. In static memory.
std::span<const std::string_view> errorSymbols();
// Of Error::symbol(), or of another name of the same errno (EWOULDBLOCK).
std::optional<std::int64_t> errorNumberOf(std::string_view symbol);

}  // namespace sockbench
