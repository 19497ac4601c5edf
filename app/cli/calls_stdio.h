// `calls --stdio`: raw calls for any language: a request a line in, an answer a line out, in any order.
#pragma once

#include "app/cli/context.h"

namespace sockbench::cli {

// A longer line is refused.
inline constexpr std::size_t kMostRequestBytes = std::size_t{64} << 20;

// Until the end of standard input, SIGINT, SIGTERM, or until nobody reads standard output; then what waits is
// interrupted and everything is closed. Answers the exit status.
int runCallsStdio(Context& context);

}  // namespace sockbench::cli
