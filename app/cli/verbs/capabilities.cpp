// capabilities: which kinds of socket there are on this machine for this user, each tried.
#include "core/system/capabilities.h"

#include <memory>

#include "app/cli/command_line.h"
#include "app/cli/json_output.h"
#include "app/cli/text_table.h"
#include "app/cli/verbs/verbs.h"

namespace sockbench::cli {
namespace {

struct Asked {
  bool all = false;
};

Json toJson(const Capability& capability) {
  const SocketCombination& kind = capability.combination;
  Json json;
  json["family"] = kind.family->name;
  json["type"] = socketTypeConstant(kind.type);
  json["protocol"] = kind.protocolText();
  json["supported"] = capability.supported();
  json["error"] = capability.error ? errorToJson(*capability.error) : Json();
  json["state"] = capabilityStateName(capability.state);
  json["needs"] = jsonTextOrNull(capability.needs);
  json["family_number"] = kind.family->number;
  json["type_number"] = kind.type;
  json["protocol_number"] = kind.protocol->number;
  json["purpose"] = kind.purpose();
  return json;
}

std::string remarkOf(const Capability& capability) {
  return capability.supported() ? capability.combination.purpose() : capability.needs;
}

int runCapabilities(Context& context, const Asked& asked) {
  const std::vector<Capability> tried = tryCapabilities();
  if (context.json) {
    Json all = Json::array();
    for (const Capability& capability : tried) all.push_back(toJson(capability));
    context.print({{"combinations", std::move(all)}});
    return kDone;
  }
  TextTable rows({"FAMILY", "TYPE", "PROTOCOL", "STATE", "ERROR", "WHAT IT IS FOR, OR TAKES"});
  for (const Capability& capability : tried) {
    if (capability.state == CapabilityState::nonexistent && !asked.all) continue;
    const SocketCombination& kind = capability.combination;
    rows.add({std::string(kind.family->name), std::string(socketTypeConstant(kind.type)), kind.protocolText(),
              std::string(capabilityStateName(capability.state)),
              capability.error ? capability.error->symbol() : std::string(), remarkOf(capability)});
  }
  context.out.write(rows.text());
  return kDone;
}

}  // namespace

void addCapabilitiesVerb(CLI::App& app, Context& context) {
  const auto asked = std::make_shared<Asked>();
  CLI::App* verb = addVerb(app, context, "capabilities",
                           "Which kinds of socket this machine gives to you, and what the others take",
                           [&context, asked] { return runCapabilities(context, *asked); });
  verb->add_flag("--all", asked->all,
                 "In the table, also the combinations that no Linux has (--json always has them)");
}

}  // namespace sockbench::cli
