#include "core/base/words.h"

#include <algorithm>

#include "core/base/edit_distance.h"

namespace sockbench {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

}  // namespace

std::string asciiLower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), lower);
  return out;
}

bool equalAnyCase(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

bool startsAnyCase(std::string_view text, std::string_view prefix) {
  return equalAnyCase(text.substr(0, prefix.size()), prefix);
}

std::string_view nearestWord(std::string_view typed, std::span<const std::string_view> words) {
  constexpr std::size_t kLongest = 40;  // no word is as long; what is longer is no slip of the finger
  if (typed.size() > kLongest) return {};
  const std::string folded = asciiLower(typed);
  std::string_view nearest;
  std::size_t least = typed.size() / 3 + 2;
  for (const std::string_view word : words) {
    const std::size_t apart = editDistance(folded, asciiLower(word));
    if (apart < std::min(least, word.size())) {
      least = apart;
      nearest = word;
    }
  }
  return nearest;
}

std::string wordList(std::span<const std::string_view> words) {
  std::string list;
  for (const std::string_view word : words) {
    if (!list.empty()) list += ", ";
    list += word;
  }
  return list;
}

}  // namespace sockbench
