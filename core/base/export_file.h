// ExportFile: a file that is there as a whole or not at all.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>

#include "core/base/error.h"

namespace sockbench {

// Written beside its place, and moved there by finish(). A process that is killed before leaves its part
// beside it; the next file there takes that away once it is a minute old. Thread: one at a time, with SIGPIPE
// and SIGXFSZ blocked (FileSignals).
class ExportFile {
 public:
  // Errors: what open(2) says; EACCES where a file is there that may not be written; ENXIO for a FIFO that
  // nobody reads.
  static Result<ExportFile> create(const std::string& path, std::stop_token stop);
  ExportFile(ExportFile&& other) noexcept;
  ExportFile& operator=(ExportFile&&) = delete;
  ~ExportFile();  // unless finished: nothing is left of it

  // Blocks until the kernel, or the reader of a FIFO, has it; ECANCELED by `stop`.
  Result<void> write(std::string_view bytes);
  Result<void> finish();  // to the disk, and into its place
  std::uint64_t bytes() const { return bytes_; }

 private:
  ExportFile(std::string path, std::string target, std::string temporary, int descriptor,
             std::stop_token stop);
  std::unexpected<Error> failure(Operation op) const;

  std::string path_;       // as it was given
  std::string target_;     // where symbolic links lead
  std::string temporary_;  // empty: it is written in place
  int descriptor_;
  std::stop_token stop_;
  std::uint64_t bytes_ = 0;
};

}  // namespace sockbench
