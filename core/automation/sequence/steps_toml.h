// Steps and sequences in TOML: a step is a table with one verb.
//
//   [[sequence]]
//   name = "greet"
//   steps = [
//     { send = "PING\r\n" },
//     { send = { hex = "01 02" } },           # a message as message_toml.h has it
//     { expect = "PONG", within = "1s" },     # a pattern as pattern_toml.h has it
//     { wait = "100ms" },
//     { run = "another" },
//     { close = true },                       # also half-close, reset, stop-reading, resume-reading
//   ]
//
// Text that is sent has the escapes and the fields of a message besides TOML's escapes. Thread: any.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/automation/session_step.h"
#include "core/toml/toml_reader.h"

namespace sockbench {

// What an expect without `within` allows.
inline constexpr std::chrono::nanoseconds kDefaultWithin = std::chrono::seconds(5);

TomlTable toToml(const SessionStep& step);
TomlArray toToml(const std::vector<SessionStep>& steps);
TomlTable toToml(const Sequence& sequence);

// The step that a table's reader holds: its verb with what belongs to it. nullopt: none of its keys is the
// verb of a session's step; that is no error yet, for a table may have other verbs (a scenario's). Two verbs,
// a pattern or a message that cannot be read: told by the reader.
std::optional<SessionStep> stepIn(TomlReader& in);
// An array of them at `key`; a table without a verb is an error.
std::vector<SessionStep> stepsAt(TomlReader& in, std::string_view key);
Sequence sequenceIn(TomlReader& in);

// Why these cannot be run: "the sequence \"a\" runs itself", one that is not there, two of one name, more
// than kDeepestSequence deep. nullopt: they can.
std::optional<std::string> faultOf(const std::vector<Sequence>& sequences);

}  // namespace sockbench
