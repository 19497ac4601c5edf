#include "core/resolve/dns_message.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <memory>
#include <optional>

#include "core/resolve/dns/ldns_header.h"

namespace sockbench {

namespace {

struct Rcode {
  int code;
  std::string_view name;
  std::string_view meaning;
};

// RFC 6895, section 2.3, with RFC 7873 and RFC 8914's neighbours.
constexpr std::array kRcodes{
    Rcode{0, "NOERROR", "the question was answered"},
    Rcode{1, "FORMERR", "the server could not read the question"},
    Rcode{2, "SERVFAIL", "the server could not find the answer out"},
    Rcode{3, "NXDOMAIN", "there is no such name"},
    Rcode{4, "NOTIMP", "the server does not know this kind of question"},
    Rcode{5, "REFUSED", "the server does not answer such a question to this asker"},
    Rcode{6, "YXDOMAIN", "a name exists that should not"},
    Rcode{7, "YXRRSET", "records exist that should not"},
    Rcode{8, "NXRRSET", "records that should exist do not"},
    Rcode{9, "NOTAUTH", "the server has no authority over the zone, or does not trust the asker"},
    Rcode{10, "NOTZONE", "the name is not in the zone"},
    Rcode{11, "DSOTYPENI", "the server does not know this kind of stateful message"},
    Rcode{16, "BADVERS", "the server does not know this version of EDNS"},
    Rcode{17, "BADKEY", "the server does not know the key"},
    Rcode{18, "BADTIME", "the signature is out of its time"},
    Rcode{19, "BADMODE", "the server does not know this way to agree on a key"},
    Rcode{20, "BADNAME", "there is a key of this name already"},
    Rcode{21, "BADALG", "the server does not know the algorithm"},
    Rcode{22, "BADTRUNC", "the signature is cut too short"},
    Rcode{23, "BADCOOKIE", "the server wants another cookie"},
};

const Rcode* findRcode(int code) {
  const auto found = std::ranges::find(kRcodes, code, &Rcode::code);
  return found == kRcodes.end() ? nullptr : &*found;
}

Error unknownType(std::string_view text, std::string detail) {
  return Error::fromInput(InputFault::unknownName, std::string(text), TextSpan{0, text.size()},
                          std::move(detail));
}

// nnn of TYPEnnn; nullopt: the text is none, or its number is above 65535.
std::optional<std::uint16_t> typeNumber(std::string_view upper) {
  constexpr std::string_view kPrefix = "TYPE";
  if (!upper.starts_with(kPrefix)) return std::nullopt;
  std::uint16_t number = 0;
  const char* end = upper.data() + upper.size();
  const auto read = std::from_chars(upper.data() + kPrefix.size(), end, number);
  return read.ec == std::errc() && read.ptr == end ? std::optional(number) : std::nullopt;
}

}  // namespace

std::string dnsTypeName(std::uint16_t type) {
  const std::unique_ptr<char, decltype(&std::free)> name(ldns_rr_type2str(static_cast<ldns_rr_type>(type)),
                                                         &std::free);
  return name ? name.get() : "TYPE" + std::to_string(type);
}

Result<std::uint16_t> parseDnsType(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  std::optional<std::uint16_t> type = typeNumber(upper);
  // ldns reads TYPEnnn loosely, and knows as 0 what it does not know.
  if (!type && !upper.starts_with("TYPE")) {
    const auto known = static_cast<std::uint16_t>(ldns_get_rr_type_by_name(upper.c_str()));
    if (known != 0) type = known;
  }
  if (!type) {
    return std::unexpected(
        unknownType(text, "no record type has this name; TYPE1 to TYPE65535 are types by number"));
  }
  if (*type == LDNS_RR_TYPE_AXFR || *type == LDNS_RR_TYPE_IXFR) {
    return std::unexpected(unknownType(text, "a zone transfer is not one question with one answer"));
  }
  return *type;
}

const std::vector<std::string_view>& offeredDnsTypes() {
  static const std::vector<std::string_view> types{"A",    "AAAA", "CNAME", "MX",   "NS",    "SOA",
                                                   "TXT",  "SRV",  "PTR",   "CAA",  "NAPTR", "HTTPS",
                                                   "SVCB", "URI",  "SSHFP", "TLSA", "HINFO", "ANY"};
  return types;
}

std::string dnsRcodeName(int rcode) {
  const Rcode* known = findRcode(rcode);
  return known != nullptr ? std::string(known->name) : "RCODE" + std::to_string(rcode);
}

std::string_view dnsRcodeMeaning(int rcode) {
  const Rcode* known = findRcode(rcode);
  return known != nullptr ? known->meaning : std::string_view();
}

}  // namespace sockbench
