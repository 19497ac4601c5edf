// Errors that mean that the machine or the process is short of something for now: the same call may succeed
// later.
#pragma once

#include <cerrno>
#include <chrono>

#include "core/base/error.h"

namespace sockbench::detail {

// How long to rest before the call is made again: nothing tells when there is enough.
inline constexpr std::chrono::milliseconds kShortageRest{100};

// Descriptors of the process or the machine, memory of the kernel.
inline bool isShortage(const Error& error) {
  return error.isErrno(EMFILE) || error.isErrno(ENFILE) || error.isErrno(ENOBUFS) || error.isErrno(ENOMEM);
}

}  // namespace sockbench::detail
