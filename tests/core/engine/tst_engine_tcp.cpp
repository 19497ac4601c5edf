// TCP sessions of the engine, against Qt Network's sockets.
#include <netinet/in.h>
#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <set>

#include "tests/core/engine/engine_fixture.h"

using namespace sockbench;
using sockbench::test::EngineFixture;
using sockbench::test::waitFor;

namespace {

std::string loopback(std::uint16_t port) {
  return "tcp://127.0.0.1:" + std::to_string(port);
}

std::uint16_t qtPort(const QTcpServer& server) {
  return server.serverPort();
}

}  // namespace

class TestEngineTcp : public QObject {
  Q_OBJECT

 private slots:
  void echoesWhatAQtClientSends();
  void listensOn_data();
  void listensOn();
  void clientTalksToAQtServer();
  void triesEachAddressInTurn();
  void peersFinAndResetAreToldApart_data();
  void peersFinAndResetAreToldApart();
  void closesFirst();
  void ourResetIsSeenByThePeer();
  void halfCloseKeepsTheOtherWayOpen();
  void staysHalfOpenWhenAsked();
  void refusedConnectFailsWithItsErrno();
  void connectTimesOut();
  void connectCanBeAbandoned();
  void addressInUse();
  void bindsLocally();
  void sendQueueIsBounded();
  void echoToAPeerThatNeverReadsPausesReading();
  void acceptsAcrossWorkers();
  void maxSessionsLeavesTheRestInTheBacklog();
  void endWordClosesBothSides_data();
  void endWordClosesBothSides();
  void endWordBeforeTheFinTellsWhoClosedFirst();
  void bulkArrivesWhole();
  void sendToAnUnknownSessionIsRefused();
  void forgetsAClosedListenerWithItsSessions();
  void destructionWithOpenSessions();
};

void TestEngineTcp::echoesWhatAQtClientSends() {
  EngineFixture f;
  const SessionId listener = f.listen("tcp://127.0.0.1:0", {.responder = Responder::echo});
  QTcpSocket socket;
  socket.connectToHost(QHostAddress::LocalHost, f.portOf(listener));
  QVERIFY(socket.waitForConnected());
  socket.write("hello");
  QTRY_COMPARE(socket.bytesAvailable(), 5);
  QCOMPARE(socket.readAll(), QByteArray("hello"));
  socket.disconnectFromHost();
  const SessionId child = f.childOf(listener);
  QVERIFY(f.waitForState(child, SessionState::closed));
  QTRY_COMPARE(f.story(child), "accepted in out half-closed(peer) closed(peer)");
  QCOMPARE(f.bytes(child, RecordKind::in), "hello");
  QCOMPARE(f.bytes(child, RecordKind::out), "hello");
  QTRY_COMPARE(f.story(listener), "listening");
}

void TestEngineTcp::listensOn_data() {
  QTest::addColumn<QString>("endpoint");
  QTest::addColumn<QString>("target");
  QTest::newRow("IPv4 loopback") << "tcp://127.0.0.1:0"
                                 << "127.0.0.1";
  QTest::newRow("IPv6 loopback") << "tcp://[::1]:0"
                                 << "::1";
  QTest::newRow("empty host is loopback") << "tcp://:0"
                                          << "127.0.0.1";
  QTest::newRow("every address takes IPv4") << "tcp://*:0"
                                            << "127.0.0.1";
  QTest::newRow("every address takes IPv6") << "tcp://*:0"
                                            << "::1";
  QTest::newRow("a name") << "tcp://localhost:0"
                          << "localhost";
}

void TestEngineTcp::listensOn() {
  QFETCH(QString, endpoint);
  QFETCH(QString, target);
  EngineFixture f;
  const SessionId listener = f.listen(endpoint.toStdString());
  const std::uint16_t port = f.portOf(listener);
  QVERIFY(port > 0);
  QTcpSocket socket;
  socket.connectToHost(target, port);
  QVERIFY(socket.waitForConnected());
  QVERIFY(f.childOf(listener));
}

