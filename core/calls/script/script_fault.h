// What is wrong with a line of a script, before it becomes an Error.
#pragma once

#include <expected>
#include <string>
#include <utility>

#include "core/base/error.h"

namespace sockbench {

struct ScriptFault {
  InputFault fault = InputFault::badSyntax;
  TextSpan where;      // in the line
  std::string detail;  // a sentence without a full stop
};

template <class T>
using ScriptRead = std::expected<T, ScriptFault>;

inline std::unexpected<ScriptFault> scriptFault(TextSpan where, std::string detail,
                                                InputFault fault = InputFault::badSyntax) {
  return std::unexpected(ScriptFault{fault, where, std::move(detail)});
}

}  // namespace sockbench
