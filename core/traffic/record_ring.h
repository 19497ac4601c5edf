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
#include "core/traffic/payload_block.h"
#include "core/traffic/record.h"
#include "core/traffic/record_chunk.h"

namespace sockbench {

// Every call under the log's lock. Every chunk but the last is full, so a row's place is a division.
class RecordRing {
 public:
  // What a flow that is new in a chunk costs at most: its object with its counters, and its place in the
  // table.
  static constexpr std::size_t kFlowObject = sizeof(Flow) + 4 * sizeof(void*);
  static constexpr std::size_t kFlowPlace = 2 * sizeof(FlowPtr);
  static constexpr std::size_t kFlowBytes = kFlowObject + kFlowPlace;

  RecordRing(std::size_t chunkRecords, std::shared_ptr<MemoryBudget> budget);

  std::uint64_t next() const { return next_; }  // the number that the next row gets
  bool needsChunk() const;                      // push() must wait for addChunk()
  bool needsFlow(const FlowPtr& flow) const;    // push() would charge up to kFlowBytes
  std::size_t chunkBytes() const { return RecordChunk::bytes(chunkRecords_); }
  // `block` is where the payload is (its number in the directory stands in the record); nullptr: none.
  void push(Record record, const FlowPtr& flow, PayloadBlock* block);

  const Record& record(std::uint64_t row) const;
  FlowPtr flow(std::uint64_t row) const;
  const ChunkPtr& chunkOf(std::uint64_t row) const;
  std::uint64_t endOf(const RecordChunk& chunk) const;  // the row after its last one so far

  bool hasSpare() const { return !spare_.empty(); }
  bool hasSurplus() const { return spare_.size() > 2 + chunks_.size() / 50; }
  void addChunk();  // a spare one, else a fresh one, charged to the budget whether it fits or not
  bool freeSpare();

  // The row after the last of the oldest chunk that nobody reads; nullopt when that one is being filled
  // still.
  std::optional<std::uint64_t> oldestReleasableEnd() const;
  // Full chunks without a row from `first` on become spare, or stay with those who read them. Their flows go
  // to `dead`, for the caller to destroy when the lock is gone.
  void dropBelow(std::uint64_t first, std::vector<FlowTable>& dead);
  void dropAll(std::vector<FlowTable>& dead);

 private:
  bool isFull(const RecordChunk& chunk) const { return next_ - chunk.firstRow >= chunkRecords_; }
  std::uint32_t flowIndex(const FlowPtr& flow);
  RecordChunk* payerOf(const Flow& flow) const;
  void retireFront(std::vector<FlowTable>& dead);

  const std::size_t chunkRecords_;
  const std::shared_ptr<MemoryBudget> budget_;
  std::deque<ChunkPtr> chunks_;
  std::vector<ChunkPtr> spare_;
  std::uint64_t next_ = 0;
  std::uint64_t nextChunkId_;
};

}  // namespace sockbench