void TestEngineTcp::clientTalksToAQtServer() {
  QTcpServer server;
  QVERIFY(server.listen(QHostAddress::LocalHost));
  EngineFixture f;
  const SessionId client = f.connect(loopback(qtPort(server)));
  QTRY_VERIFY(server.hasPendingConnections());
  QTcpSocket* peer = server.nextPendingConnection();
  QVERIFY(f.waitForState(client, SessionState::connected));
  QVERIFY(f.engine().send(client, toBytes("ping")).has_value());
  QTRY_COMPARE(peer->bytesAvailable(), 4);
  QCOMPARE(peer->readAll(), QByteArray("ping"));
  peer->write("pong");
  QTRY_COMPARE(f.bytes(client, RecordKind::in), "pong");
  const SessionSnapshot now = f.now(client);
  QCOMPARE(now.bytesIn, 4U);
  QCOMPARE(now.bytesOut, 4U);
  QCOMPARE(now.peer.port(), qtPort(server));
  QCOMPARE(now.local.port(), peer->peerPort());
  QVERIFY(now.descriptor >= 0);
}

// localhost is ::1 and 127.0.0.1 here; only the second has a listener.
void TestEngineTcp::triesEachAddressInTurn() {
  QTcpServer server;
  QVERIFY(server.listen(QHostAddress::LocalHost));
  EngineFixture f;
  const SessionId client = f.connect("tcp://localhost:" + std::to_string(qtPort(server)));
  QVERIFY(f.waitForState(client, SessionState::connected));
  const std::string story = f.story(client);
  const bool direct = story == "resolving resolved connecting connected";
  const bool second = story == "resolving resolved connecting error connecting connected";
  QVERIFY2(direct || second, story.c_str());
  if (second) QTRY_COMPARE(f.lastErrorSymbol(client), "ECONNREFUSED");
}

void TestEngineTcp::peersFinAndResetAreToldApart_data() {
  QTest::addColumn<bool>("reset");
  QTest::addColumn<QString>("story");
  QTest::newRow("FIN") << false << "connecting connected half-closed(peer) closed(peer)";
  QTest::newRow("RST") << true << "connecting connected reset(peer)";
}

void TestEngineTcp::peersFinAndResetAreToldApart() {
  QFETCH(bool, reset);
  QFETCH(QString, story);
  QTcpServer server;
  QVERIFY(server.listen(QHostAddress::LocalHost));
  EngineFixture f;
  const SessionId client = f.connect(loopback(qtPort(server)));
  QTRY_VERIFY(server.hasPendingConnections());
  QTcpSocket* peer = server.nextPendingConnection();
  QVERIFY(f.waitForState(client, SessionState::connected));
  if (reset) {
    const linger now{.l_onoff = 1, .l_linger = 0};
    setsockopt(static_cast<int>(peer->socketDescriptor()), SOL_SOCKET, SO_LINGER, &now, sizeof now);
  }
  peer->abort();
  QTRY_COMPARE(QString::fromStdString(f.story(client)), story);
  QCOMPARE(f.now(client).by, Party::peer);
  QVERIFY(!f.now(client).isOpen());
  QCOMPARE(f.now(client).descriptor, -1);
}

void TestEngineTcp::closesFirst() {
  QTcpServer server;
  QVERIFY(server.listen(QHostAddress::LocalHost));
  EngineFixture f;
  const SessionId client = f.connect(loopback(qtPort(server)));
  QTRY_VERIFY(server.hasPendingConnections());
  QTcpSocket* peer = server.nextPendingConnection();
  QVERIFY(f.waitForState(client, SessionState::connected));
  QVERIFY(f.engine().send(client, toBytes("bye")).has_value());
  f.engine().close(client);
  QTRY_COMPARE(peer->state(), QAbstractSocket::UnconnectedState);
  QCOMPARE(peer->error(), QAbstractSocket::RemoteHostClosedError);
  QCOMPARE(peer->readAll(), QByteArray("bye"));
  QTRY_COMPARE(f.story(client), "connecting connected out half-closed(us) closed(us)");
}

