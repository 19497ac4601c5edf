// Capture: every row of a log written to a pcapng file as it comes, on a thread of its own.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/base/error.h"
#include "core/traffic/filter/filter.h"
#include "core/traffic/traffic_log.h"

namespace sockbench {

struct CaptureSettings {
  std::string path;  // created; an existing file is replaced only where `replace` is set
  bool replace = false;
  // Instead of a path: a pipe, a socket or a file to write to, taken over also where start() fails. `path` is
  // then what errors call it. -1: path.
  int descriptor = -1;
  FilterPtr filter = nullptr;  // only these rows; nullptr: all
  std::uint64_t from = 0;      // the first row; earlier ones than the log has are skipped (and not counted)
  // At least so often what was written is handed to the kernel, so that a killed program loses no more.
  std::chrono::milliseconds flushEvery{100};
};

// A row is written once: a mark or a comment that is made afterwards is not in the file (an export has it).
// Where writing fails, it stops: the file is cut after the last row that is whole, and nothing else is
// disturbed. Thread: any, unless it says otherwise.
class Capture {
 public:
  struct Status {
    bool running = false;
    std::uint64_t rows = 0;     // rows that are in the file for good: handed to the kernel
    std::uint64_t packets = 0;  // that they became
    std::uint64_t bytes = 0;    // of the file
    std::uint64_t lost = 0;     // rows that were evicted before they could be written
    std::uint64_t nextRow = 0;  // rows below are written, passed over by the filter, or lost
    std::optional<Error>
        error;  // why it stopped by itself: ENOSPC, EIO, EPIPE, ENOENT (its folder vanished)...
  };

  // Errors: what open(2) says; EEXIST where the file is there and may not be replaced; EAGAIN where no thread
  // can be made: then no file has been touched. `news` is called by
  // the capture's thread when status() has changed, at most every 100 ms; it must not call back. Empty: none.
  static Result<std::unique_ptr<Capture>> start(std::shared_ptr<TrafficLog> log, CaptureSettings settings,
                                                std::function<void()> news = {});
  ~Capture();  // stop()

  // There may be new rows; cheap. It only makes the capture look at once where it is far behind: by itself it
  // looks every flushEvery.
  void logChanged();
  // False: so far behind that rows might be evicted before they are written. For EngineSettings::mayReceive;
  // `caughtUp` (set before) is called by the capture's thread when it has room again for those it refused.
  // Always true when it does not run, and where it writes to a pipe or a socket: nobody waits for the reader
  // of these, and what is evicted meanwhile is counted as lost. Thread: workers.
  bool hasRoom();
  // When this returns, the hook before is not running any more: so not from within a hook. Empty: none.
  void setCaughtUpHook(std::function<void()> caughtUp);

  // Writes what the log holds by now, however much goes on to come, and syncs. Waits for it: seconds on a
  // slow disk; no longer than 2 s for the reader of a pipe or a socket (ETIMEDOUT). Answers the final status.
  Status stop();
  Status status() const;
  const std::string& path() const;

 private:
  struct Impl;
  explicit Capture(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sockbench
