// Predicates: what a filter has become, tests that narrow a batch of rows, cheap ones before dear ones.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/traffic/filter/filter.h"

namespace sockbench {

// One select(): the slab, and what is found out about it once. Thread: one.
class FilterRun {
 public:
  FilterRun(const LogSlab& slab, const FilterContext& context)
      : slab_(slab), context_(context), records_(slab.records()) {}

  const LogSlab& slab() const { return slab_; }
  const Record& record(std::uint32_t place) const { return records_[place]; }
  std::uint64_t number(std::uint32_t place) const { return slab_.first() + place; }
  WallNanos previousTime(std::uint32_t place) const {  // 0: there is no row before
    return place == 0 ? context_.previousTime : records_[place - 1].time;
  }
  const RowNotes::Note* note(std::uint32_t place);  // nullptr: none
  // Nanoseconds since midnight, in local time.
  std::int64_t timeOfDay(WallNanos time);

  // What one test has said of each flow of the slab.
  enum class Verdict : std::uint8_t { open, fails, passes };
  std::vector<Verdict>& verdicts(const void* test);

 private:
  const LogSlab& slab_;
  const FilterContext& context_;
  std::span<const Record> records_;
  bool hasNotes_ = false;
  std::vector<std::pair<std::uint64_t, RowNotes::Note>> notes_;
  std::map<const void*, std::vector<Verdict>> verdicts_;
  std::int64_t quarter_ =
      std::numeric_limits<std::int64_t>::min();  // the quarter of an hour whose offset from UTC this is
  std::int64_t utcOffset_ = 0;
};

// How much a test costs a row, roughly.
enum class FilterCost : std::uint8_t { nothing, record, flow, notes, bytes, search, event, regex };

// Immutable. Thread: any.
class FilterPredicate {
 public:
  virtual ~FilterPredicate() = default;
  // `places` in the slab, ascending: those that pass are moved to the front, in order; answers how many.
  virtual std::size_t narrow(FilterRun& run, std::span<std::uint32_t> places) const = 0;
  virtual FilterCost cost() const = 0;
  virtual bool usesNotes() const = 0;
};
using FilterPredicatePtr = std::shared_ptr<const FilterPredicate>;

// A filter of it. Every Filter is one of these, which Filter::both() relies on.
FilterPtr filterOf(std::string text, FilterPredicatePtr predicate);

FilterPredicatePtr allOf(std::vector<FilterPredicatePtr> parts);  // of none: every row passes
FilterPredicatePtr anyOf(std::vector<FilterPredicatePtr> parts);
FilterPredicatePtr noneOf(FilterPredicatePtr part);

// A loop of the kind that narrow() is, without a branch that could be guessed wrongly.
template <class Passes>
std::size_t keepThose(std::span<std::uint32_t> places, Passes&& passes) {
  std::size_t kept = 0;
  for (const std::uint32_t place : places) {
    const bool stays = passes(place);
    places[kept] = place;
    kept += stays ? 1 : 0;
  }
  return kept;
}

}  // namespace sockbench
