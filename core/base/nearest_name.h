// What a person may have meant by a name that there is not.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace sockbench {

// The one of `names` that `name` is a slip of the finger away from (edit_distance.h, a quarter of its
// characters and one, ASCII case does not count); empty: none is near. Thread: any.
std::string_view nearestOf(std::string_view name, std::span<const std::string_view> names);

// The end of an error's sentence: "; did you mean \"counter\"?", or nothing.
std::string didYouMean(std::string_view name, std::span<const std::string_view> names);

}  // namespace sockbench
