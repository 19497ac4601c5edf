// How the name of a UNIX socket is written: \xHH stands for a byte, a leading @ for the abstract namespace's
// NUL.
#pragma once

#include <string>
#include <string_view>

#include "core/base/error.h"

namespace sockbench {

// Raw bytes (a leading NUL: abstract) to text. What is not UTF-8, or not fit to be shown, becomes \xHH; so
// does a backslash that would be read as such an escape, and a leading @ of a file's name.
std::string unixPathToText(std::string_view path);

// The reverse. Errors (`where` in `text`): badPath for an empty name or a NUL in a file's path; pathTooLong.
Result<std::string> unixPathFromText(std::string_view text);

// The bytes of the character at the beginning of `text`; 0 when it is not UTF-8 or not fit to be shown
// (unicode.h).
std::size_t printableLength(std::string_view text);

}  // namespace sockbench
