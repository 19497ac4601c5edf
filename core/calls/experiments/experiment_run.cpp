#include "core/calls/experiments/experiment_run.h"

#include <utility>

namespace sockbench {
namespace {

CallOutcome outcomeOf(Result<CallOutcome> ran) {
  if (ran) return *std::move(ran);
  CallOutcome outcome;
  CallFault fault;
  fault.kind = CallFaultKind::type;
  fault.message = ran.error().message();
  outcome.result = std::unexpected(std::move(fault));
  return outcome;
}

}  // namespace

ExperimentRun runExperiment(const Experiment& experiment, const ExperimentTold& told) {
  ExperimentRun run;
  CallDesk desk;
  for (const CallLine& line : parseCallScript(experiment.script).value_or(CallScript())) {
    if (line.isBlank()) continue;
    run.steps.push_back({line, outcomeOf(desk.run(line))});
    if (told) told(run.steps.back(), desk);
    if (endsExperiment(experiment, run.steps.back())) break;
  }
  run.conclusion = concludeExperiment(experiment, run.steps);
  return run;
}

}  // namespace sockbench
