// MemoryBudget: one sum of bytes against one limit, shared by everything that the traffic log keeps.
#pragma once

#include <atomic>
#include <cstddef>

namespace sockbench {

// Thread: any. The sum is exact; fits() is a moment's answer, made firm by the log's lock.
class MemoryBudget {
 public:
  explicit MemoryBudget(std::size_t limit) : limit_(limit) {}

  std::size_t limit() const { return limit_.load(std::memory_order_relaxed); }
  void setLimit(std::size_t limit) { limit_.store(limit, std::memory_order_relaxed); }
  std::size_t used() const { return used_.load(std::memory_order_relaxed); }
  bool fits(std::size_t bytes) const { return used() + bytes <= limit(); }
  bool exceeded() const { return used() > limit(); }
  void charge(std::size_t bytes) { used_.fetch_add(bytes, std::memory_order_relaxed); }
  void refund(std::size_t bytes) { used_.fetch_sub(bytes, std::memory_order_relaxed); }

 private:
  std::atomic<std::size_t> limit_;
  std::atomic<std::size_t> used_{0};
};

}  // namespace sockbench
