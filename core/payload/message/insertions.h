// Lengths and checksums, put into the bytes of a message.
#pragma once

#include <span>

#include "core/payload/message/message.h"

namespace sockbench {

// What Message::read() refuses in an insertion.
Result<void> checkInsertions(std::span<const Insertion> insertions);

// Makes them in their order; the spans of `message` go with their bytes, one that is torn becomes two.
// Errors: those of Message::expand() that are about insertions.
Result<void> makeInsertions(std::span<const Insertion> insertions, ExpandedMessage& message);

}  // namespace sockbench
