// RecordRing: the records and flows of the rows in memory, in chunks that are recycled.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "core/traffic/flow.h"
#include "core/traffic/memory_budget.h"
#include "core/traffic/record.h"

namespace sockbench {

// Every call under the log's lock. Every chunk but the last is full, so a row's place is a division.
class RecordRing {
 public:
  // What a flow that is new in a chunk costs at most: its object with its counters, and its place in the
  // table.
  static constexpr std::size_t kFlowBytes = sizeof(Flow) + 4 * sizeof(void*) + 2 * sizeof(FlowPtr);

  RecordRing(std::size_t chunkRecords, MemoryBudget& budget);

  std::uint64_t next() const { return next_; }  // the number that the next row gets
  bool needsChunk() const;                      // push() must wait for addChunk()
  bool needsFlow(const FlowPtr& flow) const;    // push() would charge up to kFlowBytes
  std::size_t chunkBytes() const;
  void push(Record record, const FlowPtr& flow);

  const Record& record(std::uint64_t row) const;
  FlowPtr flow(std::uint64_t row) const;

  bool hasSpare() const { return !spare_.empty(); }
  bool hasSurplus() const { return spare_.size() > 2 + chunks_.size() / 50; }
  void addChunk();  // a spare one, else a fresh one, charged to the budget whether it fits or not
  bool freeSpare();

  // The row after the oldest chunk's last; nullopt when that chunk is being filled still.
  std::optional<std::uint64_t> oldestChunkEnd() const;
  // Full chunks without a row from `first` on become spare. Their flows go to `dead`, for the caller to
  // destroy when the lock is gone.
  using FlowTable = std::vector<FlowPtr>;
  void dropBelow(std::uint64_t first, std::vector<FlowTable>& dead);
  void dropAll(std::vector<FlowTable>& dead);

 private:
  static constexpr std::uint32_t kNoFlow = ~std::uint32_t{0};
  struct Chunk {
    std::uint64_t id = 0;
    std::uint64_t firstRow = 0;
    std::unique_ptr<std::byte[]> storage;  // raw, so that a fresh chunk's pages are touched row by row
    FlowTable flows;
    Record* records() const { return reinterpret_cast<Record*>(storage.get()); }
  };

  const Chunk& chunkOf(std::uint64_t row) const;
  std::uint32_t flowIndex(const FlowPtr& flow);
  bool isCounted(const Flow& flow) const;
  void retireFront(std::vector<FlowTable>& dead);

  const std::size_t chunkRecords_;
  MemoryBudget& budget_;
  std::deque<Chunk> chunks_;
  std::vector<Chunk> spare_;
  std::uint64_t next_ = 0;
  std::uint64_t nextChunkId_;
};

}  // namespace sockbench
