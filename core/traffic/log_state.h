// TrafficLog::State: what the log's lock guards, and the policy by which rows make room for rows.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "core/traffic/block_directory.h"
#include "core/traffic/record_ring.h"
#include "core/traffic/spill_store.h"
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
  State(TrafficLog& log, const LogLimits& limits);
  ~State();

  // Thread: any, for all of these.
  BlockPtr takeBlock();
  void publish(RowBatch& batch);  // leaves it empty
  void clear();
  std::size_t read(std::uint64_t from, std::size_t count, std::vector<LogRow>& out) const;
  LogSlab slab(std::uint64_t from, std::size_t most) const;
  void setBudget(std::size_t bytes);
  void setSpill(std::uint64_t bytes, std::string folder);
  SpillStatus spillStatus() const;
  void setRoomHook(std::function<void()> room);
  void setWakeHook(std::function<void()> wake);

  TrafficLog& log;
  const std::shared_ptr<BlockPool> pool;
  std::atomic<bool> noticed{false};  // the reader has been woken and has not acknowledged
  std::atomic<std::uint64_t> evicted{0};
  std::atomic<std::uint64_t> bytesPublished{0};
  std::atomic<std::size_t> wantedBudget;  // the pool's is larger for a while after setBudget() of less
  std::atomic<bool> crowded{false};       // !hasRoom()

 private:
  // What memory is wanted for: its own recycled memory is no source then.
  enum class Need { block, chunk, flow, less };
  using DeadFlows = std::vector<FlowTable>;

  // What a call leaves to be done without the lock.
  struct Aftermath {
    DeadFlows dead;  // evicted flows, to be destroyed
    std::uint64_t notesBelow = 0;
    bool roomy = false;
  };

  void add(Record record, const RowBatch& batch);
  bool makeRoom(Need need);
  std::optional<std::uint64_t> nextToEvict() const;
  void evictTo(std::uint64_t first);
  void tellFirst();
  void shrink();
  std::uint64_t rows() const { return ring_.next() - firstInMemory_; }
  LogRow rowAt(std::uint64_t number) const;
  LogSlab slabInMemory(std::uint64_t start, std::size_t most) const;
  static LogSlab slabOnDisk(const SpilledPtr& rows, std::uint64_t start, std::size_t most);

  // The end of each call that changes something: settle() with the lock, finish() without it.
  Aftermath settle();
  void finish(Aftermath&& aftermath);
  void tellReader();

  // log-io.
  bool wantsToSpill() const;
  bool hasIoWork() const { return stopping_ || probing_ || !graveyard_.empty() || wantsToSpill(); }
  bool startIo();  // false: there is no thread to be had, and spillStatus() says so
  void runIo();
  void spillOnce(std::unique_lock<std::mutex>& lock, SpillWriter& writer);
  void probe(std::unique_lock<std::mutex>& lock, SpillWriter& writer);

  mutable std::mutex mutex_;
  RecordRing ring_;
  BlockDirectory directory_;
  std::uint64_t firstInMemory_ = 0;
  DeadFlows dead_;                // evicted; destroyed when the lock is gone
  std::uint64_t notesBelow_ = 0;  // notes of rows below are to be dropped
  bool shrinking_ = false;
  SpillStore spill_;
  SpillStore::Dead graveyard_;  // what left the disk; log-io destroys it
  std::condition_variable io_;
  bool ioSleeps_ = false;
  bool probing_ = false;  // new settings, that were not tried yet
  bool stopping_ = false;
  std::mutex hookMutex_;  // held while the hook runs; taken without mutex_ only
  std::function<void()> room_;
  std::mutex wakeMutex_;  // as hookMutex_
  std::function<void()> wake_;
  bool wakeDue_ = false;  // since before there was a hook
  std::thread ioThread_;  // from the first setSpill() on
};

}  // namespace sockbench
