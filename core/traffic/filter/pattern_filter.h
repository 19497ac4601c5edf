// A filter of rows whose bytes a pattern is found in. Thread: any.
#pragma once

#include "core/payload/byte_pattern.h"
#include "core/traffic/filter/filter.h"

namespace sockbench {

// Rows of bytes (received or sent) with at least one match. Its text() is empty: it cannot be written.
FilterPtr patternFilter(BytePattern pattern);

}  // namespace sockbench
