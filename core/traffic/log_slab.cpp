#include "core/traffic/log_slab.h"

#include <algorithm>

#include "core/traffic/log_slab_hold.h"
#include "core/traffic/log_state.h"

namespace sockbench {

const FlowPtr& LogSlab::flow(const Record& record) const {
  static const FlowPtr none;
  return record.flow == kNoFlow ? none : hold_->chunk->flows.at(record.flow);
}

ByteView LogSlab::payload(const Record& record) const {
  if (record.block == 0) return {};
  return {hold_->memory[record.block - 1] + record.offset, record.length};
}

PinnedBytes LogSlab::pinned(const Record& record) const {
  if (record.block == 0) return {};
  const std::byte* const memory = hold_->memory[record.block - 1];
  const auto pin = std::ranges::find(hold_->pins, memory, [](const BlockPtr& b) { return b->data.get(); });
  return {*pin, payload(record), record.offset};
}

LogSlab TrafficLog::State::slab(std::uint64_t from, std::size_t most) const {
  const auto hold = std::make_shared<LogSlab::Hold>();
  const std::size_t pinned = std::min(LogSlab::Hold::kMostPinned, pool->budget().limit() / 8);
  const std::lock_guard lock(mutex_);
  const std::uint64_t start = std::max(from, log.first_.load(std::memory_order_relaxed));
  if (start >= ring_.next() || most == 0) return {};
  const ChunkPtr& chunk = ring_.chunkOf(start);
  const std::uint64_t end = ring_.endOf(*chunk);
  const std::uint64_t stop = hold->take(chunk, directory_, start, most < end - start ? start + most : end,
                                        std::max<std::size_t>(pinned / pool->blockBytes(), 1));
  LogSlab slab;
  slab.first_ = start;
  slab.records_ = {chunk->records() + (start - chunk->firstRow), static_cast<std::size_t>(stop - start)};
  slab.flowCount_ = chunk->flows.size();
  slab.hold_ = hold;
  return slab;
}

}  // namespace sockbench
