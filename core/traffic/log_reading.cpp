// The part of TrafficLog::State that gives rows out.
#include <algorithm>

#include "core/traffic/log_slab_hold.h"
#include "core/traffic/log_state.h"

namespace sockbench {

LogRow TrafficLog::State::rowAt(std::uint64_t number) const {
  LogRow row{.number = number, .record = ring_.record(number), .flow = ring_.flow(number), .payload = {}};
  if (row.record.block == 0) return row;
  const BlockPtr& block = directory_.at(row.record.block);
  const Record& record = row.record;
  row.payload = {block, ByteView(block->data.get() + record.offset, record.length), record.offset};
  return row;
}

std::size_t TrafficLog::State::read(std::uint64_t from, std::size_t count, std::vector<LogRow>& out) const {
  const std::size_t before = out.size();
  const std::uint64_t stop = count < ~from ? from + count : ~std::uint64_t{0};
  while (from < stop) {
    SpilledPtr onDisk;
    {
      const std::lock_guard lock(mutex_);
      const std::uint64_t end = std::min(stop, ring_.next());
      from = std::max(from, log.first_.load(std::memory_order_relaxed));
      if (from >= end) break;
      const auto rows = static_cast<std::size_t>(end - from);
      if (out.capacity() - out.size() < rows) out.reserve(std::max(out.size() + rows, 2 * out.capacity()));
      if (from >= firstInMemory_) {
        for (; from < end; ++from) out.push_back(rowAt(from));
        break;
      }
      onDisk = spill_.find(from);
      from = std::max(from, onDisk ? onDisk->firstRow : firstInMemory_);
    }
    if (!onDisk) continue;
    // The disk may have to be waited for: not with the lock.
    for (const std::uint64_t end = std::min(stop, onDisk->end()); from < end; ++from)
      out.push_back(SpilledRows::row(onDisk, from));
  }
  return out.size() - before;
}

LogSlab TrafficLog::State::slab(std::uint64_t from, std::size_t most) const {
  SpilledPtr onDisk;
  {
    const std::lock_guard lock(mutex_);
    from = std::max(from, log.first_.load(std::memory_order_relaxed));
    if (from < firstInMemory_) onDisk = spill_.find(from);
    from = std::max(from, onDisk ? onDisk->firstRow : firstInMemory_);
    if (from >= ring_.next() || most == 0) return {};
    if (!onDisk) return slabInMemory(from, most);
  }
  return slabOnDisk(onDisk, from, most);
}

LogSlab TrafficLog::State::slabInMemory(std::uint64_t start, std::size_t most) const {
  const auto hold = std::make_shared<LogSlab::Hold>();
  const std::size_t pinned = std::min(LogSlab::Hold::kMostPinned, pool->budget().limit() / 8);
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

LogSlab TrafficLog::State::slabOnDisk(const SpilledPtr& rows, std::uint64_t start, std::size_t most) {
  const auto hold = std::make_shared<LogSlab::Hold>();
  hold->take(rows);
  const auto skipped = static_cast<std::size_t>(start - rows->firstRow);
  LogSlab slab;
  slab.first_ = start;
  slab.records_ = rows->records().subspan(skipped, std::min(most, rows->count - skipped));
  slab.flowCount_ = rows->flows.size();
  slab.hold_ = hold;
  return slab;
}

}  // namespace sockbench
