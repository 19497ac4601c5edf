#include "core/net/ip_text.h"

#include <algorithm>
#include <string>

namespace sockbench {
namespace {

Error fault(std::string_view text, TextSpan where, std::string why) {
  return Error::fromInput(InputFault::badAddress, std::string(text), where, std::move(why));
}

bool isAbove255(std::string_view digits) {
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  return digits.size() > 3 || (digits.size() == 3 && digits > "255");
}

// Where one of the numbers of a dotted address is wrong by itself; empty when none is.
std::optional<Error> badNumber(std::string_view text) {
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('.', begin), text.size());
    const std::string number(text.substr(begin, end - begin));
    const TextSpan where{begin, number.size()};
    if (number.empty()) return fault(text, where, "a number is missing in the IPv4 address");
    if (isAbove255(number))
      return fault(text, where, number + " is above 255, the most that a part of an IPv4 address holds");
    if (number.size() > 1 && number.front() == '0') {
      return fault(text, where, number + " has a leading zero, which some programs read as octal");
    }
    begin = end + 1;
  }
  return std::nullopt;
}

Error badIpv4(std::string_view text) {
  const auto parts = std::ranges::count(text, '.') + 1;
  if (parts == 4) {
    if (std::optional<Error> number = badNumber(text)) return *number;
  }
  return fault(text, {0, text.size()},
               "an IPv4 address has four numbers, this one has " + std::to_string(parts));
}

std::optional<Error> badGroup(std::string_view text) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(':', begin), text.size());
    const std::string_view group = text.substr(begin, end - begin);
    if (group.size() > 4 && group.find('.') == std::string_view::npos) {
      return fault(text, {begin, group.size()}, "a group of an IPv6 address has at most four digits");
    }
    begin = end + 1;
  }
  return std::nullopt;
}

Error badIpv6(std::string_view text) {
  const std::size_t odd = text.find_first_not_of("0123456789abcdefABCDEF:.");
  if (odd != std::string_view::npos) {
    return fault(text, {odd, 1}, "an IPv6 address is made of hexadecimal digits and colons");
  }
  if (std::optional<Error> group = badGroup(text)) return *group;
  const std::size_t gap = text.find("::");
  const std::size_t second = gap == std::string_view::npos ? gap : text.find("::", gap + 1);
  if (second != std::string_view::npos) {
    return fault(text, {second, 2}, "an IPv6 address has :: at most once");
  }
  return fault(text, {0, text.size()}, "an IPv6 address has eight groups, or one :: in place of some");
}

}  // namespace

Error badIpText(std::string_view text) {
  if (text.empty()) return fault(text, {0, 0}, "the address is empty");
  if (text.find(':') != std::string_view::npos) return badIpv6(text);
  if (text.find_first_not_of("0123456789.") == std::string_view::npos) return badIpv4(text);
  return fault(text, {0, text.size()}, "this is neither an IPv4 nor an IPv6 address");
}

}  // namespace sockbench
