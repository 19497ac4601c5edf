#include "core/resolve/dns/odd_rdata.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <string_view>

#include "core/resolve/dns/wire.h"
#include "core/resolve/dns_message.h"

namespace sockbench::dns {

namespace {

template <class... Numbers>
std::string formatted(const char* format, Numbers... numbers) {
  std::array<char, 128> text{};
  std::snprintf(text.data(), text.size(), format, numbers...);
  return text.data();
}

// Sizes and precisions: a digit and a power of ten, in centimetres.
std::optional<std::string> centimetres(std::uint8_t coded) {
  unsigned digit = coded >> 4;
  const unsigned exponent = coded & 15;
  if (digit > 9 || exponent > 9) return std::nullopt;
  if (exponent < 2) return formatted("0.%02um", exponent == 1 ? digit * 10 : digit);
  for (unsigned i = 2; i < exponent; ++i) digit *= 10;
  return formatted("%um", digit);
}

// A latitude or longitude, in thousandths of a second of arc around 2^31.
std::optional<std::string> angle(std::uint32_t coded, unsigned mostDegrees, char above, char below) {
  constexpr std::uint32_t kEquator = 1U << 31;
  const std::uint32_t size = coded >= kEquator ? coded - kEquator : kEquator - coded;
  if (size > mostDegrees * 3'600'000) return std::nullopt;
  return formatted("%u %u %u.%03u %c", size / 3'600'000, size / 60'000 % 60, size / 1000 % 60, size % 1000,
                   coded >= kEquator ? above : below);
}

std::string altitude(std::uint32_t coded) {
  constexpr std::uint32_t kGround = 10'000'000;
  const std::uint32_t size = coded >= kGround ? coded - kGround : kGround - coded;
  return formatted("%s%u.%02um", coded >= kGround ? "" : "-", size / 100, size % 100);
}

// An address of which the last bytes may be left out, for they are zero.
template <std::size_t size>
std::optional<std::string> shortAddress(int family, ByteView given) {
  std::array<std::byte, size> bytes{};
  if (given.size() > size || (!given.empty() && given.back() == std::byte{0})) return std::nullopt;
  std::ranges::copy(given, bytes.begin());
  std::array<char, INET6_ADDRSTRLEN> text{};
  return ::inet_ntop(family, bytes.data(), text.data(), text.size());
}

}  // namespace

std::string quotedText(ByteView characters) {
  std::string text = "\"";
  for (const char c : asChars(characters)) {
    const auto code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') text += '\\';
    if (code >= 0x20 && code < 0x7f) {
      text += c;
    } else {
      text += formatted("\\%03u", unsigned{code});
    }
  }
  return text + '"';
}

std::optional<std::string> locationText(ByteView field) {
  constexpr std::size_t kSize = 16;
  if (field.size() != kSize || read8(field, 0) != 0) return std::nullopt;
  const auto latitude = angle(read32(field, 4), 90, 'N', 'S');
  const auto longitude = angle(read32(field, 8), 180, 'E', 'W');
  const auto size = centimetres(read8(field, 1));
  const auto horizontal = centimetres(read8(field, 2));
  const auto vertical = centimetres(read8(field, 3));
  if (!latitude || !longitude || !size || !horizontal || !vertical) return std::nullopt;
  return *latitude + ' ' + *longitude + ' ' + altitude(read32(field, 12)) + ' ' + *size + ' ' + *horizontal +
         ' ' + *vertical;
}

std::optional<std::string> prefixListText(ByteView field) {
  std::string text;
  while (!field.empty()) {
    if (field.size() < 4) return std::nullopt;
    const unsigned family = read16(field, 0);
    const std::uint8_t negatedLength = read8(field, 3);
    const std::size_t length = negatedLength & 127;
    if (field.size() < 4 + length) return std::nullopt;
    const ByteView given = field.subspan(4, length);
    const auto address = family == 1   ? shortAddress<4>(AF_INET, given)
                         : family == 2 ? shortAddress<16>(AF_INET6, given)
                                       : std::nullopt;
    const unsigned prefix = read8(field, 2);
    if (!address || prefix > (family == 1 ? 32U : 128U)) return std::nullopt;
    text += (text.empty() ? "" : " ") + std::string(negatedLength > 127 ? "!" : "") + std::to_string(family) +
            ':' + *address + '/' + std::to_string(prefix);
    field = field.subspan(4 + length);
  }
  return text;
}

std::optional<std::string> locatorText(ByteView field) {
  if (field.size() != 8) return std::nullopt;
  return formatted("%x:%x:%x:%x", unsigned{read16(field, 0)}, unsigned{read16(field, 2)},
                   unsigned{read16(field, 4)}, unsigned{read16(field, 6)});
}

std::optional<std::string> serviceBitmapText(ByteView field) {
  constexpr std::size_t kMostPorts = 65536;
  if (field.empty() || field.size() - 1 > kMostPorts / 8) return std::nullopt;
  std::string text = std::to_string(read8(field, 0));
  for (std::size_t port = 0; port < (field.size() - 1) * 8; ++port) {
    if ((read8(field, 1 + port / 8) & 128 >> port % 8) != 0) text += ' ' + std::to_string(port);
  }
  return text;
}

std::optional<std::string> typeBitmapText(ByteView field) {
  std::string text;
  for (int lastWindow = -1; !field.empty();) {
    if (field.size() < 2) return std::nullopt;
    const int window = read8(field, 0);
    const std::size_t length = read8(field, 1);
    if (window <= lastWindow || length == 0 || length > 32 || field.size() < 2 + length) return std::nullopt;
    for (std::size_t bit = 0; bit < length * 8; ++bit) {
      if ((read8(field, 2 + bit / 8) & 128 >> bit % 8) == 0) continue;
      const auto type = static_cast<std::uint16_t>(static_cast<std::size_t>(window) * 256 + bit);
      text += (text.empty() ? "" : " ") + dnsTypeName(type);
    }
    lastWindow = window;
    field = field.subspan(2 + length);
  }
  return text;
}

}  // namespace sockbench::dns
