#include "core/capture/read/imported_rows.h"

#include <algorithm>

namespace sockbench {

ImportedRows::ImportedRows(std::shared_ptr<TrafficLog> log, std::size_t blockBytes)
    : log_(std::move(log)), writer_(log_->makeWriter()), blockBytes_(blockBytes) {}

SessionId ImportedRows::newSession() {
  while (taken_.contains(nextId_)) ++nextId_;
  taken_.insert(nextId_);
  return SessionId{nextId_++};
}

SessionId ImportedRows::sessionTold(std::uint32_t section, std::uint32_t told) {
  if (told == 0) return {};
  const auto [place, fresh] = told_.try_emplace(std::uint64_t{section} << 32 | told);
  if (fresh) place->second = taken_.insert(told).second ? SessionId{told} : newSession();
  return place->second;
}

void ImportedRows::addBytes(Record record, const FlowPtr& flow, ByteView bytes) {
  const bool isStream = isByteStream(flow->transport) && flow->otherTransport.empty();
  if (!isStream && bytes.size() > blockBytes_) {
    if ((record.flags & kRecordTruncated) == 0) record.value = bytes.size();
    record.flags |= kRecordTruncated;
    bytes = bytes.first(blockBytes_);
  }
  for (; bytes.size() > blockBytes_; bytes = bytes.subspan(blockBytes_)) {
    Record part = record;
    part.value = 0;
    part.flags &= static_cast<std::uint8_t>(~kRecordTruncated);
    addRow(part, flow, bytes.first(blockBytes_));
  }
  addRow(record, flow, bytes);
}

void ImportedRows::addRow(const Record& record, const FlowPtr& flow, ByteView bytes) {
  {
    const std::scoped_lock lock(mutex_);
    CapturedSession& session = entry(flow);
    (record.kind == RecordKind::in ? session.bytesIn : session.bytesOut) += bytes.size();
  }
  writer_->append(record, flow, bytes);
  ++rows_;
}

void ImportedRows::addEvent(const Record& record, const FlowPtr& flow, const EventDetail& detail) {
  {
    const std::scoped_lock lock(mutex_);
    entry(flow);
  }
  writer_->appendEvent(record, flow, detail);
  ++rows_;
}

void ImportedRows::addMissing(const FlowPtr& flow, std::uint64_t bytes) {
  const std::scoped_lock lock(mutex_);
  entry(flow).missing += bytes;
}

// The newest flow of a session has its ends most completely.
CapturedSession& ImportedRows::entry(const FlowPtr& flow) {
  CapturedSession& session = sessions_[flow->session.value];
  if (session.flow == flow) return session;
  session.id = flow->session;
  session.parent = flow->parent;
  session.flow = flow;
  return session;
}

std::vector<CapturedSession> ImportedRows::sessions() const {
  const std::scoped_lock lock(mutex_);
  std::vector<CapturedSession> all;
  all.reserve(sessions_.size());
  for (const auto& [id, session] : sessions_)
    if (id != 0) all.push_back(session);
  std::ranges::sort(all, {}, &CapturedSession::id);
  return all;
}

std::optional<CapturedSession> ImportedRows::session(SessionId id) const {
  const std::scoped_lock lock(mutex_);
  const auto found = sessions_.find(id.value);
  return !id || found == sessions_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace sockbench
