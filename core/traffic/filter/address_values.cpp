#include "core/traffic/filter/address_values.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/net/unix_path_text.h"
#include "core/traffic/filter/filter_words.h"

namespace sockbench {
namespace {

constexpr unsigned kMappedBits = 96;  // ::ffff:0:0/96

template <class Number>
std::optional<Number> wholeNumber(std::string_view text) {
  Number value = 0;
  const char* end = text.data() + text.size();
  const auto [rest, fault] = std::from_chars(text.data(), end, value);
  return fault == std::errc() && rest == end ? std::optional(value) : std::nullopt;
}

// What is compared: the four bytes of an IPv4 address, mapped or not.
ByteView addressBytes(const SocketAddress& address) {
  const ByteView bytes = address.ipBytes();
  return address.isV4Mapped() ? bytes.last(4) : bytes;
}

bool sameBits(ByteView a, const std::byte* b, unsigned bits) {
  const std::size_t whole = bits / 8;
  if (!std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(whole), b)) return false;
  const unsigned rest = bits % 8;
  return rest == 0 || (a[whole] ^ b[whole]) >> (8 - rest) == std::byte{0};
}

// `text` is the operand's, unless it had escapes.
bool isRespelled(const FilterOperand& operand, std::string_view text) {
  return operand.text != text;
}

}  // namespace

Result<AddressPattern> AddressPattern::ofPath(const FilterOperand& operand, const std::string& text) {
  const std::size_t scheme = text.starts_with("unix:") ? 5 : 0;
  Result<std::string> path = unixPathFromText(std::string_view(text).substr(scheme));
  if (!path) {
    Error error = path.error();
    if (error.where) error.where->offset += scheme;
    return filterFault(operand, std::move(error), isRespelled(operand, text));
  }
  AddressPattern pattern;
  pattern.isUnix_ = true;
  pattern.path_ = std::move(*path);
  return pattern;
}

Result<AddressPattern> AddressPattern::ofIp(const FilterOperand& operand, const std::string& text,
                                            std::optional<std::uint16_t> port) {
  const Result<SocketAddress> address = SocketAddress::fromIp(text, 0);
  if (!address) {
    Error error = address.error();
    const std::size_t place = operand.text.find(text);
    if (error.where && place != std::string_view::npos) error.where->offset += place;
    return filterFault(operand, std::move(error), place == std::string_view::npos);
  }
  AddressPattern pattern;
  const ByteView bytes = addressBytes(*address);
  std::ranges::copy(bytes, pattern.ip_.begin());
  pattern.length_ = bytes.size();
  pattern.bits_ = static_cast<unsigned>(bytes.size() * 8);
  pattern.zone_ = address->scopeId();
  pattern.port_ = port;
  return pattern;
}

Result<AddressPattern> AddressPattern::ofNetwork(const FilterOperand& operand, const std::string& text) {
  const std::size_t slash = text.find('/');
  const std::string ip = text.substr(0, slash);
  Result<AddressPattern> pattern = ofIp(operand, ip, std::nullopt);
  if (!pattern) return pattern;
  const unsigned most = ip.contains(':') ? 128 : 32;
  const auto bits = wholeNumber<unsigned>(std::string_view(text).substr(slash + 1));
  if (!bits || *bits > most) {
    return filterFault(operand, InputFault::badPrefix,
                       "the length of the prefix is a number from 0 to " + std::to_string(most));
  }
  const bool isMapped = pattern->length_ == 4 && most == 128;
  if (isMapped && *bits < kMappedBits) {
    return filterFault(operand, InputFault::badPrefix,
                       "IPv4 addresses in IPv6 have a prefix of at least 96 bits; write an IPv4 network");
  }
  pattern->bits_ = isMapped ? *bits - kMappedBits : *bits;
  return pattern;
}

// "IP:PORT" or "[IP]:PORT", "[IP]".
Result<AddressPattern> AddressPattern::ofIpAndPort(const FilterOperand& operand, const std::string& text,
                                                   std::size_t ipEnd) {
  const std::size_t bracket = text.starts_with('[') ? 1 : 0;
  const std::string ip = text.substr(bracket, ipEnd - bracket);
  const std::string_view behind = std::string_view(text).substr(ipEnd + bracket);
  if (behind.empty()) return ofIp(operand, ip, std::nullopt);
  const auto port =
      behind.starts_with(':') ? wholeNumber<std::uint16_t>(behind.substr(1)) : std::optional<std::uint16_t>();
  if (port) return ofIp(operand, ip, port);
  return filterFault(operand, InputFault::badPort,
                     "behind the address stands a colon and a port, 0 to 65535");
}

Result<AddressPattern> AddressPattern::parse(const FilterOperand& operand) {
  const Result<std::string> unescaped = unescapeOperand(operand);
  if (!unescaped) return std::unexpected(unescaped.error());
  const std::string& text = *unescaped;
  const auto isIp = [&](std::size_t end) {
    return end != std::string::npos && SocketAddress::fromIp(text.substr(0, end), 0).has_value();
  };
  if (text.starts_with("unix:") || std::string_view("/@.").contains(text.substr(0, 1))) {
    return ofPath(operand, text);
  }
  if (text.starts_with('[') && text.contains(']')) return ofIpAndPort(operand, text, text.find(']'));
  if (isIp(text.size())) return ofIp(operand, text, std::nullopt);
  if (isIp(text.find('/'))) return ofNetwork(operand, text);
  if (isIp(text.rfind(':'))) return ofIpAndPort(operand, text, text.rfind(':'));
  const bool isIpLike = text.find_first_not_of("0123456789abcdefABCDEF:.") == std::string::npos;
  if (isIpLike && text.find_first_of(".:") != std::string::npos) return ofIp(operand, text, std::nullopt);
  if (operand.quoted) return ofPath(operand, text);
  return filterFault(
      operand, InputFault::badAddress,
      quotedWord(text) +
          " is no address; write 127.0.0.1, [::1]:80, 10.0.0.0/8, or a path in quotes (names are "
          "not looked up)");
}

bool AddressPattern::matches(const SocketAddress& address) const {
  if (isUnix_) return address.isUnix() && address.unixPath() == path_;
  const ByteView bytes = addressBytes(address);
  return bytes.size() == length_ && sameBits(bytes, ip_.data(), bits_) &&
         (!port_ || *port_ == address.port()) && (zone_ == 0 || zone_ == address.scopeId());
}

}  // namespace sockbench
