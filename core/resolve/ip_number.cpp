#include "core/resolve/ip_number.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace sockbench {
namespace {

constexpr Uint128 kHighest = ~Uint128{0};

Uint128 numberOf(ByteView bytes) {
  Uint128 number = 0;
  for (const std::byte byte : bytes) number = number << 8 | std::to_integer<unsigned>(byte);
  return number;
}

}  // namespace

std::string decimalText(Uint128 number) {
  std::array<char, 39> digits;  // of 2^128 - 1
  auto first = digits.end();
  do {
    *--first = static_cast<char>('0' + static_cast<int>(number % 10));
    number /= 10;
  } while (number != 0);
  return {first, digits.end()};
}

std::optional<Uint128> parseDecimal(std::string_view digits) {
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  Uint128 number = 0;
  for (const char c : digits) {
    const auto digit = static_cast<unsigned>(c - '0');
    if (number > (kHighest - digit) / 10) return std::nullopt;
    number = number * 10 + digit;
  }
  return number;
}

std::string powerOfTwoText(int exponent) {
  if (exponent < 128) return decimalText(Uint128{1} << exponent);
  // One more than fits. The last digit of 2^128 - 1 is a 5, so that nothing is carried.
  std::string text = decimalText(kHighest);
  ++text.back();
  return text;
}

std::optional<IpNumber> IpNumber::fromText(std::string_view text) {
  std::array<char, INET6_ADDRSTRLEN> terminated{};
  // A longer one is no address: none needs more characters, and inet_pton would not see past a NUL.
  if (text.size() >= terminated.size() || text.find('\0') != std::string_view::npos) return std::nullopt;
  std::ranges::copy(text, terminated.begin());
  std::array<std::byte, 16> bytes{};
  if (text.find(':') == std::string_view::npos) {
    if (inet_pton(AF_INET, terminated.data(), bytes.data()) != 1) return std::nullopt;
    return fromBytes(ByteView(bytes).first(4));
  }
  if (inet_pton(AF_INET6, terminated.data(), bytes.data()) != 1) return std::nullopt;
  return fromBytes(bytes);
}

std::optional<IpNumber> IpNumber::fromBytes(ByteView bytes) {
  if (bytes.size() != 4 && bytes.size() != 16) return std::nullopt;
  return IpNumber{static_cast<int>(bytes.size()) * 8, numberOf(bytes)};
}

std::optional<IpNumber> IpNumber::from(const SocketAddress& address) {
  return fromBytes(address.ipBytes());
}

Bytes IpNumber::bytes() const {
  Bytes bytes(static_cast<std::size_t>(bits / 8));
  Uint128 rest = value;
  for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte, rest >>= 8) {
    *byte = static_cast<std::byte>(rest & 0xFF);
  }
  return bytes;
}

std::string IpNumber::text() const {
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(isIpv4() ? AF_INET : AF_INET6, bytes().data(), text.data(), text.size());
  return text.data();
}

}  // namespace sockbench
