// AddressFacts in words, for people: one list for the window and the command line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/resolve/address_facts.h"

namespace sockbench {

// Titles, names and meanings are literals, terminated by a NUL, for a translator to look up.
struct AddressReportRow {
  std::string_view name;     // "Netmask"
  std::string value;         // printable text; a zone and nothing else may come from a person
  std::string_view meaning;  // one sentence, without a full stop
  std::string_view source;   // "RFC 3021"; "" for none
};

struct AddressReportGroup {
  std::string_view title;  // "Network"
  std::vector<AddressReportRow> rows;
};

// Only what applies: a row that has nothing to say is not there, nor is a group without rows.
std::vector<AddressReportGroup> addressReport(const AddressFacts& facts);

// "yes", "no", "not applicable"
std::string_view registryAnswerText(RegistryAnswer answer);

}  // namespace sockbench
