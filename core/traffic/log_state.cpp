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

TrafficLog::State::State(TrafficLog& owner, const LogLimits& limits)
    : log(owner),
      pool(std::make_shared<BlockPool>(blockBytesFor(limits), limits.budgetBytes)),
      wantedBudget(limits.budgetBytes),
      ring_(chunkRecordsFor(limits), pool->sharedBudget()),
      spill_(pool->blockBytes(), limits.spilledFlowBytes, pool->sharedBudget()) {}

TrafficLog::State::~State() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    io_.notify_one();
  }
  if (ioThread_.joinable()) ioThread_.join();
}

BlockPtr TrafficLog::State::takeBlock() {
  Aftermath aftermath;
  BlockPtr block;
  {
    const std::lock_guard lock(mutex_);
    block = pool->reuse();
    while (!block && !pool->budget().fits(pool->blockBytes()) && makeRoom(Need::block)) block = pool->reuse();
    aftermath = settle();
  }
  finish(std::move(aftermath));
  return block ? block : pool->allocate();
}

void TrafficLog::State::publish(RowBatch& batch) {
  if (batch.records.empty()) return;
  Aftermath aftermath;
  {
    const std::lock_guard lock(mutex_);
    std::uint64_t bytes = batch.records.size() * sizeof(Record);
    for (const Record& record : batch.records) {
      add(record, batch);
      bytes += record.length;
    }
    bytesPublished.fetch_add(bytes, std::memory_order_relaxed);
    log.end_.store(ring_.next(), std::memory_order_release);
    if (shrinking_) shrink();
    aftermath = settle();
  }
  batch.clear();
  finish(std::move(aftermath));
  tellReader();
}

// The exchange pairs with acknowledge(): who takes the mark away sees these rows, or is woken again.
void TrafficLog::State::tellReader() {
  if (noticed.exchange(true, std::memory_order_acq_rel)) return;
  const std::lock_guard lock(wakeMutex_);
  if (wake_)
    wake_();
  else
    wakeDue_ = true;
}

void TrafficLog::State::setWakeHook(std::function<void()> wake) {
  const std::lock_guard lock(wakeMutex_);
  wake_ = std::move(wake);
  if (wake_ && std::exchange(wakeDue_, false)) wake_();
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
  // end() first, so that nobody sees a log that begins after its end: a long batch may evict its own first
  // rows.
  log.end_.store(ring_.next(), std::memory_order_release);
  firstInMemory_ = first;
  spill_.skipTo(first, graveyard_);
  tellFirst();
  directory_.dropBelow(first);
  ring_.dropBelow(first, dead_);
}

void TrafficLog::State::tellFirst() {
  const std::uint64_t first = spill_.empty() ? firstInMemory_ : std::min(spill_.first(), firstInMemory_);
  const std::uint64_t before = log.first_.load(std::memory_order_relaxed);
  if (first == before) return;
  evicted.fetch_add(first - before, std::memory_order_relaxed);
  log.first_.store(first, std::memory_order_release);
  notesBelow_ = first;
}

void TrafficLog::State::clear() {
  Aftermath aftermath;
  {
    const std::lock_guard lock(mutex_);
    firstInMemory_ = ring_.next();
    log.first_.store(ring_.next(), std::memory_order_release);
    notesBelow_ = ring_.next();
    spill_.clear(ring_.next(), graveyard_);
    directory_.dropBelow(ring_.next());
    ring_.dropAll(dead_);
    aftermath = settle();
  }
  finish(std::move(aftermath));
}

void TrafficLog::State::setBudget(std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  wantedBudget.store(bytes, std::memory_order_relaxed);
  shrinking_ = bytes < pool->budget().used();
  pool->budget().setLimit(shrinking_ ? std::max(bytes, pool->budget().limit()) : bytes);
}

// With spilling on, the limit follows what is in use, so that rows go no faster than they come to be on disk.
void TrafficLog::State::shrink() {
  MemoryBudget& budget = pool->budget();
  const std::size_t limit = budget.limit();
  const std::size_t wanted = wantedBudget.load(std::memory_order_relaxed);
  const auto mayGo = [this] {
    const auto row = nextToEvict();
    return !spill_.writes() || !row || std::max(*row, firstInMemory_ + rows() / 100) < spill_.next();
  };
  budget.setLimit(wanted);  // so that what comes free is given back
  while (budget.used() > wanted && mayGo() && makeRoom(Need::less)) {
  }
  const bool stays = spill_.writes() && budget.used() > wanted;
  budget.setLimit(stays ? std::min(limit, budget.used()) : wanted);
  shrinking_ = stays;
}

// Crowded: three quarters of the rows in memory are not on disk yet, and memory is as good as full. log-io is
// awake then, and before it sleeps nothing is crowded any more.
TrafficLog::State::Aftermath TrafficLog::State::settle() {
  const MemoryBudget& budget = pool->budget();
  const bool wants = wantsToSpill();
  const bool full =
      wants && budget.used() > budget.limit() / 8 * 7 && spill_.next() < firstInMemory_ + rows() / 4;
  const bool roomy = crowded.exchange(full, std::memory_order_relaxed) && !full;
  if (ioSleeps_ && (wants || hasIoWork())) io_.notify_one();
  return {std::exchange(dead_, {}), std::exchange(notesBelow_, 0), roomy};
}

void TrafficLog::State::finish(Aftermath&& aftermath) {
  aftermath.dead.clear();
  if (aftermath.notesBelow > 0) log.notes_.dropBelow(aftermath.notesBelow);
  if (!aftermath.roomy) return;
  const std::lock_guard lock(hookMutex_);
  if (room_) room_();
}

}  // namespace sockbench
