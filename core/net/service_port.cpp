#include "core/net/service_port.h"

#include <arpa/inet.h>
#include <netdb.h>

#include <cerrno>
#include <charconv>
#include <string>
#include <vector>

namespace sockbench {

std::optional<std::uint16_t> servicePort(std::string_view service, std::string_view protocol) {
  std::uint16_t number = 0;
  const char* end = service.data() + service.size();
  const auto [rest, fault] = std::from_chars(service.data(), end, number);
  if (fault == std::errc() && rest == end) return number;

  const std::string name(service);
  const std::string protocolName(protocol);
  if (name.empty() || name.find('\0') != std::string::npos) return std::nullopt;
  std::vector<char> buffer(1024);
  servent entry{};
  servent* found = nullptr;
  while (getservbyname_r(name.c_str(), protocolName.c_str(), &entry, buffer.data(), buffer.size(), &found) ==
         ERANGE) {
    buffer.resize(buffer.size() * 2);
  }
  if (found == nullptr) return std::nullopt;
  return ntohs(static_cast<std::uint16_t>(found->s_port));
}

}  // namespace sockbench
