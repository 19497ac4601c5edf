#include "core/traffic/log_slab.h"

#include <algorithm>

#include "core/traffic/log_slab_hold.h"

namespace sockbench {

const FlowPtr& LogSlab::flow(const Record& record) const {
  static const FlowPtr none;
  return record.flow == kNoFlow ? none : hold_->flows->at(record.flow);
}

ByteView LogSlab::payload(const Record& record) const {
  if (record.block == 0) return {};
  return {hold_->memory[record.block - 1] + record.offset, record.length};
}

PinnedBytes LogSlab::pinned(const Record& record) const {
  if (record.block == 0) return {};
  if (hold_->spilled) return {hold_->spilled, payload(record), record.offset, true};
  const std::byte* const memory = hold_->memory[record.block - 1];
  const auto pin = std::ranges::find(hold_->pins, memory, [](const BlockPtr& b) { return b->data.get(); });
  return {*pin, payload(record), record.offset};
}

}  // namespace sockbench
