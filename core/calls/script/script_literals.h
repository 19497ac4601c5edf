// Python's literals: numbers and strings. See "Lexical analysis" in Python's reference. Thread: any.
#pragma once

#include <cstddef>
#include <string_view>

#include "core/calls/call_value.h"
#include "core/calls/script/script_fault.h"

namespace sockbench {

// A number that begins at line[at], and `at` behind it: 10, 1_000, 0x1f, 0o17, 0b11, 2.5, 1e3. Integers are
// of any length up to kMostNumberCharacters.
ScriptRead<CallValue> readNumber(std::string_view line, std::size_t& at);

// Whether a string begins at line[at]: a quote, or a prefix (b, r, u, br, rb, f) and a quote.
bool beginsString(std::string_view line, std::size_t at);
// A string (std::string) or bytes (Bytes) that begins at line[at], and `at` behind its last quote. An unknown
// escape is an error: Python keeps the backslash, and warns. So are \N{...}, f-strings and triple quotes.
ScriptRead<CallValue> readString(std::string_view line, std::size_t& at);

inline constexpr std::size_t kMostNumberCharacters = 4300;  // as Python's own limit for decimal digits

}  // namespace sockbench
