// Saved sends in TOML, in their order, each with the folder that it stands in.
//
//   [[sends]]
//   name = "log in"
//   folder = "Redis/Sessions"        # left out: in none. A "/" or a "\" in a name has a "\" before it
//   message = 'AUTH {{password}}\r\n' # or { hex = "01 02" } and so on: message_toml.h
//   endpoint = "tcp://127.0.0.1:6379"
//   key = 1                          # Alt+1
//   note = "the first thing to say"
//   plan = { count = 0, interval = "1s" }   # plan_toml.h
//
//   [[sends]]
//   folder = "Empty"                 # a folder in which nothing stands
//
// Thread: any.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/toml/toml_reader.h"
#include "core/workspace/saved_sends.h"
#include "core/workspace/send_history.h"

namespace sockbench {

TomlArray toToml(const SavedSends& sends);
// What stands at `key`, an array of tables. Beyond a limit of SavedSends: an error at its place. A key that
// two have stays with the first.
SavedSends savedSendsAt(TomlReader& in, std::string_view key);

// The history alike: unix-ns (its time), to, message, bytes and outcome.
TomlArray toToml(const SendHistory& history);
SendHistory sendHistoryAt(TomlReader& in, std::string_view key);

// A document of its own, sends.toml. Errors: those of readToml(), badSyntax with the place for what is wrong
// in it, and for a `version` that is newer than this program knows.
inline constexpr std::int64_t kSendsVersion = 1;
std::string writeSends(const SavedSends& sends);
Result<SavedSends> readSends(std::string_view text, const std::string& subject);
std::string writeHistory(const SendHistory& history);
Result<SendHistory> readHistory(std::string_view text, const std::string& subject);

}  // namespace sockbench
