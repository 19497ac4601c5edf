// EngineSettings::mayReceive: a reader of the log that must miss nothing slows the peers.
#include <QTcpSocket>
#include <QTest>
#include <QUdpSocket>
#include <atomic>

#include "core/engine/engine.h"

using namespace sockbench;

namespace {

constexpr int kDeadlineMs = 20000;
// What one turn of a session may still read once it has been allowed to.
constexpr std::uint64_t kOneTurn = std::uint64_t{8} << 20;

struct HeldEngine {
  std::atomic<bool> open{true};
  std::atomic<int> refusals{0};
  Engine engine{{.workers = 2, .log = {}, .wake = {}, .mayReceive = [this] {
                   if (!open) ++refusals;
                   return open.load();
                 }}};

  void resume() {
    open = true;
    engine.resumeReceiving();
  }
  std::uint16_t listen(const char* endpoint, SessionRules rules = {}) {
    ListenSpec spec;
    spec.rules = std::move(rules);
    spec.endpoint = Endpoint::parse(endpoint).value();
    const SessionId id = engine.listen(std::move(spec));
    if (!QTest::qWaitFor([&] { return engine.snapshot(id)->state == SessionState::listening; }, kDeadlineMs))
      return 0;
    return engine.snapshot(id)->local.port();
  }
  SessionSnapshot child() {
    for (const SessionSnapshot& session : engine.snapshots()) {
      if (session.role == SessionRole::accepted) return session;
    }
    return {};
  }
};

}  // namespace

class TestEngineReceiveHold : public QObject {
  Q_OBJECT
 private slots:
  void nothingIsLostMeanwhile();
  void datagramsWaitInTheKernel();
  void closesWhileHeld();
  void whatAResponderMakesWaitsToo();
};

void TestEngineReceiveHold::nothingIsLostMeanwhile() {
  HeldEngine held;
  QTcpSocket peer;
  peer.connectToHost(QStringLiteral("127.0.0.1"), held.listen("tcp://127.0.0.1:0"));
  QTRY_COMPARE_WITH_TIMEOUT(held.child().state, SessionState::connected, kDeadlineMs);
  held.open = false;
  const QByteArray data = QByteArray("0123456789abcdef").repeated(4 << 20);
  peer.write(data);
  QTRY_VERIFY_WITH_TIMEOUT(held.refusals > 0, kDeadlineMs);
  const std::uint64_t before = held.child().bytesIn;
  QVERIFY(before <= kOneTurn);
  QVERIFY(!peer.waitForBytesWritten(1) || peer.bytesToWrite() > 0);
  QCOMPARE(held.child().bytesIn, before);
  held.resume();
  QTRY_COMPARE_WITH_TIMEOUT(held.child().bytesIn, static_cast<std::uint64_t>(data.size()), kDeadlineMs);
  QCOMPARE(held.engine.log().evicted(), std::uint64_t{0});
  QVERIFY(held.engine.log().bytesPublished() > static_cast<std::uint64_t>(data.size()));
}

void TestEngineReceiveHold::datagramsWaitInTheKernel() {
  HeldEngine held;
  const std::uint16_t port = held.listen("udp://127.0.0.1:0");
  QUdpSocket peer;
  peer.writeDatagram("first", QHostAddress::LocalHost, port);
  QTRY_COMPARE_WITH_TIMEOUT(held.child().recordsIn, std::uint64_t{1}, kDeadlineMs);
  held.open = false;
  peer.writeDatagram("opens the last turn", QHostAddress::LocalHost, port);
  QTRY_VERIFY_WITH_TIMEOUT(held.refusals > 0, kDeadlineMs);
  const std::uint64_t before = held.child().recordsIn;
  for (int i = 0; i < 10; ++i) peer.writeDatagram("waits", QHostAddress::LocalHost, port);
  QCOMPARE(held.child().recordsIn, before);
  held.resume();
  QTRY_COMPARE_WITH_TIMEOUT(held.child().recordsIn, before + 10, kDeadlineMs);
}

void TestEngineReceiveHold::closesWhileHeld() {
  HeldEngine held;
  QTcpSocket peer;
  peer.connectToHost(QStringLiteral("127.0.0.1"), held.listen("tcp://127.0.0.1:0"));
  QTRY_COMPARE_WITH_TIMEOUT(held.child().state, SessionState::connected, kDeadlineMs);
  held.open = false;
  peer.write("wakes it up");
  QTRY_VERIFY_WITH_TIMEOUT(held.refusals > 0, kDeadlineMs);
  held.engine.closeAll();
  QTRY_COMPARE_WITH_TIMEOUT(held.child().state, SessionState::closed, kDeadlineMs);
  held.engine.resumeReceiving();
  QTRY_COMPARE_WITH_TIMEOUT(peer.state(), QAbstractSocket::UnconnectedState, kDeadlineMs);
}

// It fills the log as well, without anything being received.
void TestEngineReceiveHold::whatAResponderMakesWaitsToo() {
  HeldEngine held;
  QTcpSocket peer;
  peer.connectToHost(
      QStringLiteral("127.0.0.1"),
      held.listen("tcp://127.0.0.1:0", {.responder = Responder::chargen, .chargenBytesPerSecond = 0}));
  QTRY_VERIFY_WITH_TIMEOUT(peer.bytesAvailable() > 1'000'000, kDeadlineMs);
  held.open = false;
  QTRY_VERIFY_WITH_TIMEOUT(held.refusals > 0, kDeadlineMs);
  QTRY_VERIFY_WITH_TIMEOUT(held.child().bytesOut == static_cast<std::uint64_t>(peer.bytesAvailable()) &&
                               held.child().queuedBytes == 0,
                           kDeadlineMs);
  const std::uint64_t before = held.child().bytesOut;
  held.resume();
  QTRY_VERIFY_WITH_TIMEOUT(held.child().bytesOut > before, kDeadlineMs);
  held.engine.closeAll();
  QTRY_COMPARE_WITH_TIMEOUT(held.child().state, SessionState::closed, kDeadlineMs);
}

QTEST_GUILESS_MAIN(TestEngineReceiveHold)
#include "tst_engine_receive_hold.moc"
