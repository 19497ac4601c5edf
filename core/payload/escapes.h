// The escapes of the composer and of --send, and the safe printing of bytes that came from elsewhere.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace sockbench {

// Text with \n \r \t \0 \\ \xHH \u{1F600} (1 to 6 hex digits, a Unicode scalar value, UTF-8 in the result)
// to bytes; everything else stands for itself. Errors: badEscape with `where` over the wrong escape.
Result<Bytes> unescape(std::string_view text);

// One piece of escaped text: either literal characters (UTF-8) or bytes that an escape gave. Used by encoders
// that write characters in another encoding and bytes as they are. \u{...} and plain text are literal; \n \r
// \t are literal characters too; \0 and \xHH are bytes; \\ is a literal backslash.
struct EscapedPiece {
  bool isByte = false;
  std::string text;  // UTF-8 characters, or raw bytes when isByte
};
Result<std::vector<EscapedPiece>> splitEscapes(std::string_view text);

// Bytes as text that unescape() turns back into the same bytes: valid printable UTF-8 stands as it is, the
// rest as \n \r \t \0 \\ \xHH, and characters that would deceive a reader (C1 controls, bidi overrides and
// isolates, zero-width characters, U+2028/9, BOM, other format characters, private use, noncharacters) as
// \u{...}.
std::string escape(ByteView bytes);

}  // namespace sockbench
