#include "core/payload/readings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

#include "core/base/unicode.h"
#include "core/payload/hex.h"
#include "core/payload/reading_texts.h"
#include "core/payload/visible_text.h"

namespace sockbench {
namespace {

using Text = std::optional<std::string>;

template <class Signed>
Text signedText(std::uint64_t value) {
  return std::to_string(static_cast<Signed>(value));
}

Text unsignedText(std::uint64_t value) {
  return std::to_string(value);
}

Text bitsText(std::uint64_t value) {
  std::string bits;
  for (unsigned bit = 8; bit-- > 0;) bits += (value >> bit & 1) != 0 ? '1' : '0';
  return bits;
}

// A number of so many bytes, in either order.
struct NumberRow {
  std::string_view name;
  std::size_t length;
  Text (*text)(std::uint64_t);
};

constexpr std::array kNumbers{
    NumberRow{"bits", 1, bitsText},
    NumberRow{"u8", 1, unsignedText},
    NumberRow{"i8", 1, signedText<std::int8_t>},
    NumberRow{"u16", 2, unsignedText},
    NumberRow{"i16", 2, signedText<std::int16_t>},
    NumberRow{"u32", 4, unsignedText},
    NumberRow{"i32", 4, signedText<std::int32_t>},
    NumberRow{"u64", 8, unsignedText},
    NumberRow{"i64", 8, signedText<std::int64_t>},
    NumberRow{"f16", 2, halfText},
    NumberRow{"f32", 4, floatText},
    NumberRow{"f64", 8, doubleText},
};

constexpr std::array kTimes{
    NumberRow{"Unix time, 32 bits", 4, unixSecondsText},
    NumberRow{"Unix time, 64 bits", 8, unixSecondsText},
    NumberRow{"Unix time, ms", 8, unixMillisText},
    NumberRow{"Unix time, us", 8, unixMicrosText},
    NumberRow{"Unix time, ns", 8, unixNanosText},
    NumberRow{"NTP", 8, ntpText},
    NumberRow{"FILETIME", 8, filetimeText},
    NumberRow{"DOS date and time", 4, dosText},
};

std::uint64_t number(ByteView bytes, ByteOrder order) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::byte byte = order == ByteOrder::little ? bytes[bytes.size() - 1 - i] : bytes[i];
    value = value << 8 | std::to_integer<std::uint64_t>(byte);
  }
  return value;
}

void addNumbers(std::vector<Reading>& out, ByteView bytes, std::span<const NumberRow> rows) {
  for (const NumberRow& row : rows) {
    if (row.length > bytes.size()) continue;
    for (const ByteOrder order : {ByteOrder::little, ByteOrder::big}) {
      if (row.length == 1 && order == ByteOrder::big) continue;
      const Text text = row.text(number(bytes.first(row.length), order));
      if (text) out.push_back({row.name, row.length == 1 ? ByteOrder::none : order, row.length, *text});
    }
  }
}

// LEB128: seven bits a byte, low ones first, while the eighth is set; DWARF 5, section 7.6.
struct Leb {
  std::uint64_t value = 0;
  std::size_t length = 0;
};

std::optional<Leb> leb128(ByteView bytes, bool isSigned) {
  Leb leb;
  for (const std::byte b : bytes.first(std::min<std::size_t>(bytes.size(), 10))) {
    const auto byte = std::to_integer<std::uint64_t>(b);
    const auto shift = static_cast<unsigned>(7 * leb.length++);
    const std::uint64_t low = byte & 0x7F;
    // Of the tenth byte one bit fits; a signed one repeats it.
    if (shift == 63 && low != 0 && low != (isSigned ? 0x7FU : 1U)) return std::nullopt;
    leb.value |= low << shift;
    if ((byte & 0x80) != 0) continue;
    if (isSigned && (byte & 0x40) != 0 && shift < 57) leb.value |= ~std::uint64_t{0} << (shift + 7);
    return leb;
  }
  return std::nullopt;
}

void addLeb128(std::vector<Reading>& out, ByteView bytes) {
  if (const auto leb = leb128(bytes, false))
    out.push_back({"ULEB128", ByteOrder::none, leb->length, std::to_string(leb->value)});
  if (const auto leb = leb128(bytes, true))
    out.push_back(
        {"SLEB128", ByteOrder::none, leb->length, std::to_string(static_cast<std::int64_t>(leb->value))});
}

void addCharacter(std::vector<Reading>& out, ByteView bytes) {
  const std::string_view text = asChars(bytes);
  std::size_t length = 0;
  const char32_t c = nextUtf8(text, length);
  if (c == kInvalidUtf8) return;
  std::array<char, 8> digits{};
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), static_cast<std::uint32_t>(c), 16);
  std::string code(digits.data(), end.ptr);
  std::ranges::transform(code, code.begin(), [](char d) { return d >= 'a' ? static_cast<char>(d - 32) : d; });
  code.insert(0, 4 - std::min<std::size_t>(4, code.size()), '0');
  out.push_back({"UTF-8", ByteOrder::none, length, "U+" + code + " " + visibleText(text.substr(0, length))});
}

std::string uuidText(ByteView bytes, ByteOrder order) {
  Bytes fields(bytes.begin(), bytes.end());
  if (order == ByteOrder::little) {
    std::reverse(fields.begin(), fields.begin() + 4);
    std::reverse(fields.begin() + 4, fields.begin() + 6);
    std::reverse(fields.begin() + 6, fields.begin() + 8);
  }
  std::string text = toHex(fields);
  for (const std::size_t dash : {8, 13, 18, 23}) text.insert(dash, 1, '-');
  return text;
}

std::string macText(ByteView bytes) {
  std::string text = toHexSpaced(bytes, bytes.size());
  std::ranges::replace(text, ' ', ':');
  return text;
}

void addAddresses(std::vector<Reading>& out, ByteView bytes) {
  const auto add = [&](std::string_view name, std::size_t length, std::string (*text)(ByteView)) {
    if (bytes.size() >= length) out.push_back({name, ByteOrder::none, length, text(bytes.first(length))});
  };
  add("IPv4 address", 4, ipv4Text);
  add("MAC address", 6, macText);
  add("IPv6 address", 16, ipv6Text);
  if (bytes.size() < 16) return;
  for (const ByteOrder order : {ByteOrder::little, ByteOrder::big})
    out.push_back({"UUID", order, 16, uuidText(bytes.first(16), order)});
}

}  // namespace

std::string_view byteOrderName(ByteOrder order) {
  if (order == ByteOrder::none) return {};
  return order == ByteOrder::little ? "LE" : "BE";
}

std::vector<Reading> readingsAt(ByteView bytes) {
  bytes = bytes.first(std::min(bytes.size(), kMostReading));
  std::vector<Reading> readings;
  if (bytes.empty()) return readings;
  addNumbers(readings, bytes, kNumbers);
  addLeb128(readings, bytes);
  addCharacter(readings, bytes);
  addNumbers(readings, bytes, kTimes);
  addAddresses(readings, bytes);
  return readings;
}

}  // namespace sockbench
