// A script of calls, line by line, until its end, its first failure or a signal.
#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include "app/cli/context.h"
#include "app/cli/stop_signals.h"
#include "core/calls/script/call_desk.h"

namespace sockbench::cli {

// Thread: main.
class ScriptRun {
 public:
  ScriptRun(Context& context, bool keepGoing);

  // The exit status. SIGINT and SIGTERM interrupt the call that waits, close every socket and end it.
  int run(const CallScript& script);

 private:
  struct Ended;

  // Looks without waiting: lines that call nothing end at once, however many there are.
  bool isStopped();
  bool runLine(const CallLine& line);  // false: the run is over
  // The outcome of a call under way. While it waits, a terminal is told so.
  CallOutcome awaited(const std::shared_ptr<Ended>& ended, CallId id, const CallLine& line);
  void showWaiting(const CallLine& line, std::chrono::steady_clock::time_point begun);
  void hideWaiting();
  bool tell(const CallLine& line, const CallOutcome& outcome);

  Context& context_;
  bool keepGoing_;
  bool showsWaiting_ = false;  // a person looks at standard error
  bool waitingShown_ = false;
  bool stopped_ = false;  // by a signal, or because nobody reads any more
  bool failed_ = false;
  std::size_t widest_ = 0;
  StopSignals stop_;
  CallDesk desk_;
};

}  // namespace sockbench::cli
