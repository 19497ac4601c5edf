// RecordChunk: records that were allocated together, with their flows and what they need of payload blocks.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/traffic/flow_table.h"
#include "core/traffic/memory_budget.h"
#include "core/traffic/record.h"

namespace sockbench {

// Filled under the log's lock. Records and flows below what was there when somebody had the lock never change
// while `readers` counts them.
struct RecordChunk {
  struct BlockUse {
    std::uint64_t firstRow;  // of those in this chunk that refer to the block
    std::uint32_t number;    // in the directory, as long as one of these rows is kept
  };

  RecordChunk(std::size_t capacity, std::shared_ptr<MemoryBudget> budget);
  ~RecordChunk();  // refunds
  RecordChunk(const RecordChunk&) = delete;
  RecordChunk& operator=(const RecordChunk&) = delete;

  static std::size_t bytes(std::size_t capacity);  // of a chunk without flows
  Record* records() const { return reinterpret_cast<Record*>(storage.get()); }

  std::uint64_t id = 0;
  std::uint64_t firstRow = 0;
  std::unique_ptr<std::byte[]> storage;  // raw, so that a fresh chunk's pages are touched row by row
  FlowTable flows;
  std::vector<BlockUse> blocks;  // ascending in firstRow
  std::size_t charged = 0;       // to the budget, for all of this
  const std::shared_ptr<MemoryBudget> budget;
  // Slabs over it: it is not recycled then. Added to under the log's lock.
  std::atomic<std::uint32_t> readers{0};
};

using ChunkPtr = std::shared_ptr<RecordChunk>;

}  // namespace sockbench
