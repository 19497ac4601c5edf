// Addresses of the families that nearly everybody uses, from Python's form to the kernel's.
#include <linux/netlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/un.h>

#include <cstring>

#include "core/calls/python/address.h"
#include "core/calls/python/address_source.h"
#include "core/calls/python/host_name.h"

namespace sockbench {

const std::vector<CallValue>& AddressSource::items(std::string_view family, std::size_t least,
                                                   std::size_t most, const std::string& shape) const {
  const auto* tuple = value().as<CallTuple>();
  if (tuple == nullptr)
    raiseType(call.name() + "(): " + std::string(family) + " address must be tuple, not " +
                  std::string(value().typeName()),
              argument);
  if (tuple->items.size() < least || tuple->items.size() > most)
    raiseType(std::string(family) + " address must be " + shape, argument);
  return tuple->items;
}

void AddressSource::outOfRange(const std::string& what) const {
  raiseOverflow(call.name() + "(): " + what, argument);
}

int AddressSource::interfaceIndex(const std::string& name) const {
  ifreq request{};
  std::strncpy(request.ifr_name, name.c_str(), sizeof request.ifr_name - 1);
  const int descriptor = call.descriptor();
  const auto ask = [&] { return ioctl(descriptor, SIOCGIFINDEX, &request); };
  if (witnessed("ioctl(SIOCGIFINDEX)", ask) != 0) raiseErrno(Operation::ioctl, errno);
  return request.ifr_ifindex;
}

namespace {

constexpr int kMostPort = 65535;
constexpr std::uint32_t kMostFlowInfo = 0xFFFFF;

int portNumber(const AddressSource& source, const CallValue& item) {
  try {
    return source.integer(item);
  } catch (const RaisedFault& raised) {
    if (raised.fault.kind != CallFaultKind::overflow) throw;
  }
  source.outOfRange("port must be 0-65535.");
}

// The host is looked up before the range of the port is judged, as Python does.
SocketAddress readIpv4(const AddressSource& source) {
  const auto& items = source.items("AF_INET", 2, 2, "a pair (host, port)");
  const std::string host = hostText(items[0], source.argument);
  const int port = portNumber(source, items[1]);
  const SocketAddress address = hostAddress(host, AF_INET);
  if (port < 0 || port > kMostPort) source.outOfRange("port must be 0-65535.");
  return address.withPort(static_cast<std::uint16_t>(port));
}

SocketAddress readIpv6(const AddressSource& source) {
  const auto& items = source.items("AF_INET6", 2, 4, "a tuple (host, port[, flowinfo[, scopeid]])");
  const std::string host = hostText(items[0], source.argument);
  const int port = portNumber(source, items[1]);
  const std::uint32_t flowInfo = items.size() > 2 ? source.unsigned32(items[2]) : 0;
  const std::uint32_t scope = items.size() > 3 ? source.unsigned32(items[3]) : 0;
  const SocketAddress found = hostAddress(host, AF_INET6);
  if (port < 0 || port > kMostPort) source.outOfRange("port must be 0-65535.");
  if (flowInfo > kMostFlowInfo) source.outOfRange("flowinfo must be 0-1048575.");
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_port = htons(static_cast<std::uint16_t>(port));
  address.sin6_flowinfo = htonl(flowInfo);
  address.sin6_scope_id = scope;
  const ByteView bytes = found.ipBytes();
  if (bytes.size() == sizeof address.sin6_addr) std::memcpy(&address.sin6_addr, bytes.data(), bytes.size());
  return rawAddress(address);
}

// A NUL within a file's name goes to the kernel, which ends the name there.
SocketAddress readUnix(const AddressSource& source) {
  std::string path;
  if (const auto* text = source.value().as<std::string>()) {
    path = pathBytes(*text, source.argument);
  } else {
    path = asChars(bytesLike(source.value(), source.argument));
  }
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const bool unterminated = path.empty() || path.front() == '\0';
  const std::size_t most = unterminated ? sizeof address.sun_path : sizeof address.sun_path - 1;
  if (path.size() > most) raiseOs("AF_UNIX path too long", source.argument);
  if (!path.empty()) std::memcpy(address.sun_path, path.data(), path.size());
  return rawAddress(address, offsetof(sockaddr_un, sun_path) + path.size() + (unterminated ? 0 : 1));
}

SocketAddress readNetlink(const AddressSource& source) {
  const auto& items = source.items("AF_NETLINK", 2, 2, "a pair (pid, groups)");
  sockaddr_nl address{};
  address.nl_family = AF_NETLINK;
  address.nl_pid = source.unsigned32(items[0]);
  address.nl_groups = source.unsigned32(items[1]);
  return rawAddress(address);
}

}  // namespace

SocketAddress addressAt(PythonCall& call, std::size_t argument) {
  const AddressSource source{call, argument};
  switch (call.socket().family()) {
    case AF_INET:
      return readIpv4(source);
    case AF_INET6:
      return readIpv6(source);
    case AF_UNIX:
      return readUnix(source);
    case AF_NETLINK:
      return readNetlink(source);
    case AF_PACKET:
      return readPacketAddress(source);
    case AF_CAN:
      return readCanAddress(source);
    case AF_VSOCK:
      return readVsockAddress(source);
    case AF_TIPC:
      return readTipcAddress(source);
    case AF_ALG:
      return readAlgAddress(source);
    case AF_QIPCRTR:
      return readQipcrtrAddress(source);
    default:
      raiseOs(call.name() + "(): bad family", argument);
  }
}

}  // namespace sockbench
