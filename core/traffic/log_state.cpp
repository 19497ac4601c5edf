#include "core/traffic/log_state.h"

#include <algorithm>
#include <utility>

namespace sockbench {
namespace {

// A chunk is at most a 64th of the budget, so that a small log still evicts in small steps. With the flows
// that a chunk can name, one for each record, it may then grow to a sixth.
std::size_t chunkRecordsFor(const LogLimits& limits) {
  const std::size_t most = std::max<std::size_t>(limits.budgetBytes / 64 / sizeof(Record), 16);
  return std::clamp<std::size_t>(limits.chunkRecords, 16, most);
}

// Record::offset and Record::length have 32 bits.
std::size_t blockBytesFor(const LogLimits& limits) {
  return std::clamp<std::size_t>(limits.blockBytes, 64, std::size_t{1} << 30);
}

}  // namespace

void RowBatch::add(Record record, const FlowPtr& flow, const BlockPtr& block) {
  if (flows.empty() || flows.back() != flow) flows.push_back(flow);
  record.flow = static_cast<std::uint32_t>(flows.size() - 1);
  if (block && (blocks.empty() || blocks.back() != block)) blocks.push_back(block);
  record.block = block ? static_cast<std::uint32_t>(blocks.size()) : 0;
  records.push_back(record);
}

void RowBatch::clear() {
  records.clear();
  flows.clear();
  blocks.clear();
}

TrafficLog::State::State(TrafficLog& owner, LogLimits limits)
    : log(owner),
      pool(std::make_shared<BlockPool>(blockBytesFor(limits), limits.budgetBytes)),
      ring_(chunkRecordsFor(limits), pool->sharedBudget()) {}

BlockPtr TrafficLog::State::takeBlock() {
  DeadFlows dead;
  const std::lock_guard lock(mutex_);
  BlockPtr block = pool->reuse();
  while (!block && !pool->budget().fits(pool->blockBytes()) && makeRoom(Need::block)) block = pool->reuse();
  dead.swap(dead_);
  return block ? block : pool->allocate();
}

void TrafficLog::State::publish(RowBatch& batch) {
  if (batch.records.empty()) return;
  DeadFlows dead;
  {
    const std::lock_guard lock(mutex_);
    std::uint64_t bytes = batch.records.size() * sizeof(Record);
    for (const Record& record : batch.records) {
      add(record, batch);
      bytes += record.length;
    }
    bytesPublished.fetch_add(bytes, std::memory_order_relaxed);
    log.end_.store(ring_.next(), std::memory_order_release);
    dead.swap(dead_);
  }
  batch.clear();
  // The exchange pairs with acknowledge(): who takes the mark away sees these rows, or is woken again.
  if (!noticed.exchange(true, std::memory_order_acq_rel) && wake) wake();
}

void TrafficLog::State::add(Record record, const RowBatch& batch) {
  const FlowPtr& flow = batch.flows[record.flow];
  const MemoryBudget& budget = pool->budget();
  if (ring_.needsChunk()) {
    while (!ring_.hasSpare() && !budget.fits(ring_.chunkBytes()) && makeRoom(Need::chunk)) {
    }
    ring_.addChunk();
  }
  while (ring_.needsFlow(flow) && !budget.fits(RecordRing::kFlowBytes) && makeRoom(Need::flow)) {
  }
  PayloadBlock* block = nullptr;
  if (record.block != 0) {
    block = batch.blocks[record.block - 1].get();
    record.block = directory_.refer(batch.blocks[record.block - 1], ring_.next());
  }
  ring_.push(record, flow, block);
}

// One step: true when some memory became free, or rows went that stood in the way of it.
bool TrafficLog::State::makeRoom(Need need) {
  if (need != Need::block && pool->hasSurplus()) return pool->freeOne();
  if (need != Need::chunk && ring_.hasSurplus()) return ring_.freeSpare();
  if (const auto row = nextToEvict()) {
    const std::uint64_t slab = rows() / 100 + 1;
    const std::uint64_t first = log.first_.load(std::memory_order_relaxed) + slab;
    evictTo(std::min(std::max(*row + 1, first), ring_.next()));
    return true;
  }
  return ring_.freeSpare() || pool->freeOne();
}

// The oldest row after which a block or a chunk is free; nullopt when the eviction of every row would free
// nothing.
std::optional<std::uint64_t> TrafficLog::State::nextToEvict() const {
  const auto block = directory_.oldestReleasable();
  const auto chunkEnd = ring_.oldestReleasableEnd();
  if (block && chunkEnd) return std::min(*block, *chunkEnd - 1);
  return chunkEnd ? std::optional(*chunkEnd - 1) : block;
}

void TrafficLog::State::evictTo(std::uint64_t first) {
  evicted.fetch_add(first - log.first_.load(std::memory_order_relaxed), std::memory_order_relaxed);
  // end() first, so that nobody sees a log that begins after its end: a long batch may evict its own first
  // rows.
  log.end_.store(ring_.next(), std::memory_order_release);
  log.first_.store(first, std::memory_order_release);
  directory_.dropBelow(first);
  ring_.dropBelow(first, dead_);
}

void TrafficLog::State::clear() {
  DeadFlows dead;
  const std::lock_guard lock(mutex_);
  log.first_.store(ring_.next(), std::memory_order_release);
  directory_.dropBelow(ring_.next());
  ring_.dropAll(dead_);
  dead.swap(dead_);
}

LogRow TrafficLog::State::rowAt(std::uint64_t number) const {
  LogRow row{.number = number, .record = ring_.record(number), .flow = ring_.flow(number), .payload = {}};
  if (row.record.block == 0) return row;
  const BlockPtr& block = directory_.at(row.record.block);
  const Record& record = row.record;
  row.payload = {block, ByteView(block->data.get() + record.offset, record.length), record.offset};
  return row;
}

std::size_t TrafficLog::State::read(std::uint64_t from, std::size_t count, std::vector<LogRow>& out) const {
  const std::lock_guard lock(mutex_);
  const std::uint64_t end = ring_.next();
  const std::uint64_t stop = count < end - std::min(from, end) ? from + count : end;
  const std::uint64_t start = std::max(from, log.first_.load(std::memory_order_relaxed));
  if (start >= stop) return 0;
  const auto rows = static_cast<std::size_t>(stop - start);
  if (out.capacity() - out.size() < rows) out.reserve(std::max(out.size() + rows, 2 * out.capacity()));
  for (std::uint64_t number = start; number < stop; ++number) out.push_back(rowAt(number));
  return rows;
}

}  // namespace sockbench
