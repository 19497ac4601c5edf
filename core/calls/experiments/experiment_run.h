// Runs an experiment from its first line to its last on a desk of its own.
#pragma once

#include <functional>
#include <vector>

#include "core/calls/experiments/experiment.h"
#include "core/calls/script/call_desk.h"

namespace sockbench {

struct ExperimentRun {
  std::vector<ExperimentStep> steps;  // the calls, in order; after a failure that ends it, no more
  ExperimentConclusion conclusion;
};

// Called after each step, on the thread that runs the experiment, with its sockets as they are then.
using ExperimentTold = std::function<void(const ExperimentStep& step, const CallDesk& desk)>;

// Waits for its end, a few seconds at the most; every socket is closed then. Thread: any.
ExperimentRun runExperiment(const Experiment& experiment, const ExperimentTold& told = {});

// Whether the experiment ends with this step: it failed and was not to fail.
bool endsExperiment(const Experiment& experiment, const ExperimentStep& step);

}  // namespace sockbench
