#include "core/resolve/address_class.h"

#include <algorithm>

namespace sockbench {
namespace {

constexpr AddressClass divided(char letter, std::string_view leadingBits, std::uint32_t first, int prefix,
                               std::string_view use) {
  const auto fixed = static_cast<int>(leadingBits.size());
  return {.letter = letter,
          .leadingBits = leadingBits,
          .first = first,
          .last = first | (0xFFFFFFFFU >> fixed),
          .prefix = prefix,
          .networks = 1U << (prefix - fixed),
          .hosts = (1U << (32 - prefix)) - 2,
          .use = use};
}

constexpr AddressClass whole(char letter, std::string_view leadingBits, std::uint32_t first,
                             std::string_view use) {
  const std::uint32_t last = first | (0xFFFFFFFFU >> leadingBits.size());
  return {letter, leadingBits, first, last, 0, 0, 0, use};
}

constexpr std::array<AddressClass, 5> kClasses{
    divided('A', "0", 0x00000000, 8, "few, very large networks"),
    divided('B', "10", 0x80000000, 16, "medium networks"),
    divided('C', "110", 0xC0000000, 24, "many small networks"),
    whole('D', "1110", 0xE0000000, "multicast groups"),
    whole('E', "1111", 0xF0000000, "reserved for future use"),
};

}  // namespace

const std::array<AddressClass, 5>& addressClasses() {
  return kClasses;
}

const AddressClass* addressClassOf(IpNumber address) {
  if (!address.isIpv4()) return nullptr;
  return std::ranges::find_if(kClasses, [&](const AddressClass& c) { return address.value <= c.last; });
}

}  // namespace sockbench