void TestEngineTcp::ourResetIsSeenByThePeer() {
  EngineFixture f;
  const SessionId listener = f.listen("tcp://127.0.0.1:0");
  const SessionId client = f.connect(loopback(f.portOf(listener)));
  const SessionId child = f.childOf(listener);
  QVERIFY(f.waitForState(client, SessionState::connected));
  f.engine().reset(client);
  QVERIFY(f.waitForState(child, SessionState::reset));
  QTRY_COMPARE(f.story(client), "connecting connected reset(us)");
  QTRY_COMPARE(f.story(child), "accepted reset(peer)");
}

void TestEngineTcp::halfCloseKeepsTheOtherWayOpen() {
  EngineFixture f;
  const SessionId listener = f.listen("tcp://127.0.0.1:0", {.stayHalfOpen = true});
  const SessionId client = f.connect(loopback(f.portOf(listener)));
  const SessionId child = f.childOf(listener);
  QVERIFY(f.waitForState(client, SessionState::connected));
  QVERIFY(f.engine().send(client, toBytes("question")).has_value());
  f.engine().halfClose(client);
  QVERIFY(f.waitForState(child, SessionState::halfClosed));
  QCOMPARE(f.now(child).by, Party::peer);
  QCOMPARE(f.now(client).by, Party::us);
  QVERIFY(!f.engine().send(client, toBytes("too late")).has_value());
  QVERIFY(f.engine().send(child, toBytes("answer")).has_value());
  QTRY_COMPARE(f.bytes(client, RecordKind::in), "answer");
  f.engine().close(child);
  QVERIFY(f.waitForState(client, SessionState::closed));
  QVERIFY(f.waitForState(child, SessionState::closed));
  QCOMPARE(f.now(child).by, Party::peer);
  QCOMPARE(f.now(client).by, Party::us);
}

void TestEngineTcp::staysHalfOpenWhenAsked() {
  EngineFixture f;
  const SessionId listener = f.listen("tcp://127.0.0.1:0", {.stayHalfOpen = true});
  QTcpSocket socket;
  socket.connectToHost(QHostAddress::LocalHost, f.portOf(listener));
  QVERIFY(socket.waitForConnected());
  const SessionId child = f.childOf(listener);
  shutdown(static_cast<int>(socket.socketDescriptor()), SHUT_WR);
  QVERIFY(f.waitForState(child, SessionState::halfClosed));
  QVERIFY(f.engine().send(child, toBytes("still here")).has_value());
  QTRY_COMPARE(socket.bytesAvailable(), 10);
  QCOMPARE(f.now(child).state, SessionState::halfClosed);
}

void TestEngineTcp::refusedConnectFailsWithItsErrno() {
  EngineFixture f;
  QTcpServer server;
  QVERIFY(server.listen(QHostAddress::LocalHost));
  const std::uint16_t port = qtPort(server);
  server.close();
  const SessionId client = f.connect(loopback(port));
  QVERIFY(f.waitForState(client, SessionState::failed));
  QTRY_COMPARE(f.story(client), "connecting error");
  QTRY_COMPARE(f.lastErrorSymbol(client), "ECONNREFUSED");
  const std::optional<Error> error = f.now(client).error;
  QVERIFY(error.has_value());
  QCOMPARE(error->subject, loopback(port));
  QVERIFY(!error->hint().empty());
  QCOMPARE(f.engine().openSessions(), 0U);
}

// A listener whose backlog is full: the kernel drops further SYNs, and connect(2) waits.
void TestEngineTcp::connectTimesOut() {
  auto listener = Socket::open(AF_INET, SOCK_STREAM);
  QVERIFY(listener && listener->bind(SocketAddress::fromIpv4(INADDR_LOOPBACK, 0)) && listener->listen(0));
  const auto address = listener->localAddress().value();
  std::vector<Socket> fillers;
  for (int i = 0; i < 3; ++i) {
    auto filler = Socket::open(AF_INET, SOCK_STREAM);
    QVERIFY(filler && filler->setBlocking(false));
    (void)filler->connect(address);
    fillers.push_back(std::move(*filler));
  }
  EngineFixture f;
  ConnectSpec spec;
  spec.endpoint = Endpoint::parse(loopback(address.port())).value();
  spec.timeout = std::chrono::milliseconds(200);
  const SessionId client = f.engine().connect(spec);
  QVERIFY(f.waitForState(client, SessionState::failed));
  QTRY_COMPARE(f.lastErrorSymbol(client), "ETIMEDOUT");
}

