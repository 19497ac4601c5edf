// SocketRun: what `listen` and `connect` have in common: an engine, its timeline being printed, and the ways
// to end.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/cli/context.h"
#include "app/cli/doorbell.h"
#include "app/cli/file_descriptor.h"
#include "app/cli/record_format.h"
#include "app/cli/stop_signals.h"
#include "app/cli/timeline_printer.h"
#include "core/capture/capture.h"
#include "core/engine/engine.h"

namespace sockbench::cli {

struct RunSettings {
  std::optional<PayloadForm> payload;             // nullopt: hex in JSON, text for people
  std::optional<std::chrono::nanoseconds> limit;  // --for
  std::optional<std::string> outputPath;   // --output; "-": standard output, the lines go to standard error
  std::optional<std::string> capturePath;  // --capture; "-" as above
  FilterPtr filter;                        // --filter; nullptr: all records
  bool listeningFirst = false;             // see PrinterSettings
};

// Thread: main.
class SocketRun {
 public:
  enum class Woken { over, timeUp, stopped };  // stopped: by a signal, or because nobody reads any more

  SocketRun(Context& context, RunSettings settings);
  ~SocketRun();

  Engine& engine() { return *engine_; }
  // Called, from waitFor() and finish(), with each session as it changes; empty: nothing is.
  void watch(std::function<void(const SessionSnapshot&)> changed) { changed_ = std::move(changed); }
  Backlog& backlog() { return *backlog_; }
  // Makes waitFor() look again. Thread: any.
  void wake();

  // Sleeps until `isOver`, which is asked whenever there is news; also until --for is over or a signal comes.
  // `until`: a time of this wait's own, besides the run's.
  Woken waitFor(const std::function<bool()>& isOver,
                std::optional<std::chrono::steady_clock::time_point> until = std::nullopt);

  // An error row in the timeline, of no session; `remark` is its detail.
  void addError(const Error& error, std::string remark = {});
  // What could not be opened for --output or --capture is told as an error row already; the verb then ends
  // with it.
  bool isOutputOpen() const { return outputOpen_; }

  std::uint64_t sessionsGone() const { return gone_; }  // accepted and closed again
  // Closes everything, prints what is left and the summary. Answers `status`, or kDone after a signal.
  int finish(int status);

 private:
  void openOutput(const std::string& path);
  void startCapture(const std::string& path, const FilterPtr& filter);
  void lookAtCapture();
  void takeEvents();
  void countClosed(const SessionSnapshot& session);
  void closeEverything();
  void flushLines();
  void leaveAtOnce();

  Context& context_;
  const std::chrono::steady_clock::time_point begun_;
  std::optional<std::chrono::steady_clock::time_point> deadline_;
  StopSignals stop_;
  Doorbell printerBell_;
  Doorbell newsBell_;
  FileDescriptor outputFile_;
  std::optional<Output> received_;
  std::optional<Output> lines_;  // where they do not go to standard output
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<Capture> capture_;
  std::unique_ptr<Backlog> backlog_;
  std::unique_ptr<TimelinePrinter> printer_;
  std::function<void(const SessionSnapshot&)> changed_;
  std::vector<bool> counted_;  // by id: sessions that are in totals_ for good
  std::set<SessionId> open_;
  std::set<SessionId> connected_;  // of open_: those that are more than an attempt
  RunSummary totals_;
  std::uint64_t gone_ = 0;
  bool outputOpen_ = true;
  bool captureFailed_ = false;
  bool signalled_ = false;
  bool readerGone_ = false;
};

}  // namespace sockbench::cli
