// FileSignals: writing that fails says so by errno alone.
#pragma once

#include <csignal>

namespace sockbench {

// While one lives, a write to a pipe that nobody reads, or beyond the limit of a file's size (RLIMIT_FSIZE),
// raises no SIGPIPE and no SIGXFSZ in this thread.
class FileSignals {
 public:
  FileSignals();
  ~FileSignals();
  FileSignals(const FileSignals&) = delete;
  FileSignals& operator=(const FileSignals&) = delete;

 private:
  sigset_t ours_{};  // that were neither blocked nor pending before
};

}  // namespace sockbench
