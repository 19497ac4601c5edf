// A pattern in TOML: text alone, or a table that says which kind it is.
//
//   expect = "PONG\r\n"
//   expect = { hex = "01 ?? 03" }
//   expect = { regex = '^user (\w+)', ignore-case = true }
//   expect = { text = "ok", encoding = "UTF-16LE" }
//
// Text has the escapes of the composer besides TOML's: '\x00' in single quotes. Thread: any.
#pragma once

#include "core/automation/session_step.h"
#include "core/toml/toml_reader.h"

namespace sockbench {

TomlValue toToml(const PatternSpec& pattern);
// Always as a table, for a place where text means something else.
TomlTable toTomlTable(const PatternSpec& pattern);

// What stands at `key`. An error of the pattern itself is told there, too.
PatternSpec patternAt(TomlReader& in, std::string_view key);
// The same of a table's own reader.
PatternSpec patternIn(TomlReader& in);

}  // namespace sockbench
