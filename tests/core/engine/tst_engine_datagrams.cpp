// UDP and UNIX datagrams: peers as sessions, whole datagrams, errors that ICMP brings, drops that are
// counted.
#include <QNetworkDatagram>
#include <QTemporaryDir>
#include <QTest>
#include <QUdpSocket>

#include "core/net/socket.h"
#include "tests/core/engine/engine_fixture.h"

using namespace sockbench;
using sockbench::test::EngineFixture;
using sockbench::test::waitFor;

namespace {

std::string udp(std::uint16_t port) {
  return "udp://127.0.0.1:" + std::to_string(port);
}

std::vector<std::string> datagrams(EngineFixture& f, SessionId id, RecordKind kind) {
  std::vector<std::string> list;
  for (const LogRow& row : f.rows(id))
    if (row.record.kind == kind) list.emplace_back(asChars(row.payload.bytes));
  return list;
}

}  // namespace

class TestEngineDatagrams : public QObject {
  Q_OBJECT

 private slots:
  void eachPeerOfAListenerIsASession();
  void echoesOverBothFamilies_data();
  void echoesOverBothFamilies();
  void clientAndQtServer();
  void datagramsStayWhole();
  void emptyDatagramsAreDatagrams();
  void refusedPortIsAnErrorAndTheSessionGoesOn();
  void tooLargeADatagramIsRefused();
  void kernelDropsAreCounted();
  void morePeersThanAllowedAreCounted();
  void endWordClosesAPeer();
  void closedPeerComesBackAsANewSession();
  void halfCloseIsNotForDatagrams();
  void unixDatagramsAreAnswered_data();
  void unixDatagramsAreAnswered();
  void aCrowdedUnixPeerIsWaitedFor();
  void aPeersSampleLeavesTheDropsToTheListener();
  void closingAllSendsWhatIsQueued();
};

void TestEngineDatagrams::eachPeerOfAListenerIsASession() {
  EngineFixture f;
  const SessionId listener = f.listen("udp://127.0.0.1:0");
  const std::uint16_t port = f.portOf(listener);
  QUdpSocket a;
  QUdpSocket b;
  a.writeDatagram("one", QHostAddress::LocalHost, port);
  b.writeDatagram("two", QHostAddress::LocalHost, port);
  a.writeDatagram("three", QHostAddress::LocalHost, port);
  QTRY_COMPARE(f.now(listener).acceptedChildren, 2U);
  std::map<std::uint16_t, SessionId> sessions;
  for (const SessionSnapshot& s : f.engine().snapshots())
    if (s.parent == listener) sessions[s.peer.port()] = s.id;
  QTRY_COMPARE(f.story(sessions[a.localPort()]), "accepted in in");
  QTRY_COMPARE(f.story(sessions[b.localPort()]), "accepted in");
  QVERIFY(f.engine().send(sessions[b.localPort()], toBytes("for b")).has_value());
  QTRY_VERIFY(b.hasPendingDatagrams());
  QCOMPARE(b.receiveDatagram().data(), QByteArray("for b"));
  QVERIFY(!a.hasPendingDatagrams());
}

void TestEngineDatagrams::echoesOverBothFamilies_data() {
  QTest::addColumn<QString>("endpoint");
  QTest::addColumn<QHostAddress>("target");
  QTest::newRow("IPv4") << "udp://127.0.0.1:0" << QHostAddress(QHostAddress::LocalHost);
  QTest::newRow("IPv6") << "udp://[::1]:0" << QHostAddress(QHostAddress::LocalHostIPv6);
  QTest::newRow("dual stack, IPv4") << "udp://*:0" << QHostAddress(QHostAddress::LocalHost);
}

