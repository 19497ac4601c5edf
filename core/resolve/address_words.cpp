#include <netdb.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>

#include "core/resolve/host_database.h"

namespace sockbench {

Result<std::string> getHostName() {
  std::array<char, HOST_NAME_MAX + 1> name{};
  if (::gethostname(name.data(), name.size()) != 0) {
    return std::unexpected(Error::fromErrno(Operation::gethostname, errno));
  }
  return std::string(name.data());
}

const std::vector<AddressFlag>& addressFlags() {
  static const std::vector<AddressFlag> kFlags = {
      {"passive", "AI_PASSIVE", AI_PASSIVE, "Without a host, answer the wildcard address, to listen on"},
      {"canonname", "AI_CANONNAME", AI_CANONNAME, "Answer the host's canonical name too"},
      {"numerichost", "AI_NUMERICHOST", AI_NUMERICHOST, "The host is an address: look up no name"},
      {"numericserv", "AI_NUMERICSERV", AI_NUMERICSERV, "The service is a port number: look up no name"},
      {"addrconfig", "AI_ADDRCONFIG", AI_ADDRCONFIG, "Only families of which this machine has an address"},
      {"v4mapped", "AI_V4MAPPED", AI_V4MAPPED,
       "For inet6, IPv4 addresses as ::ffff:a.b.c.d if there is no IPv6 one"},
      {"all", "AI_ALL", AI_ALL, "With v4mapped, IPv4 addresses as well as IPv6 ones"},
  };
  return kFlags;
}

std::string familyName(int family) {
  switch (family) {
    case AF_UNSPEC:
      return "AF_UNSPEC";
    case AF_INET:
      return "AF_INET";
    case AF_INET6:
      return "AF_INET6";
    case AF_UNIX:
      return "AF_UNIX";
    default:
      return "AF#" + std::to_string(family);
  }
}

std::string socketTypeName(int type) {
  switch (type) {
    case SOCK_STREAM:
      return "SOCK_STREAM";
    case SOCK_DGRAM:
      return "SOCK_DGRAM";
    case SOCK_RAW:
      return "SOCK_RAW";
    case SOCK_RDM:
      return "SOCK_RDM";
    case SOCK_SEQPACKET:
      return "SOCK_SEQPACKET";
    default:
      return "SOCK#" + std::to_string(type);
  }
}

}  // namespace sockbench
