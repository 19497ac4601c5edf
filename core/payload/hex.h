// Hexadecimal text, both ways.
#pragma once

#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace sockbench {

// "68 65:6c-6c,6f", "0x68 0x65", "68656c6c6f": pairs of digits; white space (also new lines) and : - , ;
// between pairs are passed over, so is 0x or \x before a pair. Errors: badHex with `where` at the character
// that is not a digit, or at the digit that has no partner. Empty text is no bytes.
Result<Bytes> parseHex(std::string_view text);

std::string toHex(ByteView bytes);                          // "68656c"
std::string toHexSpaced(ByteView bytes, std::size_t most);  // "68 65 6c"; " ..." (U+2026) after `most` bytes

}  // namespace sockbench
