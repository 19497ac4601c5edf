// Errors that mean that the machine or the process is short of something for now: the same call may succeed
// later. Thread: any.
#pragma once

#include <cerrno>

#include "core/base/error.h"

namespace sockbench {

// Of an errno: descriptors of the process or the machine, memory of the kernel.
inline bool isShortage(int code) {
  return code == EMFILE || code == ENFILE || code == ENOBUFS || code == ENOMEM;
}

inline bool isShortage(const Error& error) {
  return error.domain == ErrorDomain::system && isShortage(error.code);
}

}  // namespace sockbench
