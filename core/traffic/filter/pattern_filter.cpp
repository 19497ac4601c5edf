#include "core/traffic/filter/pattern_filter.h"

#include <utility>

#include "core/traffic/filter/filter_predicate.h"

namespace sockbench {
namespace {

class PatternPredicate final : public FilterPredicate {
 public:
  explicit PatternPredicate(BytePattern pattern) : pattern_(std::move(pattern)) {}

  std::size_t narrow(FilterRun& run, std::span<std::uint32_t> places) const override {
    return keepThose(places, [&](std::uint32_t place) {
      const Record& record = run.record(place);
      const bool bytes = record.kind == RecordKind::in || record.kind == RecordKind::out;
      return bytes && pattern_.isIn(run.slab().payload(record));
    });
  }
  FilterCost cost() const override {
    return pattern_.literalLength() ? FilterCost::search : FilterCost::regex;
  }
  bool usesNotes() const override { return false; }

 private:
  BytePattern pattern_;
};

}  // namespace

FilterPtr patternFilter(BytePattern pattern) {
  return filterOf({}, std::make_shared<PatternPredicate>(std::move(pattern)));
}

}  // namespace sockbench
