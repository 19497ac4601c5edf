// How a body of a call ends with one of Python's exceptions. RaisedFault is thrown by the readers of
// arguments and by the bodies, and caught by performCall alone: it never leaves core/calls/python.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/calls/call_outcome.h"

namespace sockbench {

struct RaisedFault {
  CallFault fault;
  std::optional<Error> error;  // what it was made of, where it was an Error
};

// `argument`: which positional argument is wrong, from 0.
[[noreturn]] void raiseFault(CallFaultKind kind, std::string message,
                             std::optional<std::size_t> argument = {});
[[noreturn]] void raiseType(std::string message, std::optional<std::size_t> argument = {});
[[noreturn]] void raiseValue(std::string message, std::optional<std::size_t> argument = {});
[[noreturn]] void raiseOverflow(std::string message, std::optional<std::size_t> argument = {});
// An OSError that bears no errno ("packed IP wrong length").
[[noreturn]] void raiseOs(std::string message, std::optional<std::size_t> argument = {});
[[noreturn]] void raiseErrno(Operation op, int code);
// As the C library or the kernel said it: os, gai or herror. `needs`: see CallFault.
[[noreturn]] void raiseError(Error error, std::string needs = {});

template <class T>
T orRaise(Result<T> result) {
  if (!result) raiseError(std::move(result.error()));
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

}  // namespace sockbench
