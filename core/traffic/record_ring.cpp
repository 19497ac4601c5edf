#include "core/traffic/record_ring.h"

#include <atomic>
#include <utility>

#include "core/traffic/log_slab.h"

namespace sockbench {
namespace {

// Chunk ids never repeat between logs, so that a flow that was in another log is not taken for known. 0 is
// none.
std::uint64_t firstChunkId() {
  static std::atomic<std::uint64_t> logs{0};
  return (logs.fetch_add(1, std::memory_order_relaxed) << 40) + 1;
}

}  // namespace

RecordRing::RecordRing(std::size_t chunkRecords, std::shared_ptr<MemoryBudget> budget)
    : chunkRecords_(chunkRecords), budget_(std::move(budget)), nextChunkId_(firstChunkId()) {}

bool RecordRing::needsChunk() const {
  return chunks_.empty() || isFull(*chunks_.back());
}

bool RecordRing::needsFlow(const FlowPtr& flow) const {
  return flow && (chunks_.empty() || flow->place_.chunk != chunks_.back()->id);
}

// A flow's object is charged once, however many chunks name it, to the newest of them. Their ids are
// consecutive.
RecordChunk* RecordRing::payerOf(const Flow& flow) const {
  const std::uint64_t first = chunks_.front()->id;
  const bool there = flow.place_.chunk >= first && flow.place_.chunk <= chunks_.back()->id;
  return there ? chunks_[static_cast<std::size_t>(flow.place_.chunk - first)].get() : nullptr;
}

std::uint32_t RecordRing::flowIndex(const FlowPtr& flow) {
  if (!flow) return LogSlab::kNoFlow;
  if (needsFlow(flow)) {
    RecordChunk& chunk = *chunks_.back();
    RecordChunk* const payer = payerOf(*flow);
    if (payer != nullptr) payer->charged -= kFlowObject;
    budget_->charge(payer != nullptr ? kFlowPlace : kFlowBytes);
    chunk.charged += kFlowBytes;
    flow->place_.chunk = chunk.id;
    flow->place_.index = chunk.flows.add(flow);
  }
  return flow->place_.index;
}

void RecordRing::push(Record record, const FlowPtr& flow, PayloadBlock* block) {
  record.flow = flowIndex(flow);
  RecordChunk& chunk = *chunks_.back();
  if (block != nullptr && block->chunk != chunk.id) {
    chunk.blocks.push_back({next_, record.block});
    block->chunk = chunk.id;
  }
  std::construct_at(chunk.records() + (next_ - chunk.firstRow), record);
  ++next_;
}

const ChunkPtr& RecordRing::chunkOf(std::uint64_t row) const {
  return chunks_[static_cast<std::size_t>((row - chunks_.front()->firstRow) / chunkRecords_)];
}

std::uint64_t RecordRing::endOf(const RecordChunk& chunk) const {
  return isFull(chunk) ? chunk.firstRow + chunkRecords_ : next_;
}

const Record& RecordRing::record(std::uint64_t row) const {
  const RecordChunk& chunk = *chunkOf(row);
  return chunk.records()[row - chunk.firstRow];
}

FlowPtr RecordRing::flow(std::uint64_t row) const {
  const std::uint32_t index = record(row).flow;
  return index == LogSlab::kNoFlow ? FlowPtr{} : chunkOf(row)->flows.at(index);
}

void RecordRing::addChunk() {
  if (spare_.empty()) spare_.push_back(std::make_shared<RecordChunk>(chunkRecords_, budget_));
  chunks_.push_back(std::move(spare_.back()));
  spare_.pop_back();
  chunks_.back()->id = nextChunkId_++;
  chunks_.back()->firstRow = next_;
}

bool RecordRing::freeSpare() {
  if (spare_.empty()) return false;
  spare_.pop_back();
  return true;
}

std::optional<std::uint64_t> RecordRing::oldestReleasableEnd() const {
  for (const ChunkPtr& chunk : chunks_) {
    if (!isFull(*chunk)) break;
    if (chunk->readers.load(std::memory_order_relaxed) == 0) return chunk->firstRow + chunkRecords_;
  }
  return std::nullopt;
}

void RecordRing::retireFront(std::vector<FlowTable>& dead) {
  const ChunkPtr chunk = std::move(chunks_.front());
  chunks_.pop_front();
  // Whoever reads it destroys it, and that refunds. Pairs with the end of a slab: what was read there was
  // read before it is written anew.
  if (chunk->readers.load(std::memory_order_acquire) > 0) return;
  chunk->budget->refund(chunk->charged - chunkBytes());
  chunk->charged = chunkBytes();
  chunk->blocks.clear();
  dead.push_back(std::exchange(chunk->flows, FlowTable(chunkRecords_)));
  spare_.push_back(chunk);
  if (budget_->exceeded()) freeSpare();
}

void RecordRing::dropBelow(std::uint64_t first, std::vector<FlowTable>& dead) {
  while (!chunks_.empty() && isFull(*chunks_.front()) && chunks_.front()->firstRow + chunkRecords_ <= first)
    retireFront(dead);
}

void RecordRing::dropAll(std::vector<FlowTable>& dead) {
  while (!chunks_.empty()) retireFront(dead);
}

}  // namespace sockbench
