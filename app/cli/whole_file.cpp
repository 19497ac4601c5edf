#include "app/cli/whole_file.h"

#include "core/base/export_file.h"
#include "core/base/file_signals.h"

namespace sockbench::cli {

Result<void> writeWholeFile(const std::string& path, std::string_view text) {
  const FileSignals signals;
  Result<ExportFile> file = ExportFile::create(path, {});
  if (!file) return std::unexpected(file.error());
  if (const auto written = file->write(text); !written) return written;
  return file->finish();
}

}  // namespace sockbench::cli
