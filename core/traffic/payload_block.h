// PayloadBlock and BlockPool: the memory that payloads are received into, recycled while it is warm.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <vector>

#include "core/traffic/memory_budget.h"

namespace sockbench {

// The bytes belong to the writer that fills them until the rows over them are published; then nobody changes
// them.
struct PayloadBlock {
  struct Free {
    void operator()(std::byte* memory) const { std::free(memory); }
  };

  explicit PayloadBlock(std::size_t bytes);

  std::unique_ptr<std::byte[], Free> data;  // never empty
  // Guarded by the log's lock, kept by BlockDirectory:
  std::uint32_t slot = 0;      // where it stands in the directory, plus 1; 0: it does not
  std::uint64_t firstRow = 0;  // the first row that referred to it there; meaningless while slot is 0
  std::uint64_t lastRow = 0;   // the last one; meaningless while slot is 0
  std::uint64_t chunk = 0;     // the id of the newest RecordChunk that lists it under `slot`; 0: none
};

// Whoever holds one keeps the block from being recycled.
using BlockPtr = std::shared_ptr<PayloadBlock>;

// Thread: any. Blocks may outlive their pool: then they are freed instead of recycled.
class BlockPool : public std::enable_shared_from_this<BlockPool> {
 public:
  BlockPool(std::size_t blockBytes, std::size_t budgetBytes)
      : blockBytes_(blockBytes), budget_(std::make_shared<MemoryBudget>(budgetBytes)) {}

  std::size_t blockBytes() const { return blockBytes_; }
  MemoryBudget& budget() { return *budget_; }
  const std::shared_ptr<MemoryBudget>& sharedBudget() const { return budget_; }

  BlockPtr reuse();         // a warm block; empty when none is free
  BlockPtr allocate();      // a fresh one, charged to the budget whether it fits or not
  bool freeOne();           // gives a free block back to the system; false when none is free
  bool hasSurplus() const;  // more blocks are free than the next slab of eviction would have to bring

 private:
  static void recycle(const std::weak_ptr<BlockPool>& pool, PayloadBlock* block);
  BlockPtr handOut(std::unique_ptr<PayloadBlock> block);

  const std::size_t blockBytes_;
  const std::shared_ptr<MemoryBudget> budget_;
  mutable std::mutex mutex_;
  std::size_t total_ = 0;
  std::vector<std::unique_ptr<PayloadBlock>> free_;
};

}  // namespace sockbench
