// StopSignals: SIGINT and SIGTERM as something that a verb waits for, beside its own work.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "app/cli/output.h"

namespace sockbench::cli {

// While one exists, SIGINT and SIGTERM no longer end the process; afterwards they do again. One at a time.
class StopSignals {
 public:
  enum class Woken { notified, signalled, timedOut, readerGone };

  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  // From now on wait() and waitForInput() also end (and then always) when nobody reads the pipe or socket
  // `descriptor` any more.
  void watchReader(int descriptor) { reader_ = descriptor; }

  // Wakes wait(), now or at its next call. Thread: any.
  void notify();

  // Sleeps until a signal has come (once come, every later call answers so at once), notify() was called
  // since the last wait, or `deadline` has passed (nullopt: never). Thread: main.
  Woken wait(std::optional<std::chrono::steady_clock::time_point> deadline = std::nullopt);

  // Sleeps until `descriptor` has something to read, is at its end or is in error (true), or a signal has
  // come or the reader has gone (false). Thread: main.
  bool waitForInput(int descriptor);

  // Whether a signal has come; does not sleep. Thread: main.
  bool hasSignal() const;

  // Writes to `out`, which is standard output. Once a signal has come, a reader who takes nothing for two
  // seconds is given up, for good. False: not all was written, and nothing will be any more. Thread: main.
  bool write(Output& out, std::string_view text);

 private:
  bool waitForReader();

  int notified_ = -1;  // an eventfd
  int reader_ = -1;    // -1: none is watched
  bool readerGivenUp_ = false;
};

}  // namespace sockbench::cli
