// What was expected and what came, side by side for a person: bounded, and nothing in it moves or hides
// anything. Thread: any.
#pragma once

#include <cstddef>
#include <string>

#include "core/base/bytes.h"

namespace sockbench {

// "\"PING\\r\\n\" (6 bytes)": the beginning of them as text with escapes, or in hex where most of it is no
// text; "nothing".
std::string describeBytes(ByteView bytes);

// Rows of 16 bytes in hex and text around the first difference, which is marked below; `came` may go on
// behind what is compared. Without a difference: the rows at the end of the shorter. E.g.
//   first difference at byte 0
//   expected  0000  2b 50 4f 4e 47 0d 0a                             +PONG..
//   came      0000  2d 45 52 52 0d 0a                                -ERR..
//                   ^^
std::string compareBytes(ByteView expected, ByteView came);

// The same rows of one side alone, its first 128 bytes.
std::string showBytes(ByteView came);

// Where in `came` a piece stands that has most of the beginning of `expected`; 0: none is better. Looks
// through the last 4 KiB alone.
std::size_t nearestPlace(ByteView expected, ByteView came);

}  // namespace sockbench
