#include "core/resolve/dns/question_name.h"

#include <idn2.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "core/base/unicode.h"

namespace sockbench::dns {

namespace {

constexpr std::size_t kLongestLabel = 63;
constexpr std::size_t kLongestName = 255;

using Malloced = std::unique_ptr<char, decltype(&std::free)>;

Error badName(std::string_view typed, TextSpan where, std::string detail) {
  return Error::fromInput(InputFault::badHost, std::string(typed), where, std::move(detail), Operation::dns);
}

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

bool isAscii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// RFC 3490, section 3.1: these, too, part labels where people type them.
bool isDot(char32_t c) {
  return c == U'.' || c == U'\u3002' || c == U'\uFF0E' || c == U'\uFF61';
}

// The end of the label that begins at `begin`, and in `next` where the one behind it does (npos: none).
Result<std::size_t> labelEnd(std::string_view typed, std::size_t begin, std::size_t& next) {
  for (std::size_t at = begin; at < typed.size();) {
    const std::size_t here = at;
    const char32_t c = nextUtf8(typed, at);
    if (c == kInvalidUtf8) {
      return std::unexpected(badName(typed, {here, 1}, "the name is not UTF-8; write such a byte as \\DDD"));
    }
    if (c == U'\\' && at < typed.size()) {
      ++at;
    } else if (isDot(c)) {
      next = at;
      return here;
    }
  }
  next = std::string_view::npos;
  return typed.size();
}

// A label of ASCII with its escapes undone; nullopt: an escape is not whole, or above \255.
std::optional<std::string> unescaped(std::string_view label) {
  std::string raw;
  for (std::size_t at = 0; at < label.size(); ++at) {
    if (label[at] != '\\') {
      raw += label[at];
      continue;
    }
    if (++at == label.size()) return std::nullopt;
    if (!isDigit(label[at])) {
      raw += label[at];
      continue;
    }
    if (at + 2 >= label.size() || !isDigit(label[at + 1]) || !isDigit(label[at + 2])) return std::nullopt;
    const int value = (label[at] - '0') * 100 + (label[at + 1] - '0') * 10 + (label[at + 2] - '0');
    if (value > 255) return std::nullopt;
    raw += static_cast<char>(value);
    at += 2;
  }
  return raw;
}

// Letters, digits and hyphens: all that ASCII has in a label of IDNA (RFC 5890, section 2.3.1).
bool isLdh(char c) {
  return isDigit(c) || c == '-' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// The A-label of a label beyond ASCII. Before and after it is mapped: no character may become a dot or an
// escape, and libidn2 would drop an underscore in silence.
std::expected<std::string, std::string> aLabel(std::string_view label) {
  const auto isForeign = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
  if (!std::ranges::all_of(label, [&](char c) { return isForeign(c) || isLdh(c); })) {
    return std::unexpected("beside letters beyond ASCII only letters, digits and hyphens may stand");
  }
  char* raw = nullptr;
  const int status =
      idn2_to_ascii_8z(std::string(label).c_str(), &raw, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
  const Malloced result(raw, &std::free);
  if (status != IDN2_OK) return std::unexpected(std::string(idn2_strerror(status)));
  const std::string_view ascii = result.get();
  if (ascii.empty() || !std::ranges::all_of(ascii, isLdh)) {
    return std::unexpected("it has a character that no name may have");
  }
  return std::string(ascii);
}

std::expected<std::string, std::string> labelBytes(std::string_view label) {
  if (!isAscii(label)) {
    auto ascii = aLabel(label);
    if (!ascii) return std::unexpected("IDNA2008 refuses this label: " + ascii.error());
    return ascii;
  }
  auto raw = unescaped(label);
  if (!raw) return std::unexpected("an escape is \\X, or \\ and three digits up to 255");
  if (raw->empty()) return std::unexpected("a label between two dots is empty");
  if (raw->size() > kLongestLabel) {
    return std::unexpected("a label has at most 63 bytes, this one has " + std::to_string(raw->size()));
  }
  return *std::move(raw);
}

std::string uLabel(std::string_view label) {
  std::string lower(label);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
  if (!lower.starts_with("xn--")) return std::string(label);
  char* raw = nullptr;
  const int status = idn2_to_unicode_8z8z(lower.c_str(), &raw, 0);
  const Malloced result(raw, &std::free);
  if (status != IDN2_OK) return std::string(label);
  // What would not be sent as these bytes is no U-label of them.
  const auto back = isAscii(result.get()) ? std::unexpected(std::string()) : aLabel(result.get());
  return back && *back == lower ? std::string(result.get()) : std::string(label);
}

void appendLabel(Bytes& wire, std::string_view label) {
  wire.push_back(static_cast<std::byte>(label.size()));
  const ByteView bytes = asBytes(label);
  wire.insert(wire.end(), bytes.begin(), bytes.end());
}

}  // namespace

Result<QuestionName> readQuestionName(std::string_view typed) {
  if (typed.empty()) {
    return std::unexpected(badName(typed, {}, "a name is missing; the root's is a single dot"));
  }
  QuestionName name;
  for (std::size_t begin = 0, next = 0; begin < typed.size() && typed != "."; begin = next) {
    const auto end = labelEnd(typed, begin, next);
    if (!end) return std::unexpected(end.error());
    const TextSpan where{begin, *end - begin};
    const auto label = labelBytes(typed.substr(where.offset, where.length));
    if (!label) return std::unexpected(badName(typed, where, label.error()));
    appendLabel(name.wire, *label);
    if (next == std::string_view::npos) break;
  }
  name.wire.push_back(std::byte{0});
  if (name.wire.size() > kLongestName) {
    return std::unexpected(badName(
        typed, {0, typed.size()},
        "a name has at most 255 bytes on the wire, this one has " + std::to_string(name.wire.size())));
  }
  name.ascii = nameText(name.wire);
  name.unicode = unicodeName(name.ascii);
  return name;
}

std::string nameText(ByteView wire) {
  std::string text;
  for (std::size_t at = 0; at < wire.size() && wire[at] != std::byte{0};) {
    const std::size_t end = std::min(wire.size(), at + 1 + std::to_integer<std::size_t>(wire[at]));
    for (++at; at < end; ++at) {
      const auto c = std::to_integer<unsigned char>(wire[at]);
      if (c > 0x20 && c < 0x7f) {
        if (std::string_view("\"$().;@\\").contains(static_cast<char>(c))) text += '\\';
        text += static_cast<char>(c);
      } else {
        text += {'\\', static_cast<char>('0' + c / 100), static_cast<char>('0' + c / 10 % 10),
                 static_cast<char>('0' + c % 10)};
      }
    }
    text += '.';
  }
  return text.empty() ? "." : text;
}

std::string unicodeName(std::string_view ascii) {
  std::string text;
  for (std::size_t begin = 0; begin < ascii.size();) {
    const std::size_t dot = std::min(ascii.find('.', begin), ascii.size());
    text += uLabel(ascii.substr(begin, dot - begin));
    if (dot < ascii.size()) text += '.';
    begin = dot + 1;
  }
  return text;
}

}  // namespace sockbench::dns
