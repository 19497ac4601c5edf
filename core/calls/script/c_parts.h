// The helper functions of a C program. Thread: any.
#pragma once

#include <string>
#include <string_view>

namespace sockbench {

// The includes of every program, then the helpers that `body` calls and those that they call, in an order
// that compiles. `timeouts`: sockets of the program have time-outs; without them nothing is waited for
// beside.
std::string cPrelude(std::string_view body, bool timeouts);
// How often the code of `body` names a variable.
std::size_t timesNamed(std::string_view body, std::string_view name);
// Whether a name is C's, the C library's or a helper's, so that no variable may have it.
bool isTakenInC(std::string_view name);

}  // namespace sockbench
