#include "core/resolve/reverse_pointer.h"

#include <array>
#include <charconv>

namespace sockbench {
namespace {

// The labels of the highest `bits` bits, the last of them first.
std::string labels(IpNumber address, int bits) {
  const int width = address.isIpv4() ? 8 : 4;
  const unsigned mask = (1U << width) - 1;
  std::string name;
  for (int end = bits; end > 0; end -= width) {
    const unsigned label = static_cast<unsigned>(address.value >> (address.bits - end)) & mask;
    std::array<char, 4> digits;
    const auto written =
        std::to_chars(digits.data(), digits.data() + digits.size(), label, address.isIpv4() ? 10 : 16);
    name.append(digits.data(), written.ptr).push_back('.');
  }
  return name + (address.isIpv4() ? "in-addr.arpa" : "ip6.arpa");
}

}  // namespace

std::string reverseName(IpNumber address) {
  return labels(address, address.bits);
}

std::optional<std::string> reverseZone(const IpNetwork& network) {
  if (network.prefix() % (network.first().isIpv4() ? 8 : 4) != 0) return std::nullopt;
  return labels(network.first(), network.prefix());
}

std::string reversePointer(const SocketAddress& address) {
  const std::optional<IpNumber> number = IpNumber::from(address);
  return number ? reverseName(*number) + '.' : std::string();
}

}  // namespace sockbench
