#include "core/traffic/log_slab.h"

#include <algorithm>

#include "core/traffic/log_slab_hold.h"

namespace sockbench {

const FlowPtr& LogSlab::flow(const Record& record) const {
  static const FlowPtr none;
  return record.flow == kNoFlow ? none : hold_->flows[record.flow];
}

ByteView LogSlab::payload(const Record& record) const {
  return record.block == 0 ? ByteView() : hold_->payloads[record.block - 1].bytes;
}

PinnedBytes LogSlab::pinned(const Record& record) const {
  return record.block == 0 ? PinnedBytes() : hold_->payloads[record.block - 1];
}

LogSlab TrafficLog::slab(std::uint64_t from, std::size_t most) const {
  std::vector<LogRow> rows;
  read(std::max(from, first()), most, rows);
  auto hold = std::make_shared<LogSlab::Hold>();
  LogSlab slab;
  for (const LogRow& row : rows) {
    Record record = row.record;
    if (hold->records.empty()) slab.first_ = row.number;
    if (row.flow && (hold->flows.empty() || hold->flows.back() != row.flow)) hold->flows.push_back(row.flow);
    record.flow = row.flow ? static_cast<std::uint32_t>(hold->flows.size() - 1) : LogSlab::kNoFlow;
    if (row.payload.owner) hold->payloads.push_back(row.payload);
    record.block = row.payload.owner ? static_cast<std::uint32_t>(hold->payloads.size()) : 0;
    hold->records.push_back(record);
  }
  slab.records_ = hold->records;
  slab.flowCount_ = hold->flows.size();
  slab.hold_ = std::move(hold);
  return slab;
}

}  // namespace sockbench
