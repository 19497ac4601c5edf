// Every datagram that was sent is a row or counted as dropped: none is told twice, none goes unsaid.
#include <QTest>
#include <QUdpSocket>
#include <atomic>
#include <cstring>

#include "tests/core/engine/engine_fixture.h"

using namespace sockbench;
using sockbench::test::waitFor;

namespace {

// An engine whose reading can be held, and a listener with so small a buffer that a burst overflows it.
struct Crowded {
  std::atomic<bool> open{true};
  std::atomic<int> refusals{0};
  Engine engine{{.workers = 1, .log = {}, .wake = {}, .mayReceive = [this] {
                   if (!open) ++refusals;
                   return open.load();
                 }}};
  SessionId listener;
  QUdpSocket sender;
  quint32 sent = 0;

  explicit Crowded(SessionRules rules = {.datagramReceiveBuffer = 8192}, std::size_t maxSessions = 0) {
    ListenSpec spec;
    spec.endpoint = Endpoint::parse("udp://127.0.0.1:0").value();
    spec.rules = std::move(rules);
    spec.maxSessions = maxSessions;
    listener = engine.listen(std::move(spec));
    waitFor([&] { return now().state == SessionState::listening; });
    sender.bind(QHostAddress::LocalHost, 0);
  }
  SessionSnapshot now() { return engine.snapshot(listener).value(); }
  // Each datagram is its number, and some bytes to fill the buffer with.
  void send(int count) {
    for (int i = 0; i < count; ++i) {
      QByteArray data(400, '.');
      std::memcpy(data.data(), &sent, sizeof sent);
      sender.writeDatagram(data, QHostAddress::LocalHost, now().local.port());
      ++sent;
    }
  }
  std::uint64_t received() {
    std::uint64_t sum = 0;
    for (const SessionSnapshot& session : engine.snapshots())
      if (session.parent == listener) sum += session.recordsIn;
    return sum;
  }
  std::uint64_t accountedFor() { return received() + now().dropped; }
  // Holds the reading, once the turn that is allowed already has been taken by a datagram.
  bool hold() {
    open = false;
    send(1);
    return waitFor([&] { return refusals > 0; });
  }
  void resume() {
    open = true;
    engine.resumeReceiving();
  }
  std::vector<LogRow> rows() {
    std::vector<LogRow> all;
    engine.log().read(0, static_cast<std::size_t>(engine.log().end()), all);
    return all;
  }
  std::uint64_t droppedRows() {
    std::uint64_t sum = 0;
    for (const LogRow& row : rows())
      if (row.record.kind == RecordKind::dropped) sum += row.record.value;
    return sum;
  }
};

quint32 numberOf(const LogRow& row) {
  quint32 number = 0;
  std::memcpy(&number, row.payload.bytes.data(), sizeof number);
  return number;
}

// In each `in` row's place, at least as many drops have been told as datagrams are missing before it.
bool dropsStandBeforeWhatCameLater(const std::vector<LogRow>& rows) {
  std::uint64_t in = 0;
  std::uint64_t dropped = 0;
  for (const LogRow& row : rows) {
    if (row.record.kind == RecordKind::dropped) dropped += row.record.value;
    if (row.record.kind == RecordKind::in && numberOf(row) - in++ > dropped) return false;
  }
  return true;
}

}  // namespace

class TestEngineDatagramDrops : public QObject {
  Q_OBJECT
 private slots:
  void aBurstIsAccountedForWithoutALaterDatagram();
  void aTurnThatJustEmptiesTheQueueCountsToo();
  void burstAfterBurstIsAccountedFor();
  void aListenerReadsWhatItHasBeforeItCloses();
  void aClientReadsWhatItHasBeforeItCloses();
  void closingUnderAFloodEnds();
  void refusedPeersAreCountedInFewRows();
};

void TestEngineDatagramDrops::aBurstIsAccountedForWithoutALaterDatagram() {
  Crowded crowded;
  QVERIFY(crowded.hold());
  crowded.send(500);
  QCOMPARE(crowded.now().dropped, std::uint64_t{0});
  crowded.resume();
  QTRY_COMPARE(crowded.accountedFor(), std::uint64_t{crowded.sent});
  QVERIFY(crowded.now().dropped > 400);
  QTRY_COMPARE(crowded.droppedRows(), crowded.now().dropped);
}

