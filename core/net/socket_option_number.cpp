// Numbers and truth values.
#include <charconv>
#include <limits>

#include "core/net/socket_option_codec.h"

namespace sockbench {
namespace {

std::string unitOf(const OptionInfo& option) {
  return option.unit.empty() ? "" : ' ' + std::string(option.unit);
}

std::string rangeOf(const OptionInfo& option) {
  std::string range = "a whole number from " + std::to_string(option.min) + " to " +
                      std::to_string(option.max) + unitOf(option);
  for (const OptionChoice& choice : option.choices) range += ", or " + std::string(choice.name);
  return range;
}

Result<std::string> canonicalBoolean(const OptionInfo&, std::string_view text) {
  if (text == "1" || text == "on") return "1";
  if (text == "0" || text == "off") return "0";
  return badValue(text, "the value is 1 or on, 0 or off");
}

Result<Bytes> encodeBoolean(const OptionInfo&, std::string_view canonical) {
  return bytesOf(canonical == "1" ? 1 : 0);
}

std::string decodeBoolean(const OptionInfo&, ByteView value) {
  return valueOf<int>(value) != 0 ? "1" : "0";
}

Result<std::string> canonicalInteger(const OptionInfo& option, std::string_view text) {
  if (findChoice(option, text) != nullptr) return std::string(text);
  const std::optional<long long> number = wholeNumber(text);
  if (!number) return badValue(text, "the value is " + rangeOf(option));
  if (*number >= option.min && *number <= option.max) return std::to_string(*number);
  const std::string_view name = choiceName(option, static_cast<std::uint64_t>(*number), 64);
  if (!name.empty()) return std::string(name);
  return badValue(text, "the value is " + rangeOf(option));
}

std::uint64_t numberOf(const OptionInfo& option, std::string_view canonical) {
  if (const OptionChoice* choice = findChoice(option, canonical)) return choice->value;
  return static_cast<std::uint64_t>(wholeNumber(canonical).value_or(0));
}

Result<Bytes> encodeInteger(const OptionInfo& option, std::string_view canonical) {
  return bytesOf(static_cast<std::uint32_t>(numberOf(option, canonical)));
}

// A name stands for a value outside the range; what lies within is a number.
std::string decodeInteger(const OptionInfo& option, ByteView value) {
  const auto raw = valueOf<std::uint32_t>(value);
  const bool isUnsigned = option.max > std::numeric_limits<int>::max();
  const long long number = isUnsigned ? static_cast<long long>(raw) : static_cast<int>(raw);
  if (number >= option.min && number <= option.max) return std::to_string(number);
  const std::string_view name = choiceName(option, raw);
  return name.empty() ? std::to_string(number) : std::string(name);
}

Result<Bytes> encodeWide(const OptionInfo& option, std::string_view canonical) {
  return bytesOf(numberOf(option, canonical));
}

std::string decodeWide(const OptionInfo& option, ByteView value) {
  const auto number = valueOf<std::uint64_t>(value);
  const std::string_view name = choiceName(option, number, 64);
  return name.empty() ? std::to_string(number) : std::string(name);
}

Result<std::string> canonicalPortRange(const OptionInfo&, std::string_view text) {
  if (text == "none") return "none";
  const std::size_t dash = std::min(text.find('-'), text.size());
  const auto portAt = [&](TextSpan part) -> Result<long long> {
    const auto port = wholeNumber(text.substr(part.offset, part.length));
    if (port && *port >= 0 && *port <= std::numeric_limits<std::uint16_t>::max()) return *port;
    return badValue(text, part, "the value is two ports from 0 to 65535, 40000-50000, or none");
  };
  const auto low = portAt({0, dash});
  if (!low) return std::unexpected(low.error());
  if (dash == text.size())
    return badValue(text, {dash, 0}, "the last port is missing: write 40000-50000, or none");
  const auto high = portAt({dash + 1, text.size() - dash - 1});
  if (!high) return std::unexpected(high.error());
  if (*low != 0 && *high != 0 && *low > *high) return badValue(text, "the first port is above the last");
  if (*low == 0 && *high == 0) return "none";
  return std::to_string(*low) + '-' + std::to_string(*high);
}

// ip(7), IP_LOCAL_PORT_RANGE: the last port in the upper half.
Result<Bytes> encodePortRange(const OptionInfo&, std::string_view canonical) {
  if (canonical == "none") return bytesOf(std::uint32_t{0});
  const std::size_t dash = canonical.find('-');
  const auto low = static_cast<std::uint32_t>(wholeNumber(canonical.substr(0, dash)).value_or(0));
  const auto high = static_cast<std::uint32_t>(wholeNumber(canonical.substr(dash + 1)).value_or(0));
  return bytesOf(high << 16U | low);
}

std::string decodePortRange(const OptionInfo&, ByteView value) {
  const auto raw = valueOf<std::uint32_t>(value);
  if (raw == 0) return "none";
  return std::to_string(raw & 0xffffU) + '-' + std::to_string(raw >> 16U);
}

}  // namespace

constinit const OptionCodec kBooleanCodec{canonicalBoolean, encodeBoolean, decodeBoolean};
constinit const OptionCodec kIntegerCodec{canonicalInteger, encodeInteger, decodeInteger};
constinit const OptionCodec kWideCodec{canonicalInteger, encodeWide, decodeWide, sizeof(std::uint64_t)};
constinit const OptionCodec kPortRangeCodec{canonicalPortRange, encodePortRange, decodePortRange};

}  // namespace sockbench
