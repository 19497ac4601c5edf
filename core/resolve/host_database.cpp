#include "core/resolve/host_database.h"

#include <arpa/inet.h>
#include <netdb.h>

#include <array>
#include <memory>
#include <utility>

#include "core/resolve/c_library.h"

namespace sockbench {

namespace {

using AddressList = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

// What the library found fault with: the service where it says so, else the host.
std::unexpected<Error> addressError(const AddressQuery& query, int status) {
  const std::string host = query.host.empty() ? "*" : query.host;
  return std::unexpected(
      Error::fromAddrinfo(Operation::getaddrinfo, status, status == EAI_SERVICE ? query.service : host));
}

AddressAnswer toAnswer(const addrinfo* first) {
  AddressAnswer answer;
  if (first != nullptr && first->ai_canonname != nullptr) answer.canonicalName = first->ai_canonname;
  for (const addrinfo* entry = first; entry != nullptr; entry = entry->ai_next) {
    answer.results.push_back({.family = entry->ai_family,
                              .type = entry->ai_socktype,
                              .protocol = entry->ai_protocol,
                              .address = SocketAddress::fromRaw(entry->ai_addr, entry->ai_addrlen)});
  }
  return answer;
}

// The text of an address as a hostent holds it: bare bytes of the entry's family.
std::string addressText(int family, const char* bytes) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  return inet_ntop(family, bytes, text.data(), text.size()) == nullptr ? std::string() : text.data();
}

HostInfo toHostInfo(const hostent& entry) {
  HostInfo info{.name = entry.h_name, .aliases = {}, .addresses = {}};
  for (char** alias = entry.h_aliases; *alias != nullptr; ++alias) info.aliases.emplace_back(*alias);
  for (char** address = entry.h_addr_list; *address != nullptr; ++address) {
    info.addresses.push_back(addressText(entry.h_addrtype, *address));
  }
  return info;
}

// `lookUp` is gethostbyname2_r or gethostbyaddr_r, given its last five arguments.
template <class LookUp>
Result<HostInfo> hostEntry(Operation op, std::string subject, LookUp lookUp) {
  HostInfo info;
  int fault = 0;
  const int status =
      callReentrant<hostent>([&](hostent* entry, char* buffer, std::size_t size,
                                 hostent** found) { return lookUp(entry, buffer, size, found, &fault); },
                             [&](const hostent& entry) { info = toHostInfo(entry); });
  if (status == 0) return info;
  if (fault == NETDB_INTERNAL) return std::unexpected(Error::fromErrno(op, status, std::move(subject)));
  if (fault == NETDB_SUCCESS) fault = HOST_NOT_FOUND;
  return std::unexpected(Error::fromHostdb(op, fault, std::move(subject)));
}

}  // namespace

Result<AddressAnswer> getAddressInfo(const AddressQuery& query) {
  const std::string host = query.host == "*" ? std::string() : query.host;
  if (hasNul(host) || hasNul(query.service)) return addressError(query, EAI_NONAME);
  addrinfo hints{};
  hints.ai_family = query.family;
  hints.ai_socktype = query.type;
  hints.ai_protocol = query.protocol;
  hints.ai_flags = query.flags;
  addrinfo* found = nullptr;
  const int status = ::getaddrinfo(orNull(host), orNull(query.service), &hints, &found);
  if (status != 0) return addressError(query, status);
  const AddressList list(found, &freeaddrinfo);
  return toAnswer(list.get());
}

Result<NameInfo> getNameInfo(const SocketAddress& address, int flags) {
  std::array<char, NI_MAXHOST> host{};
  std::array<char, NI_MAXSERV> service{};
  const int status = ::getnameinfo(address.data(), address.length(), host.data(), host.size(), service.data(),
                                   service.size(), flags);
  if (status != 0) {
    return std::unexpected(Error::fromAddrinfo(Operation::getnameinfo, status, address.text()));
  }
  return NameInfo{.host = host.data(), .service = service.data()};
}

Result<HostInfo> getHostByName(std::string_view name) {
  const std::string text(name);
  if (hasNul(text)) {
    return std::unexpected(Error::fromHostdb(Operation::gethostbyname, HOST_NOT_FOUND, text));
  }
  return hostEntry(Operation::gethostbyname, text,
                   [&text](auto... rest) { return gethostbyname2_r(text.c_str(), AF_INET, rest...); });
}

Result<HostInfo> getHostByAddress(std::string_view address) {
  Result<SocketAddress> parsed = SocketAddress::fromIp(address, 0);
  if (!parsed) {
    parsed.error().op = Operation::gethostbyaddr;
    return std::unexpected(parsed.error());
  }
  const ByteView bytes = parsed->ipBytes();
  return hostEntry(Operation::gethostbyaddr, std::string(address), [&](auto... rest) {
    return gethostbyaddr_r(bytes.data(), static_cast<socklen_t>(bytes.size()), parsed->family(), rest...);
  });
}

}  // namespace sockbench
