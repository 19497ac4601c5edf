// options: the socket options that --option takes.
#include "core/net/socket_options.h"

#include <array>

#include "app/cli/command_line.h"
#include "app/cli/text_table.h"
#include "app/cli/verbs/verbs.h"

namespace sockbench::cli {

namespace {

std::string_view kindName(OptionKind kind) {
  static constexpr std::array<std::string_view, 20> kNames = {"boolean",
                                                              "integer",
                                                              "linger",
                                                              "duration",
                                                              "text",
                                                              "membership",
                                                              "source-membership",
                                                              "anycast",
                                                              "wide",
                                                              "choice",
                                                              "flags",
                                                              "interface",
                                                              "multicast-interface",
                                                              "port-range",
                                                              "credentials",
                                                              "groups",
                                                              "memory",
                                                              "tcp-info",
                                                              "path-mtu",
                                                              "address"};
  return kNames.at(static_cast<std::size_t>(kind));
}

bool isNumber(const OptionInfo& option) {
  return option.kind == OptionKind::integer || option.kind == OptionKind::wide;
}

Json optionToJson(const OptionInfo& option) {
  Json choices = Json::array();
  for (const OptionChoice& choice : option.choices) choices.push_back(choice.name);
  return {{"name", option.name},
          {"level", option.levelName},
          {"number", option.number},
          {"kind", kindName(option.kind)},
          {"min", isNumber(option) ? Json(option.min) : Json()},
          {"max", isNumber(option) ? Json(option.max) : Json()},
          {"choices", std::move(choices)},
          {"unit", option.unit},
          {"readable", option.readable},
          {"writable", option.writable},
          {"needs", option.needs.empty() ? Json() : Json(option.needs)},
          {"meaning", option.meaning}};
}

// What may be written: "0..255", "dont|want|do".
std::string valuesOf(const OptionInfo& option) {
  std::string values =
      isNumber(option) ? std::to_string(option.min) + ".." + std::to_string(option.max) : std::string();
  for (const OptionChoice& choice : option.choices)
    values += (values.empty() ? "" : "|") + std::string(choice.name);
  return values;
}

int runOptions(Context& context) {
  if (context.json) {
    Json list = Json::array();
    for (const OptionInfo& option : socketOptions()) list.push_back(optionToJson(option));
    context.print({{"options", std::move(list)}});
    return kDone;
  }
  TextTable table({"NAME", "LEVEL", "KIND", "ACCESS", "UNIT", "MEANING", "VALUES"});
  for (const OptionInfo& option : socketOptions()) {
    const std::string access = std::string(option.readable ? "r" : "") + (option.writable ? "w" : "");
    table.add({std::string(option.name), std::string(option.levelName), std::string(kindName(option.kind)),
               access, std::string(option.unit), std::string(option.meaning), valuesOf(option)});
  }
  context.out.write(table.text());
  return kDone;
}

}  // namespace

void addOptionsVerb(CLI::App& app, Context& context) {
  addVerb(app, context, "options", "The socket options that --option and the window take",
          [&context] { return runOptions(context); });
}

}  // namespace sockbench::cli
