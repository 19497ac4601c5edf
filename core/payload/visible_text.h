// Visible text: what came from the network, made safe for a person's eye.
#pragma once

#include <string>
#include <string_view>

#include "core/base/bytes.h"

namespace sockbench {

// UTF-8 in, UTF-8 out, in which every character that could move, hide or disguise something has become a
// visible symbol: C0 controls and DEL as U+2400..U+2421 pictures, C1 controls, bidi controls, zero-width and
// other format characters, U+2028/9, BOM, noncharacters as <U+202E>, bytes that are not UTF-8 as U+FFFD.
// With `keepNewlines`, \n stays and \r\n is shown as its picture followed by \n; else \n is a picture too.
std::string visibleText(std::string_view utf8, bool keepNewlines = false);

// One line of at most `maxCharacters` characters from the beginning of `bytes` (read as UTF-8), ending in
// U+2026 when there is more. Reads no more than 4 bytes a character, however large `bytes` is.
std::string previewText(ByteView bytes, std::size_t maxCharacters);

// True for a character that a terminal or a text widget may be led astray by (the list above).
bool isDeceptiveCharacter(char32_t c);

// Decodes the UTF-8 character at `text[offset]` and moves `offset` behind it. A byte that does not begin a
// valid sequence (overlong, surrogate, beyond U+10FFFF, cut short) moves it by one and answers
// `kInvalidUtf8`.
inline constexpr char32_t kInvalidUtf8 = 0xFFFFFFFF;
char32_t nextUtf8(std::string_view text, std::size_t& offset);
void appendUtf8(std::string& out, char32_t c);

}  // namespace sockbench
