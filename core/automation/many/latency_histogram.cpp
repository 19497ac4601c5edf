#include "core/automation/many/latency_histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace sockbench {
namespace {

using Nanos = LatencyHistogram::Nanos;

constexpr unsigned kSubBits = 7;  // 128 buckets to each doubling
constexpr std::uint64_t kExact = std::uint64_t{2} << kSubBits;

}  // namespace

std::size_t LatencyHistogram::bucketOf(Nanos time) {
  const auto value = static_cast<std::uint64_t>(std::max<std::int64_t>(time.count(), 0));
  if (value < kExact) return static_cast<std::size_t>(value);
  const auto shift = static_cast<unsigned>(std::bit_width(value)) - (kSubBits + 1);
  return static_cast<std::size_t>((std::uint64_t{shift} << kSubBits) + (value >> shift));
}

Nanos LatencyHistogram::lastOf(std::size_t bucket) {
  if (bucket < kExact) return Nanos(static_cast<std::int64_t>(bucket));
  const auto shift = static_cast<unsigned>(bucket >> kSubBits) - 1;
  const std::uint64_t top = bucket - (std::uint64_t{shift} << kSubBits);
  return Nanos(static_cast<std::int64_t>(((top + 1) << shift) - 1));
}

void LatencyHistogram::record(Nanos time, std::uint64_t times) {
  if (times == 0) return;
  time = std::max(time, Nanos{0});
  if (counts_.empty()) counts_.resize(kBuckets);
  counts_[bucketOf(time)] += times;
  least_ = count_ == 0 ? time : std::min(least_, time);
  most_ = std::max(most_, time);
  sum_ += static_cast<long double>(time.count()) * static_cast<long double>(times);
  count_ += times;
}

void LatencyHistogram::merge(const LatencyHistogram& other) {
  if (other.count_ == 0) return;
  if (counts_.empty()) counts_.resize(kBuckets);
  for (std::size_t i = 0; i < kBuckets; ++i) counts_[i] += other.counts_[i];
  least_ = count_ == 0 ? other.least_ : std::min(least_, other.least_);
  most_ = std::max(most_, other.most_);
  sum_ += other.sum_;
  count_ += other.count_;
}

Nanos LatencyHistogram::mean() const {
  if (count_ == 0) return Nanos{0};
  return Nanos(static_cast<std::int64_t>(std::llround(sum_ / static_cast<long double>(count_))));
}

Nanos LatencyHistogram::percentile(double percent) const {
  if (count_ == 0) return Nanos{0};
  const long double place = std::ceil(static_cast<long double>(count_) *
                                      static_cast<long double>(std::clamp(percent, 0.0, 100.0)) / 100.0L);
  const auto wanted = std::clamp<std::uint64_t>(static_cast<std::uint64_t>(place), 1, count_);
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < kBuckets; ++i) {
    seen += counts_[i];
    if (seen >= wanted) return std::min(lastOf(i), most_);
  }
  return most_;
}

std::vector<LatencyHistogram::Bucket> LatencyHistogram::buckets() const {
  std::vector<Bucket> list;
  for (std::size_t i = 0; i < counts_.size(); ++i)
    if (counts_[i] > 0) list.push_back({lastOf(i), counts_[i]});
  return list;
}

void LatencyRecorder::record(Nanos time) {
  constexpr auto order = std::memory_order_relaxed;
  const std::int64_t value = std::max<std::int64_t>(time.count(), 0);
  std::int64_t least = least_.load(order);
  while (value < least && !least_.compare_exchange_weak(least, value, order)) continue;
  std::int64_t most = most_.load(order);
  while (value > most && !most_.compare_exchange_weak(most, value, order)) continue;
  sum_.fetch_add(value, order);
  // Last, and seen last: whoever sees the count has its greatest as well.
  counts_[LatencyHistogram::bucketOf(Nanos(value))].fetch_add(1, std::memory_order_release);
}

LatencyHistogram LatencyRecorder::read() const {
  LatencyHistogram now;
  now.counts_.resize(LatencyHistogram::kBuckets);
  for (std::size_t i = 0; i < LatencyHistogram::kBuckets; ++i) {
    now.counts_[i] = counts_[i].load(std::memory_order_acquire);
    now.count_ += now.counts_[i];
  }
  if (now.count_ == 0) return {};
  now.least_ = Nanos(least_.load(std::memory_order_relaxed));
  now.most_ = Nanos(most_.load(std::memory_order_relaxed));
  now.sum_ = static_cast<long double>(sum_.load(std::memory_order_relaxed));
  return now;
}

}  // namespace sockbench
