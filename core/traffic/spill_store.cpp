#include "core/traffic/spill_store.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "core/traffic/record_ring.h"

namespace sockbench {
namespace {

// The oldest segment goes as a whole: so much of what may be on disk at once, but no file of more than
// 64 MiB. The longest row must fit.
std::size_t segmentBytesFor(std::uint64_t limit, std::size_t blockBytes) {
  const std::size_t least = blockBytes + sizeof(Record);
  const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(limit / 16, std::size_t{64} << 20));
  const std::size_t pages = std::max(wanted, least) / SpillSegment::kAlignment + 1;
  return pages * SpillSegment::kAlignment;
}

// As the ids of chunks, these never repeat between logs.
std::uint64_t firstId() {
  static std::atomic<std::uint64_t> stores{0};
  return stores.fetch_add(1, std::memory_order_relaxed) << 40;
}

}  // namespace

SpillStore::SpillStore(std::size_t blockBytes, std::size_t flowBytes, std::shared_ptr<MemoryBudget> budget)
    : blockBytes_(blockBytes), leastFlowBytes_(flowBytes), budget_(std::move(budget)), nextId_(firstId()) {}

void SpillStore::configure(std::uint64_t bytes, std::string folder, std::uint64_t firstInMemory, Dead& dead) {
  ++generation_;
  error_.reset();
  lost_ = 0;
  folder_ = std::move(folder);
  if (bytes == 0) dropAll(dead);
  if (!isOn()) next_ = firstInMemory;
  limit_ = bytes;
  if (!isOn()) return;
  segmentBytes_ = segmentBytesFor(bytes, blockBytes_);
  limit_ = std::max<std::uint64_t>(bytes, 2 * segmentBytes_);
  while (!rows_.empty() && bytes_ > limit_) dropOldestSegment(dead);
}

SpilledPtr SpillStore::find(std::uint64_t row) const {
  const auto found =
      std::ranges::lower_bound(rows_, row + 1, {}, [](const SpilledPtr& rows) { return rows->end(); });
  return found == rows_.end() ? nullptr : *found;
}

SpillStore::Job SpillStore::beginJob(Dead& dead) {
  while (!rows_.empty() && bytes_ + segmentBytes_ > limit_) dropOldestSegment(dead);
  return {next_, folder_, segmentBytes_, generation_};
}

void SpillStore::finishJob(const Job& job, const Result<SpilledPtr>& written, Dead& dead) {
  if (job.generation != generation_) return;
  if (!written) {
    error_ = written.error();
    return;
  }
  if (*written) add(*written, dead);
}

void SpillStore::add(const SpilledPtr& rows, Dead& dead) {
  charge(*rows);
  next_ = rows->end();
  bytes_ += rows->bytes;
  count_ += rows->count;
  rows_.push_back(rows);
  // Flows stay in memory, and that has other uses, too.
  const std::size_t most = std::max(budget_->limit() / 4, leastFlowBytes_);
  while (rows_.front()->segment != rows->segment && flowBytes_ > most) dropOldestSegment(dead);
}

// As in RecordRing: a flow's object is paid for by the newest rows that name it.
SpilledRows* SpillStore::payerOf(const Flow& flow) const {
  const std::uint64_t first = rows_.empty() ? nextId_ : rows_.front()->id;
  const bool there = flow.place_.spilled >= first && flow.place_.spilled < nextId_;
  return there ? rows_[static_cast<std::size_t>(flow.place_.spilled - first)].get() : nullptr;
}

void SpillStore::charge(SpilledRows& rows) {
  std::size_t added = sizeof(SpilledRows);
  rows.charged = sizeof(SpilledRows);
  for (std::size_t i = 0; i < rows.flows.size(); ++i) {
    const Flow& flow = *rows.flows.at(i);
    SpilledRows* const payer = payerOf(flow);
    if (payer != nullptr) payer->charged -= RecordRing::kFlowObject;
    added += payer != nullptr ? RecordRing::kFlowPlace : RecordRing::kFlowBytes;
    rows.charged += RecordRing::kFlowBytes;
    flow.place_.spilled = nextId_;
  }
  rows.id = nextId_++;
  budget_->charge(added);
  flowBytes_ += added;
}

void SpillStore::dropOldestSegment(Dead& dead) {
  const auto segment = rows_.front()->segment;
  while (!rows_.empty() && rows_.front()->segment == segment) {
    bytes_ -= rows_.front()->bytes;
    count_ -= rows_.front()->count;
    flowBytes_ -= rows_.front()->charged;
    dead.push_back(std::move(rows_.front()));
    rows_.pop_front();
  }
}

void SpillStore::dropAll(Dead& dead) {
  while (!rows_.empty()) dropOldestSegment(dead);
}

void SpillStore::skipTo(std::uint64_t row, Dead& dead) {
  if (!isOn() || row <= next_) return;
  lost_ += row - next_;
  clear(row, dead);
}

void SpillStore::clear(std::uint64_t row, Dead& dead) {
  dropAll(dead);
  next_ = row;
  ++generation_;
}

SpillStatus SpillStore::status() const {
  return {.limit = limit_,
          .folder = isOn() ? spillFolder(folder_) : std::string(),
          .rows = count_,
          .bytes = bytes_,
          .rowsLost = lost_,
          .error = error_};
}

}  // namespace sockbench
