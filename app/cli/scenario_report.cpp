#include "app/cli/scenario_report.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "app/cli/json_output.h"
#include "app/cli/json_string.h"

namespace sockbench::cli {
namespace {

constexpr std::size_t kMostText = std::size_t{16} << 20;
// Of thousands of clients that all fail, so many are told in full.
constexpr std::uint64_t kClientFailuresShown = 10;

std::string elapsedText(std::chrono::nanoseconds elapsed) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f ms", milliseconds(elapsed));
  return text.data();
}

std::string wordsOf(const StepBegun& begun) {
  return begun.step != nullptr ? stepText(*begun.step) : stateText(*begun.state);
}

// Each line of `text` behind some blanks.
void appendIndented(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out += "      " + printable(text.substr(0, end)) + "\n";
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

Json orNull(const std::optional<Error>& error) {
  return error ? errorToJson(*error) : Json(nullptr);
}

std::string plural(std::uint64_t number, std::string_view what) {
  return std::to_string(number) + " " + std::string(what) + (number == 1 ? "" : "s");
}

void fillTallies(std::vector<StepTally>& tallies, const std::vector<ScenarioStep>& steps) {
  for (const ScenarioStep& step : steps) {
    tallies[step.index].place = step.place;
    tallies[step.index].text = (step.name.empty() ? "" : step.name + ": ") + stepText(step);
    fillTallies(tallies, step.steps);
  }
}

}  // namespace

ScenarioReport::ScenarioReport(ScenarioPtr scenario, bool json, std::function<void()> grew)
    : scenario_(std::move(scenario)), json_(json), grew_(std::move(grew)), steps_(scenario_->stepCount) {
  fillTallies(steps_, scenario_->steps);
  for (const ScenarioSequence& sequence : scenario_->sequences) fillTallies(steps_, sequence.steps);
  for (const ScenarioState& state : scenario_->expectations) {
    StepTally& tally = expectations_.emplace_back();
    tally.place = state.place;
    tally.text = stateText(state);
  }
  if (!json_) {
    text_ = printable(scenario_->path) +
            (scenario_->title.empty() ? "" : ": " + printable(scenario_->title)) + "\n";
  }
}

std::string ScenarioReport::take() {
  const std::scoped_lock lock(mutex_);
  taken_.notify_all();
  return std::exchange(text_, {});
}

bool ScenarioReport::isOver() const {
  const std::scoped_lock lock(mutex_);
  return isOver_;
}

bool ScenarioReport::waitUntilOver(std::chrono::milliseconds most) {
  std::unique_lock lock(mutex_);
  return over_.wait_for(lock, most, [this] { return isOver_; });
}

std::vector<StepTally> ScenarioReport::tallies() const {
  std::vector<StepTally> all = steps_;
  std::ranges::stable_sort(all, {}, [](const StepTally& tally) { return tally.place.line; });
  all.insert(all.end(), expectations_.begin(), expectations_.end());
  return all;
}

void ScenarioReport::add(const std::string& text) {
  if (text.empty()) return;
  {
    std::unique_lock lock(mutex_);
    taken_.wait(lock, [this] { return text_.size() < kMostText; });
    text_ += text;
  }
  grew_();
}

void ScenarioReport::tally(const StepOutcome& outcome) {
  const StepBegun& begun = outcome.begun;
  StepTally& tally =
      begun.step != nullptr
          ? steps_[begun.step->index]
          : expectations_[static_cast<std::size_t>(begun.state - scenario_->expectations.data())];
  ++tally.done;
  tally.elapsed += outcome.elapsed;
  if (outcome.verdict == StepOutcome::Verdict::stopped) ++tally.stopped;
  if (outcome.verdict == StepOutcome::Verdict::failed && !tally.failure) tally.failure = outcome;
}

void ScenarioReport::stepEnded(const StepOutcome& outcome) {
  tally(outcome);
  if (json_) return add(stepJson(outcome));
  const bool isOfClient = outcome.begun.client > 0;
  if (isOfClient && (outcome.held() || outcome.problem.empty())) return;
  if (isOfClient && ++clientFailures_ > kClientFailuresShown) return;
  add(stepLine(outcome));
}

void ScenarioReport::ended(const ScenarioOutcome& outcome) {
  outcome_ = outcome;
  add(json_ ? summaryJson() : summaryLine());
  {
    const std::scoped_lock lock(mutex_);
    isOver_ = true;
    over_.notify_all();
  }
  grew_();
}

std::string ScenarioReport::stepLine(const StepOutcome& outcome) const {
  const StepBegun& begun = outcome.begun;
  std::string text = outcome.held() ? "  ok    " : "  " + std::string(verdictName(outcome.verdict)) + "  ";
  if (outcome.verdict == StepOutcome::Verdict::failed) text = "  FAIL  ";
  text += "line " + std::to_string(begun.place().line) + "  " + printable(wordsOf(begun));
  if (begun.client > 0) text += " (client " + std::to_string(begun.client) + ")";
  text += "  " + elapsedText(outcome.elapsed);
  if (outcome.held() && !outcome.remark.empty()) text += "  " + printable(outcome.remark);
  text += "\n";
  if (outcome.verdict != StepOutcome::Verdict::failed) return text;
  appendIndented(text, outcome.problem.empty() ? outcome.remark : outcome.problem);
  if (!outcome.expected.empty()) appendIndented(text, "expected  " + outcome.expected);
  if (!outcome.came.empty()) appendIndented(text, "came      " + outcome.came);
  appendIndented(text, outcome.difference);
  if (outcome.error && !outcome.error->hint().empty()) appendIndented(text, outcome.error->hint());
  return text;
}

std::string ScenarioReport::stepJson(const StepOutcome& outcome) const {
  const StepBegun& begun = outcome.begun;
  Json json{{"kind", "step"},
            {"scenario", jsonText(scenario_->path)},
            {"step", begun.number},
            {"line", begun.place().line},
            {"column", begun.place().column},
            {"verb", begun.step != nullptr ? verbName(begun.step->verb) : "check"},
            {"name", begun.step != nullptr ? jsonTextOrNull(begun.step->name) : Json(nullptr)},
            {"client", begun.client > 0 ? Json(begun.client) : Json(nullptr)},
            {"session", jsonTextOrNull(outcome.sessionName)},
            {"session_id", outcome.session ? Json(outcome.session.value) : Json(nullptr)},
            {"ok", outcome.held()},
            {"verdict", verdictName(outcome.verdict)},
            {"began_ms", milliseconds(begun.began)},
            {"elapsed_ms", milliseconds(outcome.elapsed)},
            {"remark", jsonTextOrNull(outcome.remark)},
            {"problem", jsonTextOrNull(outcome.problem)},
            {"error", orNull(outcome.error)},
            {"expected", jsonTextOrNull(outcome.expected)},
            {"came", jsonTextOrNull(outcome.came)},
            {"difference", jsonTextOrNull(outcome.difference)}};
  return jsonLine(json) + "\n";
}

std::string ScenarioReport::summaryLine() const {
  std::string text;
  if (clientFailures_ > kClientFailuresShown)
    text += "  ... and " + plural(clientFailures_ - kClientFailuresShown, "client") + " more failed\n";
  if (!outcome_.problem.empty()) text += "  FAIL  " + printable(outcome_.problem) + "\n";
  text += verdictName(outcome_.verdict);
  text += " \u00b7 " + plural(outcome_.stepsDone, "step");
  if (outcome_.stepsFailed > 0) text += " \u00b7 " + std::to_string(outcome_.stepsFailed) + " failed";
  if (outcome_.stepsNever > 0) text += " \u00b7 " + std::to_string(outcome_.stepsNever) + " never begun";
  return text + " \u00b7 " + plural(outcome_.sessions, "session") + " \u00b7 " +
         elapsedText(outcome_.elapsed) + "\n";
}

std::string ScenarioReport::summaryJson() const {
  Json json{{"kind", "summary"},
            {"scenario", jsonText(scenario_->path)},
            {"title", jsonTextOrNull(scenario_->title)},
            {"ok", outcome_.verdict == ScenarioOutcome::Verdict::held},
            {"verdict", verdictName(outcome_.verdict)},
            {"steps", outcome_.stepsDone},
            {"failed", outcome_.stepsFailed},
            {"never_begun", outcome_.stepsNever},
            {"sessions", outcome_.sessions},
            {"elapsed_ms", milliseconds(outcome_.elapsed)},
            {"problem", jsonTextOrNull(outcome_.problem)},
            {"error", orNull(outcome_.error)}};
  return jsonLine(json) + "\n";
}

}  // namespace sockbench::cli
