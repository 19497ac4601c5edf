#include "core/resolve/dns/rdata_text.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "core/resolve/dns/ldns_header.h"
#include "core/resolve/dns/odd_rdata.h"
#include "core/resolve/dns/question_name.h"
#include "core/resolve/dns/wire.h"

namespace sockbench::dns {

namespace {

struct FreeRecord {
  void operator()(ldns_rr* record) const { ldns_rr_free(record); }
};
using RecordPtr = std::unique_ptr<ldns_rr, FreeRecord>;

const std::uint8_t* octets(ByteView bytes) {
  return reinterpret_cast<const std::uint8_t*>(bytes.data());
}

ByteView fieldBytes(const ldns_rdf* field) {
  return std::as_bytes(std::span(ldns_rdf_data(field), ldns_rdf_size(field)));
}

// Those that the type prescribes and the RDATA, which ends before them, has not. A text without a length of
// its own may be empty: it is there.
std::size_t missingFields(const ldns_rr* record) {
  const ldns_rr_descriptor* shape = ldns_rr_descript(ldns_rr_get_type(record));
  const std::size_t least = ldns_rr_descriptor_minimum(shape);
  const std::size_t count = ldns_rr_rd_count(record);
  if (count >= least) return 0;
  return least - count - (ldns_rr_descriptor_field_type(shape, least - 1) == LDNS_RDF_TYPE_LONG_STR ? 1 : 0);
}

// The record's fields; null when the RDATA is not what its type prescribes. Names in it may point back into
// the message.
RecordPtr parse(std::uint16_t type, ByteView message, std::size_t begin, std::size_t length) {
  RecordPtr record(ldns_rr_new());
  if (!record) return nullptr;
  ldns_rr_set_type(record.get(), static_cast<ldns_rr_type>(type));
  ldns_rr_set_class(record.get(), LDNS_RR_CLASS_IN);
  const std::size_t end = begin + length;
  std::size_t at = begin - 2;  // where its length stands
  if (ldns_wire2rdf(record.get(), octets(message), end, &at) != LDNS_STATUS_OK || at != end) return nullptr;
  // ldns takes an RDATA that ends between two fields.
  return ldns_rr_rd_count(record.get()) == 0 || missingFields(record.get()) > 0 ? nullptr : std::move(record);
}

std::optional<std::string> ldnsText(const ldns_rdf* field) {
  const std::unique_ptr<char, decltype(&std::free)> text(ldns_rdf2str(field), &std::free);
  if (!text) return std::nullopt;
  const std::string_view trimmed = text.get();
  return std::string(trimmed.substr(0, trimmed.find_last_not_of(' ') + 1));
}

std::optional<std::string> upperCase(std::optional<std::string> text) {
  if (text) std::ranges::transform(*text, text->begin(), [](unsigned char c) { return std::toupper(c); });
  return text;
}

// RFC 5155, section 3.3.
std::optional<std::string> withoutPadding(std::optional<std::string> base32) {
  if (base32) base32->resize(base32->find_last_not_of('=') + 1);
  return base32;
}

// "2 200100AB AQID": the tag, whose length comes first, in capitals (RFC 8005, section 5).
std::optional<std::string> hostIdentityText(ByteView field, std::optional<std::string> text) {
  if (!text) return text;
  const auto tag = text->begin() + static_cast<std::ptrdiff_t>(text->find(' ') + 1);
  std::transform(tag, tag + 2 * read8(field, 0), tag, [](unsigned char c) { return std::toupper(c); });
  return text;
}

// RFC 4025, section 2.3. ldns would leave out a gateway of any other kind.
bool hasKnownGateway(ByteView ipsecKey) {
  constexpr std::uint8_t kLastKind = 3;
  return ipsecKey.size() > 2 && read8(ipsecKey, 1) <= kLastKind;
}

// Where ldns and dig differ, dig's way; nullopt: it cannot be shown as what it claims to be.
std::optional<std::string> fieldText(const ldns_rdf* field) {
  switch (ldns_rdf_get_type(field)) {
    case LDNS_RDF_TYPE_DNAME:
      return nameText(fieldBytes(field));
    case LDNS_RDF_TYPE_STR:
      return quotedText(fieldBytes(field).subspan(1));
    case LDNS_RDF_TYPE_LONG_STR:
      return quotedText(fieldBytes(field));
    case LDNS_RDF_TYPE_HEX:
    case LDNS_RDF_TYPE_NSEC3_SALT:
      return upperCase(ldnsText(field));
    case LDNS_RDF_TYPE_NSEC3_NEXT_OWNER:
    case LDNS_RDF_TYPE_B32_EXT:
      return withoutPadding(upperCase(ldnsText(field)));
    case LDNS_RDF_TYPE_HIP:
      return hostIdentityText(fieldBytes(field), ldnsText(field));
    case LDNS_RDF_TYPE_LOC:
      return locationText(fieldBytes(field));
    case LDNS_RDF_TYPE_APL:
      return prefixListText(fieldBytes(field));
    case LDNS_RDF_TYPE_ILNP64:
      return locatorText(fieldBytes(field));
    case LDNS_RDF_TYPE_WKS:
      return serviceBitmapText(fieldBytes(field));
    case LDNS_RDF_TYPE_NSEC:
      return typeBitmapText(fieldBytes(field));
    case LDNS_RDF_TYPE_SVCPARAMS:
      return serviceParametersText(fieldBytes(field));
    case LDNS_RDF_TYPE_IPSECKEY:
      return hasKnownGateway(fieldBytes(field)) ? ldnsText(field) : std::nullopt;
    case LDNS_RDF_TYPE_NONE:
    case LDNS_RDF_TYPE_UNKNOWN:
      return std::nullopt;
    default:
      return ldnsText(field);
  }
}

bool lastIsEmptyText(const ldns_rr* record) {
  return ldns_rr_rd_count(record) < ldns_rr_descriptor_minimum(ldns_rr_descript(ldns_rr_get_type(record)));
}

std::optional<std::string> knownText(const ldns_rr* record) {
  std::string text;
  for (std::size_t i = 0; i < ldns_rr_rd_count(record); ++i) {
    const auto field = fieldText(ldns_rr_rdf(record, i));
    if (!field) return std::nullopt;
    if (!text.empty() && !field->empty()) text += ' ';
    text += *field;
  }
  if (lastIsEmptyText(record)) text += " \"\"";
  return text;
}

}  // namespace

std::string unknownRdata(ByteView rdata) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string text = "\\# " + std::to_string(rdata.size());
  if (!rdata.empty()) text += ' ';
  for (const std::byte b : rdata) {
    text += kDigits[std::to_integer<std::size_t>(b >> 4)];
    text += kDigits[std::to_integer<std::size_t>(b & std::byte{15})];
  }
  return text;
}

std::string rdataText(std::uint16_t type, ByteView message, std::size_t begin, std::size_t length) {
  if (const RecordPtr record = parse(type, message, begin, length)) {
    if (auto text = knownText(record.get())) return *std::move(text);
  }
  return unknownRdata(message.subspan(begin, length));
}

}  // namespace sockbench::dns
