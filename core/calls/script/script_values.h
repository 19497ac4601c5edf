// What an expression of a script is worth. Thread: any.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "core/calls/script/call_script.h"
#include "core/calls/script/script_fault.h"

namespace sockbench {

// The value of a name; nullopt: nothing has it.
using ScriptNames = std::function<std::optional<CallValue>(std::string_view)>;

// Errors: unknownName; badSyntax for what Python would refuse to reckon; tooLarge for bytes() and bytearray()
// beyond kMostScriptBuffer.
ScriptRead<CallValue> expressionValue(const CallExpression& expression, const ScriptNames& names);

inline constexpr std::size_t kMostScriptBuffer = 256 << 20;

}  // namespace sockbench
