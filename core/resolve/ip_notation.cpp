#include "core/resolve/ip_notation.h"

#include <string_view>

namespace sockbench {
namespace {

// In a base of 2, 8 or 16; at least `width` digits.
std::string digitsOf(Uint128 number, int bitsPerDigit, std::size_t width) {
  std::string digits;
  while (number != 0 || digits.size() < width) {
    digits.insert(digits.begin(),
                  "0123456789abcdef"[static_cast<unsigned>(number) & ((1U << bitsPerDigit) - 1)]);
    number >>= bitsPerDigit;
  }
  return digits;
}

// Each group of `bits` bits as `write` makes it, with `separator` between them.
template <class Write>
std::string grouped(IpNumber address, int bits, std::string_view separator, Write write) {
  std::string text;
  for (int shift = address.bits - bits; shift >= 0; shift -= bits) {
    if (!text.empty()) text += separator;
    text += write((address.value >> shift) & ((1U << bits) - 1));
  }
  return text;
}

std::string octal(Uint128 number) {
  return number == 0 ? "0" : '0' + digitsOf(number, 3, 1);
}

}  // namespace

std::string packedHex(IpNumber address) {
  return digitsOf(address.value, 4, static_cast<std::size_t>(address.bits / 4));
}

std::string explodedText(IpNumber address) {
  if (address.isIpv4()) return address.text();
  return grouped(address, 16, ":", [](Uint128 group) { return digitsOf(group, 4, 4); });
}

std::string hexNumber(IpNumber address) {
  return "0x" + digitsOf(address.value, 4, 1);
}

std::string octalNumber(IpNumber address) {
  return octal(address.value);
}

std::string binaryText(IpNumber address) {
  if (address.isIpv4()) return grouped(address, 8, ".", [](Uint128 octet) { return digitsOf(octet, 1, 8); });
  return grouped(address, 16, ":", [](Uint128 group) { return digitsOf(group, 1, 16); });
}

std::string dottedHex(IpNumber address) {
  if (!address.isIpv4()) return {};
  return grouped(address, 8, ".", [](Uint128 octet) { return "0x" + digitsOf(octet, 4, 1); });
}

std::string dottedOctal(IpNumber address) {
  return address.isIpv4() ? grouped(address, 8, ".", octal) : std::string();
}

std::string escapedBytes(IpNumber address) {
  return "\\x" + grouped(address, 8, "\\x", [](Uint128 byte) { return digitsOf(byte, 4, 2); });
}

}  // namespace sockbench
