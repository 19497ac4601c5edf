#include <algorithm>
#include <utility>

#include "core/traffic/log_state.h"
#include "core/traffic/traffic_log.h"

namespace sockbench {

struct TrafficWriter::Impl {
  // So many rows wait at most, over so many blocks: what is collected is not in the budget yet, and pins.
  static constexpr std::size_t kMostPending = 1024;
  static constexpr std::size_t kMostBlocks = 16;

  explicit Impl(std::shared_ptr<TrafficLog> owner) : log(std::move(owner)) {}

  TrafficLog::State& state() { return *log->state_; }
  std::size_t blockBytes() { return state().pool->blockBytes(); }
  std::size_t room() { return block ? blockBytes() - used : 0; }

  void changeBlock();
  void addRow(Record record, const FlowPtr& flow, const BlockPtr& payloadBlock);
  void copyIn(ByteView payload);

  std::shared_ptr<TrafficLog> log;
  RowBatch batch;
  BlockPtr block;  // filled from 0 to `used`, by this writer alone
  std::size_t used = 0;
  std::size_t rowStart = 0;  // bytes [rowStart, used) are the next row's payload
};

// The next row's payload moves along, since a row's bytes lie in one block.
void TrafficWriter::Impl::changeBlock() {
  state().publish(batch);
  const std::size_t carried = used - rowStart;
  const BlockPtr old = carried > 0 ? block : BlockPtr{};
  block.reset();  // before the new one is looked for: it may be this one, evicted
  block = state().takeBlock();
  if (old) std::copy_n(old->data.get() + rowStart, carried, block->data.get());
  rowStart = 0;
  used = carried;
}

void TrafficWriter::Impl::addRow(Record record, const FlowPtr& flow, const BlockPtr& payloadBlock) {
  if (record.time == 0) record.time = wallNow();
  batch.add(record, flow, payloadBlock);
  rowStart = used;
  if (batch.records.size() >= kMostPending || batch.blocks.size() >= kMostBlocks) state().publish(batch);
}

void TrafficWriter::Impl::copyIn(ByteView payload) {
  rowStart = used;
  if (payload.empty()) return;
  if (payload.size() > room()) changeBlock();
  std::copy(payload.begin(), payload.end(), block->data.get() + used);
  used += payload.size();
}

TrafficWriter::TrafficWriter(std::shared_ptr<TrafficLog> log)
    : impl_(std::make_unique<Impl>(std::move(log))) {}

TrafficWriter::~TrafficWriter() {
  publish();
}

std::span<std::byte> TrafficWriter::space(std::size_t least) {
  const std::size_t most = impl_->blockBytes() - (impl_->used - impl_->rowStart);
  if (std::min(std::max<std::size_t>(least, 1), most) > impl_->room()) impl_->changeBlock();
  return {impl_->block->data.get() + impl_->used, impl_->room()};
}

PinnedBytes TrafficWriter::commit(std::size_t n) {
  const std::size_t taken = std::min(n, impl_->room());
  if (taken == 0) return {};
  const std::size_t offset = std::exchange(impl_->used, impl_->used + taken);
  return {impl_->block, ByteView(impl_->block->data.get() + offset, taken),
          static_cast<std::uint32_t>(offset)};
}

void TrafficWriter::append(Record record, const FlowPtr& flow) {
  const std::size_t bytes = impl_->used - impl_->rowStart;
  record.offset = static_cast<std::uint32_t>(impl_->rowStart);
  record.length = static_cast<std::uint32_t>(bytes);
  impl_->addRow(record, flow, bytes > 0 ? impl_->block : BlockPtr{});
}

void TrafficWriter::append(Record record, const FlowPtr& flow, ByteView payload) {
  impl_->copyIn(payload.first(std::min(payload.size(), impl_->blockBytes())));
  append(record, flow);
}

void TrafficWriter::appendShared(Record record, const FlowPtr& flow, const PinnedBytes& payload) {
  if (payload.bytes.empty()) return impl_->addRow(record, flow, {});
  if (payload.onDisk) return append(record, flow, payload.bytes);
  // The log handed it out as const, but its directory keeps its own marks in the block.
  auto block =
      std::const_pointer_cast<PayloadBlock>(std::static_pointer_cast<const PayloadBlock>(payload.owner));
  record.offset = static_cast<std::uint32_t>(payload.bytes.data() - block->data.get());
  record.length = static_cast<std::uint32_t>(payload.bytes.size());
  impl_->addRow(record, flow, block);
}

void TrafficWriter::appendEvent(Record record, const FlowPtr& flow, const EventDetail& detail) {
  append(record, flow, encodeEventDetail(detail));
}

void TrafficWriter::publish() {
  impl_->state().publish(impl_->batch);
}

}  // namespace sockbench
