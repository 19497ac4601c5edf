#include "core/base/nearest_name.h"

#include "core/base/edit_distance.h"

namespace sockbench {
namespace {

constexpr std::size_t kLongest = 64;  // what is longer is no slip of the finger

std::string lowerCase(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return lower;
}

}  // namespace

std::string_view nearestOf(std::string_view name, std::span<const std::string_view> names) {
  if (name.empty() || name.size() > kLongest) return {};
  const std::string folded = lowerCase(name);
  std::string_view nearest;
  std::size_t least = name.size() / 4 + 1;
  for (const std::string_view candidate : names) {
    if (candidate.size() > kLongest) continue;
    const std::size_t apart = editDistance(folded, lowerCase(candidate));
    if (apart < least || (apart == least && nearest.empty())) {
      least = apart;
      nearest = candidate;
    }
  }
  return nearest;
}

std::string didYouMean(std::string_view name, std::span<const std::string_view> names) {
  const std::string_view nearest = nearestOf(name, names);
  return nearest.empty() ? std::string() : "; did you mean \"" + std::string(nearest) + "\"?";
}

}  // namespace sockbench