void TestEngineDatagrams::echoesOverBothFamilies() {
  QFETCH(QString, endpoint);
  QFETCH(QHostAddress, target);
  EngineFixture f;
  const SessionId listener = f.listen(endpoint.toStdString(), {.responder = Responder::echo});
  QUdpSocket socket;
  socket.writeDatagram("hello", target, f.portOf(listener));
  QTRY_VERIFY(socket.hasPendingDatagrams());
  QCOMPARE(socket.receiveDatagram().data(), QByteArray("hello"));
}

void TestEngineDatagrams::clientAndQtServer() {
  QUdpSocket server;
  QVERIFY(server.bind(QHostAddress::LocalHost, 0));
  EngineFixture f;
  const SessionId client = f.connect(udp(server.localPort()));
  QVERIFY(f.waitForState(client, SessionState::connected));
  QVERIFY(f.engine().send(client, toBytes("ping")).has_value());
  QTRY_VERIFY(server.hasPendingDatagrams());
  const QNetworkDatagram got = server.receiveDatagram();
  QCOMPARE(got.data(), QByteArray("ping"));
  server.writeDatagram(got.makeReply("pong"));
  QTRY_COMPARE(f.bytes(client, RecordKind::in), "pong");
  f.engine().close(client);
  QTRY_COMPARE(f.story(client), "connecting connected out in closed(us)");
}

void TestEngineDatagrams::datagramsStayWhole() {
  EngineFixture f;
  const SessionId listener = f.listen("udp://127.0.0.1:0");
  const SessionId client = f.connect(udp(f.portOf(listener)));
  QVERIFY(f.waitForState(client, SessionState::connected));
  std::vector<std::string> sent;
  for (std::size_t size : {1U, 1472U, 9000U, 65507U}) {
    sent.emplace_back(size, static_cast<char>('a' + sent.size()));
    QVERIFY(f.engine().send(client, toBytes(sent.back())).has_value());
  }
  const SessionId peer = f.childOf(listener);
  QTRY_COMPARE(f.now(peer).recordsIn, sent.size());
  QTRY_VERIFY(datagrams(f, peer, RecordKind::in) == sent);
}

void TestEngineDatagrams::emptyDatagramsAreDatagrams() {
  EngineFixture f;
  const SessionId listener = f.listen("udp://127.0.0.1:0", {.responder = Responder::echo});
  const SessionId client = f.connect(udp(f.portOf(listener)));
  QVERIFY(f.waitForState(client, SessionState::connected));
  QVERIFY(f.engine().send(client, {}).has_value());
  QTRY_COMPARE(f.story(client), "connecting connected out in");
}

void TestEngineDatagrams::refusedPortIsAnErrorAndTheSessionGoesOn() {
  QUdpSocket server;
  QVERIFY(server.bind(QHostAddress::LocalHost, 0));
  const std::uint16_t port = server.localPort();
  server.close();
  EngineFixture f;
  const SessionId client = f.connect(udp(port));
  QVERIFY(f.waitForState(client, SessionState::connected));
  QVERIFY(f.engine().send(client, toBytes("anybody?")).has_value());
  QTRY_COMPARE(f.lastErrorSymbol(client), "ECONNREFUSED");
  QCOMPARE(f.now(client).state, SessionState::connected);
  QVERIFY(server.bind(QHostAddress::LocalHost, port));
  QVERIFY(f.engine().send(client, toBytes("again")).has_value());
  QTRY_VERIFY(server.hasPendingDatagrams());
}

void TestEngineDatagrams::tooLargeADatagramIsRefused() {
  EngineFixture f;
  const SessionId listener = f.listen("udp://127.0.0.1:0");
  const SessionId client = f.connect(udp(f.portOf(listener)));
  QVERIFY(f.waitForState(client, SessionState::connected));
  QVERIFY(f.engine().send(client, Bytes(65508)).has_value());
  QTRY_COMPARE(f.lastErrorSymbol(client), "EMSGSIZE");
  QVERIFY(f.engine().send(client, toBytes("small")).has_value());
  QTRY_COMPARE(f.bytes(f.childOf(listener), RecordKind::in), "small");
}

