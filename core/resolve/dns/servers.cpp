#include "core/resolve/dns/servers.h"

#include <netinet/in.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <memory>
#include <string_view>

#include "core/resolve/dns_client.h"

namespace sockbench {

namespace dns {

namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::size_t kMostBytes = 1 << 16;

// The second word of "nameserver WORD ..."; "" for any other line.
std::string_view namedServer(std::string_view line) {
  constexpr std::string_view kKey = "nameserver";
  if (!line.starts_with(kKey)) return {};
  line.remove_prefix(kKey.size());
  const std::size_t begin = line.find_first_not_of(kBlanks);
  if (begin == 0 || begin == std::string_view::npos) return {};
  line.remove_prefix(begin);
  return line.substr(0, line.find_first_of(kBlanks));
}

Result<std::string> contents(const std::string& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "re"), &std::fclose);
  if (!file) {
    if (errno == ENOENT) return std::string();
    return std::unexpected(Error::fromErrno(Operation::open, errno, path));
  }
  std::string text(kMostBytes, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), file.get()));
  if (std::ferror(file.get()) != 0) return std::unexpected(Error::fromErrno(Operation::read, errno, path));
  return text;
}

}  // namespace

Result<std::vector<SocketAddress>> serversOf(const std::string& path) {
  const auto text = contents(path);
  if (!text) return std::unexpected(text.error());
  std::vector<SocketAddress> servers;
  std::string unread;
  for (std::string_view rest = *text; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size() - 1);
    const std::string_view named = namedServer(rest.substr(0, end + 1));
    rest.remove_prefix(end + 1);
    if (named.empty()) continue;
    if (const auto server = SocketAddress::fromIp(named, kPort)) {
      servers.push_back(*server);
    } else {
      unread = named;
    }
  }
  if (servers.empty() && !unread.empty()) {
    return std::unexpected(Error::fromDns(Operation::dns, DnsFault::noServer, path,
                                          "\"" + unread + "\" in " + path + " is no address to ask"));
  }
  if (servers.empty()) servers.push_back(SocketAddress::fromIpv4(INADDR_LOOPBACK, kPort));
  return servers;
}

}  // namespace dns

Result<std::vector<SocketAddress>> configuredDnsServers() {
  return dns::serversOf("/etc/resolv.conf");
}

namespace {

Error within(Error error, std::string_view whole, std::size_t offset) {
  error.subject = whole;
  if (error.where) error.where->offset += offset;
  return error;
}

Error badText(InputFault fault, std::string_view text, std::size_t offset, std::string detail) {
  return Error::fromInput(fault, std::string(text), TextSpan{offset, text.size() - offset},
                          std::move(detail));
}

// A port that stands in `text` from `offset` to its end.
Result<std::uint16_t> portAt(std::string_view text, std::size_t offset) {
  unsigned port = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + offset, end, port);
  if (read.ec != std::errc() || read.ptr != end || port == 0 || port > 65535)
    return std::unexpected(
        badText(InputFault::badPort, text, offset, "a name server's port is a number from 1 to 65535"));
  return static_cast<std::uint16_t>(port);
}

Result<SocketAddress> bracketedServer(std::string_view text) {
  const std::size_t close = text.find(']');
  if (close == std::string_view::npos)
    return std::unexpected(badText(InputFault::badAddress, text, 0, "the bracket \"[\" is not closed"));
  std::uint16_t port = dns::kPort;
  if (close + 1 < text.size()) {
    if (text[close + 1] != ':')
      return std::unexpected(
          badText(InputFault::badPort, text, close + 1, "behind the bracket stands a colon and a port"));
    const auto given = portAt(text, close + 2);
    if (!given) return std::unexpected(given.error());
    port = *given;
  }
  auto address = SocketAddress::fromIp(text.substr(1, close - 1), port);
  if (!address) return std::unexpected(within(std::move(address.error()), text, 1));
  return address;
}

}  // namespace

Result<SocketAddress> parseDnsServer(std::string_view text) {
  if (text.starts_with('[')) return bracketedServer(text);
  const std::size_t colon = text.find(':');
  const bool hasPort = colon != std::string_view::npos && text.find(':', colon + 1) == std::string_view::npos;
  if (!hasPort) return SocketAddress::fromIp(text, dns::kPort);
  auto address = SocketAddress::fromIp(text.substr(0, colon), dns::kPort);
  if (!address) return std::unexpected(within(std::move(address.error()), text, 0));
  const auto port = portAt(text, colon + 1);
  if (!port) return std::unexpected(port.error());
  return address->withPort(*port);
}

}  // namespace sockbench
