// The parts of the JSON that several verbs share, and text made safe to print.
#pragma once

#include <string>
#include <string_view>

#include "app/cli/context.h"
#include "core/base/error.h"

namespace sockbench::cli {

// {"op","code","symbol","domain","message","hint","subject"}
Json errorToJson(const Error& error);

// `bytes` as valid UTF-8: what is not UTF-8 stands as \xHH. (Control characters are escaped when JSON is
// written.)
std::string jsonText(std::string_view bytes);

// `bytes` as one line for a terminal: jsonText() in which what could mislead the eye has become visible
// symbols.
std::string printable(std::string_view bytes);

}  // namespace sockbench::cli
