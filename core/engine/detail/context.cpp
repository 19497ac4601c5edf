#include "core/engine/detail/context.h"

#include "core/engine/detail/worker.h"

namespace sockbench::detail {

Context::Context() = default;
Context::~Context() = default;

Worker& Context::nextWorker() {
  return *workers[turn_.fetch_add(1, std::memory_order_relaxed) % workers.size()];
}

}  // namespace sockbench::detail
