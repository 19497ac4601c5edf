#include "core/calls/python/texts.h"

#include <cmath>
#include <limits>

#include "core/calls/python/fault.h"
#include "core/calls/python/numbers.h"
#include "core/payload/hex_digits.h"

namespace sockbench {
namespace {

using std::chrono::nanoseconds;

constexpr std::int64_t kNanosInSecond = 1'000'000'000;
constexpr std::int64_t kMostSeconds = std::numeric_limits<std::int64_t>::max() / kNanosInSecond;

std::string typeText(const CallValue& value) {
  return std::string(value.typeName());
}

nanoseconds wholeSeconds(const CallValue& value, std::size_t argument) {
  std::int64_t count = 0;
  try {
    count = cLong(value, argument);
  } catch (const RaisedFault& raised) {
    if (raised.fault.kind != CallFaultKind::overflow) throw;
    count = std::numeric_limits<std::int64_t>::max();
  }
  if (count > kMostSeconds || count < -kMostSeconds)
    raiseOverflow("timestamp too large to convert to C _PyTime_t", argument);
  return nanoseconds(count * kNanosInSecond);
}

nanoseconds fractionalSeconds(double value, std::size_t argument) {
  if (std::isnan(value)) raiseValue("Invalid value NaN (not a number)", argument);
  const double nanos = value * static_cast<double>(kNanosInSecond);
  const double rounded = nanos < 0 ? std::floor(nanos) : std::ceil(nanos);
  constexpr double kMost = 9223372036854775808.0;
  if (!(rounded < kMost && rounded >= -kMost))
    raiseOverflow("timestamp out of range for platform time_t", argument);
  return nanoseconds(static_cast<std::int64_t>(rounded));
}

bool isSurrogate(char32_t character) {
  return character >= 0xD800 && character <= 0xDFFF;
}

[[noreturn]] void raiseSurrogate(char32_t character, std::size_t position, std::size_t argument) {
  raiseValue("'utf-8' codec can't encode character '" + escapedCharacter(character) + "' in position " +
                 std::to_string(position) + ": surrogates not allowed",
             argument);
}

}  // namespace

ByteView bytesLike(const CallValue& value, std::size_t argument) {
  if (const auto* bytes = value.as<Bytes>()) return *bytes;
  if (const auto* buffer = value.as<CallBuffer>()) return buffer->bytes;
  raiseType("a bytes-like object is required, not '" + typeText(value) + "'", argument);
}

std::string escapedCharacter(char32_t character) {
  std::string text = "\\u";
  for (unsigned shift = 16; shift != 0; shift -= 4) text += kHexDigits[character >> (shift - 4) & 0xFU];
  return text;
}

std::string strictUtf8(const std::string& text, std::size_t argument) {
  std::size_t position = 0;
  for (std::size_t at = 0; at < text.size(); ++position) {
    const char32_t character = nextTextCharacter(text, at);
    if (isSurrogate(character)) raiseSurrogate(character, position, argument);
  }
  return text;
}

std::string pathBytes(const std::string& text, std::size_t argument) {
  std::string bytes;
  if (bytesFromText(text, bytes)) return bytes;
  std::size_t position = 0;
  for (std::size_t at = 0; at < text.size(); ++position) {
    const std::size_t begin = at;
    const char32_t character = nextTextCharacter(text, at);
    if (!bytesFromText(text.substr(begin, at - begin), bytes)) raiseSurrogate(character, position, argument);
  }
  return bytes;
}

std::string plainText(const CallValue& value, std::size_t argument) {
  const auto* text = value.as<std::string>();
  if (text == nullptr) raiseType("must be str, not " + typeText(value), argument);
  std::string plain = strictUtf8(*text, argument);
  if (plain.contains('\0')) raiseValue("embedded null character", argument);
  return plain;
}

std::string pathText(const CallValue& value, std::size_t argument) {
  std::string path;
  if (const auto* text = value.as<std::string>()) {
    path = pathBytes(*text, argument);
  } else if (const auto* bytes = value.as<Bytes>()) {
    path = asChars(*bytes);
  } else {
    raiseType("expected str, bytes or os.PathLike object, not " + typeText(value), argument);
  }
  if (path.contains('\0')) raiseValue("embedded null byte", argument);
  return path;
}

std::string cutAtNul(std::string_view text) {
  return std::string(text.substr(0, text.find('\0')));
}

Timeout seconds(const CallValue& value, std::size_t argument) {
  if (value.isNone()) return std::nullopt;
  const auto* fraction = value.as<double>();
  const nanoseconds time =
      fraction != nullptr ? fractionalSeconds(*fraction, argument) : wholeSeconds(value, argument);
  if (time < nanoseconds(0)) raiseValue("Timeout value out of range", argument);
  return time;
}

CallValue secondsValue(Timeout timeout) {
  if (!timeout) return {};
  return static_cast<double>(timeout->count()) / static_cast<double>(kNanosInSecond);
}

}  // namespace sockbench
