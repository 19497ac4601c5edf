#include "core/traffic/filter/filter_predicate.h"

#include <algorithm>
#include <ctime>

namespace sockbench {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

using Places = std::vector<std::uint32_t>;

// `places` without those of `taken`, both ascending; answers how many are left, at the front.
std::size_t without(std::span<std::uint32_t> places, std::span<const std::uint32_t> taken) {
  auto next = taken.begin();
  return keepThose(places, [&](std::uint32_t place) {
    const bool isTaken = next != taken.end() && *next == place;
    if (isTaken) ++next;
    return !isTaken;
  });
}

// Cheap ones first, else as they were written.
std::vector<FilterPredicatePtr> byCost(std::vector<FilterPredicatePtr> parts) {
  std::ranges::stable_sort(parts, {}, [](const FilterPredicatePtr& part) { return part->cost(); });
  return parts;
}

class Group : public FilterPredicate {
 public:
  explicit Group(std::vector<FilterPredicatePtr> parts) : parts_(byCost(std::move(parts))) {}
  FilterCost cost() const override { return parts_.empty() ? FilterCost::nothing : parts_.back()->cost(); }
  bool usesNotes() const override {
    return std::ranges::any_of(parts_, [](const FilterPredicatePtr& part) { return part->usesNotes(); });
  }

 protected:
  const std::vector<FilterPredicatePtr>& parts() const { return parts_; }

 private:
  std::vector<FilterPredicatePtr> parts_;
};

class All : public Group {
 public:
  using Group::Group;
  std::size_t narrow(FilterRun& run, std::span<std::uint32_t> places) const override {
    for (const FilterPredicatePtr& part : parts()) {
      if (places.empty()) break;
      places = places.first(part->narrow(run, places));
    }
    return places.size();
  }
};

class Any : public Group {
 public:
  using Group::Group;
  std::size_t narrow(FilterRun& run, std::span<std::uint32_t> places) const override {
    Places rest(places.begin(), places.end());
    Places tried;
    Places passed;
    for (const FilterPredicatePtr& part : parts()) {
      if (rest.empty()) break;
      tried = rest;
      const std::span some = std::span(tried).first(part->narrow(run, tried));
      rest.resize(without(rest, some));
      const auto before = static_cast<std::ptrdiff_t>(passed.size());
      passed.insert(passed.end(), some.begin(), some.end());
      std::ranges::inplace_merge(passed, passed.begin() + before);
    }
    std::ranges::copy(passed, places.begin());
    return passed.size();
  }
};

class None : public FilterPredicate {
 public:
  explicit None(FilterPredicatePtr part) : part_(std::move(part)) {}
  FilterCost cost() const override { return part_->cost(); }
  bool usesNotes() const override { return part_->usesNotes(); }
  std::size_t narrow(FilterRun& run, std::span<std::uint32_t> places) const override {
    Places tried(places.begin(), places.end());
    return without(places, std::span(tried).first(part_->narrow(run, tried)));
  }

 private:
  FilterPredicatePtr part_;
};

}  // namespace

const RowNotes::Note* FilterRun::note(std::uint32_t place) {
  if (context_.notes == nullptr) return nullptr;
  if (!hasNotes_) notes_ = context_.notes->notes(slab_.first(), slab_.end());
  hasNotes_ = true;
  const auto found =
      std::ranges::lower_bound(notes_, number(place), {}, [](const auto& note) { return note.first; });
  return found != notes_.end() && found->first == number(place) ? &found->second : nullptr;
}

// The offset from UTC changes at quarters of an hour at most, and rows stand in the order of time, nearly.
std::int64_t FilterRun::timeOfDay(WallNanos time) {
  const std::int64_t seconds = time >= 0 ? time / kSecond : (time - kSecond + 1) / kSecond;
  constexpr std::int64_t kQuarter = 15 * 60;
  if (seconds / kQuarter != quarter_) {
    std::tm parts{};
    const auto clock = static_cast<std::time_t>(seconds);
    utcOffset_ = localtime_r(&clock, &parts) != nullptr ? parts.tm_gmtoff : 0;
    quarter_ = seconds / kQuarter;
  }
  constexpr std::int64_t kDay = 24 * 60 * 60;
  const std::int64_t ofDay = ((seconds + utcOffset_) % kDay + kDay) % kDay;
  return ofDay * kSecond + (time - seconds * kSecond);
}

std::vector<FilterRun::Verdict>& FilterRun::verdicts(const void* test) {
  std::vector<Verdict>& all = verdicts_[test];
  if (all.empty()) all.resize(slab_.flowCount(), Verdict::open);
  return all;
}

FilterPredicatePtr allOf(std::vector<FilterPredicatePtr> parts) {
  if (parts.size() == 1) return parts.front();
  return std::make_shared<const All>(std::move(parts));
}

FilterPredicatePtr anyOf(std::vector<FilterPredicatePtr> parts) {
  if (parts.size() == 1) return parts.front();
  return std::make_shared<const Any>(std::move(parts));
}

FilterPredicatePtr noneOf(FilterPredicatePtr part) {
  return std::make_shared<const None>(std::move(part));
}

}  // namespace sockbench
