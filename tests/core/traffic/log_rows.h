// Rows that prove themselves: everything in them follows from their session and their sequence number.
#pragma once

#include <algorithm>
#include <cstring>
#include <memory>
#include <vector>

#include "core/traffic/traffic_log.h"

namespace sockbench::rows {

inline FlowPtr makeFlow(std::uint32_t session) {
  auto flow = std::make_shared<Flow>();
  flow->session = SessionId{session};
  flow->peer = SocketAddress{};
  return flow;
}

// `length` bytes: no two sequences of any session begin alike.
inline Bytes payload(std::uint32_t session, std::uint64_t sequence, std::size_t length) {
  Bytes bytes(length);
  std::uint64_t state = (sequence << 8 | session) * 0x9e3779b97f4a7c15U;
  for (std::size_t at = 0; at < length; at += sizeof state) {
    std::memcpy(bytes.data() + at, &state, std::min(sizeof state, length - at));
    state = state * 6364136223846793005U + 1442695040888963407U;
  }
  return bytes;
}

inline Record record(std::uint32_t session, std::uint64_t sequence) {
  Record row;
  row.time = static_cast<WallNanos>(sequence + 1);
  row.value = sequence;
  row.session = SessionId{session};
  row.direction = Direction::in;
  return row;
}

inline void append(TrafficWriter& writer, const FlowPtr& flow, std::uint64_t sequence, std::size_t length) {
  writer.append(record(flow->session.value, sequence), flow, payload(flow->session.value, sequence, length));
}

// Whether the row is whole: written by record() and append() for its session, its sequence and `length`.
inline bool isWhole(const LogRow& row, std::size_t length) {
  const std::uint32_t session = row.record.session.value;
  const bool fields = row.flow && row.flow->session == row.record.session && row.record.length == length &&
                      row.record.time == static_cast<WallNanos>(row.record.value + 1);
  return fields && std::ranges::equal(row.payload.bytes, payload(session, row.record.value, length));
}

// Row `i` of a slab, as read() would have given it.
inline LogRow rowOf(const LogSlab& slab, std::size_t i) {
  const Record& record = slab.records()[i];
  return {slab.first() + i, record, slab.flow(record), slab.pinned(record)};
}

// What must be true of a log, whatever was written: its rows are those between first() and end().
inline bool isConsistent(const TrafficLog& log) {
  std::vector<LogRow> all;
  log.read(0, ~std::size_t{0}, all);
  return log.first() + all.size() == log.end() && (all.empty() || all.front().number == log.first());
}

}  // namespace sockbench::rows
