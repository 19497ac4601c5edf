// Durations, SO_LINGER, and names as text.
#include <sys/socket.h>
#include <sys/time.h>

#include <limits>

#include "core/net/socket_option_codec.h"

namespace sockbench {
namespace {

constexpr long long kMicrosPerSecond = 1'000'000;
constexpr std::size_t kMicroDigits = 6;
constexpr std::size_t kMostTextBytes = 15;   // IF_NAMESIZE and TCP_CA_NAME_MAX are both 16 with their NUL
constexpr std::size_t kMostReadBytes = 256;  // a security label (SO_PEERSEC) may be longer than they

Result<std::string> canonicalLinger(const OptionInfo& option, std::string_view text) {
  if (text == "off") return "off";
  if (text == "on" || text == "on,")
    return badValue(text, {text.size(), 0}, "the seconds are missing: write on,5");
  if (!text.starts_with("on,")) return badValue(text, "the value is off, or on and the seconds: on,5");
  const std::optional<long long> seconds = wholeNumber(text.substr(3));
  if (seconds && *seconds >= 0 && *seconds <= option.max) return "on," + std::to_string(*seconds);
  return badValue(text, {3, text.size() - 3},
                  "the seconds are a whole number from 0 to " + std::to_string(option.max));
}

Result<Bytes> encodeLinger(const OptionInfo&, std::string_view canonical) {
  if (canonical == "off") return bytesOf(::linger{0, 0});
  return bytesOf(::linger{1, static_cast<int>(wholeNumber(canonical.substr(3)).value_or(0))});
}

std::string decodeLinger(const OptionInfo&, ByteView value) {
  const auto raw = valueOf<::linger>(value);
  return raw.l_onoff == 0 ? "off" : "on," + std::to_string(raw.l_linger);
}

// `micros` below one second.
std::string fractionText(long long micros) {
  if (micros == 0) return "";
  std::string fraction = std::to_string(kMicrosPerSecond + micros).substr(1);
  fraction.resize(fraction.find_last_not_of('0') + 1);
  return '.' + fraction;
}

std::string durationText(long long micros) {
  return std::to_string(micros / kMicrosPerSecond) + fractionText(micros % kMicrosPerSecond);
}

// Microseconds of decimal seconds ("1.5", ".5", "3"); empty when it is none or finer than a microsecond.
std::optional<long long> microsOf(std::string_view text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  std::string fraction(text.substr(std::min(point + 1, text.size())));
  const std::string whole(text.substr(0, point));
  if ((whole + fraction).empty() || (whole + fraction).find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  if (fraction.size() > kMicroDigits) return std::nullopt;
  fraction.resize(kMicroDigits, '0');
  const std::optional<long long> seconds = wholeNumber(whole.empty() ? "0" : whole);
  if (!seconds || *seconds > std::numeric_limits<long long>::max() / kMicrosPerSecond - 1)
    return std::nullopt;
  return *seconds * kMicrosPerSecond + wholeNumber(fraction).value_or(0);
}

Result<std::string> canonicalDuration(const OptionInfo& option, std::string_view text) {
  const std::optional<long long> micros = microsOf(text);
  if (micros && *micros <= option.max * kMicrosPerSecond) return durationText(*micros);
  return badValue(text, "the value is seconds from 0 to " + std::to_string(option.max) +
                            ", with at most six decimals: 1.5");
}

Result<Bytes> encodeDuration(const OptionInfo&, std::string_view canonical) {
  const long long micros = microsOf(canonical).value_or(0);
  return bytesOf(timeval{micros / kMicrosPerSecond, micros % kMicrosPerSecond});
}

std::string decodeDuration(const OptionInfo&, ByteView value) {
  const auto raw = valueOf<timeval>(value);
  if (raw.tv_sec < 0 || raw.tv_usec < 0 || raw.tv_usec >= kMicrosPerSecond) return "0";
  return std::to_string(raw.tv_sec) + fractionText(raw.tv_usec);
}

Result<std::string> canonicalText(const OptionInfo&, std::string_view text) {
  if (text.size() > kMostTextBytes)
    return badValue(text, "the name has at most 15 bytes, this one has " + std::to_string(text.size()));
  const auto* const odd =
      std::ranges::find_if(text, [](char c) { return (c >= '\0' && c <= ' ') || c == '\x7f'; });
  if (odd != text.end()) {
    return badValue(text, {static_cast<std::size_t>(odd - text.begin()), 1},
                    "a name has no space and no control character in it");
  }
  return std::string(text);
}

Result<Bytes> encodeText(const OptionInfo&, std::string_view canonical) {
  return toBytes(canonical);
}

std::string decodeText(const OptionInfo&, ByteView value) {
  const std::string_view text = asChars(value);
  return std::string(text.substr(0, text.find('\0')));
}

}  // namespace

constinit const OptionCodec kLingerCodec{canonicalLinger, encodeLinger, decodeLinger, sizeof(::linger)};
constinit const OptionCodec kDurationCodec{canonicalDuration, encodeDuration, decodeDuration,
                                           sizeof(timeval)};
constinit const OptionCodec kTextCodec{canonicalText, encodeText, decodeText, kMostReadBytes};

}  // namespace sockbench