void TestEngineTcp::connectCanBeAbandoned() {
  auto listener = Socket::open(AF_INET, SOCK_STREAM);
  QVERIFY(listener && listener->bind(SocketAddress::fromIpv4(INADDR_LOOPBACK, 0)) && listener->listen(0));
  const auto address = listener->localAddress().value();
  EngineFixture f;
  std::vector<SessionId> clients;
  for (int i = 0; i < 5; ++i) clients.push_back(f.connect(loopback(address.port())));
  for (const SessionId id : clients)
    QVERIFY(waitFor([&] { return f.now(id).state >= SessionState::connecting; }));
  for (const SessionId id : clients) f.engine().close(id);
  for (const SessionId id : clients) QVERIFY(f.waitForState(id, SessionState::closed));
  QCOMPARE(f.engine().openSessions(), 0U);
}

void TestEngineTcp::addressInUse() {
  QTcpServer server;
  QVERIFY(server.listen(QHostAddress::LocalHost));
  EngineFixture f;
  const SessionId listener = f.listen(loopback(qtPort(server)));
  QVERIFY(f.waitForState(listener, SessionState::failed));
  QTRY_COMPARE(f.story(listener), "error");
  QTRY_COMPARE(f.lastErrorSymbol(listener), "EADDRINUSE");
}

void TestEngineTcp::bindsLocally() {
  EngineFixture f;
  const SessionId listener = f.listen("tcp://127.0.0.1:0");
  ConnectSpec spec;
  spec.endpoint = Endpoint::parse(loopback(f.portOf(listener))).value();
  spec.bind = Endpoint::parse("tcp://127.0.0.2:0").value();
  const SessionId client = f.engine().connect(spec);
  QVERIFY(f.waitForState(client, SessionState::connected));
  QCOMPARE(f.now(client).local.ip(), "127.0.0.2");
  QCOMPARE(f.now(f.childOf(listener)).peer.ip(), "127.0.0.2");
}

void TestEngineTcp::sendQueueIsBounded() {
  QTcpServer server;  // never reads: QTcpServer's sockets are not even taken
  QVERIFY(server.listen(QHostAddress::LocalHost));
  server.pauseAccepting();
  EngineFixture f;
  const SessionId client = f.connect(loopback(qtPort(server)), {.sendQueueBytes = 1 << 20});
  QVERIFY(f.waitForState(client, SessionState::connected));
  // Until the kernel's buffers are full as well, and nothing moves any more.
  Result<void> last;
  for (int refused = 0; refused < 50; QTest::qWait(1)) {
    last = f.engine().send(client, Bytes(256 << 10));
    refused = last ? 0 : refused + 1;
  }
  QVERIFY(last.error().isInput(InputFault::queueFull));
  QTRY_COMPARE(f.lastErrorSymbol(client), last.error().symbol());
  QVERIFY(f.now(client).queuedBytes <= 1 << 20);
  // Waiting for room ends when the session closes.
  f.engine().reset(client);
  const auto waited = f.engine().sendWhenRoom(client, Bytes(1 << 20));
  QVERIFY(!waited.has_value());
}

