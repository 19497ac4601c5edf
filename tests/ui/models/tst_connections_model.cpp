#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

#include "tests/ui/models/session_fixture.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/models/connections_model.h"

using namespace sockbench;
using namespace sockbench::test;
using namespace sockbench::ui;

namespace {

constexpr WallNanos kSecond = 1'000'000'000;

QString cell(const ConnectionsModel& model, int row, int column) {
  return model.index(row, column).data().toString();
}

}  // namespace

class TestConnectionsModel : public QObject {
  Q_OBJECT
 private slots:
  void showsTheSessionsOfItsListenerOnly() {
    ConnectionsModel model;
    const QAbstractItemModelTester tester(&model);
    model.setListener(SessionId{1});
    model.update({listener(1), accepted(2, 1), listener(3), accepted(4, 3), client(5)});
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.sessionAt(0), SessionId{2});
    QCOMPARE(model.rowOf(SessionId{4}), -1);
    QCOMPARE(model.sessionAt(1), SessionId{});
  }

  void cellsTellWhatTheKernelSays() {
    SessionSnapshot s = accepted(2, 1);
    s.descriptor = 15;
    s.bytesIn = 1'234'567;
    s.bytesOut = 318;
    s.queuedBytes = 42;
    s.tcp.emplace();
    s.tcp->kernelState = 1;
    s.tcp->rtt = std::chrono::microseconds(40);
    s.tcp->retransmits = 3;
    s.tcp->peerWindow = 0;
    ConnectionsModel model;
    model.setListener(SessionId{1});
    model.update({s});
    QCOMPARE(cell(model, 0, ConnectionsModel::State), QStringLiteral("connected"));
    QCOMPARE(cell(model, 0, ConnectionsModel::Peer), QStringLiteral("127.0.0.1:50002"));
    QCOMPARE(cell(model, 0, ConnectionsModel::Descriptor), QStringLiteral("15"));
    QCOMPARE(cell(model, 0, ConnectionsModel::KernelState), QStringLiteral("ESTABLISHED"));
    QCOMPARE(cell(model, 0, ConnectionsModel::RoundTrip), QStringLiteral("40.0 \u00b5s"));
    QCOMPARE(cell(model, 0, ConnectionsModel::Retransmits), QStringLiteral("3"));
    QCOMPARE(cell(model, 0, ConnectionsModel::In), QStringLiteral("1.2 MB"));
    QCOMPARE(cell(model, 0, ConnectionsModel::Out), QStringLiteral("318 B"));
    QCOMPARE(cell(model, 0, ConnectionsModel::Queue), QStringLiteral("42 B"));
    QCOMPARE(cell(model, 0, ConnectionsModel::InKernel), QStringLiteral("0 B"));
    s.tcp->unackedBytes = 1;  // now somebody waits for the peer to read
    model.update({s});
    QCOMPARE(cell(model, 0, ConnectionsModel::KernelState),
             QStringLiteral("ESTABLISHED, the peer's window is full"));
    QCOMPARE(cell(model, 0, ConnectionsModel::InKernel), QStringLiteral("1 B"));
  }

  // The peer does not read: what the kernel does not take stands in our queue. Then it reads.
  void aQueueIsSeenToFillAndToDrain() {
    EngineBridge bridge;
    ConnectionsModel model;
    const QAbstractItemModelTester tester(&model);
    model.follow(bridge);
    const SessionId server =
        bridge.listen({.endpoint = *Endpoint::parse("tcp://127.0.0.1:0"), .options = {}, .rules = {}});
    model.setListener(server);
    model.setActive(true);
    QTRY_VERIFY(bridge.snapshot(server) && bridge.snapshot(server)->local.port() != 0);
    QTcpSocket peer;
    peer.setReadBufferSize(1);
    peer.connectToHost(QStringLiteral("127.0.0.1"), bridge.snapshot(server)->local.port());
    QTRY_COMPARE(model.rowCount(), 1);
    QVERIFY(!bridge.send(model.sessionAt(0), Bytes(std::size_t{8} << 20)));
    const auto waiting = [&] { return model.snapshotAt(0)->queuedBytes; };
    QTRY_VERIFY(waiting() > 0);
    QTRY_VERIFY(model.snapshotAt(0)->tcp && model.snapshotAt(0)->tcp->unackedBytes > 0);
    QVERIFY(cell(model, 0, ConnectionsModel::InKernel) != QStringLiteral("0 B"));
    peer.setReadBufferSize(0);
    connect(&peer, &QIODevice::readyRead, &peer, [&peer] { peer.readAll(); });
    peer.readAll();
    QTRY_COMPARE(cell(model, 0, ConnectionsModel::Queue), QStringLiteral("0 B"));
    QTRY_COMPARE(cell(model, 0, ConnectionsModel::InKernel), QStringLiteral("0 B"));
  }

  void ratesComeFromTwoReadings() {
    SessionSnapshot s = accepted(2, 1);
    ConnectionsModel model;
    model.setListener(SessionId{1});
    model.update({s});
    s.bytesIn = 1000;
    model.measure({s}, 10 * kSecond);
    QCOMPARE(cell(model, 0, ConnectionsModel::InRate), QStringLiteral("0 B/s"));
    s.bytesIn = 5000;
    s.bytesOut = 500;
    model.measure({s}, 12 * kSecond);
    QCOMPARE(cell(model, 0, ConnectionsModel::InRate), QStringLiteral("2.0 kB/s"));
    QCOMPARE(cell(model, 0, ConnectionsModel::OutRate), QStringLiteral("250 B/s"));
    QCOMPARE(cell(model, 0, ConnectionsModel::Age), QStringLiteral("00:00:11"));
    model.measure({s}, 13 * kSecond);
    QCOMPARE(cell(model, 0, ConnectionsModel::InRate), QStringLiteral("0 B/s"));
  }

  void tenThousandComeInOneBatch() {
    ConnectionsModel model;
    model.setListener(SessionId{1});
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    model.update(manyAccepted(2, 10'000, 1));
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(model.rowCount(), 10'000);
  }

  void forgottenOnesLeave() {
    ConnectionsModel model;
    const QAbstractItemModelTester tester(&model);
    model.setListener(SessionId{1});
    model.update(manyAccepted(2, 3, 1));
    model.remove({SessionId{3}});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.sessionAt(1), SessionId{4});
  }

  void ticksOnlyWhileSomebodyLooksAndSomethingIsOpen() {
    ConnectionsModel model;
    model.setListener(SessionId{1});
    model.setActive(true);
    QVERIFY(!model.isTicking());
    model.update({accepted(2, 1)});
    QVERIFY(model.isTicking());
    model.update({accepted(2, 1, SessionState::closed)});
    QVERIFY(!model.isTicking());
    model.update({accepted(3, 1)});
    model.setActive(false);
    QVERIFY(!model.isTicking());
  }

  void aRealConnectionIsMeasured() {
    EngineBridge bridge;
    ConnectionsModel model;
    const QAbstractItemModelTester tester(&model);
    model.follow(bridge);
    const SessionId server =
        bridge.listen({.endpoint = *Endpoint::parse("tcp://127.0.0.1:0"), .options = {}, .rules = {}});
    model.setListener(server);
    model.setActive(true);
    QTRY_VERIFY(bridge.snapshot(server) && bridge.snapshot(server)->local.port() != 0);
    QTcpSocket peer;
    peer.connectToHost(QStringLiteral("127.0.0.1"), bridge.snapshot(server)->local.port());
    QTRY_COMPARE(model.rowCount(), 1);
    peer.write("hello");
    QTRY_COMPARE(cell(model, 0, ConnectionsModel::In), QStringLiteral("5 B"));
    QTRY_COMPARE(cell(model, 0, ConnectionsModel::KernelState), QStringLiteral("ESTABLISHED"));
    QVERIFY(cell(model, 0, ConnectionsModel::RoundTrip).endsWith(QLatin1Char('s')));
    peer.abort();
    QTRY_VERIFY(!model.isTicking());
    QCOMPARE(cell(model, 0, ConnectionsModel::Descriptor), QString());
  }
};

QTEST_GUILESS_MAIN(TestConnectionsModel)
#include "tst_connections_model.moc"
