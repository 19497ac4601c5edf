#include "app/cli/script_run.h"

#include <array>
#include <condition_variable>
#include <cstdio>
#include <mutex>

#include "app/cli/json_output.h"
#include "app/cli/script_report.h"

namespace sockbench::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kBeforeWaitingShows = std::chrono::milliseconds(300);
constexpr auto kBetweenLooks = std::chrono::milliseconds(100);

void printForPeople(std::string_view text) {
  static_cast<void>(Output(STDERR_FILENO).write(text));
}

}  // namespace

// Shared with the thread of the call, which may be abandoned.
struct ScriptRun::Ended {
  std::mutex mutex;
  std::condition_variable changed;
  std::optional<CallOutcome> outcome;
};

ScriptRun::ScriptRun(Context& context, bool keepGoing)
    : context_(context), keepGoing_(keepGoing), showsWaiting_(::isatty(STDERR_FILENO) == 1) {
  stop_.watchReader(STDOUT_FILENO);
}

int ScriptRun::run(const CallScript& script) {
  widest_ = widestCall(script);
  if (!context_.json && !context_.out.write(reportTitles(widest_))) return kDone;
  for (const CallLine& line : script) {
    if (isStopped() || (!line.isBlank() && !runLine(line))) break;
  }
  desk_.clear();
  return failed_ && !keepGoing_ && !stopped_ ? kSaidNo : kDone;
}

bool ScriptRun::isStopped() {
  const StopSignals::Woken woken = stop_.wait(Clock::now());
  if (woken == StopSignals::Woken::signalled || woken == StopSignals::Woken::readerGone) stopped_ = true;
  return stopped_;
}

bool ScriptRun::runLine(const CallLine& line) {
  const auto ended = std::make_shared<Ended>();
  const auto done = [ended, this](CallId, const CallLine&, const CallOutcome& outcome) {
    const std::scoped_lock lock(ended->mutex);
    ended->outcome = outcome;
    ended->changed.notify_all();
    stop_.notify();
  };
  const Result<CallId> begun = desk_.start(line, done);
  if (!begun) return tell(line, notBegun(begun.error()));
  const CallOutcome outcome = awaited(ended, *begun, line);
  const bool isWorthTelling = line.isCall || !outcome.result;
  return (!isWorthTelling || tell(line, outcome)) && !stopped_;
}

CallOutcome ScriptRun::awaited(const std::shared_ptr<Ended>& ended, CallId id, const CallLine& line) {
  const auto isEnded = [&] {
    const std::scoped_lock lock(ended->mutex);
    return ended->outcome.has_value();
  };
  const Clock::time_point begun = Clock::now();
  Clock::time_point look = begun + kBeforeWaitingShows;
  while (!isEnded() && !stopped_) {
    const auto deadline = showsWaiting_ ? std::optional(look) : std::nullopt;
    switch (stop_.wait(deadline)) {
      case StopSignals::Woken::timedOut:
        showWaiting(line, begun);
        look = Clock::now() + kBetweenLooks;
        break;
      case StopSignals::Woken::notified:
        break;
      case StopSignals::Woken::signalled:
      case StopSignals::Woken::readerGone:
        stopped_ = true;
        desk_.bench().interrupt(id);
        break;
    }
  }
  hideWaiting();
  std::unique_lock lock(ended->mutex);
  ended->changed.wait(lock, [&] { return ended->outcome.has_value(); });
  return *ended->outcome;
}

void ScriptRun::showWaiting(const CallLine& line, Clock::time_point begun) {
  std::array<char, 32> seconds{};
  std::snprintf(seconds.data(), seconds.size(), "%.1f",
                std::chrono::duration<double>(Clock::now() - begun).count());
  printForPeople("\r" + std::to_string(line.number) + ": waiting in " + printable(line.name) + "() " +
                 seconds.data() + " s\x1b[K");
  waitingShown_ = true;
}

void ScriptRun::hideWaiting() {
  if (waitingShown_) printForPeople("\r\x1b[K");
  waitingShown_ = false;
}

bool ScriptRun::tell(const CallLine& line, const CallOutcome& outcome) {
  const bool written = context_.json ? context_.out.write(outcomeJson(line, outcome, desk_) + '\n')
                                     : context_.out.write(outcomeRow(line, outcome, widest_));
  if (outcome.result) return written;
  failed_ = true;
  if (!context_.json) {
    if (const std::string hint = outcome.result.error().hint(); !hint.empty()) {
      printForPeople("line " + std::to_string(line.number) + ": " + printable(hint) + '\n');
    }
  }
  return written && keepGoing_;
}

}  // namespace sockbench::cli
