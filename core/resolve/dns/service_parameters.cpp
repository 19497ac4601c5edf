// The parameters of SVCB and HTTPS (RFC 9460, sections 2.1 and 7).
#include <arpa/inet.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <string_view>

#include "core/resolve/dns/ldns_header.h"
#include "core/resolve/dns/odd_rdata.h"
#include "core/resolve/dns/wire.h"

namespace sockbench::dns {

namespace {

using Text = std::optional<std::string>;

constexpr std::array<std::string_view, 7> kNames{"mandatory", "alpn", "no-default-alpn", "port",
                                                 "ipv4hint",  "ech",  "ipv6hint"};

std::string keyName(std::uint16_t key) {
  return key < kNames.size() ? std::string(kNames[key]) : "key" + std::to_string(key);
}

void appendItem(std::string& list, std::string_view item) {
  if (!list.empty()) list += ',';
  list += item;
}

Text keyList(ByteView value) {
  if (value.empty() || value.size() % 2 != 0) return std::nullopt;
  std::string list;
  for (std::size_t at = 0; at < value.size(); at += 2) appendItem(list, keyName(read16(value, at)));
  return list;
}

// A comma or a backslash within a name is escaped for the list, and each backslash again for the string.
Text protocolList(ByteView value) {
  if (value.empty()) return std::nullopt;
  std::string list;
  while (!value.empty()) {
    const std::size_t length = read8(value, 0);
    if (length == 0 || value.size() < 1 + length) return std::nullopt;
    std::string item;
    for (const char c : asChars(value.subspan(1, length))) {
      if (c == ',' || c == '\\') item += '\\';
      item += c;
    }
    const std::string quoted = quotedText(asBytes(item));
    appendItem(list, std::string_view(quoted).substr(1, quoted.size() - 2));
    value = value.subspan(1 + length);
  }
  return '"' + list + '"';
}

Text addressList(ByteView value, int family, std::size_t size) {
  if (value.empty() || value.size() % size != 0) return std::nullopt;
  std::string list;
  for (std::size_t at = 0; at < value.size(); at += size) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    appendItem(list, ::inet_ntop(family, &value[at], text.data(), text.size()));
  }
  return list;
}

Text base64(ByteView value) {
  if (value.empty()) return std::nullopt;
  const std::unique_ptr<ldns_rdf, decltype(&ldns_rdf_deep_free)> field(
      ldns_rdf_new_frm_data(LDNS_RDF_TYPE_B64, value.size(), value.data()), &ldns_rdf_deep_free);
  if (!field) return std::nullopt;
  const std::unique_ptr<char, decltype(&std::free)> text(ldns_rdf2str(field.get()), &std::free);
  return text ? Text(text.get()) : std::nullopt;
}

// "" for a key that has no value.
Text valueText(std::uint16_t key, ByteView value) {
  switch (key) {
    case 0:
      return keyList(value);
    case 1:
      return protocolList(value);
    case 2:
      return value.empty() ? Text("") : std::nullopt;
    case 3:
      return value.size() == 2 ? Text(std::to_string(read16(value, 0))) : std::nullopt;
    case 4:
      return addressList(value, AF_INET, 4);
    case 5:
      return base64(value);
    case 6:
      return addressList(value, AF_INET6, 16);
    default:
      return value.empty() ? "" : quotedText(value);
  }
}

}  // namespace

std::optional<std::string> serviceParametersText(ByteView field) {
  std::string text;
  for (int lastKey = -1; !field.empty();) {
    if (field.size() < 4) return std::nullopt;
    const std::uint16_t key = read16(field, 0);
    const std::size_t length = read16(field, 2);
    if (key <= lastKey || field.size() < 4 + length) return std::nullopt;
    const Text value = valueText(key, field.subspan(4, length));
    if (!value) return std::nullopt;
    text += (text.empty() ? "" : " ") + keyName(key) + (value->empty() ? "" : "=") + *value;
    lastKey = key;
    field = field.subspan(4 + length);
  }
  return text;
}

}  // namespace sockbench::dns
