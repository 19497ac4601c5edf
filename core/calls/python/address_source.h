// What the readers of each family's addresses share.
#pragma once

#include <sys/socket.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/calls/python/python_call.h"
#include "core/net/socket_address.h"

namespace sockbench {

struct AddressSource {
  PythonCall& call;
  std::size_t argument;  // which argument the address is

  const CallValue& value() const { return call.at(argument); }
  // The tuple's items. type: no tuple, or not `least` to `most` of them (`shape` says which are wanted).
  const std::vector<CallValue>& items(std::string_view family, std::size_t least, std::size_t most,
                                      const std::string& shape) const;
  int integer(const CallValue& item) const { return cInt(item, argument); }
  std::uint32_t unsigned32(const CallValue& item) const {
    return static_cast<std::uint32_t>(cBits(item, argument));
  }
  // An overflow that names the call: "bind(): port must be 0-65535."
  [[noreturn]] void outOfRange(const std::string& what) const;
  // The interface's index by SIOCGIFINDEX. os: ENODEV.
  int interfaceIndex(const std::string& name) const;
};

template <class Family>
SocketAddress rawAddress(const Family& address, std::size_t length = sizeof(Family)) {
  return SocketAddress::fromRaw(reinterpret_cast<const sockaddr*>(&address), static_cast<socklen_t>(length));
}

// One for each family that is more than a host and a port; see address.h.
SocketAddress readPacketAddress(const AddressSource& source);
SocketAddress readCanAddress(const AddressSource& source);
SocketAddress readVsockAddress(const AddressSource& source);
SocketAddress readTipcAddress(const AddressSource& source);
SocketAddress readAlgAddress(const AddressSource& source);
SocketAddress readQipcrtrAddress(const AddressSource& source);

}  // namespace sockbench
