// JSON strings that any reader and any terminal can take. Thread: any.
#pragma once

#include <string>
#include <string_view>

namespace sockbench {

// Appends `bytes` as a JSON string, with its quotes. Bytes that are not UTF-8 stand as \xHH (a backslash of
// the text, not JSON's). Characters that could move, hide or disguise something (controls, bidi controls,
// invisible ones: isDeceptiveCharacter) are \uXXXX, two of them beyond U+FFFF.
void appendJsonString(std::string& out, std::string_view bytes);

// Appends what is JSON already, with such characters in its strings escaped as above.
void appendSafeJson(std::string& out, std::string_view json);

}  // namespace sockbench
