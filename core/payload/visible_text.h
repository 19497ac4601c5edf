// Visible text: what came from the network, made safe for a person's eye.
#pragma once

#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/unicode.h"

namespace sockbench {

// UTF-8 in, UTF-8 out, in which every character that could move, hide or disguise something has become a
// visible symbol: C0 controls and DEL as U+2400..U+2421 pictures, C1 controls, bidi controls, zero-width and
// other format characters, U+2028/9, BOM, noncharacters as <U+202E>, bytes that are not UTF-8 as U+FFFD. So
// do combining marks beyond the fourth on one character, which would be piled over other lines: <U+0301>.
// With `keepNewlines`, \n stays and \r\n is shown as its picture followed by \n; else \n is a picture too.
std::string visibleText(std::string_view utf8, bool keepNewlines = false);

// One line of at most `maxCharacters` characters from the beginning of `bytes` (read as UTF-8), ending in
// U+2026 when there is more. Reads no more than 4 bytes a character, however large `bytes` is.
std::string previewText(ByteView bytes, std::size_t maxCharacters);

}  // namespace sockbench
