// How verbs and their options are declared, so that all of them behave alike.
#pragma once

#include <CLI/CLI.hpp>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/context.h"

namespace sockbench::cli {

// A verb: a subcommand that takes --json too, and whose `action` is run (its answer is the exit status) when
// the whole command line has been found good. What the options are bound to must outlive main(): capture a
// shared_ptr to it in `action`.
CLI::App* addVerb(CLI::App& app, Context& context, const std::string& name, const std::string& description,
                  std::function<int()> action);

// An option of one value; given again, the last one counts. "[a,b]" and "-1" are values like any other.
CLI::Option* addOption(CLI::App& verb, const std::string& name, std::string& value,
                       const std::string& description);

// An option that may be repeated, one value each.
CLI::Option* addRepeatable(CLI::App& verb, const std::string& name, std::vector<std::string>& values,
                           const std::string& description);

// A positional argument.
CLI::Option* addArgument(CLI::App& verb, const std::string& name, std::string& value,
                         const std::string& description);

// A number of seconds: decimal, with or without a fraction, above 0 and below 1e9. nullopt: it is not one.
std::optional<std::chrono::nanoseconds> parseSeconds(std::string_view text);

// The same as the check of an option: addOption(...)->check(isSeconds()).
CLI::Validator isSeconds();

inline constexpr int kMostPort = 65535;

// Whether `text` is written as a whole number: digits with or without a sign, however many.
bool isInteger(std::string_view text);

// A whole number without a sign, from 0 to `most`. nullopt: it is not one.
std::optional<int> parseNumber(std::string_view text, int most);

// The check of an argument that is a name or a number: a number must lie in 0 to `most`; `what` names it.
CLI::Validator isNameOrNumber(std::string what, int most);

// The check of an argument with few values.
CLI::Validator isOneOf(std::vector<std::string> values);

}  // namespace sockbench::cli
