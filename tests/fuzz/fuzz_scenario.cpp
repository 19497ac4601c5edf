// Scenarios from anywhere: reading one ends, in bounds, with a scenario whose steps can be told or with an
// error that has a place; what is read twice is the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/automation/scenario/scenario.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void requireSteps(const sockbench::Scenario& scenario) {
  for (std::size_t i = 0; i < scenario.stepCount; ++i) {
    const sockbench::ScenarioStep* step = scenario.step(i);
    require(step != nullptr && step->index == i && step->place.line > 0);
    require(sockbench::stepText(*step).size() < 4096);
  }
  require(scenario.step(scenario.stepCount) == nullptr);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto scenario = sockbench::readScenario(text, "fuzz.toml");
  if (scenario) {
    requireSteps(**scenario);
    require(sockbench::readScenario(text, "fuzz.toml").has_value());
  } else {
    require(!scenario.error().message().empty() && scenario.error().subject == "fuzz.toml");
    require(sockbench::tomlErrorPlace(scenario.error()).has_value() ||
            scenario.error().isInput(sockbench::InputFault::tooLarge));
  }
  return 0;
}
