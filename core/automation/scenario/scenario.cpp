#include "core/automation/scenario/scenario.h"

#include <algorithm>
#include <array>

#include "core/automation/scenario/scenario_outcome.h"

namespace sockbench {
namespace {

template <class Named>
const Named* named(const std::vector<Named>& all, std::string_view name) {
  const auto found = std::ranges::find(all, name, &Named::name);
  return found == all.end() ? nullptr : &*found;
}

// Indices are in the order of the text, so that a step's own come right behind its own.
const ScenarioStep* stepIn(const std::vector<ScenarioStep>& steps, std::size_t index) {
  const auto behind = std::ranges::upper_bound(steps, index, {}, &ScenarioStep::index);
  if (behind == steps.begin()) return nullptr;
  const ScenarioStep& step = *std::prev(behind);
  return step.index == index ? &step : stepIn(step.steps, index);
}

}  // namespace

std::string_view verbName(ScenarioStep::Verb verb) {
  static constexpr std::array<std::string_view, 16> names{
      "listen", "accept",       "connect",        "send", "expect", "wait", "close",    "half-close",
      "reset",  "stop-reading", "resume-reading", "set",  "run",    "loop", "parallel", "check"};
  return names[static_cast<std::size_t>(verb)];
}

std::string_view expectKindName(ScenarioExpect::Kind kind) {
  static constexpr std::array<std::string_view, 8> names{"text",   "hex",    "regex", "exactly",
                                                         "length", "closed", "reset", "nothing"};
  return names[static_cast<std::size_t>(kind)];
}

std::string_view verdictName(StepOutcome::Verdict verdict) {
  static constexpr std::array<std::string_view, 3> names{"held", "failed", "stopped"};
  return names[static_cast<std::size_t>(verdict)];
}

const ScenarioEndpoint* Scenario::endpoint(std::string_view name) const {
  return named(endpoints, name);
}

const ScenarioSequence* Scenario::sequence(std::string_view name) const {
  return named(sequences, name);
}

const ScenarioVariable* Scenario::variable(std::string_view name) const {
  return named(variables, name);
}

const ScenarioStep* Scenario::step(std::size_t index) const {
  if (const ScenarioStep* found = stepIn(steps, index)) return found;
  for (const ScenarioSequence& sequence : sequences)
    if (const ScenarioStep* found = stepIn(sequence.steps, index)) return found;
  return nullptr;
}

std::string Scenario::folder() const {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace sockbench
