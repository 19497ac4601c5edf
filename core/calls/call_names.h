// The names of this system's constants and their numbers, both ways. Thread: any.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/calls/call_registry.h"

namespace sockbench {

struct NamedNumber {
  std::string_view name;  // "AF_INET"
  std::int64_t number;
  NameGroup group;
  std::string_view meaning;  // a few words; may be empty
  int level = 0;             // of options and control types: their level
};

// Every constant of a group, sorted by number; options of all levels that core/net's table knows and those
// that only Calls knows.
std::span<const NamedNumber> namesOf(NameGroup group);
// The number of a name of any group ("SO_REUSEADDR", "MSG_PEEK", "INADDR_ANY", "CAN_RAW"); nullopt: unknown.
std::optional<std::int64_t> numberOf(std::string_view name);
// The name that a number has in a group; for options and control types, at that level. Empty: none.
std::string_view nameOf(NameGroup group, std::int64_t number, int level = 0);
// "MSG_PEEK | MSG_DONTWAIT", what has no name as 0x10; "0" for none.
std::string flagsText(NameGroup group, std::int64_t flags);
// The constant that was probably meant ("SO_REUSEADR"); empty: none is near.
std::string_view nearestName(std::string_view name);

}  // namespace sockbench
