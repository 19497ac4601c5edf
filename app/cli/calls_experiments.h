// calls --experiments and calls --experiment ID. Thread: main.
#pragma once

#include <string>

#include "app/cli/context.h"

namespace sockbench::cli {

// All experiments: their ids, titles and what they need. Answers kDone.
int listExperiments(Context& context);

// Runs one: its calls as `calls FILE` tells them, then what really happened. With --json the last object is
// {"experiment","title","look_for","verdict","conclusion":[...]}. Answers kDone when it went as expected,
// else kSaidNo; an unknown id is wrong usage.
int runExperiment(Context& context, const std::string& id);

}  // namespace sockbench::cli
