// Characters to bytes and back in the encodings that the composer and the inspector offer.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace sockbench {

enum class TextEncoding { utf8, latin1, gbk, utf16le, utf16be };

std::span<const TextEncoding> textEncodings();
std::string_view textEncodingName(TextEncoding e);  // "UTF-8", "Latin-1", "GBK", "UTF-16LE", "UTF-16BE"

// UTF-8 to `encoding`. Errors: badEncoding with `where` over the first character that it does not have.
Result<Bytes> encodeText(std::string_view utf8, TextEncoding encoding);

// Escaped text (escapes.h) to bytes, its characters in `encoding`, its byte escapes as they are. `where` of
// an error lies in `escaped`.
Result<Bytes> encodeEscapedText(std::string_view escaped, TextEncoding encoding);

// Bytes to UTF-8. Bytes that are not of the encoding become U+FFFD, one each, and are counted in `*invalid`.
std::string decodeText(ByteView bytes, TextEncoding encoding, std::size_t* invalid = nullptr);

}  // namespace sockbench
