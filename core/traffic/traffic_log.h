// TrafficLog: the one timeline. Bounded memory, many writers, many readers, no torn row.
//
// Rows are numbered from 0 in the order of publication, for ever; rows [first(), end()) are kept. Rows of one
// session are in the order in which things happened to it. When the budget is spent, the oldest rows go,
// bytes and events alike, in slabs of at least 1 % of the log, and evicted() counts them.
//
// With spilling on, old rows are written to files before memory has to give them up, from when half of the
// budget is spent, by a thread of the log's own. They stay rows like all others: read() and slab() find them.
// Whoever writes rows never waits for the disk. What memory has to give up unwritten is evicted, and all
// older rows with it, so that the rows kept are always without a gap; hasRoom() tells writers who can wait
// when that is near. The flows of rows on disk stay in memory, in the budget; should they take more than a
// quarter of it (or LogLimits::spilledFlowBytes), the oldest rows on disk go. The files have no names: they
// are gone with the process, however it ends.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/traffic/event_detail.h"
#include "core/traffic/flow.h"
#include "core/traffic/log_slab.h"
#include "core/traffic/record.h"
#include "core/traffic/row_notes.h"

namespace sockbench {

class TrafficWriter;

// Bytes in the log, held: as long as one of these lives, its block is not recycled (and counts in the
// budget).
struct PinnedBytes {
  std::shared_ptr<const void> owner;  // the block; empty: no payload
  ByteView bytes;
  std::uint32_t offset = 0;  // of `bytes` in the block
  bool onDisk = false;       // it is no block of memory, but a file's: what is appended from it is copied
};

// A row, read. `payload` is empty for rows without one. Events' payload decodes with decodeEventDetail().
struct LogRow {
  std::uint64_t number = 0;
  Record record;
  FlowPtr flow;
  PinnedBytes payload;
};

struct LogLimits {
  std::size_t budgetBytes = std::size_t{256}
                            << 20;  // payload blocks, records, flows and pinned blocks together
  // A payload block; the largest payload of one row. A multiple of 2 MiB is asked for in huge pages.
  std::size_t blockBytes = std::size_t{2} << 20;
  std::size_t chunkRecords = std::size_t{64}
                             << 10;  // records that are allocated together; fewer in a small budget
  // What memory cannot hold any longer goes to files of up to so many bytes in spillFolder, where it stays
  // readable; the oldest rows of these are evicted then. 0: there is no file. At least twice blockBytes is
  // taken.
  std::uint64_t spillBytes = 0;
  std::string spillFolder{};  // empty: the system's folder for large temporary files, TMPDIR or else /var/tmp
  // What the flows of rows on disk may take of the budget, where that is more than a quarter of it. The rest
  // is all that rows in memory have.
  std::size_t spilledFlowBytes = 0;
};

// What has become of LogLimits::spillBytes.
struct SpillStatus {
  std::uint64_t limit = 0;     // bytes that may be on disk; 0: spilling is off
  std::string folder;          // empty when it is off
  std::uint64_t rows = 0;      // on disk; some of them may be in memory, too
  std::uint64_t bytes = 0;     // that they take there
  std::uint64_t rowsLost = 0;  // that memory gave up before they were written, since setSpill()
  // Why no more is written: ENOSPC, EACCES, EROFS, ENOENT, EIO, ... of the folder; EAGAIN: there is no thread
  // to be had that could write. What is on disk stays until memory gives up rows that are not. setSpill()
  // begins anew.
  std::optional<Error> error;
};

class TrafficLog : public std::enable_shared_from_this<TrafficLog> {
 public:
  static std::shared_ptr<TrafficLog> create(LogLimits limits = {});
  ~TrafficLog();

  // Called by a writer's thread for the first row published after acknowledge(), or by log-io or setSpill()
  // when spilling has stopped after it; must not block, must not call the log but for end() and
  // acknowledge(). Set once, before the first writer is made; what was to be told by then is told at once.
  void setWakeHook(std::function<void()> wake);
  // Thread: any (one reader owns the wake). From now on the next published row wakes again. Acknowledge
  // first, then read up to end(): no row is missed.
  void acknowledge();

  // A writer for one thread; it may outlive no log (it holds it). Thread: any.
  std::unique_ptr<TrafficWriter> makeWriter();

