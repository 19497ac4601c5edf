#include "core/resolve/address_facts.h"

namespace sockbench {

AddressFacts addressFacts(const AddressText& text) {
  const AddressBlock& block = addressBlockOf(text.address);
  AddressFacts facts{.number = text.address,
                     .zone = text.zone,
                     .network = std::nullopt,
                     .addressClass = addressClassOf(text.address),
                     .scope = addressScope(text.address),
                     .block = &block,
                     .globallyReachable = block.globallyReachable,
                     .multicast = multicastFacts(text.address),
                     .embedded = embeddedAddresses(text.address)};
  if (text.prefix) facts.network.emplace(text.address, *text.prefix);
  return facts;
}

Result<AddressFacts> inspectAddress(std::string_view text) {
  const Result<AddressText> parsed = parseAddressText(text);
  if (!parsed) return std::unexpected(parsed.error());
  return addressFacts(*parsed);
}

}  // namespace sockbench
