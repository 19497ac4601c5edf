#include "core/traffic/payload_block.h"

#include <algorithm>
#include <utility>

namespace sockbench {

BlockPtr BlockPool::reuse() {
  std::unique_ptr<PayloadBlock> block;
  {
    const std::lock_guard lock(mutex_);
    if (free_.empty()) return {};
    block = std::move(free_.back());  // the last one back is the warmest
    free_.pop_back();
  }
  return handOut(std::move(block));
}

BlockPtr BlockPool::allocate() {
  auto block = std::make_unique<PayloadBlock>(blockBytes_);
  budget_.charge(blockBytes_);
  {
    const std::lock_guard lock(mutex_);
    ++total_;
  }
  return handOut(std::move(block));
}

bool BlockPool::freeOne() {
  const std::lock_guard lock(mutex_);
  if (free_.empty()) return false;
  free_.pop_back();
  --total_;
  budget_.refund(blockBytes_);
  return true;
}

bool BlockPool::hasSurplus() const {
  const std::lock_guard lock(mutex_);
  return free_.size() > std::min<std::size_t>(2, total_ / 16) + total_ / 50;
}

BlockPtr BlockPool::handOut(std::unique_ptr<PayloadBlock> block) {
  return BlockPtr(block.release(),
                  [pool = weak_from_this()](PayloadBlock* returned) { recycle(pool, returned); });
}

void BlockPool::recycle(const std::weak_ptr<BlockPool>& weakPool, PayloadBlock* block) {
  std::unique_ptr<PayloadBlock> owned(block);
  const std::shared_ptr<BlockPool> pool = weakPool.lock();
  if (!pool) return;
  const std::lock_guard lock(pool->mutex_);
  // Pins may have taken the log over its budget; what they let go pays that back first.
  if (pool->budget_.exceeded()) {
    --pool->total_;
    pool->budget_.refund(pool->blockBytes_);
  } else {
    pool->free_.push_back(std::move(owned));
  }
}

}  // namespace sockbench
