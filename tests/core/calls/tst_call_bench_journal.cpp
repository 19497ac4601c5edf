// What the sockets of a CallBench leave in the timeline.
#include <netinet/in.h>
#include <sys/socket.h>

#include <atomic>

#include "bench_fixture.h"

using namespace bench;

namespace {

// A log, the bench that writes to it, and its rows read back.
class Journaled {
 public:
  Journaled()
      : log_(TrafficLog::create()),
        bench_({.log = log_, .newSession = [this] { return SessionId{++last_}; }, .mostSockets = 0}) {}

  CallBench& operator*() { return bench_; }
  std::vector<LogRow> rowsOf(SessionId session) const {
    std::vector<LogRow> all;
    std::vector<LogRow> own;
    log_->read(0, log_->end(), all);
    for (LogRow& row : all)
      if (row.record.session == session) own.push_back(std::move(row));
    return own;
  }
  // "connected out(5) in(3) closed"
  QByteArray story(SessionId session) const {
    QByteArray told;
    for (const LogRow& row : rowsOf(session)) {
      if (!told.isEmpty()) told += ' ';
      told += QByteArray(recordKindName(row.record.kind).data());
      if (row.record.direction != Direction::none)
        told += '(' + QByteArray(asChars(row.payload.bytes).data(), row.record.length) + ')';
    }
    return told;
  }
  SessionId sessionOf(CallHandle handle) { return bench_.socket(handle)->session; }

 private:
  std::shared_ptr<TrafficLog> log_;
  std::atomic<std::uint32_t> last_{0};
  CallBench bench_;
};

}  // namespace

class TstCallBenchJournal : public QObject {
  Q_OBJECT
 private slots:
  void aConnectionIsTwoSessions();
  void connectingNamesWhatWasAskedFor_data();
  void connectingNamesWhatWasAskedFor();
  void aRefusedTurnElsewhereLeavesThePeer();
  void datagramsHaveTheirPeers();
  void errorsHaveTheirDetail();
  void aCutDatagramSaysSo();
  void aLargeMessageHasSeveralRows();
  void otherFamiliesHaveTheirNames();
  void theEndClosesEach();
};

void TstCallBenchJournal::aConnectionIsTwoSessions() {
  Journaled bench;
  const CallHandle listener = listening(*bench);
  const CallHandle client = open(*bench);
  QVERIFY((*bench).run(method(client, "connect", {loopback(portOf(*bench, listener))})).result.has_value());
  const CallHandle server = handleOf((*bench).run(method(listener, "accept")));
  const SessionId ours = bench.sessionOf(client);
  const SessionId theirs = bench.sessionOf(server);
  const SessionId parent = bench.sessionOf(listener);
  QVERIFY(ours && theirs && parent && ours != theirs);
  (*bench).run(method(client, "sendall", {bytes("hello")}));
  (*bench).run(method(server, "recv", {10}));
  (*bench).run(method(client, "shutdown", {SHUT_WR}));
  (*bench).run(method(server, "recv", {10}));
  (*bench).run(method(client, "close"));
  QCOMPARE(bench.story(ours), "connecting connected out(hello) half-closed closed");
  QCOMPARE(bench.story(theirs), "accepted in(hello) half-closed");
  QCOMPARE(bench.story(parent), "listening");
  const std::vector<LogRow> rows = bench.rowsOf(ours);
  QCOMPARE(rows[1].flow->transport, Transport::tcp);
  QCOMPARE(rows[1].flow->peer.port(), (*bench).socket(listener)->local.port());
  QVERIFY(rows[1].flow->local.port() != 0);
  QCOMPARE(rows[3].record.by, Party::us);
  QCOMPARE(rows[4].record.by, Party::us);
  const std::vector<LogRow> accepted = bench.rowsOf(theirs);
  QCOMPARE(accepted[0].flow->parent, parent);
  QCOMPARE(accepted[2].record.by, Party::peer);
}

void TstCallBenchJournal::connectingNamesWhatWasAskedFor_data() {
  QTest::addColumn<int>("type");
  QTest::addColumn<bool>("listens");  // the first target
  QTest::newRow("after a refused attempt") << int{SOCK_STREAM} << false;
  QTest::newRow("from a connected stream, which may not go elsewhere") << int{SOCK_STREAM} << true;
  QTest::newRow("from a connected datagram socket, which may") << int{SOCK_DGRAM} << false;
}

void TstCallBenchJournal::connectingNamesWhatWasAskedFor() {
  QFETCH(int, type);
  QFETCH(bool, listens);
  Journaled bench;
  const CallHandle one = open(*bench, AF_INET, type);
  const CallHandle other = open(*bench, AF_INET, type);
  for (const CallHandle target : {one, other}) (*bench).run(method(target, "bind", {loopback()}));
  if (listens) QVERIFY((*bench).run(method(one, "listen")).result.has_value());
  const CallHandle client = open(*bench, AF_INET, type);
  std::vector<std::int64_t> asked;
  for (const CallHandle target : {one, other}) {
    asked.push_back(portOf(*bench, target));
    (*bench).run(method(client, "connect", {loopback(asked.back())}));
  }
  std::vector<std::int64_t> told;
  for (const LogRow& row : bench.rowsOf(bench.sessionOf(client)))
    if (row.record.kind == RecordKind::connecting) told.push_back(row.flow->peer.port());
  QCOMPARE(told, asked);
}

