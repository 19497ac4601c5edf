// SocketAddress to text and back.
#include <arpa/inet.h>
#include <netinet/in.h>

#include <array>
#include <charconv>
#include <optional>

#include "core/net/interface_name.h"
#include "core/net/ip_text.h"
#include "core/net/socket_address.h"
#include "core/net/unix_path_text.h"

namespace sockbench {
namespace {

constexpr std::string_view kUnixPrefix = "unix:";

Error fault(InputFault kind, std::string_view text, TextSpan where, std::string why) {
  return Error::fromInput(kind, std::string(text), where, std::move(why));
}

// `inner` as an error of `text`, in which the inner subject stands at `offset`.
Error within(Error inner, std::string_view text, std::size_t offset) {
  inner.subject = text;
  if (inner.where) inner.where->offset += offset;
  return inner;
}

template <class Number>
std::optional<Number> wholeNumber(std::string_view text) {
  Number number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || rest != text.data() + text.size()) return std::nullopt;
  return number;
}

Result<std::uint32_t> parseZone(std::string_view text, std::size_t percent) {
  const std::string_view zone = text.substr(percent + 1);
  if (zone.empty()) {
    return std::unexpected(
        fault(InputFault::badZone, text, {percent + 1, 0}, "the zone after the % is missing"));
  }
  if (const std::uint32_t index = interfaceIndex(zone)) return index;
  return std::unexpected(fault(InputFault::badZone, text, {percent + 1, zone.size()},
                               "no interface of this machine is named " + unixPathToText(zone)));
}

Result<std::uint16_t> parsePortNumber(std::string_view text, std::size_t offset) {
  const std::string_view digits = text.substr(offset);
  if (digits.empty())
    return std::unexpected(fault(InputFault::badPort, text, {offset, 0}, "the port is missing"));
  if (const auto port = wholeNumber<std::uint16_t>(digits)) return *port;
  return std::unexpected(
      fault(InputFault::badPort, text, {offset, digits.size()}, "a port is a number from 0 to 65535"));
}

Result<SocketAddress> parseBracketed(std::string_view text) {
  const std::size_t close = text.find(']');
  if (close == std::string_view::npos) {
    return std::unexpected(fault(InputFault::badSyntax, text, {0, 1}, "this bracket is never closed"));
  }
  if (close + 1 >= text.size() || text[close + 1] != ':') {
    return std::unexpected(
        fault(InputFault::badPort, text, {close + 1, 0}, "a colon and a port must follow the bracket"));
  }
  const Result<std::uint16_t> port = parsePortNumber(text, close + 2);
  if (!port) return std::unexpected(port.error());
  Result<SocketAddress> address = SocketAddress::fromIp(text.substr(1, close - 1), *port);
  if (!address) return std::unexpected(within(address.error(), text, 1));
  if (address->family() == AF_INET6) return address;
  return std::unexpected(
      fault(InputFault::badAddress, text, {1, close - 1}, "brackets are for IPv6 addresses"));
}

Result<SocketAddress> parseUnix(std::string_view text) {
  const std::string_view name = text.substr(kUnixPrefix.size());
  if (name.empty()) return SocketAddress::fromUnixPath({});
  const Result<std::string> path = unixPathFromText(name);
  if (!path) return std::unexpected(within(path.error(), text, kUnixPrefix.size()));
  return SocketAddress::fromUnixPath(*path);
}

}  // namespace

Result<SocketAddress> SocketAddress::fromIp(std::string_view text, std::uint16_t port,
                                            std::uint32_t flowInfo) {
  const std::size_t percent = text.find('%');
  const std::string host(text.substr(0, percent));
  const bool cut = host.find('\0') != std::string::npos;
  in_addr ipv4{};
  if (!cut && inet_pton(AF_INET, host.c_str(), &ipv4) == 1) {
    if (percent == std::string_view::npos) return fromIpv4(ntohl(ipv4.s_addr), port);
    return std::unexpected(fault(InputFault::badZone, text, {percent, text.size() - percent},
                                 "only an IPv6 address can have a zone"));
  }
  sockaddr_in6 ipv6{};
  if (cut || inet_pton(AF_INET6, host.c_str(), &ipv6.sin6_addr) != 1) {
    return std::unexpected(within(badIpText(host), text, 0));
  }
  ipv6.sin6_family = AF_INET6;
  ipv6.sin6_port = htons(port);
  ipv6.sin6_flowinfo = htonl(flowInfo);
  if (percent != std::string_view::npos) {
    const Result<std::uint32_t> zone = parseZone(text, percent);
    if (!zone) return std::unexpected(zone.error());
    ipv6.sin6_scope_id = *zone;
  }
  return fromRaw(reinterpret_cast<const sockaddr*>(&ipv6), sizeof ipv6);
}

Result<SocketAddress> SocketAddress::fromText(std::string_view text) {
  if (text.starts_with(kUnixPrefix)) return parseUnix(text);
  if (text.starts_with('[')) return parseBracketed(text);
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) {
    return std::unexpected(
        fault(InputFault::badPort, text, {text.size(), 0}, "a colon and a port must follow the address"));
  }
  if (text.find(':') != colon) {
    return std::unexpected(fault(InputFault::badAddress, text, {0, colon},
                                 "an IPv6 address must stand in brackets, such as [::1]:80"));
  }
  const Result<std::uint16_t> port = parsePortNumber(text, colon + 1);
  if (!port) return std::unexpected(port.error());
  Result<SocketAddress> address = fromIp(text.substr(0, colon), *port);
  if (!address) return std::unexpected(within(address.error(), text, 0));
  return address;
}

std::string SocketAddress::ip() const {
  const ByteView bytes = ipBytes();
  if (bytes.empty()) return {};
  std::array<char, INET6_ADDRSTRLEN> buffer{};
  inet_ntop(family(), bytes.data(), buffer.data(), buffer.size());
  std::string text = buffer.data();
  if (scopeId() != 0) text += '%' + interfaceName(scopeId());
  return text;
}

std::string SocketAddress::text() const {
  if (empty()) return {};
  if (isUnix()) return std::string(kUnixPrefix) + unixPathToText(unixPath());
  if (ipBytes().empty()) return "AF#" + std::to_string(family());
  const std::string host = family() == AF_INET6 ? '[' + ip() + ']' : ip();
  return host + ':' + std::to_string(port());
}

}  // namespace sockbench
