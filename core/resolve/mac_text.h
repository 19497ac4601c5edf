// Ethernet addresses in the usual writing.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/bytes.h"

namespace sockbench {

// "01:00:5e:00:00:fb"; "" of no bytes. Thread: any.
std::string macText(ByteView bytes);

// The same of the low 48 bits of a number.
std::string macText(std::uint64_t mac);

}  // namespace sockbench
