#include "app/cli/address_json.h"

#include "app/cli/json_output.h"
#include "core/resolve/ip_notation.h"
#include "core/resolve/reverse_pointer.h"

namespace sockbench::cli {
namespace {

Json textOrNull(const std::optional<IpNumber>& address) {
  return address ? Json(address->text()) : Json();
}

Json textOrNull(std::string_view text) {
  return text.empty() ? Json() : Json(text);
}

Json answerToJson(RegistryAnswer answer) {
  return answer == RegistryAnswer::notApplicable ? Json() : Json(answer == RegistryAnswer::yes);
}

// The names, null, for an address that was given without a network.
void addNetwork(Json& json, const std::optional<IpNetwork>& network) {
  json["prefix"] = network ? Json(network->prefix()) : Json();
  json["netmask"] = network ? Json(network->netmask().text()) : Json();
  json["network"] = network ? Json(network->first().text()) : Json();
  json["broadcast"] = network ? textOrNull(network->broadcast()) : Json();
  json["first_host"] = network ? Json(network->firstHost().text()) : Json();
  json["last_host"] = network ? Json(network->lastHost().text()) : Json();
  json["addresses"] = network ? Json(network->addressesText()) : Json();
  json["hosts"] = network ? Json(decimalText(network->hosts())) : Json();
  const bool isIpv4 = network && network->first().isIpv4();
  json["wildcard"] = isIpv4 ? Json(network->wildcard().text()) : Json();
  json["last_address"] = network ? Json(network->last().text()) : Json();
  json["reverse_zone"] = network ? textOrNull(reverseZone(*network).value_or("")) : Json();
}

void addPurpose(Json& json, const AddressFacts& facts) {
  const AddressBlock& block = *facts.block;
  json["block"] = {{"network", block.network.text()},
                   {"name", block.name},
                   {"defined", block.defined},
                   {"registry", addressRegistryName(block.registry)}};
  json["globally_reachable"] = answerToJson(facts.globallyReachable);
}

void addMulticast(Json& json, const std::optional<MulticastFacts>& group) {
  json["multicast_block"] = group ? textOrNull(group->block) : Json();
  json["multicast_group"] = group ? textOrNull(group->group) : Json();
  json["multicast_mac"] = group ? Json(group->mac) : Json();
  Json flags;
  if (group && group->flags) {
    flags = {{"rendezvous", group->flags->rendezvous},
             {"prefix_based", group->flags->prefixBased},
             {"transient", group->flags->transient}};
  }
  json["multicast_flags"] = std::move(flags);
}

Json teredoToJson(const std::optional<Teredo>& teredo) {
  if (!teredo) return {};
  return {{"server", teredo->server.text()},
          {"flags", teredo->flags},
          {"client", teredo->client.text()},
          {"port", teredo->port}};
}

Json nat64ToJson(const std::vector<TranslatedIpv4>& readings) {
  if (readings.empty()) return {};
  Json list = Json::array();
  for (const TranslatedIpv4& reading : readings) {
    list.push_back({{"prefix", reading.prefix}, {"address", reading.address.text()}});
  }
  return list;
}

void addEmbedded(Json& json, const EmbeddedAddresses& found) {
  json["ipv4_compatible"] = textOrNull(found.ipv4Compatible);
  json["sixtofour"] = textOrNull(found.sixToFour);
  json["teredo"] = teredoToJson(found.teredo);
  json["nat64"] = nat64ToJson(found.nat64);
  json["isatap"] = textOrNull(found.isatap);
  json["mac"] = textOrNull(found.mac.value_or(""));
  json["solicited_node"] = textOrNull(found.solicitedNode);
}

}  // namespace

Json addressToJson(std::string_view input, const AddressFacts& facts) {
  const IpNumber& number = facts.number;
  Json json;
  json["input"] = jsonText(input);
  json["family"] = number.isIpv4() ? "AF_INET" : "AF_INET6";
  json["address"] = number.text();
  json["zone"] = jsonTextOrNull(facts.zone);
  json["packed"] = packedHex(number);
  json["integer"] = decimalText(number.value);
  json["class"] = facts.addressClass != nullptr ? Json(std::string(1, facts.addressClass->letter)) : Json();
  json["scope"] = facts.scope;
  json["multicast_scope"] = facts.multicast ? Json(facts.multicast->scope) : Json();
  json["ipv4_mapped"] = textOrNull(facts.embedded.ipv4Mapped);
  json["reverse_pointer"] = reverseName(number);
  addNetwork(json, facts.network);
  json["exploded"] = explodedText(number);
  addPurpose(json, facts);
  addMulticast(json, facts.multicast);
  addEmbedded(json, facts.embedded);
  return json;
}

}  // namespace sockbench::cli
