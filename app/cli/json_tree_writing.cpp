// JSON, written: what json_tree.h reads.
#include <charconv>
#include <cmath>
#include <iterator>
#include <utility>

#include "app/cli/json_tree.h"
#include "core/base/unicode.h"

namespace sockbench::cli {
namespace {

void appendEscape(std::string& out, char32_t character) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  if (character > 0xFFFF) {
    appendEscape(out, 0xD800 + ((character - 0x10000) >> 10));
    character = 0xDC00 + ((character - 0x10000) & 0x3FF);
  }
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += kDigits[character >> shift & 0xF];
}

struct Appender {
  std::string& out;
  void operator()(std::monostate) const { out += "null"; }
  void operator()(bool value) const { out += value ? "true" : "false"; }
  void operator()(std::int64_t value) const { out += std::to_string(value); }
  void operator()(const HugeInteger& value) const { out += value.digits; }
  void operator()(double value) const { appendJsonNumber(out, value); }
  void operator()(const std::string& value) const { appendJsonText(out, value); }
  void operator()(const JsonArray& items) const {
    std::string_view before = "[";
    for (const JsonTree& item : items) {
      out += std::exchange(before, ",");
      appendJsonTree(out, item);
    }
    out += items.empty() ? "[]" : "]";
  }
  void operator()(const JsonObject& members) const {
    std::string_view before = "{";
    for (const auto& [key, member] : members) {
      out += std::exchange(before, ",");
      appendJsonText(out, key);
      out += ':';
      appendJsonTree(out, member);
    }
    out += members.empty() ? "{}" : "}";
  }
};

}  // namespace

void appendJsonText(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t before = offset;
    const char32_t character = nextTextCharacter(text, offset);
    const bool isSurrogate = character >= 0xD800 && character <= 0xDFFF;
    if (character == '"' || character == '\\') {
      out += '\\';
      out += static_cast<char>(character);
    } else if (character < 0x20 || character == 0x7F || isSurrogate || isDeceptiveCharacter(character)) {
      appendEscape(out, character);
    } else {
      out += text.substr(before, offset - before);
    }
  }
  out += '"';
}

void appendJsonNumber(std::string& out, double number) {
  if (std::isnan(number)) {
    out += "NaN";
  } else if (std::isinf(number)) {
    out += number < 0 ? "-Infinity" : "Infinity";
  } else {
    char digits[32];
    const auto written = std::to_chars(std::begin(digits), std::end(digits), number);
    const std::string_view text(digits, static_cast<std::size_t>(written.ptr - digits));
    out += text;
    if (text.find_first_of(".e") == std::string_view::npos) out += ".0";
  }
}

void appendJsonTree(std::string& out, const JsonTree& tree) {
  std::visit(Appender{out}, tree.value);
}

}  // namespace sockbench::cli
