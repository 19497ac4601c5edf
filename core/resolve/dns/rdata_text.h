// RDATA in presentation format. Private to core/resolve.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/bytes.h"

namespace sockbench::dns {

// The RDATA `message[begin, begin + length)`, which lies within `message`, as dig writes it on one line. What
// does not fit its type, and types that nobody here knows, stand as RFC 3597, section 5 has it. Bounded by
// the RDATA's size; nothing in it is trusted.
std::string rdataText(std::uint16_t type, ByteView message, std::size_t begin, std::size_t length);

// "\# 3 010203" (RFC 3597).
std::string unknownRdata(ByteView rdata);

}  // namespace sockbench::dns
