#include "core/traffic/record_ring.h"

#include <atomic>
#include <utility>

namespace sockbench {
namespace {

// Chunk ids never repeat between logs, so that a flow that was in another log is not taken for known.
std::uint64_t firstChunkId() {
  static std::atomic<std::uint64_t> logs{0};
  return logs.fetch_add(1, std::memory_order_relaxed) << 40;
}

}  // namespace

RecordRing::RecordRing(std::size_t chunkRecords, MemoryBudget& budget)
    : chunkRecords_(chunkRecords), budget_(budget), nextChunkId_(firstChunkId()) {}

std::size_t RecordRing::chunkBytes() const {
  return chunkRecords_ * sizeof(Record) + sizeof(Chunk);
}

bool RecordRing::needsChunk() const {
  return chunks_.empty() || next_ - chunks_.back().firstRow == chunkRecords_;
}

bool RecordRing::needsFlow(const FlowPtr& flow) const {
  return flow && (chunks_.empty() || flow->place_.chunk != chunks_.back().id);
}

// A flow's object is charged once, however many chunks name it: it is refunded with the newest of them.
bool RecordRing::isCounted(const Flow& flow) const {
  return flow.place_.chunk >= chunks_.front().id && flow.place_.chunk <= chunks_.back().id;
}

std::uint32_t RecordRing::flowIndex(const FlowPtr& flow) {
  if (!flow) return kNoFlow;
  if (needsFlow(flow)) {
    Chunk& chunk = chunks_.back();
    budget_.charge(isCounted(*flow) ? 2 * sizeof(FlowPtr) : kFlowBytes);
    flow->place_.chunk = chunk.id;
    flow->place_.index = static_cast<std::uint32_t>(chunk.flows.size());
    chunk.flows.push_back(flow);
  }
  return flow->place_.index;
}

void RecordRing::push(Record record, const FlowPtr& flow) {
  record.flow = flowIndex(flow);
  Chunk& chunk = chunks_.back();
  std::construct_at(chunk.records() + (next_ - chunk.firstRow), record);
  ++next_;
}

const RecordRing::Chunk& RecordRing::chunkOf(std::uint64_t row) const {
  return chunks_[static_cast<std::size_t>((row - chunks_.front().firstRow) / chunkRecords_)];
}

const Record& RecordRing::record(std::uint64_t row) const {
  const Chunk& chunk = chunkOf(row);
  return chunk.records()[row - chunk.firstRow];
}

FlowPtr RecordRing::flow(std::uint64_t row) const {
  const std::uint32_t index = record(row).flow;
  return index == kNoFlow ? FlowPtr{} : chunkOf(row).flows[index];
}

void RecordRing::addChunk() {
  if (spare_.empty()) {
    spare_.emplace_back().storage =
        std::make_unique_for_overwrite<std::byte[]>(chunkRecords_ * sizeof(Record));
    budget_.charge(chunkBytes());
  }
  Chunk& chunk = chunks_.emplace_back(std::move(spare_.back()));
  spare_.pop_back();
  chunk.id = nextChunkId_++;
  chunk.firstRow = next_;
}

bool RecordRing::freeSpare() {
  if (spare_.empty()) return false;
  spare_.pop_back();
  budget_.refund(chunkBytes());
  return true;
}

std::optional<std::uint64_t> RecordRing::oldestChunkEnd() const {
  if (chunks_.empty()) return std::nullopt;
  const std::uint64_t end = chunks_.front().firstRow + chunkRecords_;
  return end <= next_ ? std::optional(end) : std::nullopt;
}

void RecordRing::retireFront(std::vector<FlowTable>& dead) {
  Chunk chunk = std::move(chunks_.front());
  chunks_.pop_front();
  std::size_t refund = chunk.flows.size() * 2 * sizeof(FlowPtr);
  for (const FlowPtr& flow : chunk.flows) {
    if (flow->place_.chunk == chunk.id) refund += kFlowBytes - 2 * sizeof(FlowPtr);
  }
  budget_.refund(refund);
  dead.push_back(std::exchange(chunk.flows, {}));
  spare_.push_back(std::move(chunk));
  if (budget_.exceeded()) freeSpare();
}

void RecordRing::dropBelow(std::uint64_t first, std::vector<FlowTable>& dead) {
  for (auto end = oldestChunkEnd(); end && *end <= first; end = oldestChunkEnd()) retireFront(dead);
}

void RecordRing::dropAll(std::vector<FlowTable>& dead) {
  while (!chunks_.empty()) retireFront(dead);
}

}  // namespace sockbench
