#include "core/calls/script/script_words.h"

#include <algorithm>
#include <array>

namespace sockbench {

bool isScriptKeyword(std::string_view word) {
  static constexpr std::array<std::string_view, 35> kKeywords{
      "False", "None",     "True",  "and",    "as",   "assert", "async",  "await",    "break",
      "class", "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
      "from",  "global",   "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
      "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield"};
  return std::ranges::binary_search(kKeywords, word);
}

bool isScriptConstant(std::string_view word) {
  return word == "None" || word == "True" || word == "False";
}

bool isScriptConstructor(std::string_view word) {
  return word == "bytes" || word == "bytearray";
}

}  // namespace sockbench
