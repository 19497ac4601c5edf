// Lengths of time as a person writes them: "100ms", "1.5s". Thread: any.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "core/base/error.h"

namespace sockbench {

// A decimal number with a unit directly behind it: ns, us, ms, s, m or h. "0" needs none. Errors: badSyntax,
// `where` in the text (no number, no unit or an unknown one, finer than a nanosecond, negative); tooLarge
// beyond 73 years, so that `now + time` does not overflow.
Result<std::chrono::nanoseconds> parseDuration(std::string_view text);

// What parseDuration reads as `time`, which is 0 or more, in the largest of ns, us, ms and s that it has one
// of: "250ms", "1.5s", "90s".
std::string durationText(std::chrono::nanoseconds time);

}  // namespace sockbench
