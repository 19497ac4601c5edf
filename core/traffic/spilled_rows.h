// SpilledRows: consecutive rows of a log in a segment on disk, and how a slab gets there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "core/base/error.h"
#include "core/traffic/flow_table.h"
#include "core/traffic/log_slab.h"
#include "core/traffic/memory_budget.h"
#include "core/traffic/spill_segment.h"
#include "core/traffic/traffic_log.h"

namespace sockbench {

// Their flows stay in memory. Immutable, but for what SpillStore keeps in it under the log's lock.
struct SpilledRows {
  SpilledRows(std::shared_ptr<MemoryBudget> shared, std::size_t mostFlows)
      : flows(mostFlows), budget(std::move(shared)) {}
  ~SpilledRows() { budget->refund(charged); }
  SpilledRows(const SpilledRows&) = delete;
  SpilledRows& operator=(const SpilledRows&) = delete;

  std::uint64_t end() const { return firstRow + count; }
  // In place. Record::block is 0 or 1, Record::offset counts from payload().
  std::span<const Record> records() const {
    return {reinterpret_cast<const Record*>(segment->at(place)), count};
  }
  const std::byte* payload() const { return segment->at(place + count * sizeof(Record)); }
  static LogRow row(const std::shared_ptr<const SpilledRows>& rows, std::uint64_t number);
  // A long look at them is over.
  void forget() const { segment->forget(place, bytes); }

  std::shared_ptr<SpillSegment> segment;
  std::uint64_t firstRow = 0;
  std::size_t count = 0;
  std::size_t place = 0;  // in the segment
  std::size_t bytes = 0;  // records and payload, on disk
  FlowTable flows;        // Record::flow counts in it
  const std::shared_ptr<MemoryBudget> budget;
  // Under the log's lock:
  std::uint64_t id = 0;
  std::size_t charged = 0;  // to the budget, for the flows
};

using SpilledPtr = std::shared_ptr<SpilledRows>;

// Thread: log-io.
class SpillWriter {
 public:
  explicit SpillWriter(std::shared_ptr<MemoryBudget> budget) : budget_(std::move(budget)) {}

  // As many of the slab's rows, from the first on, as one segment takes; at least one. On an error nothing is
  // written.
  Result<SpilledPtr> write(const LogSlab& slab, const std::string& folder, std::size_t segmentBytes);
  // Opens a segment when there is none, so that a folder that cannot be written to is known early.
  Result<void> prepare(const std::string& folder, std::size_t room);
  void finishSegment();  // the next rows go to a new one

 private:
  struct Plan;
  static Plan planFor(const LogSlab& slab, std::size_t segmentBytes);
  Result<void> put(ByteView bytes);
  Result<void> flush();
  Result<void> putAll(const LogSlab& slab, const Plan& plan);

  const std::shared_ptr<MemoryBudget> budget_;
  std::shared_ptr<SpillSegment> segment_;
  Bytes staged_;  // small pieces on their way
};

}  // namespace sockbench
