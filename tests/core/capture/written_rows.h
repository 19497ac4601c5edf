// Rows of sessions that never were, and what a capture makes of them.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/capture/synth/packet_maker.h"
#include "core/traffic/traffic_log.h"

namespace sockbench::test {

// A session whose rows go to `writer`.
class ToldSession {
 public:
  ToldSession(TrafficWriter& writer, std::uint32_t id, std::string_view local, std::string_view peer,
              Transport transport = Transport::tcp)
      : writer_(writer) {
    auto flow = std::make_shared<Flow>();
    flow->session = SessionId{id};
    flow->transport = transport;
    flow->local = SocketAddress::fromText(local).value_or(SocketAddress());
    flow->peer = SocketAddress::fromText(peer).value_or(SocketAddress());
    flow_ = std::move(flow);
  }

  ToldSession& event(RecordKind kind, Party by = Party::none, std::string text = {}) {
    Record record = recordOf(kind);
    record.by = by;
    writer_.appendEvent(record, flow_, {std::move(text), {}});
    return *this;
  }
  ToldSession& error(Error error) {
    writer_.appendEvent(recordOf(RecordKind::error), flow_, {{}, std::move(error)});
    return *this;
  }
  ToldSession& in(std::string_view bytes, std::uint8_t flags = 0, std::uint64_t value = 0) {
    return data(RecordKind::in, bytes, flags, value);
  }
  ToldSession& out(std::string_view bytes) { return data(RecordKind::out, bytes, 0, 0); }

 private:
  Record recordOf(RecordKind kind) {
    Record record;
    record.time = 1'700'000'000'000'000'000 + ++clock_;
    record.session = flow_->session;
    record.kind = kind;
    return record;
  }
  ToldSession& data(RecordKind kind, std::string_view bytes, std::uint8_t flags, std::uint64_t value) {
    Record record = recordOf(kind);
    record.direction = kind == RecordKind::in ? Direction::in : Direction::out;
    record.flags = flags;
    record.value = value;
    writer_.append(record, flow_, asBytes(bytes));
    return *this;
  }

  TrafficWriter& writer_;
  FlowPtr flow_;
  inline static WallNanos clock_ = 0;
};

// The capture file of all rows of the log.
inline std::string captured(TrafficLog& log) {
  std::string file;
  synth::PacketMaker maker(file);
  for (LogSlab slab = log.slab(0); !slab.empty(); slab = log.slab(slab.end())) {
    std::uint64_t number = slab.first();
    for (const Record& record : slab.records()) {
      const RowNotes::Note note = log.notes().note(number++);
      maker.add({record, slab.flow(record).get(), slab.payload(record), note});
    }
  }
  return file;
}

// `count` bytes, no two stretches alike.
inline std::string bytesOf(std::size_t count, unsigned seed = 1) {
  std::string bytes(count, '\0');
  for (char& c : bytes) {
    seed = seed * 1664525 + 1013904223;
    c = static_cast<char>(seed >> 24);
  }
  return bytes;
}

}  // namespace sockbench::test
