#include "core/traffic/log_slab_hold.h"

namespace sockbench {

LogSlab::Hold::~Hold() {
  // Pairs with RecordRing::retireFront(): all that was read here was read before.
  if (chunk) chunk->readers.fetch_sub(1, std::memory_order_release);
  if (spilled) spilled->forget();
}

std::uint64_t LogSlab::Hold::take(const ChunkPtr& read, const BlockDirectory& directory, std::uint64_t from,
                                  std::uint64_t stop, std::size_t mostBlocks) {
  chunk = read;
  flows = &chunk->flows;
  chunk->readers.fetch_add(1, std::memory_order_relaxed);
  for (const RecordChunk::BlockUse& use : chunk->blocks) {
    if (use.firstRow >= stop) break;
    // Where older rows are gone, a number may be vacant, or stand for a block that came later.
    const BlockPtr& block = directory.at(use.number);
    if (!block || block->lastRow < from || block->firstRow > use.firstRow) continue;
    if (memory.size() < use.number) memory.resize(directory.mostNumber());
    if (memory[use.number - 1] != nullptr) continue;
    if (pins.size() >= mostBlocks && use.firstRow > from) return use.firstRow;
    pins.push_back(block);
    memory[use.number - 1] = block->data.get();
  }
  return stop;
}

void LogSlab::Hold::take(const SpilledPtr& read) {
  spilled = read;
  flows = &spilled->flows;
  memory.push_back(spilled->payload());
}

}  // namespace sockbench
