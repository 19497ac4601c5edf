// What the calls of a script have answered, a line each: for people, or as JSON. Thread: any.
#pragma once

#include <optional>
#include <string>

#include "core/base/error.h"
#include "core/calls/script/call_desk.h"

namespace sockbench::cli {

// {"line","call","result","errno","symbol","message","error_type","duration_us","out","kernel","handles"}:
// `kernel` are the system calls, `handles` the sockets that the line's targets name now.
std::string outcomeJson(const CallLine& line, const CallOutcome& outcome, const CallDesk& desk);

// Columns for people: No., call, time, result. `widest` characters are kept for the calls.
std::string reportTitles(std::size_t widest);
std::string outcomeRow(const CallLine& line, const CallOutcome& outcome, std::size_t widest);
std::size_t widestCall(const CallScript& script);

// A line that could not be begun, as the error that Python would have there.
CallOutcome notBegun(const Error& error);

}  // namespace sockbench::cli
