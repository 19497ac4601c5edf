#include "core/resolve/service_database.h"

#include <arpa/inet.h>
#include <netdb.h>

#include <cerrno>
#include <mutex>
#include <utility>

#include "core/resolve/c_library.h"

namespace sockbench {

namespace {

std::vector<std::string> aliasesOf(char** alias) {
  std::vector<std::string> names;
  for (; *alias != nullptr; ++alias) names.emplace_back(*alias);
  return names;
}

ServiceEntry toEntry(const servent& entry) {
  return {.name = entry.s_name,
          .port = ntohs(static_cast<std::uint16_t>(entry.s_port)),
          .protocol = entry.s_proto,
          .aliases = aliasesOf(entry.s_aliases)};
}

ProtocolEntry toEntry(const protoent& entry) {
  return {.name = entry.p_name, .number = entry.p_proto, .aliases = aliasesOf(entry.p_aliases)};
}

// `lookUp` is a get...by..._r function, given its last four arguments; it gives no reason when it finds
// nothing.
template <class Entry, class Raw, class LookUp>
Result<Entry> entryOr(Operation op, std::string subject, std::string unknown, LookUp lookUp) {
  Entry entry;
  if (callReentrant<Raw>(lookUp, [&](const Raw& raw) { entry = toEntry(raw); }) == 0) return entry;
  return std::unexpected(
      Error::fromInput(InputFault::unknownName, std::move(subject), std::nullopt, std::move(unknown), op));
}

std::string forProtocol(std::string_view protocol) {
  return protocol.empty() ? std::string() : " for " + std::string(protocol);
}

// Walks a table with the C library's one cursor.
template <class Entry, class Raw>
std::vector<Entry> allEntries(void (*begin)(int), Raw* (*next)(), void (*end)()) {
  static std::mutex cursor;
  const std::scoped_lock lock(cursor);
  std::vector<Entry> entries;
  begin(1);
  while (const Raw* raw = next()) entries.push_back(toEntry(*raw));
  end();
  return entries;
}

}  // namespace

Result<ServiceEntry> serviceByName(std::string_view name, std::string_view protocol) {
  const std::string key(name);
  const std::string proto(protocol);
  return entryOr<ServiceEntry, servent>(
      Operation::getservbyname, key, "no service is named \"" + key + "\"" + forProtocol(protocol),
      [&](auto... rest) {
        return hasNul(key) || hasNul(proto) ? ENOENT : getservbyname_r(key.c_str(), orNull(proto), rest...);
      });
}

Result<ServiceEntry> serviceByPort(std::uint16_t port, std::string_view protocol) {
  const std::string proto(protocol);
  return entryOr<ServiceEntry, servent>(
      Operation::getservbyport, std::to_string(port),
      "no service has port " + std::to_string(port) + forProtocol(protocol), [&](auto... rest) {
        return hasNul(proto) ? ENOENT : getservbyport_r(htons(port), orNull(proto), rest...);
      });
}

Result<ProtocolEntry> protocolByName(std::string_view name) {
  const std::string key(name);
  return entryOr<ProtocolEntry, protoent>(
      Operation::getprotobyname, key, "no protocol is named \"" + key + "\"",
      [&](auto... rest) { return hasNul(key) ? ENOENT : getprotobyname_r(key.c_str(), rest...); });
}

Result<ProtocolEntry> protocolByNumber(int number) {
  return entryOr<ProtocolEntry, protoent>(Operation::getprotobynumber, std::to_string(number),
                                          "no protocol has number " + std::to_string(number),
                                          [&](auto... rest) { return getprotobynumber_r(number, rest...); });
}

std::vector<ServiceEntry> allServices() {
  return allEntries<ServiceEntry, servent>(&setservent, &getservent, &endservent);
}

std::vector<ProtocolEntry> allProtocols() {
  return allEntries<ProtocolEntry, protoent>(&setprotoent, &getprotoent, &endprotoent);
}

}  // namespace sockbench