// One worker that is kept busy cannot read; the receive buffer overflows, and the kernel's count is what is
// told.
void TestEngineDatagrams::kernelDropsAreCounted() {
  EngineFixture f(1);
  const SessionId listener = f.listen("udp://127.0.0.1:0", {.datagramReceiveBuffer = 2048});
  const std::uint16_t port = f.portOf(listener);
  QUdpSocket socket;
  constexpr int kSent = 20000;
  for (int i = 0; i < kSent; ++i) socket.writeDatagram(QByteArray(512, 'x'), QHostAddress::LocalHost, port);
  const SessionId peer = f.childOf(listener);
  QTRY_COMPARE(f.now(peer).recordsIn + f.now(listener).dropped, kSent);
}

void TestEngineDatagrams::morePeersThanAllowedAreCounted() {
  EngineFixture f;
  const SessionId listener = f.listen("udp://127.0.0.1:0", {}, 1);
  const std::uint16_t port = f.portOf(listener);
  QUdpSocket a;
  QUdpSocket b;
  a.writeDatagram("first", QHostAddress::LocalHost, port);
  QTRY_COMPARE(f.now(listener).acceptedChildren, 1U);
  b.writeDatagram("second", QHostAddress::LocalHost, port);
  QTRY_COMPARE(f.now(listener).dropped, 1U);
  QTRY_COMPARE(f.story(listener), "listening dropped");
}

void TestEngineDatagrams::endWordClosesAPeer() {
  EngineFixture f;
  const SessionId listener = f.listen("udp://127.0.0.1:0", {.endWord = "exit"});
  const SessionId client = f.connect(udp(f.portOf(listener)), {.endWord = "exit"});
  QVERIFY(f.waitForState(client, SessionState::connected));
  QVERIFY(f.engine().send(client, toBytes("exit\n")).has_value());
  QVERIFY(f.waitForState(client, SessionState::closed));
  QVERIFY(f.waitForState(f.childOf(listener), SessionState::closed));
  QCOMPARE(f.now(listener).state, SessionState::listening);
}

void TestEngineDatagrams::closedPeerComesBackAsANewSession() {
  EngineFixture f;
  const SessionId listener = f.listen("udp://127.0.0.1:0");
  QUdpSocket socket;
  socket.writeDatagram("a", QHostAddress::LocalHost, f.portOf(listener));
  const SessionId first = f.childOf(listener);
  f.engine().close(first);
  QVERIFY(f.waitForState(first, SessionState::closed));
  socket.writeDatagram("b", QHostAddress::LocalHost, f.portOf(listener));
  QTRY_COMPARE(f.now(listener).acceptedChildren, 2U);
  QTRY_COMPARE(f.now(listener).openChildren, 1U);
  f.engine().close(listener);
  QTRY_COMPARE(f.now(listener).openChildren, 0U);  // peers share its socket
}

void TestEngineDatagrams::halfCloseIsNotForDatagrams() {
  EngineFixture f;
  const SessionId listener = f.listen("udp://127.0.0.1:0");
  const SessionId client = f.connect(udp(f.portOf(listener)));
  QVERIFY(f.waitForState(client, SessionState::connected));
  f.engine().halfClose(client);
  QTRY_COMPARE(f.lastErrorSymbol(client), "EOPNOTSUPP");
  QCOMPARE(f.now(client).state, SessionState::connected);
}

void TestEngineDatagrams::unixDatagramsAreAnswered_data() {
  QTest::addColumn<QString>("path");
  QTemporaryDir dir;
  dir.setAutoRemove(false);
  QTest::newRow("a path") << dir.filePath(QStringLiteral("dgram"));
  QTest::newRow("an abstract name")
      << QStringLiteral("@sockbench-test-%1").arg(QCoreApplication::applicationPid());
}

