#include "core/payload/json_string.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/base/unicode.h"

namespace sockbench {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";
// A character beyond U+FFFF becomes two escapes.
constexpr std::size_t kMostPerCharacter = 12;
constexpr std::size_t kPieceBytes = 4096;

// How a byte is written that is no part of a longer character.
struct Form {
  std::array<char, 7> text{};
  std::uint8_t length = 0;

  constexpr void add(std::string_view more) {
    for (const char c : more) text.at(length++) = c;
  }
  constexpr void addHex(std::size_t byte) {
    add(kDigits.substr(byte >> 4, 1));
    add(kDigits.substr(byte & 0xF, 1));
  }
};
using Forms = std::array<Form, 256>;

constexpr Form formOf(std::size_t byte) {
  constexpr std::string_view kShort = "\"\\\b\f\n\r\t";
  constexpr std::string_view kLetters = "\"\\bfnrt";
  Form form;
  const char c = static_cast<char>(byte);
  if (const std::size_t known = kShort.find(c); known != std::string_view::npos) {
    form.add("\\");
    form.add(kLetters.substr(known, 1));
  } else if (byte >= 0x80 || byte < 0x20 || byte == 0x7F) {
    form.add(byte >= 0x80 ? "\\\\x" : "\\u00");
    form.addHex(byte);
  } else {
    form.add(std::string_view(&c, 1));
  }
  return form;
}

constexpr Forms kTextForms = [] {
  Forms forms;
  for (std::size_t byte = 0; byte < forms.size(); ++byte) forms.at(byte) = formOf(byte);
  return forms;
}();

// Of what is JSON already.
constexpr Forms kJsonForms = [] {
  Forms forms = kTextForms;
  for (const char c : {'"', '\\'}) {
    forms.at(static_cast<std::size_t>(c)) = {};
    forms.at(static_cast<std::size_t>(c)).add(std::string_view(&c, 1));
  }
  return forms;
}();

char* putUnit(char* to, char32_t unit) {
  *to++ = '\\';
  *to++ = 'u';
  for (int shift = 12; shift >= 0; shift -= 4) *to++ = kDigits[(unit >> shift) & 0xF];
  return to;
}

char* putEscape(char* to, char32_t c) {
  if (c <= 0xFFFF) return putUnit(to, c);
  c -= 0x10000;
  return putUnit(putUnit(to, 0xD800 + (c >> 10)), 0xDC00 + (c & 0x3FF));
}

char* putForm(char* to, const Form& form) {
  std::ranges::copy(form.text, to);
  return to + form.length;
}

// What begins at `at`, which is moved behind it, and looks like a character of several bytes.
char* putCharacter(char* to, std::string_view bytes, std::size_t& at, const Forms& forms) {
  const std::size_t begin = at;
  const char32_t c = nextUtf8(bytes, at);
  if (c == kInvalidUtf8) return putForm(to, forms[static_cast<unsigned char>(bytes[begin])]);
  if (isDeceptiveCharacter(c)) return putEscape(to, c);
  return std::copy(bytes.begin() + static_cast<std::ptrdiff_t>(begin),
                   bytes.begin() + static_cast<std::ptrdiff_t>(at), to);
}

bool mayBeginCharacter(std::string_view bytes, std::size_t at) {
  const auto lead = static_cast<unsigned char>(bytes[at]);
  if (lead < 0xC2 || lead > 0xF4 || at + 1 == bytes.size()) return false;
  return (static_cast<unsigned char>(bytes[at + 1]) & 0xC0) == 0x80;
}

void appendForms(std::string& out, std::string_view bytes, const Forms& forms) {
  std::array<char, kPieceBytes> piece;
  char* const full = piece.data() + kPieceBytes - kMostPerCharacter;
  char* to = piece.data();
  for (std::size_t at = 0; at < bytes.size();) {
    if (to > full) {
      out.append(piece.data(), to);
      to = piece.data();
    }
    if (mayBeginCharacter(bytes, at))
      to = putCharacter(to, bytes, at, forms);
    else
      to = putForm(to, forms[static_cast<unsigned char>(bytes[at++])]);
  }
  out.append(piece.data(), to);
}

}  // namespace

void appendJsonString(std::string& out, std::string_view bytes) {
  out += '"';
  appendForms(out, bytes, kTextForms);
  out += '"';
}

void appendSafeJson(std::string& out, std::string_view json) {
  appendForms(out, json, kJsonForms);
}

}  // namespace sockbench
