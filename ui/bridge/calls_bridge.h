// CallsBridge: lines of calls carried out on a CallDesk for the window. It owns the desk.
//
// Lines are begun and answered on the bench's threads; what became of them comes back as past-tense signals
// on the GUI thread, batched, at most one batch in kTellInterval. Idle, it runs no timer. Thread: gui, for
// everything here.
#pragma once

#include <QElapsedTimer>
#include <QList>
#include <QObject>
#include <QTimer>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/calls/script/call_desk.h"
#include "core/engine/event_queue.h"
#include "ui/bridge/core_types.h"

namespace sockbench::ui {

// What became of a line. `key` is the one that it was run under.
struct CallNews {
  enum class What {
    began,    // it is under way since `at`
    ended,    // `outcome`
    refused,  // it was never called: `error` says why, and where in the line
    passed,   // there was nothing to do: a comment
  };
  quint64 key = 0;
  What what = What::began;
  std::chrono::steady_clock::time_point at;
  std::shared_ptr<const CallOutcome> outcome;
  std::shared_ptr<const Error> error;
};

// The outcome of a line that could not even begin.
CallOutcome refusedOutcome(const Error& error);

// The end of a run: each of its lines was tried, or it was stopped at a failure or by a person.
struct CallRunEnd {
  quint64 run = 0;
  bool whole = false;
};

class CallsBridge : public QObject {
  Q_OBJECT
 public:
  static constexpr std::chrono::milliseconds kTellInterval{33};
  using Lines = std::vector<std::pair<quint64, std::string>>;  // keys and lines of a script
  // Whether a run ends with a call that failed. Called on the bench's threads.
  using EndsWith = std::function<bool(const CallLine&, const CallOutcome&)>;

  explicit CallsBridge(CallBenchSettings settings, QObject* parent = nullptr);
  ~CallsBridge() override;  // interrupts and closes everything; no signal arrives once it has begun

  // Runs the lines one after another beside whatever is under way, and answers the run's number, from 1. It
  // stops at the first failure, or as `endsWith` says; an interruption always stops it. A line that could not
  // even begin is a failure of the kind `type`.
  quint64 run(Lines lines, EndsWith endsWith = {});
  void interrupt(quint64 key);  // the line that was run under this key, and its run; done: nothing
  void interruptAll();
  // Interrupts and closes everything, and forgets the variables. What was under way is told before it
  // returns.
  void clear();

  std::vector<CallVariable> variables() const;
  // All options that a socket of the bench has, as they stand. Empty: it is closed.
  QList<OptionReading> options(CallHandle handle) const;

 signals:
  void callsTold(const QList<sockbench::ui::CallNews>& news);  // in the order in which it happened
  void runsEnded(const QList<sockbench::ui::CallRunEnd>& runs);

 private:
  struct Gate;
  struct Run;
  static void go(const std::shared_ptr<Run>& run);
  static bool begin(const std::shared_ptr<Run>& run, quint64 key, const std::string& text);
  static void settle(Run& run, const CallLine& line, const CallOutcome& outcome);
  static void finish(Run& run);
  void stopRuns();
  void wakeUp();
  void tell();

  std::shared_ptr<Gate> gate_;
  std::unique_ptr<CallDesk> desk_;
  std::vector<std::weak_ptr<Run>> runs_;
  QTimer timer_;
  QElapsedTimer sinceTold_;
  quint64 lastRun_ = 0;
};

}  // namespace sockbench::ui