void TstCallBenchJournal::aRefusedTurnElsewhereLeavesThePeer() {
  Journaled bench;
  const CallHandle listener = listening(*bench);
  const auto port = portOf(*bench, listener);
  const CallHandle client = open(*bench);
  (*bench).run(method(client, "connect", {loopback(port)}));
  (*bench).run(method(client, "connect", {loopback(port == 1 ? 2 : 1)}));
  (*bench).run(method(client, "sendall", {bytes("x")}));
  QCOMPARE(bench.story(bench.sessionOf(client)), "connecting connected connecting error out(x)");
  const std::vector<LogRow> rows = bench.rowsOf(bench.sessionOf(client));
  QCOMPARE(std::int64_t{rows[3].flow->peer.port()}, port);
  QCOMPARE(std::int64_t{rows[4].flow->peer.port()}, port);
}

void TstCallBenchJournal::datagramsHaveTheirPeers() {
  Journaled bench;
  const CallHandle one = open(*bench, AF_INET, SOCK_DGRAM);
  const CallHandle other = open(*bench, AF_INET, SOCK_DGRAM);
  (*bench).run(method(one, "bind", {loopback()}));
  const auto port = portOf(*bench, one);
  (*bench).run(method(other, "sendto", {bytes("x"), loopback(port)}));
  (*bench).run(method(one, "recvfrom", {10}));
  const std::vector<LogRow> out = bench.rowsOf(bench.sessionOf(other));
  const std::vector<LogRow> in = bench.rowsOf(bench.sessionOf(one));
  QCOMPARE(out.size(), std::size_t{1});
  QCOMPARE(in.size(), std::size_t{1});
  QCOMPARE(out[0].flow->transport, Transport::udp);
  QCOMPARE(std::int64_t{out[0].flow->peer.port()}, port);
  QCOMPARE(in[0].flow->peer.port(), out[0].flow->local.port());
}

void TstCallBenchJournal::errorsHaveTheirDetail() {
  Journaled bench;
  const CallHandle reserved = open(*bench);
  (*bench).run(method(reserved, "bind", {loopback()}));
  const CallHandle client = open(*bench);
  (*bench).run(method(client, "connect", {loopback(portOf(*bench, reserved))}));
  const std::vector<LogRow> rows = bench.rowsOf(bench.sessionOf(client));
  QVERIFY(!rows.empty());
  QCOMPARE(rows.back().record.kind, RecordKind::error);
  const EventDetail detail = decodeEventDetail(rows.back().payload.bytes);
  QVERIFY(detail.error && detail.error->isErrno(ECONNREFUSED));
}

void TstCallBenchJournal::aCutDatagramSaysSo() {
  Journaled bench;
  const auto [one, other] = pair(*bench, SOCK_DGRAM);
  (*bench).run(method(one, "send", {bytes("0123456789")}));
  (*bench).run(method(other, "recvmsg", {4}));
  const std::vector<LogRow> rows = bench.rowsOf(bench.sessionOf(other));
  QCOMPARE(bench.story(bench.sessionOf(other)), "in(0123)");
  QVERIFY((rows[0].record.flags & kRecordTruncated) != 0);
}

void TstCallBenchJournal::aLargeMessageHasSeveralRows() {
  Journaled bench;
  const auto [one, other] = pair(*bench);
  (*bench).run(method(one, "setsockopt", {SOL_SOCKET, SO_SNDBUF, 1 << 20}));
  const std::string large(150'000, 'x');
  (*bench).run(method(one, "sendall", {bytes(large)}));
  std::string out;
  const std::vector<LogRow> rows = bench.rowsOf(bench.sessionOf(one));
  for (const LogRow& row : rows)
    if (row.record.kind == RecordKind::out) out += asChars(row.payload.bytes);
  QVERIFY(out == large);
}

void TstCallBenchJournal::otherFamiliesHaveTheirNames() {
  Journaled bench;
  const CallHandle netlink = handleOf((*bench).run(function("socket", {AF_NETLINK, SOCK_RAW, 0})));
  if (!netlink) QSKIP("this system gives no netlink socket");
  const SessionId session = bench.sessionOf(netlink);
  (*bench).run(method(netlink, "close"));
  QCOMPARE(bench.story(session), "closed");
  QCOMPARE(transportName(*bench.rowsOf(session)[0].flow), std::string_view("netlink"));
}

void TstCallBenchJournal::theEndClosesEach() {
  Journaled bench;
  const auto [one, other] = pair(*bench);
  const SessionId first = bench.sessionOf(one);
  const SessionId second = bench.sessionOf(other);
  (*bench).closeAll();
  QCOMPARE(bench.story(first), "closed");
  QCOMPARE(bench.story(second), "closed");
}

QTEST_GUILESS_MAIN(TstCallBenchJournal)
#include "tst_call_bench_journal.moc"
