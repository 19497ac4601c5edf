#include "core/payload/hex.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/payload/hex_digits.h"
#include "core/payload/visible_text.h"

namespace sockbench {
namespace {

// Both digits of every byte.
constexpr auto kHexPairs = [] {
  std::array<std::array<char, 2>, 256> pairs{};
  for (std::size_t byte = 0; byte < pairs.size(); ++byte)
    pairs[byte] = {kHexDigits[byte >> 4], kHexDigits[byte & 0xF]};
  return pairs;
}();

bool isSeparator(char c) {
  return std::string_view(" \t\n\r\v\f:-,;").contains(c);
}

bool hasPrefixAt(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size()) return false;
  const bool isX = text[at + 1] == 'x' || text[at + 1] == 'X';
  return isX && (text[at] == '0' || text[at] == '\\');
}

Error hexError(std::string_view text, std::size_t at, std::size_t length, std::string detail) {
  return Error::fromInput(InputFault::badHex, std::string(text), TextSpan{at, length}, std::move(detail));
}

Error notADigit(std::string_view text, std::size_t at) {
  std::size_t end = at;
  nextUtf8(text, end);
  const std::string shown = visibleText(text.substr(at, end - at));
  return hexError(text, at, end - at, "\"" + shown + "\" is not a hexadecimal digit");
}

// Reads the pair at `at` and moves behind it. The first character is no separator.
Result<std::byte> takePair(std::string_view text, std::size_t& at) {
  const std::size_t start = at;
  if (hasPrefixAt(text, at)) {
    at += 2;
    if (at == text.size() || isSeparator(text[at])) {
      return std::unexpected(
          hexError(text, start, 2, "\"" + std::string(text.substr(start, 2)) + "\" has no digits behind it"));
    }
  }
  const std::optional<unsigned> high = hexDigitValue(text[at]);
  if (!high) return std::unexpected(notADigit(text, at));
  if (at + 1 == text.size() || isSeparator(text[at + 1])) {
    return std::unexpected(hexError(
        text, at, 1, "the digit \"" + std::string(1, text[at]) + "\" has no partner; bytes are two digits"));
  }
  const std::optional<unsigned> low = hexDigitValue(text[at + 1]);
  if (!low) return std::unexpected(notADigit(text, at + 1));
  at += 2;
  return static_cast<std::byte>(*high << 4 | *low);
}

}  // namespace

Result<Bytes> parseHex(std::string_view text) {
  Bytes bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t at = 0; at < text.size();) {
    if (isSeparator(text[at])) {
      ++at;
      continue;
    }
    const Result<std::byte> pair = takePair(text, at);
    if (!pair) return std::unexpected(pair.error());
    bytes.push_back(*pair);
  }
  return bytes;
}

std::string toHex(ByteView bytes) {
  std::string text(bytes.size() * 2, '\0');
  char* out = text.data();
  for (const std::byte byte : bytes) {
    const std::array<char, 2>& pair = kHexPairs[std::to_integer<std::size_t>(byte)];
    *out++ = pair[0];
    *out++ = pair[1];
  }
  return text;
}

std::string toHexSpaced(ByteView bytes, std::size_t most) {
  const std::size_t shown = std::min(bytes.size(), most);
  std::string text;
  text.reserve(shown * 3 + 4);
  for (const std::byte byte : bytes.first(shown)) {
    if (!text.empty()) text += ' ';
    text += kHexDigits[std::to_integer<unsigned>(byte >> 4)];
    text += kHexDigits[std::to_integer<unsigned>(byte & std::byte{0x0F})];
  }
  if (shown < bytes.size()) text += text.empty() ? "\xE2\x80\xA6" : " \xE2\x80\xA6";
  return text;
}

}  // namespace sockbench
