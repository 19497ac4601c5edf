// When a session connected and when its first bytes came: told once, and never changed.
#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QUdpSocket>
#include <memory>

#include "tests/core/engine/engine_fixture.h"

using namespace sockbench;
using sockbench::test::EngineFixture;
using sockbench::test::waitFor;

class TestEngineFirstTimes : public QObject {
  Q_OBJECT

 private slots:
  void aClientsTimesAreSetOnce();
  void aRefusedClientHasNone();
  void acceptedSessionsHaveThem_data();
  void acceptedSessionsHaveThem();
};

namespace {

std::string endpoint(const char* scheme, std::uint16_t port) {
  return std::string(scheme) + "://127.0.0.1:" + std::to_string(port);
}

}  // namespace

void TestEngineFirstTimes::aClientsTimesAreSetOnce() {
  QTcpServer server;
  QVERIFY(server.listen(QHostAddress::LocalHost));
  EngineFixture f;
  const SessionId id = f.connect(endpoint("tcp", server.serverPort()));
  QVERIFY(f.waitForState(id, SessionState::connected));
  const SessionSnapshot silent = f.now(id);
  QVERIFY(silent.connecting >= silent.since);
  QVERIFY(silent.connected >= silent.connecting);
  QVERIFY(silent.since > 0);
  QCOMPARE(silent.firstReceived, WallNanos{0});
  QTRY_VERIFY(server.hasPendingConnections());
  const std::unique_ptr<QTcpSocket> peer(server.nextPendingConnection());
  peer->write("first");
  QTRY_COMPARE(f.now(id).bytesIn, 5u);
  const SessionSnapshot greeted = f.now(id);
  QVERIFY(greeted.firstReceived >= greeted.connected);
  QCOMPARE(greeted.firstReceived, f.rows(id).back().record.time);
  peer->write("more");
  peer->disconnectFromHost();
  QVERIFY(f.waitForState(id, SessionState::closed));
  QCOMPARE(f.now(id).bytesIn, 9u);
  QCOMPARE(f.now(id).connected, silent.connected);
  QCOMPARE(f.now(id).firstReceived, greeted.firstReceived);
}

void TestEngineFirstTimes::aRefusedClientHasNone() {
  QTcpServer server;
  QVERIFY(server.listen(QHostAddress::LocalHost));
  const std::uint16_t port = server.serverPort();
  server.close();
  EngineFixture f;
  const SessionId id = f.connect(endpoint("tcp", port));
  QVERIFY(f.waitForState(id, SessionState::failed));
  QVERIFY(f.now(id).connecting >= f.now(id).since);
  QVERIFY(f.now(id).changed >= f.now(id).connecting);
  QCOMPARE(f.now(id).connected, WallNanos{0});
  QCOMPARE(f.now(id).firstReceived, WallNanos{0});
}

void TestEngineFirstTimes::acceptedSessionsHaveThem_data() {
  QTest::addColumn<QString>("scheme");
  QTest::newRow("a connection") << "tcp";
  QTest::newRow("the peer of a datagram listener") << "udp";
}

void TestEngineFirstTimes::acceptedSessionsHaveThem() {
  QFETCH(QString, scheme);
  EngineFixture f;
  const SessionId listener = f.listen(endpoint(qPrintable(scheme), 0));
  const std::uint16_t port = f.portOf(listener);
  QTcpSocket stream;
  QUdpSocket datagrams;
  QAbstractSocket& peer = scheme == QStringLiteral("tcp") ? static_cast<QAbstractSocket&>(stream) : datagrams;
  peer.connectToHost(QHostAddress::LocalHost, port);
  QVERIFY(peer.waitForConnected());
  peer.write("hello");
  const SessionId child = f.childOf(listener);
  QTRY_COMPARE(f.now(child).bytesIn, 5u);
  QVERIFY(f.now(child).connected >= f.now(child).since);
  QVERIFY(f.now(child).since > 0);
  QVERIFY(f.now(child).firstReceived > 0);
  QCOMPARE(f.now(listener).connected, WallNanos{0});
}

QTEST_GUILESS_MAIN(TestEngineFirstTimes)
#include "tst_engine_first_times.moc"
