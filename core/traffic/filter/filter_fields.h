// The language of filters as data: its fields, their kinds, operators and values. The parser, completion and
// help read this table, and nothing else knows the names.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sockbench {

enum class FilterType { flag, number, seconds, time, address, prefix, word, text, bytes };

struct FilterField {
  std::string_view name;     // "port"
  std::string_view meaning;  // a sentence, English
  FilterType type = FilterType::number;
  std::span<const std::string_view> values;  // the words it can have; empty: any
  std::string_view example;                  // "port in {80 443}"
};

std::span<const FilterField> filterFields();
const FilterField* findFilterField(std::string_view name);
// "==", "!=", "contains", "matches", "in", ... that may stand behind a field of this type.
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
FilterCompletion completeFilter(std::string_view text, std::size_t cursor);

}  // namespace sockbench
