// An experiment in words, and its steps out of the table that ran it. Thread: gui.
#pragma once

#include <QString>
#include <vector>

#include "core/calls/experiments/experiment.h"
#include "ui/models/calls_model.h"

namespace sockbench::ui {

// What it is and what to look for.
QString experimentIntroduction(const Experiment& experiment);
QString conclusionText(const ExperimentConclusion& conclusion);  // what really happened
// What became of `count` lines from the row of `firstKey` on; rows that are gone or never ran have no step.
std::vector<ExperimentStep> experimentSteps(const CallsModel& model, quint64 firstKey, std::size_t count);

}  // namespace sockbench::ui
