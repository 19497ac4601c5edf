#include "core/calls/call_value.h"

#include <array>

#include "core/base/unicode.h"

namespace sockbench {
namespace {

constexpr char32_t kFirstByteSurrogate = 0xDC80;  // stands for the byte 0x80
constexpr char32_t kLastByteSurrogate = 0xDCFF;

// A surrogate in generalized UTF-8 is ED, then A0...BF, then 80...BF.
bool isSurrogateAt(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  return at + 3 <= text.size() && byte(0) == 0xED && byte(1) >= 0xA0 && byte(1) <= 0xBF && byte(2) >= 0x80 &&
         byte(2) <= 0xBF;
}

}  // namespace

bool CallTuple::operator==(const CallTuple&) const = default;
bool CallList::operator==(const CallList&) const = default;
bool CallValue::operator==(const CallValue&) const = default;

const std::vector<CallValue>* CallValue::items() const {
  if (const auto* tuple = as<CallTuple>()) return &tuple->items;
  const auto* list = as<CallList>();
  return list == nullptr ? nullptr : &list->items;
}

std::string_view CallValue::typeName() const {
  static constexpr std::array<std::string_view, 11> kNames{
      "NoneType", "bool", "int", "int", "float", "str", "bytes", "bytearray", "tuple", "list", "socket"};
  static_assert(kNames.size() == std::variant_size_v<Alternatives>);
  return kNames[value_.index()];
}

char32_t nextTextCharacter(std::string_view text, std::size_t& offset) {
  if (!isSurrogateAt(text, offset)) return nextUtf8(text, offset);
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[offset + i]); };
  const char32_t character = 0xD000U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU);
  offset += 3;
  return character;
}

void appendTextCharacter(std::string& out, char32_t character) {
  if (character < 0xD800 || character > 0xDFFF) return appendUtf8(out, character);
  out += static_cast<char>(0xED);
  out += static_cast<char>(0x80U | (character >> 6U & 0x3FU));
  out += static_cast<char>(0x80U | (character & 0x3FU));
}

std::string textFromBytes(std::string_view bytes) {
  std::string text;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t begin = at;
    const char32_t character = nextUtf8(bytes, at);
    if (character == kInvalidUtf8) {
      appendTextCharacter(text, kFirstByteSurrogate - 0x80 + static_cast<unsigned char>(bytes[begin]));
    } else {
      text.append(bytes, begin, at - begin);
    }
  }
  return text;
}

bool bytesFromText(std::string_view text, std::string& bytes) {
  bytes.clear();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t character = nextTextCharacter(text, at);
    if (character >= kFirstByteSurrogate && character <= kLastByteSurrogate) {
      bytes += static_cast<char>(character - kFirstByteSurrogate + 0x80);
    } else if (character == kInvalidUtf8 || (character >= 0xD800 && character <= 0xDFFF)) {
      return false;
    } else {
      bytes.append(text, begin, at - begin);
    }
  }
  return true;
}

}  // namespace sockbench
