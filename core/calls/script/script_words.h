// Words that have a meaning of their own in a script. Thread: any.
#pragma once

#include <string_view>

namespace sockbench {

bool isScriptKeyword(std::string_view word);      // Python's, None, True and False among them
bool isScriptConstant(std::string_view word);     // None, True, False
bool isScriptConstructor(std::string_view word);  // bytes, bytearray

}  // namespace sockbench
