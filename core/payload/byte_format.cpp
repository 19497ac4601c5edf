#include "core/payload/byte_format.h"

#include <algorithm>
#include <array>

#include "core/payload/base64.h"
#include "core/payload/escapes.h"
#include "core/payload/hex.h"
#include "core/payload/hex_digits.h"

namespace sockbench {
namespace {

constexpr std::array kFormats{ByteFormat::hex,    ByteFormat::hexDump, ByteFormat::escaped,
                              ByteFormat::cArray, ByteFormat::python,  ByteFormat::base64};

constexpr std::size_t kDumpLine = 16;
constexpr std::size_t kArrayLine = 12;

bool isPrinting(std::byte byte) {
  return byte >= std::byte{0x20} && byte < std::byte{0x7F};
}

void appendHex(std::string& out, std::byte byte) {
  out += kHexDigits[std::to_integer<unsigned>(byte >> 4)];
  out += kHexDigits[std::to_integer<unsigned>(byte & std::byte{0x0F})];
}

void appendOffset(std::string& out, std::uint64_t offset) {
  unsigned digits = 8;
  while (digits < 16 && offset >> (4 * digits) != 0) ++digits;
  while (digits-- > 0) out += kHexDigits[offset >> (4 * digits) & 0xF];
}

void appendDumpLine(std::string& out, ByteView line, std::uint64_t offset) {
  appendOffset(out, offset);
  for (std::size_t i = 0; i < kDumpLine; ++i) {
    out += i % 8 == 0 ? "  " : " ";
    if (i < line.size())
      appendHex(out, line[i]);
    else
      out += "  ";
  }
  out += "  |";
  for (const std::byte byte : line) out += isPrinting(byte) ? static_cast<char>(byte) : '.';
  out += "|\n";
}

}  // namespace

std::span<const ByteFormat> byteFormats() {
  return kFormats;
}

std::string_view byteFormatName(ByteFormat format) {
  constexpr std::array<std::string_view, kFormats.size()> kNames{"hex", "hex-dump", "escaped",
                                                                 "c",   "python",   "base64"};
  return kNames.at(static_cast<std::size_t>(format));
}

std::string formatBytes(ByteView bytes, ByteFormat format) {
  switch (format) {
    case ByteFormat::hex:
      break;
    case ByteFormat::hexDump:
      return hexDump(bytes);
    case ByteFormat::escaped:
      return escape(bytes);
    case ByteFormat::cArray:
      return cArray(bytes);
    case ByteFormat::python:
      return pythonBytes(bytes);
    case ByteFormat::base64:
      return toBase64(bytes);
  }
  return toHexSpaced(bytes, bytes.size());
}

std::string hexDump(ByteView bytes, std::uint64_t first) {
  constexpr std::size_t kLineLength = 79;
  std::string out;
  out.reserve((bytes.size() / kDumpLine + 1) * kLineLength);
  for (std::size_t at = 0; at < bytes.size(); at += kDumpLine)
    appendDumpLine(out, bytes.subspan(at, std::min(kDumpLine, bytes.size() - at)), first + at);
  return out;
}

std::string cArray(ByteView bytes, std::string_view name) {
  std::string out = "const unsigned char " + std::string(name);
  if (bytes.empty()) return out + "[1] = {0x00}; /* no bytes: C has no empty array */\n";
  out += "[] = {";
  out.reserve(out.size() + bytes.size() * 6 + bytes.size() / kArrayLine * 3 + 8);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    out += i % kArrayLine == 0 ? "\n    0x" : " 0x";
    appendHex(out, bytes[i]);
    if (i + 1 < bytes.size()) out += ',';
  }
  return out + "\n};\n";
}

std::string pythonBytes(ByteView bytes) {
  const std::string_view text = asChars(bytes);
  const char quote = text.contains('\'') && !text.contains('"') ? '"' : '\'';
  constexpr std::string_view kShort = "\n\r\t";
  constexpr std::string_view kLetters = "nrt";
  std::string out = "b";
  out += quote;
  for (const char c : text) {
    if (const std::size_t known = kShort.find(c); known != std::string_view::npos) {
      out += '\\';
      out += kLetters[known];
    } else if (c == '\\' || c == quote) {
      out += '\\';
      out += c;
    } else if (isPrinting(static_cast<std::byte>(c))) {
      out += c;
    } else {
      out += "\\x";
      appendHex(out, static_cast<std::byte>(c));
    }
  }
  return out += quote;
}

}  // namespace sockbench