void TestEngineDatagrams::unixDatagramsAreAnswered() {
  QFETCH(QString, path);
  EngineFixture f;
  const std::string endpoint = "unix-dgram:" + path.toStdString();
  const SessionId listener = f.listen(endpoint, {.responder = Responder::echo});
  QVERIFY(f.waitForState(listener, SessionState::listening));
  const SessionId client = f.connect(endpoint);
  QVERIFY(f.waitForState(client, SessionState::connected));
  QVERIFY(f.engine().send(client, toBytes("over here")).has_value());
  QTRY_COMPARE(f.bytes(client, RecordKind::in), "over here");
  QVERIFY(f.engine().send(client, Bytes(100000)).has_value());
  QTRY_COMPARE(f.now(client).bytesIn, 100009U);
}

// A peer that is not connected has a queue of a few datagrams (net.unix.max_dgram_qlen).
void TestEngineDatagrams::aCrowdedUnixPeerIsWaitedFor() {
  QTemporaryDir dir;
  const std::string server = dir.filePath(QStringLiteral("server")).toStdString();
  const std::string own = dir.filePath(QStringLiteral("own")).toStdString();
  EngineFixture f;
  const SessionId listener = f.listen("unix-dgram:" + server);
  QVERIFY(f.waitForState(listener, SessionState::listening));
  auto peer = Socket::open(AF_UNIX, SOCK_DGRAM);
  QVERIFY(peer && peer->bind(SocketAddress::fromUnixPath(own).value()));
  QVERIFY(peer->sendTo(asBytes("hi"), SocketAddress::fromUnixPath(server).value()));
  const SessionId child = f.childOf(listener);
  constexpr std::size_t kMany = 2000;
  for (std::size_t i = 0; i < kMany; ++i)
    QVERIFY(f.engine().send(child, toBytes(std::to_string(i))).has_value());
  QVERIFY(peer->setTimeout(std::chrono::seconds(20)));
  Bytes into(100);
  for (std::size_t i = 0; i < kMany; ++i) {
    const auto got = peer->recv(into);
    QVERIFY(got.has_value());
    QCOMPARE(std::string(asChars(ByteView(into).first(*got))), std::to_string(i));
  }
}

// They share its socket.
void TestEngineDatagrams::aPeersSampleLeavesTheDropsToTheListener() {
  EngineFixture f(1);
  const SessionId listener = f.listen("udp://127.0.0.1:0", {.datagramReceiveBuffer = 2048});
  const std::uint16_t port = f.portOf(listener);
  QUdpSocket socket;
  QVERIFY(waitFor([&] {
    for (int i = 0; i < 1000; ++i) socket.writeDatagram(QByteArray(512, 'x'), QHostAddress::LocalHost, port);
    return f.now(listener).dropped > 0;
  }));
  const SessionId peer = f.childOf(listener);
  f.engine().events().drain();
  f.engine().sample({peer});
  QVERIFY(waitFor([&] {
    const std::vector<SessionEvent> news = f.engine().events().drain();
    return std::ranges::any_of(news, [&](const SessionEvent& event) {
      return event.what == SessionEvent::What::sampled && event.session.id == peer;
    });
  }));
  QCOMPARE(f.now(peer).dropped, 0U);
}

void TestEngineDatagrams::closingAllSendsWhatIsQueued() {
  QUdpSocket server;
  QVERIFY(server.bind(QHostAddress::LocalHost, 0));
  EngineFixture f(1);
  const SessionId client = f.connect(udp(server.localPort()));
  QVERIFY(f.waitForState(client, SessionState::connected));
  constexpr std::uint64_t kMany = 5000;
  std::uint64_t taken = 0;
  for (std::uint64_t i = 0; i < kMany; ++i) taken += f.engine().send(client, toBytes("x")) ? 1U : 0U;
  f.engine().closeAll();
  QVERIFY(f.waitForState(client, SessionState::closed));
  QCOMPARE(taken, kMany);
  QCOMPARE(f.now(client).recordsOut, kMany);
}

QTEST_GUILESS_MAIN(TestEngineDatagrams)
#include "tst_engine_datagrams.moc"
