// /etc/services and /etc/protocols through the C library. Thread: any.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"

namespace sockbench {

struct ServiceEntry {
  std::string name;
  std::uint16_t port = 0;
  std::string protocol;  // "tcp", "udp", ...
  std::vector<std::string> aliases;
};

struct ProtocolEntry {
  std::string name;
  int number = 0;
  std::vector<std::string> aliases;
};

// `protocol` empty: any. Unknown: InputFault::unknownName (the C library gives no reason).
Result<ServiceEntry> serviceByName(std::string_view name, std::string_view protocol = {});
Result<ServiceEntry> serviceByPort(std::uint16_t port, std::string_view protocol = {});
Result<ProtocolEntry> protocolByName(std::string_view name);
Result<ProtocolEntry> protocolByNumber(int number);

// The whole tables, in the files' order. One caller at a time walks the C library's cursor (a lock inside).
std::vector<ServiceEntry> allServices();
std::vector<ProtocolEntry> allProtocols();

}  // namespace sockbench
