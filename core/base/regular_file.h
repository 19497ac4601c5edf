// A regular file, read as a whole.
#pragma once

#include <cstddef>
#include <string>

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace sockbench {

// `path` is relative to the current directory or absolute. Blocks as read(2) does, but never on a pipe or a
// device: those are badPath. Errors: those of open(2) and read(2) with the path as subject (a folder:
// EISDIR), tooLarge beyond `most` bytes, read no further. Thread: any.
Result<Bytes> readRegularFile(const std::string& path, std::size_t most);

}  // namespace sockbench
