// JSON values that any reader and any terminal can take.
#pragma once

#include <string>

#include "app/cli/context.h"
#include "core/payload/json_string.h"

namespace sockbench::cli {

// `value` on one line, without a new line; its strings as appendJsonString() writes them.
std::string jsonLine(const Json& value);

}  // namespace sockbench::cli
