// Hints for the kernel's errors.
#pragma once

#include <string>

#include "core/base/error.h"

namespace sockbench {

// What `error`, of ErrorDomain::system, means here and what to try; empty when there is nothing to add.
std::string errnoHint(const Error& error);

// The same for an errno whose meaning does not depend on what was being done.
std::string_view plainErrnoHint(int code);

}  // namespace sockbench
