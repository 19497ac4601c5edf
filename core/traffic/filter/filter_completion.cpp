// What may be typed next: the text up to the cursor is read as far as it makes sense.
#include <net/if.h>

#include <algorithm>
#include <optional>

#include "core/traffic/filter/filter_fields.h"
#include "core/traffic/filter/filter_lexer.h"
#include "core/traffic/filter/filter_test.h"
#include "core/traffic/filter/filter_words.h"

namespace sockbench {
namespace {

using Offer = FilterCompletion::Offer;

enum class Place {
  term,     // a field, not, a parenthesis
  field,    // behind a field: an operator, or and, or
  value,    // behind an operator
  opening,  // behind "in"
  set,      // within a set
  behind,   // behind a whole test: and, or
};

struct State {
  Place place = Place::term;
  const FilterField* field = nullptr;
};

State afterField(const State& state, const FilterToken& token) {
  if (token.is(FilterTokenKind::word) && token.text.starts_with('[')) return state;
  const auto op = filterOperatorNamed(token.text);
  if (!op) return {Place::behind, nullptr};
  return {*op == FilterOperator::in ? Place::opening : Place::value, state.field};
}

State after(const State& state, const FilterToken& token) {
  const bool joins = token.isWord("and") || token.isWord("or") || token.text == "&&" || token.text == "||";
  if (!token.is(FilterTokenKind::quoted) && joins) return {};
  switch (state.place) {
    case Place::term: {
      const FilterField* field = token.is(FilterTokenKind::word) ? findFilterField(token.text) : nullptr;
      return field == nullptr ? state : State{Place::field, field};
    }
    case Place::field:
      return afterField(state, token);
    case Place::opening:
      return {token.is(FilterTokenKind::openSet) ? Place::set : Place::behind, state.field};
    case Place::set:
      return token.is(FilterTokenKind::closeSet) ? State{Place::behind, nullptr} : state;
    case Place::value:
    case Place::behind:
      return {Place::behind, nullptr};
  }
  return {};
}

constexpr std::string_view kSymbols = "=!<>&|~";

bool isOfWord(char c) {
  return !std::string_view(" \t\r\n\v\f()[]{}\",").contains(c) && !kSymbols.contains(c);
}

// The word, or the run of symbols, that ends at or holds the cursor.
FilterCompletion wordAt(std::string_view text, std::size_t cursor) {
  FilterCompletion word{cursor, cursor, {}};
  const bool isSymbol = cursor > 0 && kSymbols.contains(text[cursor - 1]);
  const auto belongs = [&](char c) { return isSymbol ? kSymbols.contains(c) : isOfWord(c); };
  while (word.begin > 0 && belongs(text[word.begin - 1])) --word.begin;
  while (word.end < text.size() && belongs(text[word.end])) ++word.end;
  return word;
}

std::string_view meaningOf(std::string_view op) {
  static constexpr std::pair<std::string_view, std::string_view> kMeanings[] = {
      {"==", "is"},
      {"!=", "is not"},
      {"<", "is below"},
      {"<=", "is at most"},
      {">", "is above"},
      {">=", "is at least"},
      {"in", "is one of a set, {1 2 5..9}"},
      {"contains", "has this in it"},
      {"matches", "a regular expression of RE2 fits"},
      {"and", "both"},
      {"or", "one of both"},
      {"not", "the next does not hold"},
  };
  const auto found = std::ranges::find(kMeanings, op, &std::pair<std::string_view, std::string_view>::first);
  return found == std::end(kMeanings) ? std::string_view() : found->second;
}

void offer(std::vector<Offer>& offers, std::string_view text) {
  offers.push_back({std::string(text), std::string(meaningOf(text))});
}

std::vector<Offer> terms() {
  std::vector<Offer> offers;
  for (const FilterField& field : filterFields())
    offers.push_back({std::string(field.name), std::string(field.meaning)});
  offer(offers, "not");
  return offers;
}

std::vector<Offer> joints() {
  std::vector<Offer> offers;
  offer(offers, "and");
  offer(offers, "or");
  return offers;
}

std::vector<Offer> behindField(const FilterField& field) {
  std::vector<Offer> offers;
  for (const std::string_view op : filterOperators(field.type)) offer(offers, op);
  std::ranges::move(joints(), std::back_inserter(offers));
  return offers;
}

std::vector<Offer> interfaces() {
  std::vector<Offer> offers;
  struct if_nameindex* const all = if_nameindex();
  for (const auto* entry = all; entry != nullptr && entry->if_name != nullptr; ++entry)
    offers.push_back({entry->if_name, {}});
  if (all != nullptr) if_freenameindex(all);
  return offers;
}

// Too many to be offered before a letter of them is typed.
constexpr std::size_t kManyValues = 40;

std::vector<Offer> values(const FilterField& field, bool typed) {
  if (field.type == FilterType::word && field.values.empty()) return interfaces();
  std::vector<Offer> offers;
  if (field.values.size() > kManyValues && !typed) return offers;
  for (const std::string_view value : field.values) {
    const bool isBare = std::ranges::all_of(value, isOfWord);
    offers.push_back({isBare ? std::string(value) : '"' + std::string(value) + '"', {}});
  }
  return offers;
}

std::vector<Offer> offersAt(const State& state, bool typed) {
  switch (state.place) {
    case Place::term:
      return terms();
    case Place::field:
      return behindField(*state.field);
    case Place::value:
    case Place::set:
      return values(*state.field, typed);
    case Place::opening:
      return {{"{", {}}};
    case Place::behind:
      return joints();
  }
  return {};
}

}  // namespace

FilterCompletion completeFilter(std::string_view text, std::size_t cursor) {
  cursor = std::min(cursor, text.size());
  FilterCompletion completion = wordAt(text, cursor);
  State state;
  for (const FilterToken& token : lexFilter(text.substr(0, completion.begin))) {
    if (token.is(FilterTokenKind::wrong)) return {cursor, cursor, {}};  // in quotes or brackets
    if (!token.is(FilterTokenKind::end)) state = after(state, token);
  }
  const std::string_view typed = text.substr(completion.begin, cursor - completion.begin);
  std::vector<Offer> offers = offersAt(state, !typed.empty());
  std::erase_if(offers, [&](const Offer& o) { return !asciiLower(o.text).contains(asciiLower(typed)); });
  std::ranges::stable_partition(offers, [&](const Offer& o) { return startsAnyCase(o.text, typed); });
  completion.offers = std::move(offers);
  return completion;
}

}  // namespace sockbench
