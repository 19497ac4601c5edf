#include "app/cli/command_line.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <utility>

namespace sockbench::cli {

CLI::App* addVerb(CLI::App& app, Context& context, const std::string& name, const std::string& description,
                  std::function<int()> action) {
  CLI::App* verb = app.add_subcommand(name, description);
  verb->add_flag("--json", context.json, "Print JSON");
  verb->callback([&context, action = std::move(action)] { context.action = action; });
  return verb;
}

CLI::Option* addOption(CLI::App& verb, const std::string& name, std::string& value,
                       const std::string& description) {
  return verb.add_option(name, value, description)->take_last()->allow_extra_args(false);
}

CLI::Option* addRepeatable(CLI::App& verb, const std::string& name, std::vector<std::string>& values,
                           const std::string& description) {
  // Without extra arguments CLI11 neither takes the next word as a second value nor splits "[a,b]" in two.
  return verb.add_option(name, values, description)->allow_extra_args(false);
}

CLI::Option* addArgument(CLI::App& verb, const std::string& name, std::string& value,
                         const std::string& description) {
  return verb.add_option(name, value, description)->allow_extra_args(false);
}

std::optional<std::chrono::nanoseconds> parseSeconds(std::string_view text) {
  constexpr double kMost = 1e9;
  double seconds = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, seconds, std::chars_format::fixed);
  if (error != std::errc() || stopped != end || !(seconds > 0) || !(seconds < kMost)) return std::nullopt;
  return std::chrono::nanoseconds(static_cast<std::int64_t>(std::ceil(seconds * 1e9)));
}

CLI::Validator isSeconds() {
  return CLI::Validator(
      [](const std::string& text) -> std::string {
        if (parseSeconds(text)) return {};
        return "\"" + text + "\" is not a number of seconds above 0 and below 1e9, such as 2.5";
      },
      "SECONDS");
}

bool isInteger(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::optional<int> parseNumber(std::string_view text, int most) {
  int number = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stopped != end || number < 0 || number > most) return std::nullopt;
  return number;
}

CLI::Validator isNameOrNumber(std::string what, int most) {
  return CLI::Validator(
      [what = std::move(what), most](const std::string& text) -> std::string {
        if (!isInteger(text) || parseNumber(text, most)) return {};
        return "\"" + text + "\" is not a " + what + " from 0 to " + std::to_string(most);
      },
      {});
}

CLI::Validator isOneOf(std::vector<std::string> values) {
  std::string list;
  for (const std::string& value : values) list += (list.empty() ? "" : ", ") + value;
  return CLI::Validator(
      [values = std::move(values), list](const std::string& text) -> std::string {
        if (std::ranges::find(values, text) != values.end()) return {};
        return "\"" + text + "\" is none of " + list;
      },
      {});
}

}  // namespace sockbench::cli
