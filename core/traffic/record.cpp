#include "core/traffic/record.h"

#include <array>

namespace sockbench {

std::string_view recordKindName(RecordKind k) {
  static constexpr std::array<std::string_view, kRecordKinds> kNames = {
      "resolving", "resolved", "connecting", "connected", "listening",   "accepted",
      "paused",    "resumed",  "in",         "out",       "half-closed", "closed",
      "reset",     "error",    "dropped",    "option",    "automatic"};
  return kNames.at(static_cast<std::size_t>(k));
}

std::string_view directionName(Direction d) {
  static constexpr std::array<std::string_view, 3> kNames = {"none", "in", "out"};
  return kNames.at(static_cast<std::size_t>(d));
}

std::string_view partyName(Party p) {
  static constexpr std::array<std::string_view, 3> kNames = {"", "us", "peer"};
  return kNames.at(static_cast<std::size_t>(p));
}

}  // namespace sockbench
