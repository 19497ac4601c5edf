// What has changed between two looks at the machine's interfaces. Thread: any.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/resolve/interfaces.h"

namespace sockbench {

struct InterfaceChange {
  enum class What : std::uint8_t {
    added,
    removed,
    renamed,  // `from` and `to` are names
    up,
    down,
    flags,  // others than up; `from` and `to` are their names
    mtu,
    mac,
    addressAdded,    // `to` is "ADDRESS/PREFIX"
    addressRemoved,  // `from` is it
    addressChanged   // `to` is it: its flags, its broadcast address or its peer
  };

  What what = What::added;
  unsigned index = 0;
  std::string name;  // of the interface, as it is now, or was
  std::string from = {};
  std::string to = {};
  bool operator==(const InterfaceChange&) const = default;
};

// By index; of an interface in the order of What. An interface that is new or gone says nothing of its
// addresses. Interfaces are the same by their index, addresses by address and prefix.
std::vector<InterfaceChange> interfaceChanges(const std::vector<NetworkInterface>& before,
                                              const std::vector<NetworkInterface>& after);

// "192.0.2.1/24", "fe80::1%eth0/64".
std::string addressWithPrefix(const InterfaceAddress& address);

}  // namespace sockbench
