// TimelinePrinter: prints the rows of a log as they are published, on a thread of its own, so that a reader
// who is slow or gone holds up nobody but the printing.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "app/cli/backlog.h"
#include "app/cli/doorbell.h"
#include "app/cli/output.h"
#include "app/cli/record_format.h"
#include "core/traffic/filter/filter.h"
#include "core/traffic/traffic_log.h"

namespace sockbench::cli {

struct PrinterSettings {
  std::unique_ptr<RecordFormat> format;
  Output* lines = nullptr;      // where the lines go
  Output* received = nullptr;   // where received payload goes as it is; nullptr: nowhere
  bool forPeople = false;       // errors go to standard error, and what was lost is said among the lines
  FilterPtr filter{};           // only these lines; nullptr: all. What is received goes where it goes
  bool listeningFirst = false;  // the first line is a `listening` or an `error`; what came earlier follows it
};

class TimelinePrinter {
 public:
  // `log`, `backlog`, the outputs and the doorbell outlive it. By its thread, `progressed` is called after
  // each round and `caughtUp` when the backlog has room again for those it has refused.
  TimelinePrinter(TrafficLog& log, Backlog& backlog, Doorbell& bell, PrinterSettings settings,
                  std::function<void()> progressed, std::function<void()> caughtUp);
  ~TimelinePrinter();  // waits for the thread

  // Prints what the log holds by now and what is still published while it does, then ends. Thread: main.
  void finish();
  // Prints the last line. Only when isFinished().
  void print(const RunSummary& summary);

  // Thread: any, all of these.
  bool isFinished() const { return finished_; }
  bool isDead() const { return dead_; }         // an output is closed or failed: nothing more is printed
  std::uint64_t lost() const { return lost_; }  // rows that were evicted before they were printed
  std::uint64_t progress() const { return progress_; }  // grows as long as somebody reads

 private:
  void run();
  void printPublished();
  bool readBatch();
  void tellProgress();
  void printSlab();
  void printRow(const LogRow& row, bool passes);
  void skipTo(std::uint64_t row);
  void flush();
  void write(Output& output, std::string_view text);

  TrafficLog& log_;
  Backlog& backlog_;
  Doorbell& bell_;
  PrinterSettings settings_;
  std::function<void()> progressed_;
  std::function<void()> caughtUp_;
  LogSlab slab_;
  std::vector<std::uint32_t> selected_;  // of slab_: the rows that the filter lets pass
  WallNanos previousTime_ = 0;
  std::size_t batch_;
  std::uint64_t next_ = 0;     // the first row that has not been printed
  std::uint64_t printed_ = 0;  // bytes, as TrafficLog::bytesPublished() counts them
  std::string text_;           // lines to be written
  std::string early_;          // lines that wait for the first one (listeningFirst)
  std::atomic<bool> finishing_{false};
  std::atomic<bool> finished_{false};
  std::atomic<bool> dead_{false};
  std::atomic<std::uint64_t> lost_{0};
  std::atomic<std::uint64_t> progress_{0};
  std::thread thread_;
};

}  // namespace sockbench::cli
