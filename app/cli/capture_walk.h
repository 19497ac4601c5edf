// CaptureWalk: every row of a capture file, in order, as it is read; none is evicted before it has been seen.
#pragma once

#include <functional>
#include <future>
#include <memory>
#include <string>
#include <string_view>

#include "app/cli/backlog.h"
#include "app/cli/context.h"
#include "app/cli/stop_signals.h"
#include "core/capture/capture_file.h"

namespace sockbench::cli {

// Thread: main.
class CaptureWalk {
 public:
  enum class End { read, stopped };  // stopped: by a signal, because nobody reads any more, or by `see`

  // "-" is standard input. Errors: CaptureFile::open()'s.
  static Result<std::unique_ptr<CaptureWalk>> open(const std::string& path);
  ~CaptureWalk();

  // `see` is given the rows, piece by piece, and the time of the row before (0: there is none); false ends
  // it.
  End walk(const std::function<bool(const LogSlab& slab, WallNanos before)>& see);

  // To standard output. False: nobody reads any more, or a signal has come; a `see` then ends, too.
  bool write(Context& context, std::string_view text);

  CaptureFile& file() { return *file_; }
  std::uint64_t lost() const { return lost_; }  // rows that were evicted all the same
  // Tells what is wrong with the file, or that rows of it were lost. Answers the exit status.
  int finish(Context& context, End end);

 private:
  CaptureWalk() = default;
  void skipTo(std::uint64_t row);
  bool seeAll(const std::function<bool(const LogSlab& slab, WallNanos before)>& see);

  StopSignals stop_;
  std::promise<Backlog*> backlogPromise_;
  std::unique_ptr<CaptureFile> file_;
  std::unique_ptr<Backlog> backlog_;
  std::uint64_t next_ = 0;
  std::uint64_t seenBytes_ = 0;
  std::uint64_t lost_ = 0;
  WallNanos before_ = 0;
};

// The settings for a path of the command line.
CaptureFileSettings captureSettings(const std::string& path);

}  // namespace sockbench::cli
