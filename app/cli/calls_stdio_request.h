// A request of `calls --stdio`, read.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "app/cli/json_tree.h"
#include "core/calls/call_outcome.h"

namespace sockbench::cli {

struct StdioRequest {
  JsonTree id;  // null where it is not known
  std::expected<CallRequest, CallFault> call;
};

// Errors: type (no such key, a value that is no argument), value (a line that is no JSON). `cut`: the line
// was longer than kMostRequestBytes, and its beginning is all that there is.
StdioRequest readStdioRequest(std::string_view line, bool cut);

}  // namespace sockbench::cli
