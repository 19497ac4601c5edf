// JSON strings that any reader and any terminal can take.
#pragma once

#include <string>
#include <string_view>

#include "app/cli/context.h"

namespace sockbench::cli {

// Appends `bytes` as a JSON string, with its quotes. Bytes that are not UTF-8 stand as \xHH (a backslash of
// the text, not JSON's), as in jsonText(). Characters that could move, hide or disguise something (controls,
// bidi controls, invisible ones: isDeceptiveCharacter) are \uXXXX, two of them beyond U+FFFF.
void appendJsonString(std::string& out, std::string_view bytes);

// `value` on one line, without a new line; its strings as above.
std::string jsonLine(const Json& value);

}  // namespace sockbench::cli
