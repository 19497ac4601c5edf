// ImportedRows: what a capture file becomes: rows of a log, and its sessions with their sums.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/capture/capture_file.h"
#include "core/traffic/traffic_log.h"

namespace sockbench {

// Thread: the reading one, but sessions().
class ImportedRows {
 public:
  // Sessions that are kept; more than any machine has ports, and still no more than memory bears.
  static constexpr std::size_t kMostSessions = 1'000'000;

  ImportedRows(std::shared_ptr<TrafficLog> log, std::size_t blockBytes);

  bool isFull() const { return taken_.size() >= kMostSessions; }
  // An id that no session has yet.
  SessionId newSession();
  // The id of what a file of ours calls `told`, in its `section`: `told` itself where it is free. 0: none.
  SessionId sessionTold(std::uint32_t section, std::uint32_t told);

  // A row with payload. What is longer than a block of the log becomes several rows of a stream, and is cut
  // (kRecordTruncated) elsewhere.
  void addBytes(Record record, const FlowPtr& flow, ByteView bytes);
  void addEvent(const Record& record, const FlowPtr& flow, const EventDetail& detail = {});
  void addMissing(const FlowPtr& flow, std::uint64_t bytes);  // to the session's sum; no row

  RowNotes& notes() { return log_->notes(); }
  std::uint64_t rows() const { return rows_; }  // so many have been added: the number of the next one
  void publish() { writer_->publish(); }

  std::vector<CapturedSession> sessions() const;               // thread: any
  std::optional<CapturedSession> session(SessionId id) const;  // thread: any

 private:
  void addRow(const Record& record, const FlowPtr& flow, ByteView bytes);
  CapturedSession& entry(const FlowPtr& flow);  // mutex_ is held

  std::shared_ptr<TrafficLog> log_;
  std::unique_ptr<TrafficWriter> writer_;
  std::size_t blockBytes_;
  std::uint64_t rows_ = 0;
  std::unordered_set<std::uint32_t> taken_;  // ids
  std::uint32_t nextId_ = 1;
  std::unordered_map<std::uint64_t, SessionId> told_;  // by section and id
  mutable std::mutex mutex_;
  std::unordered_map<std::uint32_t, CapturedSession> sessions_;
};

}  // namespace sockbench
