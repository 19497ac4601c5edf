#include "core/resolve/address_text.h"

#include <algorithm>

#include "core/net/ip_text.h"
#include "core/resolve/ip_network.h"

namespace sockbench {
namespace {

std::unexpected<Error> fault(InputFault kind, std::string_view text, TextSpan where, std::string why) {
  return std::unexpected(Error::fromInput(kind, std::string(text), where, std::move(why)));
}

bool isDigits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

Result<IpNumber> parseAddress(std::string_view text, std::string_view address) {
  if (const std::optional<IpNumber> number = IpNumber::fromText(address)) return *number;
  Error error = badIpText(address);  // its places count from the address, which begins the text
  error.subject = text;
  return std::unexpected(std::move(error));
}

// `percent`: where it stands in `text`; the zone ends at `end`.
Result<std::string> parseZone(std::string_view text, std::size_t percent, std::size_t end, bool isIpv4) {
  const std::string_view zone = text.substr(percent + 1, end - percent - 1);
  if (isIpv4)
    return fault(InputFault::badZone, text, {percent, end - percent}, "only an IPv6 address can have a zone");
  if (zone.empty())
    return fault(InputFault::badZone, text, {percent + 1, 0}, "the zone after the % is missing");
  const auto odd = std::ranges::find_if(zone, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= ' ' || byte == 0x7F || c == '%';
  });
  if (odd == zone.end()) return std::string(zone);
  return fault(InputFault::badZone, text, {percent + 1 + static_cast<std::size_t>(odd - zone.begin()), 1},
               "a zone has neither white space nor a second %");
}

struct MaskPlace {
  std::string_view text;  // all of it
  std::size_t offset;     // where the mask begins
  std::string_view mask() const { return text.substr(offset); }
  std::unexpected<Error> fault(std::string why) const {
    return sockbench::fault(InputFault::badPrefix, text, {offset, mask().size()}, std::move(why));
  }
};

std::unexpected<Error> badMask(const MaskPlace& place, bool isIpv4) {
  const std::optional<IpNumber> other = IpNumber::fromText(place.mask());
  if (other && other->isIpv4() != isIpv4)
    return place.fault("the mask is of the other family than the address");
  if (other && isIpv4) return place.fault("the mask is neither ones before zeros nor zeros before ones");
  if (other) return place.fault("an IPv6 network is written with the length of its prefix, not with a mask");
  return place.fault(isIpv4 ? "this is neither a prefix length, nor a netmask, nor a wildcard"
                            : "a prefix length is a number from 0 to 128");
}

Result<int> parseMask(const MaskPlace& place, int bits) {
  std::string_view mask = place.mask();
  if (mask.empty()) return place.fault("the prefix length after the slash is missing");
  if (isDigits(mask)) {
    mask.remove_prefix(std::min(mask.find_first_not_of('0'), mask.size() - 1));
    const std::optional<Uint128> length = parseDecimal(mask);
    if (length && *length <= static_cast<unsigned>(bits)) return static_cast<int>(*length);
    return place.fault("a prefix of an IPv" + std::string(bits == 32 ? "4" : "6") + " address has at most " +
                       std::to_string(bits) + " bits");
  }
  const std::optional<IpNumber> number = bits == 32 ? IpNumber::fromText(mask) : std::nullopt;
  const std::optional<int> prefix = number && number->isIpv4() ? prefixOfMask(*number) : std::nullopt;
  if (!prefix) return badMask(place, bits == 32);
  return *prefix;
}

}  // namespace

Result<AddressText> parseAddressText(std::string_view text) {
  const std::size_t slash = std::min(text.find('/'), text.size());
  const std::size_t percent = std::min(text.substr(0, slash).find('%'), slash);
  const Result<IpNumber> address = parseAddress(text, text.substr(0, percent));
  if (!address) return std::unexpected(address.error());
  AddressText parsed{.address = *address, .zone = {}, .prefix = std::nullopt};
  if (percent < slash) {
    Result<std::string> zone = parseZone(text, percent, slash, address->isIpv4());
    if (!zone) return std::unexpected(zone.error());
    parsed.zone = *std::move(zone);
  }
  if (slash < text.size()) {
    const Result<int> prefix = parseMask({text, slash + 1}, address->bits);
    if (!prefix) return std::unexpected(prefix.error());
    parsed.prefix = *prefix;
  }
  return parsed;
}

}  // namespace sockbench
