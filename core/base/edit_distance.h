// How far two words are apart. Thread: any.
#pragma once

#include <cstddef>
#include <string_view>

namespace sockbench {

// How many bytes must be changed, added or left out to make one of the other (Levenshtein). Its time is the
// product of both lengths: bound them before.
std::size_t editDistance(std::string_view a, std::string_view b);

}  // namespace sockbench
