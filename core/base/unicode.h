// Characters: UTF-8 to code points and back, and those that no text may show as they are.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sockbench {

// True for a character that a terminal or a text widget may be led astray by (controls and format
// characters).
bool isDeceptiveCharacter(char32_t c);
// True for a mark that stands on, under or around the character before it (Unicode's Mn and Me).
bool isCombiningMark(char32_t c);

// Decodes the UTF-8 character at `text[offset]`, which must exist, and moves `offset` behind it. A byte that
// does not begin a valid sequence (overlong, surrogate, beyond U+10FFFF, cut short) moves it by one and
// answers `kInvalidUtf8`.
inline constexpr char32_t kInvalidUtf8 = 0xFFFFFFFF;
char32_t nextUtf8(std::string_view text, std::size_t& offset);
void appendUtf8(std::string& out, char32_t c);

}  // namespace sockbench
