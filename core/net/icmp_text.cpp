#include "core/net/icmp_text.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace sockbench {
namespace {

struct Meaning {
  std::uint8_t type;
  std::uint8_t code;
  std::string_view words;
};

constexpr std::array kIcmp{
    Meaning{3, 0, "network unreachable"},
    Meaning{3, 1, "host unreachable"},
    Meaning{3, 2, "protocol unreachable"},
    Meaning{3, 3, "port unreachable"},
    Meaning{3, 4, "too big to pass, and not to be fragmented"},
    Meaning{3, 5, "source route failed"},
    Meaning{3, 6, "network unknown"},
    Meaning{3, 7, "host unknown"},
    Meaning{3, 8, "source host isolated"},
    Meaning{3, 9, "network administratively prohibited"},
    Meaning{3, 10, "host administratively prohibited"},
    Meaning{3, 11, "network unreachable for this type of service"},
    Meaning{3, 12, "host unreachable for this type of service"},
    Meaning{3, 13, "communication administratively prohibited"},
    Meaning{3, 14, "host precedence violation"},
    Meaning{3, 15, "precedence cut off"},
    Meaning{4, 0, "source quench"},
    Meaning{5, 0, "redirected for the network"},
    Meaning{5, 1, "redirected for the host"},
    Meaning{11, 0, "time to live exceeded in transit"},
    Meaning{11, 1, "fragments did not all come in time"},
    Meaning{12, 0, "a header field is wrong"},
    Meaning{12, 1, "a required option is missing"},
    Meaning{12, 2, "the header's length is wrong"},
};

constexpr std::array kIcmp6{
    Meaning{1, 0, "no route to the destination"},
    Meaning{1, 1, "communication administratively prohibited"},
    Meaning{1, 2, "beyond the scope of the source address"},
    Meaning{1, 3, "address unreachable"},
    Meaning{1, 4, "port unreachable"},
    Meaning{1, 5, "source address failed the policy"},
    Meaning{1, 6, "route to the destination rejected"},
    Meaning{1, 7, "error in the source routing header"},
    Meaning{2, 0, "too big to pass"},
    Meaning{3, 0, "hop limit exceeded in transit"},
    Meaning{3, 1, "fragments did not all come in time"},
    Meaning{4, 0, "a header field is wrong"},
    Meaning{4, 1, "unknown next header"},
    Meaning{4, 2, "unknown IPv6 option"},
};

std::string textOf(std::span<const Meaning> known, std::string_view protocol, std::uint8_t type,
                   std::uint8_t code) {
  const auto found =
      std::ranges::find_if(known, [&](const Meaning& m) { return m.type == type && m.code == code; });
  if (found != known.end()) return std::string(found->words);
  return std::string(protocol) + " type " + std::to_string(type) + ", code " + std::to_string(code);
}

}  // namespace

std::string icmpText(std::uint8_t type, std::uint8_t code) {
  return textOf(kIcmp, "ICMP", type, code);
}

std::string icmp6Text(std::uint8_t type, std::uint8_t code) {
  return textOf(kIcmp6, "ICMPv6", type, code);
}

}  // namespace sockbench
