// Words of a person's, compared and guessed. Thread: any.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace sockbench {

std::string asciiLower(std::string_view text);
bool equalAnyCase(std::string_view a, std::string_view b);  // of ASCII letters
bool startsAnyCase(std::string_view text, std::string_view prefix);

// The word that was probably meant; empty: none is near.
std::string_view nearestWord(std::string_view typed, std::span<const std::string_view> words);
// "a, b, c"
std::string wordList(std::span<const std::string_view> words);

}  // namespace sockbench
