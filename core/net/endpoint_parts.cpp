#include "core/net/endpoint_parts.h"

#include <arpa/inet.h>

#include <algorithm>
#include <optional>

#include "core/net/service_port.h"
#include "core/net/socket_address.h"
#include "core/net/unix_path_text.h"

namespace sockbench {
namespace {

constexpr std::size_t kMostHostBytes = 253;  // RFC 1035, 2.3.4: 255 octets on the wire
constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kNotInNames = " /\\@[]()<>?#%*\"'`,;=|&{}";

std::unexpected<Error> fault(InputFault kind, std::string_view text, TextSpan where, std::string why) {
  return std::unexpected(Error::fromInput(kind, std::string(text), where, std::move(why)));
}

std::unexpected<Error> badHost(std::string_view text, TextSpan where, std::string why) {
  return fault(InputFault::badHost, text, where, std::move(why));
}

bool isMadeOf(std::string_view text, std::string_view characters) {
  return text.find_first_not_of(characters) == std::string_view::npos;
}

// An address as SocketAddress reads it, in its canonical form but with the zone as it was typed.
Result<std::string> parseIp(std::string_view text) {
  const Result<SocketAddress> address = SocketAddress::fromIp(text, 0);
  if (!address) {
    Error error = address.error();
    if (error.isInput(InputFault::badAddress)) error.code = static_cast<int>(InputFault::badHost);
    return std::unexpected(error);
  }
  const std::string ip = address->ip();
  const std::size_t zone = text.find('%');
  return ip.substr(0, ip.find('%')) + std::string(zone == std::string_view::npos ? "" : text.substr(zone));
}

bool isLooseIpv4(const std::string& text) {
  in_addr ignored{};
  return inet_aton(text.c_str(), &ignored) != 0;
}

Result<std::string> parseName(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = printableLength(text.substr(at));
    const bool allowed = length > 1 || (length == 1 && kNotInNames.find(text[at]) == std::string_view::npos);
    if (!allowed) {
      const char wrong = text[at];
      const std::string shown = wrong == ' '  ? "space"
                                : length == 1 ? std::string(1, wrong)
                                              : unixPathToText(text.substr(at, 1));
      return badHost(text, {at, 1}, "a host's name has no " + shown + " in it");
    }
    if (text[at] == '.' && (at == 0 || text[at - 1] == '.')) {
      return badHost(text, {at, 0}, "a part of the host's name is missing before this dot");
    }
    at += length;
  }
  if (isLooseIpv4(std::string(text))) {
    return badHost(text, {0, text.size()}, "an IPv4 address is four decimal numbers from 0 to 255");
  }
  return std::string(text);
}

std::string protocolOf(Transport transport) {
  return transport == Transport::udp ? "udp" : "tcp";
}

std::unexpected<Error> badPort(std::string_view text, TextSpan where, std::string why) {
  return fault(InputFault::badPort, text, where, std::move(why));
}

Result<std::string> parsePortNumber(std::string_view text) {
  std::string digits(text.substr(std::min(text.find_first_not_of('0'), text.size() - 1)));
  if (digits.size() > 5 || std::stoul(digits) > 65535) {
    return badPort(text, {0, text.size()}, "port " + digits + " is above 65535");
  }
  return digits;
}

}  // namespace

Result<std::string> parseHost(std::string_view text, bool bracketed) {
  const TextSpan all{0, text.size()};
  if (text.size() > kMostHostBytes) {
    return badHost(text, all, "a host has at most 253 bytes, this one has " + std::to_string(text.size()));
  }
  if (bracketed && text.empty())
    return badHost(text, all, "the IPv6 address between the brackets is missing");
  if (bracketed && text.find(':') == std::string_view::npos) {
    return badHost(text, all, "brackets are for IPv6 addresses; write this host without them");
  }
  if (text.empty() || text == "*") return std::string(text);
  const std::size_t colon = text.find(':');
  const bool isIpv6 = colon != std::string_view::npos;
  if (isIpv6 && !bracketed && text.rfind(':') == colon) {
    return badHost(text, {colon, text.size() - colon},
                   "a host has no colon in it; the port stands by itself");
  }
  const bool isIpv4 = isMadeOf(text.substr(0, text.find('%')), "0123456789.");
  return isIpv6 || isIpv4 ? parseIp(text) : parseName(text);
}

Result<std::string> parseService(std::string_view text, Transport transport) {
  const TextSpan all{0, text.size()};
  if (text.empty()) return badPort(text, all, "the port is missing");
  if (isMadeOf(text, kDigits)) return parsePortNumber(text);
  if (text.front() == '-' && isMadeOf(text.substr(1), kDigits)) {
    return badPort(text, all, "port " + std::string(text) + " is below 0");
  }
  if (const std::size_t slash = text.find('/'); slash != std::string_view::npos) {
    return fault(InputFault::badSyntax, text, {slash, text.size() - slash}, "nothing may follow the port");
  }
  if (servicePort(text, protocolOf(transport))) return std::string(text);
  const std::string shown = unixPathToText(text);
  const Transport other = transport == Transport::udp ? Transport::tcp : Transport::udp;
  if (servicePort(text, protocolOf(other))) {
    return badPort(text, all,
                   "the service " + shown + " has a port of " + protocolOf(other) + " but none of " +
                       protocolOf(transport));
  }
  return badPort(text, all, "no service is named " + shown);
}

}  // namespace sockbench
