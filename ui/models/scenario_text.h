// What came of a scenario, in words. Thread: gui.
#pragma once

#include <QString>

#include "core/automation/scenario/scenario_outcome.h"

namespace sockbench::ui {

// "12 of 12 steps held in 35 ms"; "line 17: ...: expected ..., came ...". One line, plain text.
QString scenarioSummary(const ScenarioOutcome& outcome);
// What was expected and what came, of each failure that has something to tell; empty: nothing has. Lines.
QString scenarioDifferences(const ScenarioOutcome& outcome);

}  // namespace sockbench::ui
