#include "core/traffic/spilled_rows.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace sockbench {
namespace {

constexpr std::size_t kStage = std::size_t{1} << 20;

}  // namespace

LogRow SpilledRows::row(const std::shared_ptr<const SpilledRows>& rows, std::uint64_t number) {
  const Record& record = rows->records()[static_cast<std::size_t>(number - rows->firstRow)];
  LogRow row{.number = number, .record = record, .flow = {}, .payload = {}};
  if (record.flow != LogSlab::kNoFlow) row.flow = rows->flows.at(record.flow);
  if (record.block == 0) return row;
  row.payload = {rows, ByteView(rows->payload() + record.offset, record.length), record.offset, true};
  return row;
}

// The records as they stand on disk, and the flows that they name.
struct SpillWriter::Plan {
  std::vector<Record> records;
  std::vector<FlowPtr> flows;
  std::size_t bytes = 0;  // records and payload
};

SpillWriter::Plan SpillWriter::planFor(const LogSlab& slab, std::size_t segmentBytes) {
  Plan plan;
  plan.records.reserve(slab.size());
  std::vector<std::uint32_t> numbers(slab.flowCount(), LogSlab::kNoFlow);
  std::uint32_t offset = 0;
  for (const Record& from : slab.records()) {
    const std::size_t cost = sizeof(Record) + (from.block != 0 ? from.length : 0);
    if (!plan.records.empty() && plan.bytes + cost > segmentBytes) break;
    plan.bytes += cost;
    Record& record = plan.records.emplace_back(from);
    if (from.flow != LogSlab::kNoFlow) {
      std::uint32_t& number = numbers[from.flow];
      if (number == LogSlab::kNoFlow) {
        number = static_cast<std::uint32_t>(plan.flows.size());
        plan.flows.push_back(slab.flow(from));
      }
      record.flow = number;
    }
    if (from.block == 0) continue;
    record.block = 1;
    record.offset = offset;
    offset += from.length;
  }
  return plan;
}

Result<SpilledPtr> SpillWriter::write(const LogSlab& slab, const std::string& folder,
                                      std::size_t segmentBytes) {
  const Plan plan = planFor(slab, segmentBytes);
  if (segment_ && segment_->room() < plan.bytes) finishSegment();
  if (const auto ready = prepare(folder, std::max(segmentBytes, plan.bytes)); !ready)
    return std::unexpected(ready.error());
  const std::size_t place = segment_->used();
  if (const auto written = putAll(slab, plan); !written) {
    staged_.clear();
    finishSegment();
    return std::unexpected(written.error());
  }
  auto rows = std::make_shared<SpilledRows>(budget_, plan.flows.size());
  for (const FlowPtr& flow : plan.flows) rows->flows.add(flow);
  rows->segment = segment_;
  rows->firstRow = slab.first();
  rows->count = plan.records.size();
  rows->place = place;
  segment_->align();
  rows->bytes = segment_->used() - place;
  return rows;
}

Result<void> SpillWriter::prepare(const std::string& folder, std::size_t room) {
  if (segment_) return {};
  auto made = SpillSegment::create(folder, room);
  if (!made) return std::unexpected(made.error());
  segment_ = std::move(*made);
  return {};
}

void SpillWriter::finishSegment() {
  if (segment_) segment_->finish();
  segment_.reset();
}

Result<void> SpillWriter::putAll(const LogSlab& slab, const Plan& plan) {
  if (auto put = segment_->append(std::as_bytes(std::span(plan.records))); !put) return put;
  for (const Record& record : slab.records().first(plan.records.size())) {
    if (auto put = this->put(slab.payload(record)); !put) return put;
  }
  return flush();
}

// Small payloads are gathered: a call for each would cost more than the copy.
Result<void> SpillWriter::put(ByteView bytes) {
  if (bytes.size() + staged_.size() > kStage) {
    if (auto flushed = flush(); !flushed) return flushed;
  }
  if (bytes.size() >= kStage / 4) {
    if (auto flushed = flush(); !flushed) return flushed;
    return segment_->append(bytes);
  }
  staged_.insert(staged_.end(), bytes.begin(), bytes.end());
  return {};
}

Result<void> SpillWriter::flush() {
  const auto appended = segment_->append(staged_);
  staged_.clear();
  return appended;
}

}  // namespace sockbench
