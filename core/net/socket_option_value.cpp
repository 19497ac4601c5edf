#include "core/net/socket_option_value.h"

#include <netinet/in.h>
#include <sys/time.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <limits>
#include <optional>

#include "core/net/interface_name.h"
#include "core/net/socket_address.h"

namespace sockbench {
namespace {

constexpr long long kMicrosPerSecond = 1'000'000;
constexpr std::size_t kMicroDigits = 6;
constexpr std::size_t kMostTextBytes = 15;  // IF_NAMESIZE and TCP_CA_NAME_MAX are both 16 with their NUL

std::unexpected<Error> bad(std::string_view text, TextSpan where, std::string why) {
  return std::unexpected(
      Error::fromInput(InputFault::badOptionValue, std::string(text), where, std::move(why)));
}

std::unexpected<Error> bad(std::string_view text, std::string why) {
  return bad(text, {0, text.size()}, std::move(why));
}

std::optional<long long> wholeNumber(std::string_view text) {
  long long number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || rest != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string rangeOf(const OptionInfo& option) {
  const std::string unit = option.unit.empty() ? "" : ' ' + std::string(option.unit);
  return "a whole number from " + std::to_string(option.min) + " to " + std::to_string(option.max) + unit;
}

template <class Value>
Bytes bytesOf(const Value& value) {
  const auto bytes = std::as_bytes(std::span(&value, 1));
  return {bytes.begin(), bytes.end()};
}

// What the kernel gave, the rest zero.
template <class Value>
Value valueOf(ByteView bytes) {
  Value value{};
  if (!bytes.empty()) std::memcpy(&value, bytes.data(), std::min(bytes.size(), sizeof value));
  return value;
}

Result<std::string> readBoolean(std::string_view text) {
  if (text == "1" || text == "on") return "1";
  if (text == "0" || text == "off") return "0";
  return bad(text, "the value is 1 or on, 0 or off");
}

Result<std::string> readInteger(const OptionInfo& option, std::string_view text) {
  const std::optional<long long> number = wholeNumber(text);
  if (number && *number >= option.min && *number <= option.max) return std::to_string(*number);
  return bad(text, "the value is " + rangeOf(option));
}

Result<std::string> readLinger(const OptionInfo& option, std::string_view text) {
  if (text == "off") return "off";
  if (text == "on" || text == "on,")
    return bad(text, {text.size(), 0}, "the seconds are missing: write on,5");
  if (!text.starts_with("on,")) return bad(text, "the value is off, or on and the seconds: on,5");
  const std::optional<long long> seconds = wholeNumber(text.substr(3));
  if (seconds && *seconds >= 0 && *seconds <= option.max) return "on," + std::to_string(*seconds);
  return bad(text, {3, text.size() - 3}, "the seconds are " + rangeOf(option));
}

std::string durationText(long long micros) {
  std::string text = std::to_string(micros / kMicrosPerSecond);
  const long long rest = micros % kMicrosPerSecond;
  if (rest == 0) return text;
  std::string fraction = std::to_string(kMicrosPerSecond + rest).substr(1);
  fraction.resize(fraction.find_last_not_of('0') + 1);
  return text + '.' + fraction;
}

// Microseconds of decimal seconds ("1.5", ".5", "3"); empty when it is none or finer than a microsecond.
std::optional<long long> microsOf(std::string_view text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  std::string fraction(text.substr(std::min(point + 1, text.size())));
  const std::string whole(text.substr(0, point));
  if ((whole + fraction).empty() || (whole + fraction).find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  if (fraction.size() > kMicroDigits) return std::nullopt;
  fraction.resize(kMicroDigits, '0');
  const std::optional<long long> seconds = wholeNumber(whole.empty() ? "0" : whole);
  if (!seconds || *seconds > std::numeric_limits<long long>::max() / kMicrosPerSecond - 1)
    return std::nullopt;
  return *seconds * kMicrosPerSecond + *wholeNumber(fraction);
}

Result<std::string> readDuration(const OptionInfo& option, std::string_view text) {
  const std::optional<long long> micros = microsOf(text);
  if (micros && *micros <= option.max * kMicrosPerSecond) return durationText(*micros);
  return bad(text, "the value is seconds from 0 to " + std::to_string(option.max) +
                       ", with at most six decimals: 1.5");
}

Result<std::string> readText(std::string_view text) {
  if (text.size() > kMostTextBytes)
    return bad(text, "the name has at most 15 bytes, this one has " + std::to_string(text.size()));
  const auto odd = std::ranges::find_if(text, [](char c) { return c <= ' ' || c == '\x7f'; });
  if (odd != text.end()) {
    return bad(text, {static_cast<std::size_t>(odd - text.begin()), 1},
               "a name has no space and no control character in it");
  }
  return std::string(text);
}

struct Membership {
  SocketAddress group;
  SocketAddress interface;  // IPv4: the interface that has this address
  std::uint32_t index = 0;  // IPv6: the interface's number
};

bool isMulticast(const SocketAddress& address) {
  const auto first = std::to_integer<unsigned>(address.ipBytes().front());
  return address.family() == AF_INET ? (first & 0xf0U) == 0xe0U : first == 0xffU;
}

Result<SocketAddress> readAddress(std::string_view text, TextSpan part, int family, std::string why) {
  const Result<SocketAddress> address = SocketAddress::fromIp(text.substr(part.offset, part.length), 0);
  if (address && address->family() == family && address->scopeId() == 0) return *address;
  return bad(text, part, std::move(why));
}

// "lo" or "1" to 1; "0": the kernel chooses.
Result<std::uint32_t> readInterface(std::string_view text, TextSpan part) {
  const std::string_view name = text.substr(part.offset, part.length);
  if (name == "0") return 0;
  if (const std::uint32_t index = interfaceIndex(name)) return index;
  return bad(text, part, "no interface of this machine has this name or number");
}

Result<Membership> readMembership(const OptionInfo& option, std::string_view text) {
  const bool isIpv4 = option.level == IPPROTO_IP;
  const std::size_t comma = std::min(text.find(','), text.size());
  const TextSpan groupPart{0, comma};
  Result<SocketAddress> group =
      readAddress(text, groupPart, isIpv4 ? AF_INET : AF_INET6,
                  isIpv4 ? "the group is an IPv4 address from 224.0.0.0 to 239.255.255.255"
                         : "the group is an IPv6 address that begins with ff");
  if (!group) return std::unexpected(group.error());
  if (!isMulticast(*group)) {
    return bad(text, groupPart,
               isIpv4 ? "a multicast group lies from 224.0.0.0 to 239.255.255.255"
                      : "a multicast group begins with ff");
  }
  Membership result{*group, SocketAddress::fromIpv4(INADDR_ANY, 0), 0};
  if (comma == text.size()) return result;
  const TextSpan interfacePart{comma + 1, text.size() - comma - 1};
  if (isIpv4) {
    Result<SocketAddress> interface =
        readAddress(text, interfacePart, AF_INET, "the interface is named by its IPv4 address: 127.0.0.1");
    if (!interface) return std::unexpected(interface.error());
    result.interface = *interface;
    return result;
  }
  Result<std::uint32_t> index = readInterface(text, interfacePart);
  if (!index) return std::unexpected(index.error());
  result.index = *index;
  return result;
}

std::string membershipText(const OptionInfo& option, const Membership& value, std::string_view typed) {
  if (option.level == IPPROTO_IP) return value.group.ip() + ',' + value.interface.ip();
  const std::size_t comma = typed.find(',');
  return value.group.ip() + ',' +
         (comma == std::string_view::npos ? "0" : std::string(typed.substr(comma + 1)));
}

Bytes membershipBytes(const OptionInfo& option, const Membership& value) {
  if (option.level == IPPROTO_IP) {
    ip_mreq request{};
    std::memcpy(&request.imr_multiaddr, value.group.ipBytes().data(), sizeof request.imr_multiaddr);
    std::memcpy(&request.imr_interface, value.interface.ipBytes().data(), sizeof request.imr_interface);
    return bytesOf(request);
  }
  ipv6_mreq request{};
  std::memcpy(&request.ipv6mr_multiaddr, value.group.ipBytes().data(), sizeof request.ipv6mr_multiaddr);
  request.ipv6mr_interface = value.index;
  return bytesOf(request);
}

::linger lingerOf(std::string_view canonical) {
  if (canonical == "off") return {0, 0};
  return {1, static_cast<int>(*wholeNumber(canonical.substr(3)))};
}

timeval timevalOf(std::string_view canonical) {
  const long long micros = *microsOf(canonical);
  return {micros / kMicrosPerSecond, micros % kMicrosPerSecond};
}

}  // namespace

Result<std::string> canonicalOptionValue(const OptionInfo& option, std::string_view text) {
  switch (option.kind) {
    case OptionKind::boolean:
      return readBoolean(text);
    case OptionKind::integer:
      return readInteger(option, text);
    case OptionKind::linger:
      return readLinger(option, text);
    case OptionKind::duration:
      return readDuration(option, text);
    case OptionKind::text:
      return readText(text);
    case OptionKind::membership:
      break;
  }
  const Result<Membership> value = readMembership(option, text);
  if (!value) return std::unexpected(value.error());
  return membershipText(option, *value, text);
}

Result<Bytes> optionBytes(const OptionInfo& option, std::string_view canonical) {
  const Result<std::string> checked = canonicalOptionValue(option, canonical);
  if (!checked) return std::unexpected(checked.error());
  switch (option.kind) {
    case OptionKind::boolean:
    case OptionKind::integer:
      return bytesOf(static_cast<int>(*wholeNumber(*checked)));
    case OptionKind::linger:
      return bytesOf(lingerOf(*checked));
    case OptionKind::duration:
      return bytesOf(timevalOf(*checked));
    case OptionKind::text:
      return toBytes(*checked);
    case OptionKind::membership:
      break;
  }
  const Result<Membership> value = readMembership(option, *checked);
  if (!value) return std::unexpected(value.error());
  return membershipBytes(option, *value);
}

std::size_t optionSize(const OptionInfo& option) {
  switch (option.kind) {
    case OptionKind::linger:
      return sizeof(::linger);
    case OptionKind::duration:
      return sizeof(timeval);
    case OptionKind::text:
      return kMostTextBytes + 1;
    case OptionKind::boolean:
    case OptionKind::integer:
    case OptionKind::membership:
      break;
  }
  return sizeof(int);
}

std::string optionText(const OptionInfo& option, ByteView value) {
  switch (option.kind) {
    case OptionKind::linger: {
      const auto raw = valueOf<::linger>(value);
      return raw.l_onoff == 0 ? "off" : "on," + std::to_string(raw.l_linger);
    }
    case OptionKind::duration: {
      const auto raw = valueOf<timeval>(value);
      return durationText(raw.tv_sec * kMicrosPerSecond + raw.tv_usec);
    }
    case OptionKind::text: {
      const std::string_view text = asChars(value);
      return std::string(text.substr(0, text.find('\0')));
    }
    case OptionKind::boolean:
      return valueOf<int>(value) != 0 ? "1" : "0";
    case OptionKind::integer:
    case OptionKind::membership:
      break;
  }
  return std::to_string(valueOf<int>(value));
}

}  // namespace sockbench
