#include "ui/models/found_rows.h"

#include <algorithm>
#include <utility>

namespace sockbench::ui {
namespace {
constexpr std::size_t kSlabRows = 4096;
}

FoundRows::FoundRows(TrafficLog& log, QObject* parent)
    : QObject(parent), log_(log.shared_from_this()), next_(this) {
  next_.setSingleShot(true);
  connect(&next_, &QTimer::timeout, this, &FoundRows::lookOn);
}

void FoundRows::setFilter(FilterPtr filter) {
  filter_ = std::move(filter);
  rows_.clear();
  rows_.shrink_to_fit();
  lookedTo_ = log_->first();
  previousTime_ = 0;
  searching_ = filter_ != nullptr;
  searching_ ? next_.start(0) : next_.stop();
}

void FoundRows::logChanged() {
  if (filter_ == nullptr || log_->end() <= lookedTo_) return;
  searching_ = true;
  next_.start(0);
}

void FoundRows::lookOn() {
  const auto until = std::chrono::steady_clock::now() + kSlice;
  do {
    searching_ = lookAtSlab();
  } while (searching_ && std::chrono::steady_clock::now() < until);
  if (searching_) next_.start(0);
  emit changed();
}

// False: there is nothing more to look through.
bool FoundRows::lookAtSlab() {
  const LogSlab slab = log_->slab(lookedTo_, kSlabRows);
  if (slab.empty()) return false;
  const WallNanos before = slab.first() == lookedTo_ ? previousTime_ : 0;
  places_.clear();
  filter_->select(slab, {&log_->notes(), before}, places_);
  for (const std::uint32_t place : places_) rows_.push_back(slab.first() + place);
  lookedTo_ = slab.end();
  previousTime_ = slab.records().back().time;
  return lookedTo_ < log_->end();
}

std::size_t FoundRows::countBelow(std::uint64_t number) const {
  return static_cast<std::size_t>(std::ranges::lower_bound(rows_, number) - rows_.begin());
}

std::size_t FoundRows::dropBelow(std::uint64_t number) {
  const std::size_t gone = countBelow(number);
  rows_.erase(rows_.begin(), rows_.begin() + static_cast<std::ptrdiff_t>(gone));
  return gone;
}

}  // namespace sockbench::ui
