// SpillStore: which rows of a log are on disk, and how much may be.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/traffic/memory_budget.h"
#include "core/traffic/spilled_rows.h"
#include "core/traffic/traffic_log.h"

namespace sockbench {

// Rows [first(), next()) are on disk, without a gap: as rows are numbered, what memory gives up before it was
// written takes all older ones with it. Every call under the log's lock. What leaves goes to `dead`, for
// log-io to destroy: the kernel takes its time to free a large file.
class SpillStore {
 public:
  using Dead = std::vector<SpilledPtr>;

  // One piece of work for log-io.
  struct Job {
    std::uint64_t from = 0;
    std::string folder;
    std::size_t segmentBytes = 0;
    std::uint64_t generation = 0;  // the answer to another generation's job is of no use
  };

  // `flowBytes`: LogLimits::spilledFlowBytes.
  SpillStore(std::size_t blockBytes, std::size_t flowBytes, std::shared_ptr<MemoryBudget> budget);

  // `bytes` 0: off, nothing stays. Else what is on disk stays, as far as it fits; an error is forgotten.
  void configure(std::uint64_t bytes, std::string folder, std::uint64_t firstInMemory, Dead& dead);
  bool isOn() const { return limit_ > 0; }
  bool writes() const { return isOn() && !error_; }
  std::uint64_t generation() const { return generation_; }

  bool empty() const { return rows_.empty(); }
  std::uint64_t first() const { return rows_.front()->firstRow; }
  std::uint64_t next() const { return next_; }  // the row that is to be written next
  // That has `row`, else the next ones behind it; nullptr: there are none.
  SpilledPtr find(std::uint64_t row) const;

  Job beginJob(Dead& dead);  // makes room for a segment
  void finishJob(const Job& job, const Result<SpilledPtr>& written, Dead& dead);
  void fail(Error error) { error_ = std::move(error); }  // nothing is written until configure()

  // Memory holds no row below `row` any more.
  void skipTo(std::uint64_t row, Dead& dead);
  // Forgets all rows below `row`.
  void clear(std::uint64_t row, Dead& dead);

  SpillStatus status() const;

 private:
  void add(const SpilledPtr& rows, Dead& dead);
  void charge(SpilledRows& rows);
  SpilledRows* payerOf(const Flow& flow) const;
  void dropOldestSegment(Dead& dead);
  void dropAll(Dead& dead);

  const std::size_t blockBytes_;
  const std::size_t leastFlowBytes_;
  const std::shared_ptr<MemoryBudget> budget_;
  std::uint64_t limit_ = 0;  // 0: off
  std::string folder_;
  std::size_t segmentBytes_ = 0;
  std::deque<SpilledPtr> rows_;
  std::uint64_t next_ = 0;
  std::uint64_t bytes_ = 0;
  std::uint64_t count_ = 0;
  std::size_t flowBytes_ = 0;  // charged by all of them together
  std::uint64_t lost_ = 0;
  std::uint64_t nextId_;
  std::uint64_t generation_ = 0;
  std::optional<Error> error_;
};

}  // namespace sockbench
