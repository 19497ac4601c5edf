// Bytes as text for the clipboard, a file or a program. Thread: any.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/base/bytes.h"

namespace sockbench {

enum class ByteFormat {
  hex,      // 68 65 6c
  hexDump,  // hexDump()
  escaped,  // escape() of escapes.h: what the composer reads
  cArray,   // const unsigned char data[] = {0x68, ...};
  python,   // b'hel\x00'
  base64,   // RFC 4648, section 4, in one line
};

std::span<const ByteFormat> byteFormats();
std::string_view byteFormatName(ByteFormat format);  // "hex", "hex-dump", "escaped", "c", "python", "base64"

// All of them but hexDump and cArray are one line without an end.
std::string formatBytes(ByteView bytes, ByteFormat format);

// Lines of 16 bytes as `hexdump -C -v` writes them, the last line with the end's offset left out: eight or
// more digits of offset, the bytes in two halves, and between bars what of them is printing ASCII. Each line
// ends in \n. `first` is the offset of the first byte.
std::string hexDump(ByteView bytes, std::uint64_t first = 0);

// A definition in C, twelve bytes a line, with a \n at its end. C has no empty array: of no bytes it is one
// zero, which a comment says.
std::string cArray(ByteView bytes, std::string_view name = "data");

// A literal as repr() of Python's bytes writes it.
std::string pythonBytes(ByteView bytes);

}  // namespace sockbench
