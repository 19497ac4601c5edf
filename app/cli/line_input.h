// Standard input line by line, for a verb that answers each line.
#pragma once

#include <functional>
#include <string_view>

#include "core/base/error.h"

namespace sockbench::cli {

// What to do with the lines. Answering false ends the reading.
struct LineHandler {
  // A line without its end ("\n" or "\r\n"); the last one may have none. At most `mostBytes` of it are
  // kept: `cut` tells that there were more.
  std::function<bool(std::string_view line, bool cut)> line;
  // All that has come so far is done, and more must be waited for, or the end is there.
  std::function<bool()> pause;
};

inline constexpr std::size_t kMostLineBytes = 4096;

struct LineReading {
  std::size_t mostBytes = kMostLineBytes;  // of a line
  int reader = -1;  // a pipe or a socket: when nobody reads it any more, the reading ends. -1: none
};

// Reads `descriptor` to its end. SIGINT and SIGTERM end it too, quietly. Errors: read(2)'s. Thread: main.
Result<void> readLines(int descriptor, const LineHandler& handler, LineReading how = {});

}  // namespace sockbench::cli
