// interfaces: this machine's network interfaces.
#include "core/resolve/interfaces.h"

#include "app/cli/command_line.h"
#include "app/cli/json_output.h"
#include "app/cli/text_table.h"
#include "app/cli/verbs/verbs.h"

namespace sockbench::cli {

namespace {

// A point-to-point link has its other end there (getifaddrs(3) keeps both in one place, too).
const std::string& broadcastOrPeer(const InterfaceAddress& address) {
  return address.peer.empty() ? address.broadcast : address.peer;
}

Json addressToJson(const InterfaceAddress& address) {
  return {{"address", addressWithoutZone(address.address)},
          {"prefix", address.prefix},
          {"broadcast", jsonTextOrNull(broadcastOrPeer(address))},
          {"scope", address.scope},
          {"peer", jsonTextOrNull(address.peer)},
          {"flags", addressFlagNames(address)}};
}

Json interfaceToJson(const NetworkInterface& interface) {
  Json addresses = Json::array();
  for (const InterfaceAddress& address : interface.addresses) addresses.push_back(addressToJson(address));
  return {{"index", interface.index},
          {"name", jsonText(interface.name)},
          {"up", interface.up},
          {"loopback", interface.loopback},
          {"multicast", interface.multicast},
          {"mtu", interface.mtu},
          {"mac", jsonTextOrNull(interface.mac)},
          {"addresses", std::move(addresses)},
          {"kind", jsonTextOrNull(interface.kind)},
          {"flags", interfaceFlagNames(interface.flags)}};
}

// A row for each address; the interface itself is named on the first.
void addRows(TextTable& table, const NetworkInterface& interface) {
  std::vector<std::string> row = {std::to_string(interface.index),
                                  interface.name,
                                  interface.up ? "up" : "down",
                                  std::to_string(interface.mtu),
                                  interface.mac,
                                  "",
                                  "",
                                  ""};
  if (interface.addresses.empty()) table.add(row);
  for (const InterfaceAddress& address : interface.addresses) {
    row[5] = address.address.ip() + "/" + std::to_string(address.prefix);
    row[6] = broadcastOrPeer(address);
    row[7] = address.scope;
    table.add(row);
    row.assign(row.size(), "");
  }
}

int runInterfaces(Context& context) {
  const Result<std::vector<NetworkInterface>> found = networkInterfaces();
  if (!found) return context.fail(found.error());
  if (context.json) {
    Json list = Json::array();
    for (const NetworkInterface& interface : *found) list.push_back(interfaceToJson(interface));
    context.print({{"interfaces", std::move(list)}});
    return kDone;
  }
  TextTable table({"INDEX", "NAME", "STATE", "MTU", "MAC", "ADDRESS", "BROADCAST/PEER", "SCOPE"});
  for (const NetworkInterface& interface : *found) addRows(table, interface);
  context.out.write(table.text());
  return kDone;
}

}  // namespace

void addInterfacesVerb(CLI::App& app, Context& context) {
  addVerb(app, context, "interfaces", "This machine's network interfaces and their addresses",
          [&context] { return runInterfaces(context); });
}

}  // namespace sockbench::cli
