// Names of hosts, services, protocols and interfaces.
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>

#include <array>
#include <limits>
#include <memory>

#include "core/calls/python/address.h"
#include "core/calls/python/bodies.h"
#include "core/calls/python/host_name.h"
#include "core/resolve/host_database.h"
#include "core/resolve/service_database.h"

namespace sockbench {
namespace {

constexpr int kMostPort = 65535;

CallValue textList(const std::vector<std::string>& texts) {
  CallList list;
  for (const std::string& text : texts) list.items.emplace_back(textFromBytes(text));
  return list;
}

// name, aliases, addresses
CallValue hostValue(const HostInfo& info) {
  return CallTuple{{textFromBytes(info.name), textList(info.aliases), textList(info.addresses)}};
}

// The name of a host as gethostbyname and its kin take it.
std::string hostNameAt(PythonCall& call, std::size_t i) {
  std::string host;
  if (const auto* text = call.at(i).as<std::string>()) {
    host = idnaBytes(*text, i);
  } else if (call.at(i).as<Bytes>() != nullptr || call.at(i).as<CallBuffer>() != nullptr) {
    host = asChars(bytesLike(call.at(i), i));
  } else {
    raiseType(call.name() + "() argument 1 must be str, bytes or bytearray, not " +
                  std::string(call.at(i).typeName()),
              i);
  }
  if (host.contains('\0'))
    raiseType(call.name() + "() argument 1 must be encoded string without null bytes, not " +
                  std::string(call.at(i).typeName()),
              i);
  return host;
}

void willWait() {
  if (KernelWitness* witness = KernelWitness::ofThisThread()) witness->willWait();
}

// getaddrinfo's host: nullopt is the null host.
std::optional<std::string> queriedHost(PythonCall& call) {
  const CallValue& host = call.at(0);
  if (host.isNone()) return std::nullopt;
  if (const auto* text = host.as<std::string>()) return cutAtNul(idnaBytes(*text, 0));
  if (const auto* bytes = host.as<Bytes>()) return cutAtNul(asChars(*bytes));
  raiseType("getaddrinfo() argument 1 must be string or None", 0);
}

std::string queriedService(PythonCall& call) {
  const CallValue& port = call.at(1);
  if (port.isNone()) return {};
  if (port.as<std::int64_t>() != nullptr || port.as<HugeInteger>() != nullptr)
    return std::to_string(cLong(port, 1));
  if (const auto* text = port.as<std::string>()) return cutAtNul(strictUtf8(*text, 1));
  if (const auto* bytes = port.as<Bytes>()) return cutAtNul(asChars(*bytes));
  raiseOs("Int or String expected", 1);
}

// The address of getnameinfo's tuple, which must be written as one. Its parts are judged first.
SocketAddress nameInfoAddress(PythonCall& call) {
  const auto* tuple = call.at(0).as<CallTuple>();
  if (tuple == nullptr) raiseType("getnameinfo() argument 1 must be a tuple", 0);
  const std::vector<CallValue>& items = tuple->items;
  if (items.size() < 2 || items.size() > 4 || items[0].as<std::string>() == nullptr)
    raiseType("getnameinfo(): illegal sockaddr argument", 0);
  const std::string host = plainText(items[0], 0);
  const int port = cInt(items[1], 0);
  const auto flowInfo = items.size() > 2 ? static_cast<std::uint32_t>(cBits(items[2], 0)) : 0;
  const auto scope = items.size() > 3 ? static_cast<std::uint32_t>(cBits(items[3], 0)) : 0;
  if (flowInfo > 0xFFFFF) raiseOverflow("getnameinfo(): flowinfo must be 0-1048575.", 0);
  if (host.empty()) raiseError(Error::fromAddrinfo(Operation::getaddrinfo, EAI_NONAME));
  const AddressAnswer answer = lookUpAddresses(
      {.host = host, .service = std::to_string(port), .type = SOCK_DGRAM, .flags = AI_NUMERICHOST});
  if (answer.results.size() > 1) raiseOs("sockaddr resolved to multiple addresses", 0);
  const SocketAddress& found = answer.results.front().address;
  if (found.family() == AF_INET && items.size() != 2) raiseOs("IPv4 sockaddr must be 2 tuple", 0);
  if (found.family() != AF_INET6) return found;
  sockaddr_in6 address = *reinterpret_cast<const sockaddr_in6*>(found.data());
  address.sin6_flowinfo = htonl(flowInfo);
  address.sin6_scope_id = scope;
  return SocketAddress::fromRaw(reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

// The C library gives no reason when it knows no such entry.
template <class T>
T known(Result<T> entry, const char* why) {
  if (!entry) raiseOs(why, 0);
  return *std::move(entry);
}

// "" is no protocol at all, not any.
std::string protocolAt(PythonCall& call, const char* unknown) {
  if (!call.has(1)) return {};
  std::string protocol = call.textAt(1);
  if (protocol.empty()) raiseOs(unknown, 1);
  return protocol;
}

}  // namespace

CallValue callGethostname(PythonCall&) {
  return textFromBytes(orRaise(getHostName()));
}

CallValue callGetaddrinfo(PythonCall& call) {
  const int family = call.intAt(2, 0);
  const int type = call.intAt(3, 0);
  const int protocol = call.intAt(4, 0);
  const int flags = call.intAt(5, 0);
  const std::optional<std::string> host = queriedHost(call);
  const std::string service = queriedService(call);
  if (host && host->empty()) raiseError(Error::fromAddrinfo(Operation::getaddrinfo, EAI_NONAME));
  const AddressAnswer answer = lookUpAddresses({.host = host.value_or(std::string()),
                                                .service = service,
                                                .family = family,
                                                .type = type,
                                                .protocol = protocol,
                                                .flags = flags});
  CallList list;
  std::string canonicalName = textFromBytes(answer.canonicalName);
  for (const AddressResult& result : answer.results) {
    list.items.emplace_back(CallTuple{{result.family, result.type, result.protocol,
                                       std::exchange(canonicalName, {}), plainAddressValue(result.address)}});
  }
  return list;
}

CallValue callGetnameinfo(PythonCall& call) {
  const int flags = call.intAt(1);
  const SocketAddress address = nameInfoAddress(call);
  willWait();
  const NameInfo info = orRaise(getNameInfo(address, flags));
  return CallTuple{{textFromBytes(info.host), textFromBytes(info.service)}};
}

CallValue callGethostbyname(PythonCall& call) {
  return hostAddress(hostNameAt(call, 0), AF_INET).ip();
}

CallValue callGethostbynameEx(PythonCall& call) {
  const std::string host = hostNameAt(call, 0);
  hostAddress(host, AF_INET);
  willWait();
  return hostValue(orRaise(getHostByName(host)));
}

CallValue callGethostbyaddr(PythonCall& call) {
  const SocketAddress address = hostAddress(hostNameAt(call, 0), AF_UNSPEC);
  willWait();
  return hostValue(orRaise(getHostByAddress(address.ip())));
}

CallValue callGetservbyname(PythonCall& call) {
  constexpr auto kUnknown = "service/proto not found";
  const std::string name = call.textAt(0);
  return int{known(serviceByName(name, protocolAt(call, kUnknown)), kUnknown).port};
}

CallValue callGetservbyport(PythonCall& call) {
  constexpr auto kUnknown = "port/proto not found";
  const int port = call.intAt(0);
  const std::string protocol = call.has(1) ? call.textAt(1) : std::string();
  if (port < 0 || port > kMostPort) raiseOverflow("getservbyport: port must be 0-65535.", 0);
  const std::string checked = protocolAt(call, kUnknown);
  return textFromBytes(known(serviceByPort(static_cast<std::uint16_t>(port), checked), kUnknown).name);
}

CallValue callGetprotobyname(PythonCall& call) {
  return known(protocolByName(call.textAt(0)), "protocol not found").number;
}

CallValue callGetprotobynumber(PythonCall& call) {
  return textFromBytes(known(protocolByNumber(call.intAt(0)), "protocol not found").name);
}

CallValue callIfNameindex(PythonCall&) {
  const std::unique_ptr<struct if_nameindex, decltype(&if_freenameindex)> all(if_nameindex(),
                                                                              &if_freenameindex);
  if (all == nullptr) raiseErrno(Operation::none, errno);
  CallList list;
  for (const struct if_nameindex* entry = all.get(); entry->if_index != 0; ++entry)
    list.items.emplace_back(CallTuple{{std::int64_t{entry->if_index}, textFromBytes(entry->if_name)}});
  return list;
}

CallValue callIfNametoindex(PythonCall& call) {
  const std::uint32_t index = if_nametoindex(pathText(call.at(0), 0).c_str());
  if (index == 0) raiseOs("no interface with this name", 0);
  return std::int64_t{index};
}

CallValue callIfIndextoname(PythonCall& call) {
  const auto index = static_cast<std::uint32_t>(cUnsigned(call.at(0), 0));
  std::array<char, IF_NAMESIZE> name{};
  if (if_indextoname(index, name.data()) == nullptr) raiseErrno(Operation::none, errno);
  return textFromBytes(name.data());
}

}  // namespace sockbench
