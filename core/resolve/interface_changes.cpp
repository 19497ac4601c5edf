#include "core/resolve/interface_changes.h"

#include <linux/if.h>

#include <algorithm>

namespace sockbench {

namespace {

using What = InterfaceChange::What;

std::string flagText(std::uint32_t flags) {
  std::string text;
  for (const std::string_view name : interfaceFlagNames(flags))
    text += (text.empty() ? "" : " ") + std::string(name);
  return text;
}

// The zone of a link-local address goes with the interface's name.
bool isSame(const InterfaceAddress& a, const InterfaceAddress& b) {
  return a.address == b.address && a.prefix == b.prefix;
}

const InterfaceAddress* find(const NetworkInterface& in, const InterfaceAddress& wanted) {
  const auto found = std::ranges::find_if(in.addresses, [&](const auto& one) { return isSame(one, wanted); });
  return found == in.addresses.end() ? nullptr : &*found;
}

void compareAddresses(const NetworkInterface& before, const NetworkInterface& after,
                      std::vector<InterfaceChange>& changes) {
  const auto add = [&](What what, std::string from, std::string to) {
    changes.push_back({what, after.index, after.name, std::move(from), std::move(to)});
  };
  for (const InterfaceAddress& one : after.addresses)
    if (find(before, one) == nullptr) add(What::addressAdded, {}, addressWithPrefix(one));
  for (const InterfaceAddress& one : before.addresses)
    if (find(after, one) == nullptr) add(What::addressRemoved, addressWithPrefix(one), {});
  for (const InterfaceAddress& one : after.addresses) {
    const InterfaceAddress* was = find(before, one);
    if (was != nullptr && *was != one) add(What::addressChanged, {}, addressWithPrefix(one));
  }
}

void compare(const NetworkInterface& before, const NetworkInterface& after,
             std::vector<InterfaceChange>& changes) {
  const auto add = [&](What what, std::string from = {}, std::string to = {}) {
    changes.push_back({what, after.index, after.name, std::move(from), std::move(to)});
  };
  if (before.name != after.name) add(What::renamed, before.name, after.name);
  if (before.up != after.up) add(after.up ? What::up : What::down);
  if (((before.flags ^ after.flags) & ~static_cast<std::uint32_t>(IFF_UP)) != 0)
    add(What::flags, flagText(before.flags), flagText(after.flags));
  if (before.mtu != after.mtu) add(What::mtu, std::to_string(before.mtu), std::to_string(after.mtu));
  if (before.mac != after.mac) add(What::mac, before.mac, after.mac);
  compareAddresses(before, after, changes);
}

}  // namespace

std::vector<InterfaceChange> interfaceChanges(const std::vector<NetworkInterface>& before,
                                              const std::vector<NetworkInterface>& after) {
  std::vector<InterfaceChange> changes;
  for (const NetworkInterface& one : after) {
    const auto was = std::ranges::find(before, one.index, &NetworkInterface::index);
    if (was == before.end())
      changes.push_back({What::added, one.index, one.name});
    else
      compare(*was, one, changes);
  }
  for (const NetworkInterface& one : before) {
    if (std::ranges::find(after, one.index, &NetworkInterface::index) == after.end())
      changes.push_back({What::removed, one.index, one.name});
  }
  std::ranges::stable_sort(changes, {}, &InterfaceChange::index);
  return changes;
}

std::string addressWithPrefix(const InterfaceAddress& address) {
  return address.address.ip() + "/" + std::to_string(address.prefix);
}

}  // namespace sockbench
