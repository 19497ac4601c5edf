#include "ui/models/found_rows.h"

#include <algorithm>
#include <utility>

namespace sockbench::ui {

FoundRows::FoundRows(TrafficLog& log, QObject* parent)
    : QObject(parent), log_(log.shared_from_this()), next_(this) {
  next_.setSingleShot(true);
  connect(&next_, &QTimer::timeout, this, &FoundRows::take);
}

void FoundRows::setFilter(FilterPtr filter) {
  filter_ = std::move(filter);
  rows_.clear();
  rows_.shrink_to_fit();
  lookedTo_ = log_->first();
  searching_ = filter_ != nullptr;
  next_.stop();
  if (filter_ == nullptr) {
    if (search_) search_->stop();
    return;
  }
  if (!search_) {
    search_ = std::make_unique<RowSearch>(
        log_, [this] { QMetaObject::invokeMethod(this, &FoundRows::take, Qt::QueuedConnection); });
  }
  search_->start(filter_);
}

void FoundRows::logChanged() {
  if (filter_ == nullptr) return;
  searching_ = searching_ || log_->end() > lookedTo_;
  search_->logChanged();
}

void FoundRows::take() {
  next_.stop();
  const RowSearch::Found found = search_->take(kPortion);  // always: until then no more news comes
  if (filter_ == nullptr) return;
  rows_.insert(rows_.end(), found.rows.begin(), found.rows.end());
  lookedTo_ = std::max(lookedTo_, found.lookedTo);
  searching_ = !found.upToDate;
  // A full portion: the next one is there already, and comes when the events that wait have had their turn.
  if (found.rows.size() == kPortion) next_.start(0);
  emit changed();
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
