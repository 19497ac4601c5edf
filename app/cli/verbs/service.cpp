// service, protocol: /etc/services and /etc/protocols.
#include "core/resolve/service_database.h"

#include <limits>
#include <memory>
#include <string>

#include "app/cli/command_line.h"
#include "app/cli/json_output.h"
#include "app/cli/text_table.h"
#include "app/cli/verbs/verbs.h"

namespace sockbench::cli {

namespace {

constexpr int kMostProtocol = std::numeric_limits<int>::max();

struct ServiceOptions {
  std::string nameOrPort;
  std::string protocol;
};

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

Result<ServiceEntry> findService(const ServiceOptions& options) {
  const std::optional<int> port = parseNumber(options.nameOrPort, kMostPort);
  return port ? serviceByPort(static_cast<std::uint16_t>(*port), options.protocol)
              : serviceByName(options.nameOrPort, options.protocol);
}

int runService(Context& context, const ServiceOptions& options) {
  const Result<ServiceEntry> found = findService(options);
  if (!found) return context.fail(found.error());
  if (context.json) {
    context.print({{"name", jsonText(found->name)},
                   {"port", found->port},
                   {"protocol", jsonText(found->protocol)},
                   {"aliases", jsonTexts(found->aliases)}});
  } else {
    TextTable table({"NAME", "PORT", "PROTOCOL", "ALIASES"});
    table.add({found->name, std::to_string(found->port), found->protocol, joined(found->aliases)});
    context.out.write(table.text());
  }
  return kDone;
}

int runProtocol(Context& context, const std::string& nameOrNumber) {
  const std::optional<int> number = parseNumber(nameOrNumber, kMostProtocol);
  const Result<ProtocolEntry> found = number ? protocolByNumber(*number) : protocolByName(nameOrNumber);
  if (!found) return context.fail(found.error());
  if (context.json) {
    context.print(
        {{"name", jsonText(found->name)}, {"number", found->number}, {"aliases", jsonTexts(found->aliases)}});
  } else {
    TextTable table({"NAME", "NUMBER", "ALIASES"});
    table.add({found->name, std::to_string(found->number), joined(found->aliases)});
    context.out.write(table.text());
  }
  return kDone;
}

}  // namespace

void addServiceVerb(CLI::App& app, Context& context) {
  const auto options = std::make_shared<ServiceOptions>();
  CLI::App* verb = addVerb(app, context, "service", "A service's port, or a port's service",
                           [&context, options] { return runService(context, *options); });
  addArgument(*verb, "NAME", options->nameOrPort, "A service's name or alias, or a port number")
      ->required()
      ->check(isNameOrNumber("port", kMostPort));
  addOption(*verb, "--protocol", options->protocol, "tcp or udp (else the first entry found)")
      ->check(isOneOf({"tcp", "udp"}));
}

void addProtocolVerb(CLI::App& app, Context& context) {
  const auto nameOrNumber = std::make_shared<std::string>();
  CLI::App* verb = addVerb(app, context, "protocol", "A protocol's number, or a number's protocol",
                           [&context, nameOrNumber] { return runProtocol(context, *nameOrNumber); });
  addArgument(*verb, "NAME", *nameOrNumber, "A protocol's name or alias, or its number")
      ->required()
      ->check(isNameOrNumber("protocol", kMostProtocol));
}

}  // namespace sockbench::cli