void TestEngineTcp::echoToAPeerThatNeverReadsPausesReading() {
  EngineFixture f;
  const SessionId listener =
      f.listen("tcp://127.0.0.1:0", {.responder = Responder::echo, .sendQueueBytes = 256 << 10});
  auto peer = Socket::open(AF_INET, SOCK_STREAM);
  QVERIFY(peer && peer->connect(SocketAddress::fromIpv4(INADDR_LOOPBACK, f.portOf(listener))));
  QVERIFY(peer->setTimeout(std::chrono::milliseconds(500)));
  const Bytes piece(64 << 10, std::byte{7});
  std::size_t sent = 0;
  for (Result<std::size_t> n = 0; n; n = peer->send(piece)) sent += *n;
  const SessionId child = f.childOf(listener);
  QVERIFY(f.now(child).queuedBytes <= (256 << 10) + (256 << 10));
  QVERIFY(f.now(child).bytesIn < sent);  // the rest waits in the kernel: the peer was held back
  std::size_t back = 0;
  Bytes into(256 << 10);
  while (back < sent) {
    const auto n = peer->recv(into);
    QVERIFY(n.has_value() && *n > 0);
    back += *n;
  }
  QCOMPARE(back, sent);
  QTRY_COMPARE(f.now(child).bytesOut, sent);
}

void TestEngineTcp::acceptsAcrossWorkers() {
  EngineFixture f(4);
  const SessionId listener = f.listen("tcp://127.0.0.1:0", {.responder = Responder::echo});
  const std::uint16_t port = f.portOf(listener);
  std::vector<SessionId> clients;
  for (int i = 0; i < 64; ++i) clients.push_back(f.connect(loopback(port)));
  for (const SessionId id : clients) QVERIFY(f.waitForState(id, SessionState::connected));
  for (const SessionId id : clients)
    QVERIFY(f.engine().send(id, toBytes("n" + std::to_string(id.value))).has_value());
  for (const SessionId id : clients)
    QTRY_COMPARE(f.bytes(id, RecordKind::in), "n" + std::to_string(id.value));
  QCOMPARE(f.now(listener).acceptedChildren, 64U);
  QCOMPARE(f.now(listener).openChildren, 64U);
  for (const SessionId id : clients) f.engine().close(id);
  QTRY_COMPARE(f.now(listener).openChildren, 0U);
  QTRY_COMPARE(f.engine().openSessions(), 0U);
}

void TestEngineTcp::maxSessionsLeavesTheRestInTheBacklog() {
  EngineFixture f;
  const SessionId listener = f.listen("tcp://127.0.0.1:0", {}, 1);
  const std::uint16_t port = f.portOf(listener);
  QTcpSocket first;
  first.connectToHost(QHostAddress::LocalHost, port);
  QVERIFY(first.waitForConnected());
  QTRY_COMPARE(f.now(listener).acceptedChildren, 1U);
  QTcpSocket second;
  second.connectToHost(QHostAddress::LocalHost, port);
  QVERIFY(second.waitForConnected());
  QTRY_COMPARE(f.story(listener), "listening paused");
  QCOMPARE(f.now(listener).acceptedChildren, 1U);
  first.disconnectFromHost();
  QTRY_COMPARE(f.now(listener).acceptedChildren, 2U);
  QTRY_VERIFY(f.story(listener).starts_with("listening paused resumed"));
}

void TestEngineTcp::endWordClosesBothSides_data() {
  QTest::addColumn<QString>("last");
  QTest::newRow("a message without line ending") << "exit";
  QTest::newRow("a line") << "exit\n";
  QTest::newRow("a line with CR LF") << "exit\r\n";
}

void TestEngineTcp::endWordClosesBothSides() {
  QFETCH(QString, last);
  EngineFixture f;
  const SessionRules rules{.endWord = "exit"};
  const SessionId listener = f.listen("tcp://127.0.0.1:0", rules);
  const SessionId client = f.connect(loopback(f.portOf(listener)), rules);
  const SessionId child = f.childOf(listener);
  QVERIFY(f.waitForState(client, SessionState::connected));
  QVERIFY(f.engine().send(client, toBytes("exit is not this line")).has_value());
  QTRY_COMPARE(f.bytes(child, RecordKind::in), "exit is not this line");
  QVERIFY(f.engine().send(client, toBytes(last.toStdString())).has_value());
  QVERIFY(f.waitForState(client, SessionState::closed));
  QVERIFY(f.waitForState(child, SessionState::closed));
  QTRY_COMPARE(f.story(client), "connecting connected out out half-closed(us) closed(us)");
}

