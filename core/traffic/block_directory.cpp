#include "core/traffic/block_directory.h"

namespace sockbench {

std::uint32_t BlockDirectory::refer(const BlockPtr& block, std::uint64_t row) {
  if (block->slot == 0) {
    if (vacant_.empty()) {
      slots_.emplace_back();
      vacant_.push_back(static_cast<std::uint32_t>(slots_.size()));
    }
    block->slot = vacant_.back();
    vacant_.pop_back();
    slots_[block->slot - 1] = block;
    block->firstRow = row;
  }
  block->lastRow = row;
  return block->slot;
}

std::optional<std::uint64_t> BlockDirectory::oldestReleasable() const {
  std::optional<std::uint64_t> oldest;
  for (const BlockPtr& block : slots_) {
    // A count of 1 is firm: new holders come through the log's lock, or from a holder that is there already.
    if (block && block.use_count() == 1 && (!oldest || block->lastRow < *oldest)) oldest = block->lastRow;
  }
  return oldest;
}

void BlockDirectory::dropBelow(std::uint64_t first) {
  for (BlockPtr& block : slots_) {
    if (!block || block->lastRow >= first) continue;
    vacant_.push_back(block->slot);
    block->slot = 0;
    block->chunk = 0;
    block.reset();
  }
}

}  // namespace sockbench