// The bound of a turn, in datagrams, is met by what waits for some of these sizes of the buffer.
void TestEngineDatagramDrops::aTurnThatJustEmptiesTheQueueCountsToo() {
  for (int buffer = 80'000; buffer < 240'000; buffer += 8'000) {
    Crowded crowded({.datagramReceiveBuffer = buffer});
    QVERIFY(crowded.hold());
    crowded.send(700);
    crowded.resume();
    QTRY_COMPARE(crowded.accountedFor(), std::uint64_t{crowded.sent});
  }
}

void TestEngineDatagramDrops::burstAfterBurstIsAccountedFor() {
  Crowded crowded;
  for (int burst = 0; burst < 20; ++burst) {
    crowded.refusals = 0;
    if (burst % 2 == 0) QVERIFY(crowded.hold());
    crowded.send(200);
    crowded.resume();
  }
  QTRY_COMPARE(crowded.accountedFor(), std::uint64_t{crowded.sent});
  QTRY_COMPARE(crowded.droppedRows(), crowded.now().dropped);
  QVERIFY(dropsStandBeforeWhatCameLater(crowded.rows()));
}

void TestEngineDatagramDrops::aListenerReadsWhatItHasBeforeItCloses() {
  Crowded crowded;
  QVERIFY(crowded.hold());
  crowded.send(500);
  crowded.engine.close(crowded.listener);
  QTRY_COMPARE(crowded.now().state, SessionState::closed);
  QCOMPARE(crowded.accountedFor(), std::uint64_t{crowded.sent});
  QVERIFY(crowded.now().dropped > 400);
  QTRY_COMPARE(crowded.droppedRows(), crowded.now().dropped);
}

void TestEngineDatagramDrops::aClientReadsWhatItHasBeforeItCloses() {
  Crowded crowded;
  ConnectSpec spec;
  spec.endpoint = Endpoint::parse("udp://127.0.0.1:" + std::to_string(crowded.sender.localPort())).value();
  spec.rules.datagramReceiveBuffer = 8192;
  const SessionId client = crowded.engine.connect(std::move(spec));
  const auto now = [&] { return crowded.engine.snapshot(client).value(); };
  QTRY_COMPARE(now().state, SessionState::connected);
  crowded.open = false;
  constexpr int kSent = 500;
  for (int i = 0; i < kSent; ++i)
    crowded.sender.writeDatagram(QByteArray(400, 'x'), QHostAddress::LocalHost, now().local.port());
  crowded.engine.close(client);
  QTRY_COMPARE(now().state, SessionState::closed);
  QCOMPARE(now().recordsIn + now().dropped, std::uint64_t{kSent});
  QVERIFY(now().dropped > 0);
}

// What comes while it reads its queue to the end is kept out, and so there is an end.
void TestEngineDatagramDrops::closingUnderAFloodEnds() {
  Crowded crowded({.datagramReceiveBuffer = 4 << 20});
  std::atomic<bool> stop{false};
  const std::uint16_t port = crowded.now().local.port();
  std::thread flood([&] {
    QUdpSocket socket;
    while (!stop) socket.writeDatagram("flood", QHostAddress::LocalHost, port);
  });
  const bool flooded = waitFor([&] { return crowded.received() > 1000; });
  crowded.engine.close(crowded.listener);
  const bool closed = waitFor([&] { return crowded.now().state == SessionState::closed; });
  stop = true;
  flood.join();
  QVERIFY(flooded);
  QVERIFY(closed);
}

void TestEngineDatagramDrops::refusedPeersAreCountedInFewRows() {
  Crowded crowded({}, 1);
  crowded.send(1);
  QTRY_COMPARE(crowded.received(), std::uint64_t{1});
  QUdpSocket stranger;
  constexpr std::uint64_t kMany = 3000;
  for (std::uint64_t i = 0; i < kMany; ++i)
    stranger.writeDatagram("let me in", QHostAddress::LocalHost, crowded.now().local.port());
  QTRY_COMPARE(crowded.now().dropped, kMany);
  crowded.engine.close(crowded.listener);
  QTRY_COMPARE(crowded.now().state, SessionState::closed);
  QCOMPARE(crowded.droppedRows(), kMany);
  const std::vector<LogRow> rows = crowded.rows();
  QVERIFY(std::ranges::count(rows, RecordKind::dropped, [](const LogRow& r) { return r.record.kind; }) <=
          100);
}

QTEST_GUILESS_MAIN(TestEngineDatagramDrops)
#include "tst_engine_datagram_drops.moc"