// The peer's FIN stands in the receive queue right behind the word: it closed first, whatever we do then.
void TestEngineTcp::endWordBeforeTheFinTellsWhoClosedFirst() {
  EngineFixture f;
  const SessionId listener = f.listen("tcp://127.0.0.1:0", {.endWord = "exit"}, 1);
  const std::uint16_t port = f.portOf(listener);
  const SessionId first = f.connect(loopback(port));
  QVERIFY(f.waitForState(first, SessionState::connected) && f.childOf(listener));
  auto peer = Socket::open(AF_INET, SOCK_STREAM);  // waits in the backlog until the first session has gone
  QVERIFY(peer && peer->connect(SocketAddress::fromIpv4(INADDR_LOOPBACK, port)));
  QVERIFY(peer->sendAll(asBytes("exit\n")) && peer->shutdown(ShutdownHow::write));
  f.engine().close(first);
  QTRY_COMPARE(f.now(listener).acceptedChildren, 2U);
  SessionId second;
  for (const SessionSnapshot& s : f.engine().snapshots())
    if (s.parent == listener) second = s.id;
  QTRY_COMPARE(f.story(second), "accepted in half-closed(peer) closed(peer)");
}

void TestEngineTcp::bulkArrivesWhole() {
  EngineFixture f;
  const SessionId listener = f.listen("tcp://127.0.0.1:0", {.responder = Responder::echo});
  const SessionId client = f.connect(loopback(f.portOf(listener)));
  QVERIFY(f.waitForState(client, SessionState::connected));
  constexpr std::size_t kPiece = 256 << 10;
  constexpr std::size_t kTotal = 48 << 20;
  std::size_t next = 0;
  for (std::size_t done = 0; done < kTotal; done += kPiece) {
    Bytes piece(kPiece);
    for (std::byte& b : piece) b = static_cast<std::byte>(next++ % 251);
    QVERIFY(f.engine().sendWhenRoom(client, std::move(piece)).has_value());
  }
  QTRY_COMPARE_WITH_TIMEOUT(f.now(client).bytesIn, kTotal, 60000);
  const std::string back = f.bytes(client, RecordKind::in);
  QCOMPARE(back.size(), kTotal);
  for (std::size_t i = 0; i < kTotal; ++i)
    if (static_cast<unsigned char>(back[i]) != i % 251) QFAIL("a byte is wrong");
}

void TestEngineTcp::sendToAnUnknownSessionIsRefused() {
  EngineFixture f;
  const auto sent = f.engine().send({999}, toBytes("x"));
  QVERIFY(!sent.has_value());
  QVERIFY(sent.error().isInput(InputFault::notOpen));
}

void TestEngineTcp::forgetsAClosedListenerWithItsSessions() {
  EngineFixture f;
  const SessionId listener = f.listen("tcp://127.0.0.1:0");
  const SessionId client = f.connect(loopback(f.portOf(listener)));
  const SessionId child = f.childOf(listener);
  f.engine().forget(listener);
  QVERIFY(f.engine().snapshot(listener).has_value());  // still open
  f.engine().close(client);
  QVERIFY(f.waitForState(child, SessionState::closed));
  f.engine().close(listener);
  QVERIFY(f.waitForState(listener, SessionState::closed));
  f.engine().forget(listener);
  QVERIFY(!f.engine().snapshot(listener).has_value());
  QVERIFY(!f.engine().snapshot(child).has_value());
  QVERIFY(f.engine().snapshot(client).has_value());
}

void TestEngineTcp::destructionWithOpenSessions() {
  QTcpSocket socket;
  {
    EngineFixture f;
    const SessionId listener = f.listen("tcp://127.0.0.1:0");
    socket.connectToHost(QHostAddress::LocalHost, f.portOf(listener));
    QVERIFY(socket.waitForConnected());
    QVERIFY(f.childOf(listener));
    f.connect("tcp://localhost:1");
  }
  QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
}

QTEST_GUILESS_MAIN(TestEngineTcp)
#include "tst_engine_tcp.moc"
