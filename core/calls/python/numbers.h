// Whole numbers as Python's C functions read them. A bool counts as a number, a float and a str do not; the
// name of a constant stands for its number. `argument`: which one is read, for the fault. All throw
// RaisedFault: type for what is no number, overflow for what does not fit.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/calls/call_value.h"

namespace sockbench {

int cInt(const CallValue& value, std::size_t argument);       // int
int pythonInt(const CallValue& value, std::size_t argument);  // the same, where Python words it otherwise
std::int64_t cLong(const CallValue& value, std::size_t argument);       // long
std::int64_t cSize(const CallValue& value, std::size_t argument);       // ssize_t
std::uint64_t cUnsigned(const CallValue& value, std::size_t argument);  // unsigned long; a true int only
// The lowest 64 bits, whatever the number is: nothing overflows.
std::uint64_t cBits(const CallValue& value, std::size_t argument);

bool isWholeNumber(const CallValue& value);  // int, bool, or the name of a constant

}  // namespace sockbench
