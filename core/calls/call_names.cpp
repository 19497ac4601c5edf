#include "core/calls/call_names.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <unordered_map>
#include <vector>

#include "core/base/edit_distance.h"
#include "core/calls/call_name_tables.h"
#include "core/net/socket_options.h"

namespace sockbench {
namespace {

constexpr std::size_t kGroups = static_cast<std::size_t>(NameGroup::other) + 1;

using Groups = std::array<std::vector<NamedNumber>, kGroups>;

std::size_t indexOf(NameGroup group) {
  return static_cast<std::size_t>(group);
}

Groups gather() {
  Groups groups;
  for (const OptionInfo& option : socketOptions())
    groups[indexOf(NameGroup::option)].push_back(
        {option.name, option.number, NameGroup::option, option.meaning, option.level});
  for (const auto table : {familyNames(), protocolNames(), levelNames(), extraOptionNames(), flagNames(),
                           controlNames(), internetNames(), familyValueNames()})
    for (const NamedNumber& row : table) groups[indexOf(row.group)].push_back(row);
  for (auto& group : groups) std::ranges::stable_sort(group, {}, &NamedNumber::number);
  return groups;
}

const Groups& groups() {
  static const Groups all = gather();
  return all;
}

const std::unordered_map<std::string_view, std::int64_t>& numbers() {
  static const auto all = [] {
    std::unordered_map<std::string_view, std::int64_t> byName;
    for (const auto& group : groups())
      for (const NamedNumber& row : group) byName.emplace(row.name, row.number);
    return byName;
  }();
  return all;
}

bool hasLevels(NameGroup group) {
  return group == NameGroup::option || group == NameGroup::controlType || group == NameGroup::protocol;
}

void append(std::string& text, std::string_view word) {
  if (!text.empty()) text += " | ";
  text += word;
}

std::string hex(std::uint64_t number) {
  std::array<char, 16> digits{};
  const auto end = std::to_chars(digits.begin(), digits.end(), number, 16).ptr;
  return "0x" + std::string(digits.begin(), end);
}

// The bits of a socket's type that are a number and not flags (SOCK_TYPE_MASK of the kernel).
constexpr std::uint64_t kTypeBits = 0xf;

}  // namespace

std::span<const NamedNumber> namesOf(NameGroup group) {
  return groups()[indexOf(group)];
}

std::optional<std::int64_t> numberOf(std::string_view name) {
  const auto found = numbers().find(name);
  if (found == numbers().end()) return std::nullopt;
  return found->second;
}

std::string_view nameOf(NameGroup group, std::int64_t number, int level) {
  for (const NamedNumber& row : std::ranges::equal_range(namesOf(group), number, {}, &NamedNumber::number))
    if (!hasLevels(group) || row.level == level) return row.name;
  return {};
}

std::string flagsText(NameGroup group, std::int64_t flags) {
  if (flags == 0) return "0";
  auto left = static_cast<std::uint64_t>(flags);
  std::string text;
  if (group == NameGroup::type) {
    const auto type = nameOf(group, static_cast<std::int64_t>(left & kTypeBits));
    if (!type.empty()) {
      append(text, type);
      left &= ~kTypeBits;
    }
  }
  for (std::uint64_t bit = 1; bit != 0 && bit <= left; bit <<= 1U) {
    if ((left & bit) == 0) continue;
    const auto name = nameOf(group, static_cast<std::int64_t>(bit));
    if (name.empty()) continue;
    append(text, name);
    left &= ~bit;
  }
  if (left != 0) append(text, hex(left));
  return text;
}

std::string_view nearestName(std::string_view name) {
  constexpr std::size_t kLongest = 48;  // no name is as long; what is longer is no slip of the finger
  if (name.empty() || name.size() > kLongest) return {};
  std::string_view nearest;
  std::size_t least = name.size() / 4 + 1;
  for (const auto& group : groups()) {
    for (const NamedNumber& row : group) {
      const std::size_t apart = editDistance(name, row.name);
      if (apart < least || (apart == least && nearest.empty())) {
        least = apart;
        nearest = row.name;
      }
    }
  }
  return nearest;
}

}  // namespace sockbench
