// The language of filters as data: its fields, their kinds, operators and values. The parser, completion and
// help read this table, and nothing else knows the names.
//
//   FILTER  = TEST | not FILTER | FILTER and FILTER | FILTER or FILTER | ( FILTER )
//   TEST    = FIELD | FIELD OPERATOR VALUE | FIELD in { VALUE VALUE..VALUE ... }
//
// "not" binds closest, then "and", then "or"; they are also written ! && ||, and == != < <= > >= matches also
// eq ne lt le gt ge ~. A field alone asks whether the row has it. A row that does not have it passes no other
// test of it either, != no more than ==: "not port == 80" has rows without a port, "port != 80" has not. A
// field of several values (port: of both ends) passes a test when one of them does, but != when none is
// equal. Elements of a set may be parted by commas.
//
// Values: numbers are decimal or 0x..., with k M G (of 1000) or KiB MiB GiB behind; seconds may have a
// fraction, or s ms us ns behind; texts and paths stand in double quotes, with the escapes of escapes.h and
// \" (what stands behind "matches" is RE2's alone, and has its escapes). Times are of the day ("12:00:01.5"),
// in local time, or have a date (RFC 3339; without a zone: local), and mean as long as their last digit says:
// "12:00:01" is a whole second, of any day. Bytes are hexadecimal pairs (0d:0a), or text. Text and comments
// compare without regard to the case of ASCII letters; bytes do not, nor does "matches", unless it begins
// with
// (?i).
//
// A slice behind a field of bytes takes a part: [i] one byte, [i:n] n bytes, [:n] the first n, [i:] all from
// i on, [i-j] both included; an offset below 0 counts from the end. Bytes too short for it have no such part.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sockbench {

enum class FilterType { flag, number, port, seconds, time, address, word, symbol, text, bytes };

struct FilterField {
  std::string_view name;     // "port"
  std::string_view meaning;  // a sentence, English
  FilterType type = FilterType::number;
  std::string_view example;                    // "port in {80 443}"
  std::span<const std::string_view> values{};  // the words it can have; empty: any
};

std::span<const FilterField> filterFields();
const FilterField* findFilterField(std::string_view name);
// "==", "!=", "contains", "matches", "in", ... that may stand behind a field of this type; none: it is asked
// for alone.
std::span<const std::string_view> filterOperators(FilterType type);

// What may be typed at a place of a text, valid or not yet.
struct FilterCompletion {
  std::size_t begin = 0;  // the word that is replaced: [begin, end) in bytes
  std::size_t end = 0;
  struct Offer {
    std::string text;     // what is inserted
    std::string meaning;  // beside it; may be empty
  };
  std::vector<Offer> offers;  // best first; empty: nothing to offer
};
// `cursor` in bytes. Thread: any.
FilterCompletion completeFilter(std::string_view text, std::size_t cursor);

}  // namespace sockbench
