// A TrafficLog that a test fills by hand: sessions 1 (a listener), 2 and 3 (its own), 4 (a client elsewhere).
#pragma once

#include <memory>
#include <string_view>

#include "core/traffic/traffic_log.h"

namespace sockbench::test {

inline SocketAddress address(std::string_view text) {
  return SocketAddress::fromText(text).value_or(SocketAddress{});
}

inline FlowPtr flow(std::uint32_t session, std::uint32_t parent, std::string_view local,
                    std::string_view peer, Transport transport = Transport::tcp) {
  auto made = std::make_shared<Flow>();
  made->session = SessionId{session};
  made->parent = SessionId{parent};
  made->transport = transport;
  made->local = address(local);
  made->peer = address(peer);
  return made;
}

class TrafficFixture {
 public:
  explicit TrafficFixture(LogLimits limits = {}) : TrafficFixture(TrafficLog::create(limits)) {}
  explicit TrafficFixture(std::shared_ptr<TrafficLog> log)
      : log_(std::move(log)), writer_(log_->makeWriter()) {}

  TrafficLog& log() { return *log_; }
  const FlowPtr listener = flow(1, 0, "127.0.0.1:12345", "");
  const FlowPtr first = flow(2, 1, "127.0.0.1:12345", "127.0.0.1:51822");
  const FlowPtr second = flow(3, 1, "127.0.0.1:12345", "127.0.0.1:51830");
  const FlowPtr client = flow(4, 0, "127.0.0.1:40000", "127.0.0.1:9");

  void bytes(const FlowPtr& of, Direction direction, std::string_view payload, WallNanos time = 0) {
    Record record = rowOf(of, direction == Direction::in ? RecordKind::in : RecordKind::out, time);
    record.direction = direction;
    writer_->append(record, of, asBytes(payload));
  }
  void received(const FlowPtr& of, std::string_view payload) { bytes(of, Direction::in, payload); }
  void sent(const FlowPtr& of, std::string_view payload) { bytes(of, Direction::out, payload); }
  void event(const FlowPtr& of, RecordKind kind, EventDetail detail = {}, Party by = Party::none,
             std::uint64_t value = 0) {
    Record record = rowOf(of, kind, 0);
    record.by = by;
    record.value = value;
    writer_->appendEvent(record, of, detail);
  }
  void append(const Record& record, const FlowPtr& of, std::string_view payload) {
    writer_->append(record, of, asBytes(payload));
  }
  void publish() { writer_->publish(); }
  static Record rowOf(const FlowPtr& of, RecordKind kind, WallNanos time) {
    Record record;
    record.session = of->session;
    record.kind = kind;
    record.time = time;
    return record;
  }

 private:
  std::shared_ptr<TrafficLog> log_;
  std::unique_ptr<TrafficWriter> writer_;
};

}  // namespace sockbench::test
