// Words of a filter.
#pragma once

#include <string>
#include <string_view>

#include "core/base/words.h"

namespace sockbench {

// The word as it may stand in a message: its beginning, visible, in quotes.
std::string quotedWord(std::string_view typed);

}  // namespace sockbench
