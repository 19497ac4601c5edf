// What the engine does where the machine or the process is short of something (core/base/shortage.h): it
// rests.
#pragma once

#include <chrono>

#include "core/base/shortage.h"

namespace sockbench::detail {

// How long to rest before the call is made again: nothing tells when there is enough.
inline constexpr std::chrono::milliseconds kShortageRest{100};

}  // namespace sockbench::detail
