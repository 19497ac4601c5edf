// Values as Python's repr writes them.
#include <array>
#include <charconv>
#include <cmath>

#include "core/base/unicode.h"
#include "core/calls/call_value.h"
#include "core/payload/byte_format.h"
#include "core/payload/hex_digits.h"

namespace sockbench {
namespace {

char quoteFor(std::string_view text) {
  return text.contains('\'') && !text.contains('"') ? '"' : '\'';
}

// The short escapes; false: the character stands for itself or is the caller's.
bool appendShortEscape(std::string& out, char32_t character, char quote) {
  switch (character) {
    case '\n':
      out += "\\n";
      return true;
    case '\r':
      out += "\\r";
      return true;
    case '\t':
      out += "\\t";
      return true;
    case '\\':
      out += "\\\\";
      return true;
    default:
      if (character != static_cast<unsigned char>(quote)) return false;
      out += '\\';
      out += quote;
      return true;
  }
}

void appendHexEscape(std::string& out, char32_t character) {
  const auto number = static_cast<std::uint32_t>(character);
  const bool isByte = number <= 0xFF;
  const bool isShort = number <= 0xFFFF;
  out += isByte ? "\\x" : isShort ? "\\u" : "\\U";
  for (int shift = isByte ? 4 : isShort ? 12 : 28; shift >= 0; shift -= 4) {
    out += kHexDigits[number >> static_cast<unsigned>(shift) & 0xFU];
  }
}

bool isShown(char32_t character) {
  const bool surrogate = character >= 0xD800 && character <= 0xDFFF;
  const bool wideSpace =
      character == 0xA0 || character == 0x3000 || (character >= 0x2000 && character <= 0x200A);
  return !surrogate && !wideSpace && !isDeceptiveCharacter(character);
}

std::string textRepr(std::string_view text) {
  const char quote = quoteFor(text);
  std::string out(1, quote);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t character = nextTextCharacter(text, at);
    if (character == kInvalidUtf8) {
      appendHexEscape(out, static_cast<unsigned char>(text[begin]));
    } else if (appendShortEscape(out, character, quote)) {
      continue;
    } else if (isShown(character)) {
      out.append(text, begin, at - begin);
    } else {
      appendHexEscape(out, character);
    }
  }
  return out += quote;
}

// Python changes to an exponent below 1e-4 and from 1e16 on, and always shows that it is a float.
std::string floatRepr(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
  const double size = std::fabs(value);
  const bool plain = size == 0 || (size >= 1e-4 && size < 1e16);
  std::array<char, 64> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                 plain ? std::chars_format::fixed : std::chars_format::scientific);
  std::string text(buffer.data(), end.ptr);
  if (plain && !text.contains('.')) text += ".0";
  return text;
}

std::string itemsRepr(const std::vector<CallValue>& items) {
  std::string out;
  for (const CallValue& item : items) {
    if (!out.empty()) out += ", ";
    out += item.repr();
  }
  return out;
}

struct Writer {
  std::string operator()(std::monostate) const { return "None"; }
  std::string operator()(bool value) const { return value ? "True" : "False"; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(const HugeInteger& value) const { return value.digits; }
  std::string operator()(double value) const { return floatRepr(value); }
  std::string operator()(const std::string& text) const { return textRepr(text); }
  std::string operator()(const Bytes& bytes) const { return pythonBytes(bytes); }
  std::string operator()(const CallBuffer& buffer) const {
    return "bytearray(" + pythonBytes(buffer.bytes) + ")";
  }
  std::string operator()(const CallTuple& tuple) const {
    return "(" + itemsRepr(tuple.items) + (tuple.items.size() == 1 ? ",)" : ")");
  }
  std::string operator()(const CallList& list) const { return "[" + itemsRepr(list.items) + "]"; }
  std::string operator()(CallHandle socket) const { return "<socket " + std::to_string(socket.value) + ">"; }
};

}  // namespace

std::string CallValue::repr() const {
  return std::visit(Writer(), value_);
}

}  // namespace sockbench
