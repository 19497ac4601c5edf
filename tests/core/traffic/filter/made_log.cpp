#include "made_log.h"

#include <netdb.h>
#include <cerrno>
#include <ctime>
#include <string_view>

#include "core/net/interface_name.h"

using namespace sockbench;

namespace {

SocketAddress addressOf(std::string_view text) {
  return text.empty() ? SocketAddress() : SocketAddress::fromText(text).value();
}

struct FlowFacts {
  std::uint32_t session = 0;
  std::uint32_t parent = 0;
  Transport transport = Transport::tcp;
  std::string_view local;
  std::string_view peer;
  std::string_view other{};
  std::uint32_t interface = 0;
};

FlowPtr makeFlow(const FlowFacts& facts) {
  auto flow = std::make_shared<Flow>();
  flow->session = SessionId{facts.session};
  flow->parent = SessionId{facts.parent};
  flow->transport = facts.transport;
  flow->otherTransport = facts.other;
  flow->local = addressOf(facts.local);
  flow->peer = addressOf(facts.peer);
  flow->interface = facts.interface;
  return flow;
}

// Appends rows, each some milliseconds after the beginning.
class Maker {
 public:
  explicit Maker(TrafficLog& log) : writer_(log.makeWriter()) {}

  void bytes(const FlowPtr& flow, RecordKind kind, int after, std::string_view payload,
             std::uint8_t flags = 0) {
    Record record = rowOf(flow, kind, after);
    record.direction = kind == RecordKind::in ? Direction::in : Direction::out;
    record.flags = flags;
    writer_->append(record, flow, asBytes(payload));
  }
  void event(const FlowPtr& flow, RecordKind kind, int after, const EventDetail& detail = {},
             Party by = Party::none, std::uint64_t value = 0) {
    Record record = rowOf(flow, kind, after);
    record.by = by;
    record.value = value;
    writer_->appendEvent(record, flow, detail);
  }
  void withoutFlow(std::uint32_t session, RecordKind kind, int after) {
    Record record = rowOf(nullptr, kind, after);
    record.session = SessionId{session};
    writer_->append(record, nullptr);
  }

 private:
  static Record rowOf(const FlowPtr& flow, RecordKind kind, int after) {
    Record record;
    record.time = madeLogBegin() + after * std::int64_t{1'000'000};
    record.kind = kind;
    if (flow) record.session = flow->session;
    return record;
  }

  std::unique_ptr<TrafficWriter> writer_;
};

}  // namespace

WallNanos madeLogBegin() {
  std::tm parts{};
  parts.tm_year = 2026 - 1900;
  parts.tm_mon = 10;
  parts.tm_mday = 21;
  parts.tm_hour = 12;
  parts.tm_isdst = -1;
  return std::mktime(&parts) * std::int64_t{1'000'000'000};
}

std::shared_ptr<TrafficLog> makeLog() {
  using enum RecordKind;
  const auto log = TrafficLog::create();
  Maker make(*log);
  const FlowPtr listener = makeFlow({1, 0, Transport::tcp, "127.0.0.1:9000", ""});
  const FlowPtr accepts = makeFlow({2, 1, Transport::tcp, "127.0.0.1:9000", "10.1.2.3:40000"});
  const FlowPtr client = makeFlow({3, 0, Transport::tcp, "", "[2001:db8::1]:443"});
  const FlowPtr udpServer = makeFlow({4, 0, Transport::udp, "[::]:53", ""});
  const FlowPtr udpPeer =
      makeFlow({5, 4, Transport::udp, "[::]:53", "[::ffff:10.9.9.9]:5353", {}, interfaceIndex("lo")});
  const FlowPtr unixPeer = makeFlow({6, 0, Transport::unixStream, "unix:/tmp/a b", "unix:"});
  const FlowPtr abstract = makeFlow({7, 0, Transport::unixSeqpacket, "unix:", "unix:@abs"});
  const FlowPtr netlink = makeFlow({9, 0, Transport::tcp, "", "", "netlink"});
  Error refused = Error::fromErrno(Operation::connect, ECONNREFUSED, "tcp://[2001:db8::1]:443");
  Error noName = Error::fromAddrinfo(Operation::getaddrinfo, EAI_NONAME, "nowhere.example");

  make.event(listener, listening, 0);
  make.event(accepts, accepted, 100);
  make.bytes(accepts, in, 200, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  make.bytes(accepts, out, 250, "HTTP/1.1 404 Not Found\r\n\r\n");
  make.bytes(accepts, in, 1500, "!", kRecordUrgent);
  make.event(accepts, halfClosed, 1600, {}, Party::peer);
  make.event(accepts, closed, 1700, {}, Party::us);
  make.event(client, connecting, 2000, {"attempt 1 of 2", {}});
  make.event(client, error, 2500, {"attempt 2 of 2", refused, "192.0.2.1"});
  make.bytes(udpPeer, in, 3000, "\x16\x03\x01", kRecordTruncated);
  make.event(udpServer, dropped, 3000, {}, Party::none, 17);
  make.bytes(unixPeer, in, 4000, "");
  make.bytes(abstract, out, 4000, std::string_view("abc\0def", 7));
  make.event(nullptr, error, 5000, {"", noName});
  make.bytes(netlink, out, 6000, "\xff\xfe\xc3\xa9");
  make.withoutFlow(10, connected, 7000);
  make.event(client, reset, 8000, {}, Party::peer);
  make.event(accepts, option, 9000, {"TCP_NODELAY=1", {}});
  return log;
}

std::vector<std::uint64_t> selectedRows(const TrafficLog& log, const Filter& filter, std::size_t most) {
  std::vector<std::uint64_t> rows;
  FilterContext context{&log.notes(), 0};
  for (LogSlab slab = log.slab(0, most); !slab.empty(); slab = log.slab(slab.end(), most)) {
    std::vector<std::uint32_t> places;
    filter.select(slab, context, places);
    for (const std::uint32_t place : places) rows.push_back(slab.first() + place);
    context.previousTime = slab.records().back().time;
  }
  return rows;
}
