// How what is expected is read from the tables of a scenario.
#pragma once

#include <string_view>

#include "core/automation/scenario/scenario.h"
#include "core/toml/toml_reader.h"

namespace sockbench {

// "text", or a table with one of the kinds.
ScenarioExpect readExpect(TomlReader& in, std::string_view key);
// A text with escapes and fields that is expanded later: what can be wrong with it by itself is said at
// `key`.
void checkText(TomlReader& in, std::string_view key, const std::string& text);

}  // namespace sockbench
