// JUnit's XML of scenarios: what servers of continuous integration read.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/scenario_report.h"

namespace sockbench::cli {

// A document: each scenario a test suite, each written step (all its doings together) and each expectation a
// test case with its line. Steps that were never begun are skipped.
std::string junitDocument(const std::vector<std::unique_ptr<ScenarioReport>>& reports);

// `bytes` as text of XML 1.0, also within quotes: what is not UTF-8, and characters that XML cannot hold, are
// U+FFFD.
std::string xmlText(std::string_view bytes);

}  // namespace sockbench::cli
