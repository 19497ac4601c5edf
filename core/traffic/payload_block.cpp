#include "core/traffic/payload_block.h"

#include <sys/mman.h>

#include <algorithm>
#include <new>
#include <utility>

namespace sockbench {
namespace {

constexpr std::size_t kHugePage = std::size_t{2} << 20;

// A ring of many megabytes is walked through again and again: in huge pages the kernel copies into it with
// far fewer misses of the address cache. Where there are none (or blocks are small), it is memory like any
// other.
std::byte* blockMemory(std::size_t bytes) {
  const bool huge = bytes > 0 && bytes % kHugePage == 0;
  void* memory = huge ? std::aligned_alloc(kHugePage, bytes) : std::malloc(std::max<std::size_t>(bytes, 1));
  if (memory == nullptr) throw std::bad_alloc();
  if (huge) ::madvise(memory, bytes, MADV_HUGEPAGE);
  return static_cast<std::byte*>(memory);
}

}  // namespace

PayloadBlock::PayloadBlock(std::size_t bytes) : data(blockMemory(bytes)) {}

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
  budget_->charge(blockBytes_);
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
  budget_->refund(blockBytes_);
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
  if (pool->budget_->exceeded()) {
    --pool->total_;
    pool->budget_->refund(pool->blockBytes_);
  } else {
    pool->free_.push_back(std::move(owned));
  }
}

}  // namespace sockbench
