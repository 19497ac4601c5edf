// A file that an option names, written as a whole.
#pragma once

#include <string>
#include <string_view>

#include "core/base/error.h"

namespace sockbench::cli {

// Replaces the file when all of `text` is on the disk. Errors: those of ExportFile.
Result<void> writeWholeFile(const std::string& path, std::string_view text);

}  // namespace sockbench::cli
