#include "core/base/unicode.h"

#include <algorithm>
#include <array>

namespace sockbench {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

struct CharacterRange {
  char32_t first;
  char32_t last;
};

// Unicode's controls (Cc), format characters (Cf), line and paragraph separators, and default-ignorable
// characters (DerivedCoreProperties.txt, without the noncharacters, which isDeceptiveCharacter computes).
// Sorted.
constexpr std::array kDeceptive = std::to_array<CharacterRange>({
    {0x0000, 0x001F},   {0x007F, 0x009F},   {0x00AD, 0x00AD},   {0x034F, 0x034F},   {0x0600, 0x0605},
    {0x061C, 0x061C},   {0x06DD, 0x06DD},   {0x070F, 0x070F},   {0x0890, 0x0891},   {0x08E2, 0x08E2},
    {0x115F, 0x1160},   {0x17B4, 0x17B5},   {0x180B, 0x180F},   {0x200B, 0x200F},   {0x2028, 0x202E},
    {0x2060, 0x206F},   {0x3164, 0x3164},   {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},
    {0xFFF0, 0xFFFB},   {0x110BD, 0x110BD}, {0x110CD, 0x110CD}, {0x13430, 0x1343F}, {0x1BCA0, 0x1BCA3},
    {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
});

bool isNoncharacter(char32_t c) {
  return (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
}

unsigned char byteAt(std::string_view text, std::size_t offset) {
  return static_cast<unsigned char>(text[offset]);
}

// What a first byte promises: how many bytes follow it, its own bits, and the smallest character of that
// length.
struct LeadByte {
  int following;
  char32_t bits;
  char32_t least;
};

LeadByte leadByte(unsigned char byte) {
  if (byte >= 0xC2 && byte <= 0xDF) return {1, byte & 0x1Fu, 0x80};
  if (byte >= 0xE0 && byte <= 0xEF) return {2, byte & 0x0Fu, 0x800};
  if (byte >= 0xF0 && byte <= 0xF4) return {3, byte & 0x07u, 0x10000};
  return {0, 0, 0};
}

}  // namespace

bool isDeceptiveCharacter(char32_t c) {
  if (c < 0x7F) return c < 0x20;
  if (isNoncharacter(c)) return true;
  const auto* range = std::ranges::lower_bound(kDeceptive, c, {}, &CharacterRange::last);
  return range != kDeceptive.end() && c >= range->first;
}

char32_t nextUtf8(std::string_view text, std::size_t& offset) {
  const unsigned char first = byteAt(text, offset++);
  if (first < 0x80) return first;
  const LeadByte lead = leadByte(first);
  if (lead.following == 0) return kInvalidUtf8;
  char32_t c = lead.bits;
  std::size_t at = offset;
  for (int i = 0; i < lead.following; ++i, ++at) {
    if (at >= text.size() || (byteAt(text, at) & 0xC0) != 0x80) return kInvalidUtf8;
    c = (c << 6) | (byteAt(text, at) & 0x3Fu);
  }
  if (c < lead.least || (c >= 0xD800 && c <= 0xDFFF) || c > 0x10FFFF) return kInvalidUtf8;
  offset = at;
  return c;
}

void appendUtf8(std::string& out, char32_t c) {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = kReplacement;
  const auto put = [&out](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  const auto putFollowing = [&](int shift) { put(0x80 | ((c >> shift) & 0x3F)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | (c >> 6));
    putFollowing(0);
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    putFollowing(6);
    putFollowing(0);
  } else {
    put(0xF0 | (c >> 18));
    putFollowing(12);
    putFollowing(6);
    putFollowing(0);
  }
}

}  // namespace sockbench
