// How the steps of a scenario are read from their tables.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/automation/scenario/scenario.h"
#include "core/toml/toml_reader.h"

namespace sockbench {

// A name that a step uses. Whether there is such a thing is known when the whole file has been read.
struct ScenarioReference {
  enum class To : std::uint8_t { listener, acceptable, connectable, sequence, session };
  To to = To::session;
  std::string name;
  TomlPlace place{};
};

struct StepReading {
  std::size_t count = 0;                      // steps read so far
  std::vector<ScenarioReference> references;  // in the order of the file
};

// The array of tables at `key` of `in`, each a step. `depth`: of the steps around it; 0: none.
std::vector<ScenarioStep> readSteps(TomlReader& in, std::string_view key, StepReading& reading, int depth);

// The table that `in` reads: session, state, by, ...
ScenarioState readState(TomlReader& in, StepReading& reading);

// A length of time of at most kLongestScenarioTime.
std::chrono::nanoseconds readTime(TomlReader& in, std::string_view key, std::chrono::nanoseconds fallback);

// Letters, digits, _ and -, at most 64 of them, the first no digit and no -.
bool isScenarioName(std::string_view text);
// Whether a text holds a field, {{...}}: it is known when the scenario runs.
bool hasField(std::string_view text);

}  // namespace sockbench
