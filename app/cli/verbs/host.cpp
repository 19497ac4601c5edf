// hostinfo, nameinfo, hostname: the host database.
#include <netdb.h>

#include <memory>
#include <string>

#include "app/cli/command_line.h"
#include "app/cli/json_output.h"
#include "app/cli/lookup.h"
#include "app/cli/text_table.h"
#include "app/cli/verbs/verbs.h"
#include "core/resolve/host_database.h"
#include "core/resolve/service_database.h"

namespace sockbench::cli {

namespace {

void printHost(Context& context, const HostInfo& host) {
  if (context.json) {
    context.print({{"name", jsonText(host.name)},
                   {"aliases", jsonTexts(host.aliases)},
                   {"addresses", jsonTexts(host.addresses)}});
    return;
  }
  std::string lines = "name     " + printable(host.name) + "\n";
  for (const std::string& alias : host.aliases) lines += "alias    " + printable(alias) + "\n";
  for (const std::string& address : host.addresses) lines += "address  " + printable(address) + "\n";
  context.out.write(lines);
}

int runHostinfo(Context& context, const std::string& name) {
  const auto outcome = awaitLookup<HostInfo>(
      [&](Resolver& resolver, auto done) { resolver.host(name, Resolver::Limit::zero(), std::move(done)); });
  if (!outcome) return kDone;
  if (!outcome->answer) return context.fail(outcome->answer.error());
  printHost(context, *outcome->answer);
  return kDone;
}

struct NameinfoOptions {
  std::string address;
  std::string port;
  bool numeric = false;
  bool nameRequired = false;
  bool datagram = false;
};

// Both have been checked already: the address is one, the port is a number or a service that is known.
SocketAddress socketAddress(const NameinfoOptions& options) {
  const std::optional<int> number = parseNumber(options.port, kMostPort);
  const int port = number ? *number : serviceByName(options.port).value_or(ServiceEntry{}).port;
  return SocketAddress::fromIp(options.address, static_cast<std::uint16_t>(port)).value_or(SocketAddress());
}

int runNameinfo(Context& context, const NameinfoOptions& options) {
  const int flags = (options.numeric ? NI_NUMERICHOST | NI_NUMERICSERV : 0) |
                    (options.nameRequired ? NI_NAMEREQD : 0) | (options.datagram ? NI_DGRAM : 0);
  const auto outcome = awaitLookup<NameInfo>([&](Resolver& resolver, auto done) {
    resolver.name(socketAddress(options), flags, Resolver::Limit::zero(), std::move(done));
  });
  if (!outcome) return kDone;
  if (!outcome->answer) return context.fail(outcome->answer.error());
  const NameInfo& found = *outcome->answer;
  if (context.json) {
    context.print({{"host", jsonText(found.host)}, {"service", jsonText(found.service)}});
  } else {
    TextTable table({"HOST", "SERVICE"});
    table.add({found.host, found.service});
    context.out.write(table.text());
  }
  return kDone;
}

std::string wrongAddress(const std::string& text) {
  const Result<SocketAddress> address = SocketAddress::fromIp(text, 0);
  return address ? std::string() : "\"" + text + "\": " + address.error().message();
}

std::string wrongPort(const std::string& text) {
  if (parseNumber(text, kMostPort) || (!isInteger(text) && serviceByName(text))) return {};
  return "\"" + text + "\" is neither a port from 0 to 65535 nor a service's name";
}

int runHostname(Context& context) {
  const Result<std::string> name = getHostName();
  if (!name) return context.fail(name.error());
  if (context.json) {
    context.print({{"hostname", jsonText(*name)}});
  } else {
    context.out.write(printable(*name) + "\n");
  }
  return kDone;
}

}  // namespace

void addHostinfoVerb(CLI::App& app, Context& context) {
  const auto name = std::make_shared<std::string>();
  CLI::App* verb = addVerb(app, context, "hostinfo", "A host's name, aliases and addresses",
                           [&context, name] { return runHostinfo(context, *name); });
  addArgument(*verb, "NAME", *name, "A host's name (IPv4 is looked up), or an IPv4 or IPv6 address")
      ->required();
}

void addNameinfoVerb(CLI::App& app, Context& context) {
  const auto options = std::make_shared<NameinfoOptions>();
  CLI::App* verb = addVerb(app, context, "nameinfo", "The names of an address and a port",
                           [&context, options] { return runNameinfo(context, *options); });
  addArgument(*verb, "ADDRESS", options->address, "IPv4 or IPv6, with %zone if need be")
      ->required()
      ->check(wrongAddress);
  addArgument(*verb, "PORT", options->port, "A number or a service's name")->required()->check(wrongPort);
  verb->add_flag("--numeric", options->numeric, "Look up nothing");
  verb->add_flag("--name-required", options->nameRequired, "An address without a name is an error");
  verb->add_flag("--dgram", options->datagram, "The service's name for datagrams (UDP), where it differs");
}

void addHostnameVerb(CLI::App& app, Context& context) {
  addVerb(app, context, "hostname", "This machine's name", [&context] { return runHostname(context); });
}

}  // namespace sockbench::cli
