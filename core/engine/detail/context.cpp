#include "core/engine/detail/context.h"

#include "core/engine/detail/worker.h"

namespace sockbench::detail {

Context::Context() = default;
Context::~Context() = default;

Worker& Context::nextWorker() {
  const std::size_t turn = turn_.fetch_add(1, std::memory_order_relaxed);
  for (std::size_t i = 0; i < workers.size(); ++i)
    if (Worker& next = *workers[(turn + i) % workers.size()]; next.isPrepared()) return next;
  return *workers[turn % workers.size()];
}

}  // namespace sockbench::detail
