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
  // Of options and control types: their level. Of protocols: the family that counts them (AF_CAN,
  // AF_NETLINK, AF_PACKET); 0: the internet's.
  int level = 0;
};

// Every constant of a group, sorted by number, the better name first where a number has several; options of
// all levels, those that socketOptions() knows and those of which only the number is known.
std::span<const NamedNumber> namesOf(NameGroup group);
// The number of a name of any group ("SO_REUSEADDR", "MSG_PEEK", "INADDR_ANY", "CAN_RAW"); nullopt: unknown.
std::optional<std::int64_t> numberOf(std::string_view name);
// The name that a number has in a group; for options, control types and protocols, at that level. Empty:
// none.
std::string_view nameOf(NameGroup group, std::int64_t number, int level = 0);
// "MSG_PEEK | MSG_DONTWAIT", what has no name as 0x10; "0" for none. Of types: "SOCK_RAW | SOCK_NONBLOCK".
std::string flagsText(NameGroup group, std::int64_t flags);
// The constant that was probably meant ("SO_REUSEADR"); empty: none is near, or `name` is beyond 48 bytes.
std::string_view nearestName(std::string_view name);

}  // namespace sockbench
