// What a short-lived program says.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace sockbench {

struct ProgramOutput {
  std::string text;   // its standard output, whole
  std::string fault;  // the beginning of its standard error
  int status = 0;     // its exit status; meaningless when signal is not 0
  int signal = 0;     // that ended it
};

// Starts `command` (the program, looked for in PATH as execvp(3) does, and its arguments; no shell), with
// nothing to read, and waits for its end. Errors: ENOENT where there is no such program, EACCES, EMFILE, ...;
// ETIMEDOUT when it has not ended in `limit`, tooLarge when it says more than `mostBytes`: it is killed.
// Blocks. Thread: any.
Result<ProgramOutput> programOutput(const std::vector<std::string>& command, std::chrono::milliseconds limit,
                                    std::size_t mostBytes);

}  // namespace sockbench