  // Thread: any, all of these. end() is one atomic load and pairs with the publication of the rows below it.
  std::uint64_t end() const { return end_.load(std::memory_order_acquire); }
  std::uint64_t first() const { return first_.load(std::memory_order_acquire); }
  std::uint64_t evicted() const;  // rows evicted for want of room (rows that clear() took are not counted)
  // Payload and records of all rows ever published, in bytes: what tells a reader how far it is behind.
  std::uint64_t bytesPublished() const;
  std::size_t bytesUsed() const;  // of the budget
  std::size_t budget() const;
  // Less than is in use: the oldest rows go at the next publication; with spilling on, as they come to be on
  // disk.
  void setBudget(std::size_t bytes);

  // See LogLimits; at any time. Nothing waits for the disk: whether the folder will do, spillStatus() tells
  // soon after. 0 evicts the rows that are on disk alone. Another folder is for rows to come.
  void setSpill(std::uint64_t bytes, std::string folder);
  SpillStatus spillStatus() const;
  // False: memory is full of rows that are not on disk yet. Who can wait before it makes more rows (a
  // stream's reader) loses none. Always true with spilling off or stopped. Cheap.
  bool hasRoom() const;
  // Called when hasRoom() is true again; must not block. May call the log. Empty: none. When this returns,
  // the hook before is not running any more: so not from within a hook.
  void setRoomHook(std::function<void()> room);

  // nullopt when the row has been evicted or cleared, or does not exist yet. What is on disk is read from
  // there, without the lock.
  std::optional<LogRow> read(std::uint64_t number) const;
  // The rows of [from, from + count) that exist, in order, appended to `out`, those in memory under one short
  // lock; returns how many.
  std::size_t read(std::uint64_t from, std::size_t count, std::vector<LogRow>& out) const;
  // Rows from `from` (or from first(), when that is later) on, at most `most`, read where they are: nothing
  // is copied. Fewer where the log keeps them in separate pieces, and where they would pin more than an
  // eighth of the budget or 32 MiB of payload. Empty: there is no row from there on. A loop over `from =
  // slab.end()` sees all rows.
  LogSlab slab(std::uint64_t from, std::size_t most = std::size_t{64} << 10) const;

  // What people wrote beside the rows. Notes go with their rows.
  RowNotes& notes() { return notes_; }
  const RowNotes& notes() const { return notes_; }

  // Forgets every row published so far, on disk as well: first() becomes end(). Row numbers go on. Thread:
  // any. The memory stays with the log, warm for the next rows.
  void clear();

 private:
  friend class TrafficWriter;
  struct State;
  explicit TrafficLog(LogLimits limits);
  RowNotes notes_;
  std::atomic<std::uint64_t> end_{0};
  std::atomic<std::uint64_t> first_{0};
  std::unique_ptr<State> state_;  // goes before the rest, with the thread that uses it
};

// Appends for one thread. Payload is written first (or received straight into space()), rows are collected,
// and publish() makes them visible under one short lock. Destruction publishes what is left. Besides what is
// published, a writer keeps its current block, which counts in the budget, and at most 1,024 rows: it
// publishes by itself when more wait, when they share many blocks, or when it needs a new block.
class TrafficWriter {
 public:
  ~TrafficWriter();

  // Room to receive into: at least `least` bytes (at most the log's blockBytes) of the current block, as many
  // as are left in it. Valid until the next call of space(), commit() or append*(). When a new block is
  // needed and the budget is spent, the oldest rows go first; when readers pin so much that nothing can go,
  // the block is allocated all the same (bytesUsed() then exceeds the budget until they let go). A row's
  // payload has at most blockBytes: what commit() took for it already is not to be had again, down to an
  // empty span.
  std::span<std::byte> space(std::size_t least);
  // The first `n` bytes of the last space() become payload of the next row.
  PinnedBytes commit(std::size_t n);

  // Adds a row. Its payload is what commit() took since the last row (none: empty).
  // `record.time` 0 means now. The flow must name the record's session.
  void append(Record record, const FlowPtr& flow);
  // Copies `payload` (at most blockBytes) into the log and adds the row.
  void append(Record record, const FlowPtr& flow, ByteView payload);
  // A row over bytes that are in the log already (an echo): no copy. `payload` must come from this log.
  void appendShared(Record record, const FlowPtr& flow, const PinnedBytes& payload);
  void appendEvent(Record record, const FlowPtr& flow, const EventDetail& detail);

  // Makes the collected rows visible. Call at the end of each readiness turn.
  void publish();

 private:
  friend class TrafficLog;
  explicit TrafficWriter(std::shared_ptr<TrafficLog> log);
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sockbench
