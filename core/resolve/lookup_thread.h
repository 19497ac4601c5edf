// How the threads of look-ups begin. Private to core/resolve.
#pragma once

#include <string>

namespace sockbench {

// Names the calling thread for debuggers and ps(1), which see 15 bytes of it; signals are for the program's
// own threads.
void beginThread(const std::string& name);

}  // namespace sockbench
