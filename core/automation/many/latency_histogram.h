// LatencyHistogram: times, counted in buckets whose width grows with the time: log-linear, as HdrHistogram
// counts (which Debian 12 packages for neither C nor C++). Whatever the time, a bucket is at most 1/128 of it
// wide, so that a percentile is at most that much above the true one, and never below it.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace sockbench {

// Values are nanoseconds, 0 or more; a negative one counts as 0. Thread: one at a time.
class LatencyHistogram {
 public:
  using Nanos = std::chrono::nanoseconds;
  // Below 256 ns each has a bucket of its own; from there on 128 to each doubling, up to 2^63 - 1 ns.
  static constexpr std::size_t kBuckets = 256 + 128 * (63 - 8);

  // The buckets that hold something, by time.
  struct Bucket {
    Nanos most{0};  // the longest time that falls into it
    std::uint64_t count = 0;
    bool operator==(const Bucket&) const = default;
  };

  void record(Nanos time, std::uint64_t times = 1);
  void merge(const LatencyHistogram& other);

  std::uint64_t count() const { return count_; }
  Nanos least() const { return count_ == 0 ? Nanos{0} : least_; }  // exact, as are the next two; 0: none
  Nanos most() const { return most_; }
  Nanos mean() const;
  // The time that `percent` of 100 in all did not exceed: of n times in order, number ceil(n * percent / 100)
  // (at least the first), rounded up to its bucket's end but not above most(). 0: there is none.
  Nanos percentile(double percent) const;
  std::vector<Bucket> buckets() const;

  static std::size_t bucketOf(Nanos time);
  static Nanos lastOf(std::size_t bucket);  // the longest time that falls into it

 private:
  friend class LatencyRecorder;
  std::vector<std::uint64_t> counts_;  // empty until the first
  std::uint64_t count_ = 0;
  long double sum_ = 0;
  Nanos least_{0};
  Nanos most_{0};
};

// The same, written by several threads without a lock and read by any meanwhile.
class LatencyRecorder {
 public:
  void record(std::chrono::nanoseconds time);  // Thread: any
  // What was recorded by now; times that are recorded meanwhile may or may not be in it. Thread: any.
  LatencyHistogram read() const;

 private:
  std::array<std::atomic<std::uint64_t>, LatencyHistogram::kBuckets> counts_{};
  std::atomic<std::int64_t> sum_{0};
  std::atomic<std::int64_t> least_{INT64_MAX};
  std::atomic<std::int64_t> most_{0};
};

}  // namespace sockbench
