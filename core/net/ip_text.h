// What is wrong with a text that inet_pton(3) refuses.
#pragma once

#include <string_view>

#include "core/base/error.h"

namespace sockbench {

// InputFault::badAddress with `where` over the wrong part of `text`, which holds no zone and is no IP
// address.
Error badIpText(std::string_view text);

}  // namespace sockbench
