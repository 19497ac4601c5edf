// Export: rows of a log written to a file that other programs read.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/traffic/filter/filter.h"
#include "core/traffic/record.h"
#include "core/traffic/traffic_log.h"

namespace sockbench {

enum class ExportFormat {
  pcapng,
  jsonLines,  // as the command line's --json prints records; also "mark" and "comment" where there are any
  // RFC 4180, with a header row; bytes are in hex. Texts stand as they are, also one that a spreadsheet takes
  // for a formula (=, +, -, @): import the columns as text.
  csv,
  text,  // a line a row, and a hex dump of its bytes
  raw,   // the bytes of one direction, one behind another
};

std::span<const ExportFormat> exportFormats();
std::string_view exportFormatName(ExportFormat format);  // "pcapng", "jsonl", "csv", "text", "raw"
std::optional<ExportFormat> exportFormatOf(
    std::string_view path);  // by the file's ending: .pcapng .jsonl .json .ndjson .csv .txt .bin .raw

struct ExportSettings {
  ExportFormat format = ExportFormat::pcapng;
  // Replaced atomically: a temporary file beside it, fsync, rename. A file that is there keeps its
  // permissions; a symbolic link stays, and what it points to is replaced, or made; a device or a FIFO is
  // written to as it is.
  std::string path;
  FilterPtr filter = nullptr;                        // nullptr: all rows
  std::optional<std::vector<std::uint64_t>> rows{};  // only these, ascending; nullopt: all
  Direction direction = Direction::in;               // raw
};

struct ExportProgress {
  std::uint64_t rowsDone = 0;  // looked at
  std::uint64_t rowsAll = 0;
};

struct ExportResult {
  std::uint64_t rows = 0;   // written
  std::uint64_t bytes = 0;  // of the file
  std::uint64_t lost = 0;   // evicted before they could be written
  bool operator==(const ExportResult&) const = default;
};

// Blocks until done; rows up to log.end() as of now. `progress` is called now and then on this thread.
// Errors: what open(2), write(2), fsync(2) and rename(2) say; EACCES for a file that may not be written,
// though its folder may; ENXIO for a FIFO that nobody reads; ECANCELED by `stop`. After any of them, nothing
// stands at the path that did not stand there before. Thread: any but the GUI's.
Result<ExportResult> exportRows(TrafficLog& log, const ExportSettings& settings,
                                const std::function<void(const ExportProgress&)>& progress = {},
                                std::stop_token stop = {});

}  // namespace sockbench
