// TrafficLog::State: what the log's lock guards, and the policy by which rows make room for rows.
#pragma once

#include <functional>
#include <mutex>
#include <vector>

#include "core/traffic/block_directory.h"
#include "core/traffic/record_ring.h"
#include "core/traffic/traffic_log.h"

namespace sockbench {

// Rows that a writer has collected. In here Record::flow is an index into `flows` and Record::block one into
// `blocks`, plus 1.
struct RowBatch {
  std::vector<Record> records;
  std::vector<FlowPtr> flows;
  std::vector<BlockPtr> blocks;

  void add(Record record, const FlowPtr& flow, const BlockPtr& block);  // no block: no payload
  void clear();
};

struct TrafficLog::State {
  State(TrafficLog& log, LogLimits limits);

  // Thread: any, for these five.
  BlockPtr takeBlock();
  void publish(RowBatch& batch);  // leaves it empty
  void clear();
  std::size_t read(std::uint64_t from, std::size_t count, std::vector<LogRow>& out) const;
  LogSlab slab(std::uint64_t from, std::size_t most) const;

  TrafficLog& log;
  const std::shared_ptr<BlockPool> pool;
  std::function<void()> wake;
  std::atomic<bool> noticed{false};  // the reader has been woken and has not acknowledged
  std::atomic<std::uint64_t> evicted{0};
  std::atomic<std::uint64_t> bytesPublished{0};

 private:
  // What memory is wanted for: its own recycled memory is no source then.
  enum class Need { block, chunk, flow };
  using DeadFlows = std::vector<FlowTable>;

  void add(Record record, const RowBatch& batch);
  bool makeRoom(Need need);
  std::optional<std::uint64_t> nextToEvict() const;
  void evictTo(std::uint64_t first);
  std::uint64_t rows() const { return ring_.next() - log.first_.load(std::memory_order_relaxed); }
  LogRow rowAt(std::uint64_t number) const;

  mutable std::mutex mutex_;
  RecordRing ring_;
  BlockDirectory directory_;
  DeadFlows dead_;  // evicted; destroyed when the lock is gone
};

}  // namespace sockbench
