// resolve: getaddrinfo with all that it takes.
#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "app/cli/command_line.h"
#include "app/cli/json_output.h"
#include "app/cli/lookup.h"
#include "app/cli/text_table.h"
#include "app/cli/verbs/verbs.h"
#include "core/resolve/host_database.h"
#include "core/resolve/service_database.h"

namespace sockbench::cli {

namespace {

struct ResolveOptions {
  std::string host;
  std::string service;
  std::string family = "any";
  std::string type = "any";
  std::vector<std::string> flags;
  std::string timeout;
};

int familyNumber(std::string_view name) {
  return name == "inet" ? AF_INET : name == "inet6" ? AF_INET6 : AF_UNSPEC;
}

int typeNumber(std::string_view name) {
  return name == "stream" ? SOCK_STREAM : name == "dgram" ? SOCK_DGRAM : name == "raw" ? SOCK_RAW : 0;
}

const AddressFlag* findFlag(std::string_view name) {
  const auto found = std::ranges::find(addressFlags(), name, &AddressFlag::name);
  return found == addressFlags().end() ? nullptr : &*found;
}

std::string flagNames() {
  std::string names;
  for (const AddressFlag& flag : addressFlags()) names += (names.empty() ? "" : ",") + std::string(flag.name);
  return names;
}

std::string wrongFlags(const std::string& list) {
  for (const std::string& name : CLI::detail::split(list, ',')) {
    if (findFlag(name) == nullptr) return "\"" + name + "\" is none of " + flagNames();
  }
  return {};
}

AddressQuery toQuery(const ResolveOptions& options) {
  AddressQuery query{.host = options.host,
                     .service = options.service,
                     .family = familyNumber(options.family),
                     .type = typeNumber(options.type)};
  for (const std::string& list : options.flags) {
    for (const std::string& name : CLI::detail::split(list, ',')) query.flags |= findFlag(name)->bit;
  }
  return query;
}

// As text; empty for a number that /etc/protocols does not know.
std::string protocolName(int number) {
  return protocolByNumber(number).value_or(ProtocolEntry{}).name;
}

Json resultToJson(const AddressResult& result) {
  return {{"family", familyName(result.family)},
          {"type", socketTypeName(result.type)},
          {"protocol", result.protocol},
          {"protocol_name", jsonTextOrNull(protocolName(result.protocol))},
          {"address", addressWithoutZone(result.address)},
          {"port", result.address.port()},
          {"flowinfo", result.address.flowInfo()},
          {"scope_id", result.address.scopeId()}};
}

void printJson(Context& context, const ResolveOptions& options, const LookupOutcome<AddressAnswer>& outcome) {
  Json results = Json::array();
  for (const AddressResult& result : outcome.answer->results) results.push_back(resultToJson(result));
  context.print({{"host", jsonText(options.host)},
                 {"service", jsonTextOrNull(options.service)},
                 {"canonname", jsonText(outcome.answer->canonicalName)},
                 {"elapsed_ms", milliseconds(outcome.elapsed)},
                 {"results", std::move(results)}});
}

void printTable(Context& context, const AddressAnswer& answer) {
  TextTable table({"FAMILY", "TYPE", "PROTOCOL", "ADDRESS", "PORT"});
  for (const AddressResult& result : answer.results) {
    const std::string protocol = protocolName(result.protocol);
    table.add({familyName(result.family), socketTypeName(result.type),
               protocol.empty() ? std::to_string(result.protocol) : protocol, result.address.ip(),
               std::to_string(result.address.port())});
  }
  if (!answer.canonicalName.empty()) {
    context.out.write("canonical name: " + printable(answer.canonicalName) + "\n");
  }
  context.out.write(table.text());
}

int runResolve(Context& context, const ResolveOptions& options) {
  // The core takes an empty host for the null host; here it is more likely a variable that was not set.
  if (options.host.empty()) return context.fail(Error::fromAddrinfo(Operation::getaddrinfo, EAI_NONAME));
  const auto limit = parseSeconds(options.timeout).value_or(Resolver::Limit::zero());
  const auto outcome = awaitLookup<AddressAnswer>(
      [&](Resolver& resolver, auto done) { resolver.addresses(toQuery(options), limit, std::move(done)); });
  if (!outcome) return kDone;
  if (!outcome->answer) return context.fail(outcome->answer.error());
  if (context.json) {
    printJson(context, options, *outcome);
  } else {
    printTable(context, *outcome->answer);
  }
  return kDone;
}

}  // namespace

void addResolveVerb(CLI::App& app, Context& context) {
  const auto options = std::make_shared<ResolveOptions>();
  CLI::App* verb = addVerb(app, context, "resolve", "A host's and a service's addresses (getaddrinfo)",
                           [&context, options] { return runResolve(context, *options); });
  addArgument(*verb, "HOST", options->host, "A name, an address, or * for getaddrinfo's null host")
      ->required();
  addArgument(*verb, "SERVICE", options->service, "A name or a port number")
      ->check(isNameOrNumber("port", kMostPort));
  addOption(*verb, "--family", options->family, "any, inet or inet6")
      ->check(isOneOf({"any", "inet", "inet6"}));
  addOption(*verb, "--type", options->type, "any, stream, dgram or raw")
      ->check(isOneOf({"any", "stream", "dgram", "raw"}));
  addRepeatable(*verb, "--flags", options->flags, "A list of " + flagNames())->check(wrongFlags);
  addOption(*verb, "--timeout", options->timeout, "Give up after so many seconds")->check(isSeconds());
}

}  // namespace sockbench::cli
