#include "core/calls/experiments/experiment.h"

#include <algorithm>

#include "core/calls/experiments/experiment_facts.h"
#include "core/calls/experiments/experiment_run.h"

namespace sockbench {
namespace {

std::string_view trimmed(std::string_view text) {
  text = text.substr(0, text.find('#'));
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

std::string whyNot(const ExperimentStep& step) {
  const CallFault& fault = step.outcome.result.error();
  std::string why = "Line " + std::to_string(step.line.number) + ", " + std::string(trimmed(step.line.text)) +
                    ", failed with ";
  const std::string symbol = fault.symbol();
  why += symbol.empty() ? fault.message : symbol + " (" + fault.message + ")";
  const std::string hint = fault.hint();
  return why + (hint.empty() ? "." : ": " + hint + ".");
}

std::size_t callsOf(const Experiment& experiment) {
  const auto script = parseCallScript(experiment.script);
  if (!script) return 0;
  return static_cast<std::size_t>(
      std::ranges::count_if(*script, [](const CallLine& line) { return !line.isBlank(); }));
}

}  // namespace

std::string_view experimentVerdictName(ExperimentVerdict verdict) {
  switch (verdict) {
    case ExperimentVerdict::asExpected:
      return "as-expected";
    case ExperimentVerdict::otherwise:
      return "otherwise";
    case ExperimentVerdict::notPossible:
      break;
  }
  return "not-possible";
}

std::span<const Experiment> experiments() {
  static const std::vector<Experiment> all = [] {
    std::vector<Experiment> parts;
    for (const auto part : {connectionExperiments(), endingExperiments(), streamExperiments(),
                            datagramExperiments(), unixExperiments(), rawExperiments()})
      parts.insert(parts.end(), part.begin(), part.end());
    return parts;
  }();
  return all;
}

const Experiment* findExperiment(std::string_view id) {
  const auto found = std::ranges::find(experiments(), id, &Experiment::id);
  return found != experiments().end() ? &*found : nullptr;
}

bool endsExperiment(const Experiment& experiment, const ExperimentStep& step) {
  if (step.outcome.result) return false;
  return std::ranges::none_of(step.line.targets, [&](const std::string& target) {
    return std::ranges::find(experiment.mayFail, target) != experiment.mayFail.end();
  });
}

ExperimentConclusion concludeExperiment(const Experiment& experiment, std::span<const ExperimentStep> steps) {
  for (const ExperimentStep& step : steps) {
    if (endsExperiment(experiment, step)) return {ExperimentVerdict::notPossible, {whyNot(step)}};
  }
  if (steps.size() < callsOf(experiment))
    return {ExperimentVerdict::otherwise,
            {"It was ended after " + std::to_string(steps.size()) + " of " +
             std::to_string(callsOf(experiment)) + " lines."}};
  ConclusionWriter writer;
  experiment.conclude(ExperimentFacts(steps), writer);
  return writer.finish();
}

}  // namespace sockbench
