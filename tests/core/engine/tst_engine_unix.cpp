// UNIX stream and seqpacket sessions, and what stands at their paths.
#include <QFile>
#include <QFileInfo>
#include <QLocalServer>
#include <QLocalSocket>
#include <QTemporaryDir>
#include <QTest>

#include "core/net/socket.h"
#include "tests/core/engine/engine_fixture.h"

using namespace sockbench;
using sockbench::test::EngineFixture;

class TestEngineUnix : public QObject {
  Q_OBJECT

 private slots:
  void init();
  void echoesToAQtClient();
  void clientTalksToAQtServer();
  void seqpacketKeepsRecords();
  void exchanges_data();
  void exchanges();
  void pathIsRemovedAtClose();
  void deadSocketIsReplaced();
  void foreignFileStays_data();
  void foreignFileStays();
  void liveSocketStays();
  void missingPathFails();
  void fullBacklogIsWaitedFor();
  void peersCloseWithUnreadBytes();
  void anEmptyRecordIsNotTheEnd();
  void anEmptyRecordRightBeforeTheEnd();
  void tooLargeARecordNamesItsSession();

 private:
  std::string path() const { return dir_->filePath(QStringLiteral("s")).toStdString(); }
  std::unique_ptr<QTemporaryDir> dir_;
};

void TestEngineUnix::init() {
  dir_ = std::make_unique<QTemporaryDir>();
}

void TestEngineUnix::echoesToAQtClient() {
  EngineFixture f;
  const SessionId listener = f.listen("unix:" + path(), {.responder = Responder::echo});
  QVERIFY(f.waitForState(listener, SessionState::listening));
  QLocalSocket socket;
  socket.connectToServer(QString::fromStdString(path()));
  QVERIFY(socket.waitForConnected());
  socket.write("hello");
  QTRY_COMPARE(socket.bytesAvailable(), 5);
  QCOMPARE(socket.readAll(), QByteArray("hello"));
  socket.disconnectFromServer();
  const SessionId child = f.childOf(listener);
  QTRY_COMPARE(f.story(child), "accepted in out half-closed(peer) closed(peer)");
}

void TestEngineUnix::clientTalksToAQtServer() {
  QLocalServer server;
  QVERIFY(server.listen(QString::fromStdString(path())));
  EngineFixture f;
  const SessionId client = f.connect("unix:" + path());
  QTRY_VERIFY(server.hasPendingConnections());
  QLocalSocket* peer = server.nextPendingConnection();
  QVERIFY(f.waitForState(client, SessionState::connected));
  QVERIFY(f.engine().send(client, toBytes("ping")).has_value());
  QTRY_COMPARE(peer->bytesAvailable(), 4);
  peer->write("pong");
  QTRY_COMPARE(f.bytes(client, RecordKind::in), "pong");
}

void TestEngineUnix::seqpacketKeepsRecords() {
  EngineFixture f;
  const SessionId listener = f.listen("unix-seqpacket:" + path(), {.responder = Responder::echo});
  QVERIFY(f.waitForState(listener, SessionState::listening));
  auto peer = Socket::open(AF_UNIX, SOCK_SEQPACKET);
  QVERIFY(peer && peer->connect(SocketAddress::fromUnixPath(path()).value()));
  QVERIFY(peer->send(asBytes("one")) && peer->send(asBytes("three")));
  Bytes into(100);
  QCOMPARE(peer->recv(into).value_or(0), 3U);
  QCOMPARE(peer->recv(into).value_or(0), 5U);
  const SessionId child = f.childOf(listener);
  QVERIFY(peer->close());
  QTRY_VERIFY(f.story(child).ends_with("half-closed(peer) closed(peer)"));
  QCOMPARE(f.now(child).recordsIn, 2U);
  QCOMPARE(f.now(child).recordsOut, 2U);
}

void TestEngineUnix::exchanges_data() {
  QTest::addColumn<QString>("endpoint");
  const QString name = QStringLiteral("@sockbench-unix-%1").arg(QCoreApplication::applicationPid());
  QTest::newRow("stream, abstract") << QStringLiteral("unix:") + name;
  QTest::newRow("seqpacket, abstract") << QStringLiteral("unix-seqpacket:") + name;
}

void TestEngineUnix::exchanges() {
  QFETCH(QString, endpoint);
  EngineFixture f;
  const SessionRules rules{.endWord = "exit"};
  const SessionId listener = f.listen(endpoint.toStdString(), rules);
  QVERIFY(f.waitForState(listener, SessionState::listening));
  const SessionId client = f.connect(endpoint.toStdString(), rules);
  QVERIFY(f.waitForState(client, SessionState::connected));
  const SessionId child = f.childOf(listener);
  QVERIFY(f.engine().send(child, toBytes("welcome")).has_value());
  QTRY_COMPARE(f.bytes(client, RecordKind::in), "welcome");
  QVERIFY(f.engine().send(client, toBytes("exit")).has_value());
  QVERIFY(f.waitForState(client, SessionState::closed));
  QVERIFY(f.waitForState(child, SessionState::closed));
}

void TestEngineUnix::pathIsRemovedAtClose() {
  EngineFixture f;
  const SessionId listener = f.listen("unix:" + path());
  QVERIFY(f.waitForState(listener, SessionState::listening));
  QVERIFY(QFileInfo::exists(QString::fromStdString(path())));
  f.engine().close(listener);
  QVERIFY(f.waitForState(listener, SessionState::closed));
  QVERIFY(!QFileInfo::exists(QString::fromStdString(path())));
}

void TestEngineUnix::deadSocketIsReplaced() {
  {
    auto dead = Socket::open(AF_UNIX, SOCK_STREAM);
    QVERIFY(dead && dead->bind(SocketAddress::fromUnixPath(path()).value()));
  }
  EngineFixture f;
  const SessionId listener = f.listen("unix:" + path());
  QVERIFY(f.waitForState(listener, SessionState::listening));
}

void TestEngineUnix::foreignFileStays_data() {
  QTest::addColumn<bool>("link");
  QTest::newRow("a regular file") << false;
  QTest::newRow("a symbolic link") << true;
}

void TestEngineUnix::foreignFileStays() {
  QFETCH(bool, link);
  const QString at = QString::fromStdString(path());
  if (link) {
    QVERIFY(QFile::link(QStringLiteral("/nowhere"), at));
  } else {
    QFile file(at);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("precious");
  }
  EngineFixture f;
  const SessionId listener = f.listen("unix:" + path());
  QVERIFY(f.waitForState(listener, SessionState::failed));
  QTRY_COMPARE(f.lastErrorSymbol(listener), "EADDRINUSE");
  QVERIFY(link ? QFileInfo(at).isSymLink() : QFileInfo(at).size() == 8);
}

void TestEngineUnix::liveSocketStays() {
  QLocalServer server;
  QVERIFY(server.listen(QString::fromStdString(path())));
  EngineFixture f;
  const SessionId listener = f.listen("unix:" + path());
  QVERIFY(f.waitForState(listener, SessionState::failed));
  QTRY_COMPARE(f.lastErrorSymbol(listener), "EADDRINUSE");
  QLocalSocket socket;
  socket.connectToServer(QString::fromStdString(path()));
  QVERIFY(socket.waitForConnected());
}

void TestEngineUnix::missingPathFails() {
  EngineFixture f;
  const SessionId client = f.connect("unix:" + path());
  QVERIFY(f.waitForState(client, SessionState::failed));
  QTRY_COMPARE(f.lastErrorSymbol(client), "ENOENT");
}

void TestEngineUnix::fullBacklogIsWaitedFor() {
  auto listener = Socket::open(AF_UNIX, SOCK_STREAM);
  QVERIFY(listener && listener->bind(SocketAddress::fromUnixPath(path()).value()) && listener->listen(0));
  EngineFixture f;
  const SessionId first = f.connect("unix:" + path());
  QVERIFY(f.waitForState(first, SessionState::connected));
  const SessionId second = f.connect("unix:" + path());
  QTRY_COMPARE(f.story(second), "connecting");
  auto accepted = listener->accept();
  QVERIFY(accepted.has_value());
  QVERIFY(f.waitForState(second, SessionState::connected));
}

// Closing a UNIX stream with bytes unread is told to the other side as ECONNRESET.
void TestEngineUnix::peersCloseWithUnreadBytes() {
  auto listener = Socket::open(AF_UNIX, SOCK_STREAM);
  QVERIFY(listener && listener->bind(SocketAddress::fromUnixPath(path()).value()) && listener->listen(1));
  EngineFixture f;
  const SessionId client = f.connect("unix:" + path());
  auto accepted = listener->accept();
  QVERIFY(accepted.has_value() && f.waitForState(client, SessionState::connected));
  QVERIFY(f.engine().send(client, toBytes("unread")).has_value());
  QTRY_COMPARE(f.now(client).bytesOut, 6U);
  QVERIFY(accepted->socket.close());
  QTRY_COMPARE(f.story(client), "connecting connected out reset(peer)");
}

// recv() gives 0 for both.
void TestEngineUnix::anEmptyRecordIsNotTheEnd() {
  EngineFixture f;
  const SessionId listener = f.listen("unix-seqpacket:" + path());
  QVERIFY(f.waitForState(listener, SessionState::listening));
  auto peer = Socket::open(AF_UNIX, SOCK_SEQPACKET);
  QVERIFY(peer && peer->connect(SocketAddress::fromUnixPath(path()).value()));
  QVERIFY(peer->send({}) && peer->send(asBytes("more")));
  const SessionId child = f.childOf(listener);
  QTRY_COMPARE(f.story(child), "accepted in in");
  QVERIFY(peer->send({}) && peer->send(asBytes("last")) && peer->close());
  QTRY_COMPARE(f.story(child), "accepted in in in in half-closed(peer) closed(peer)");
  QCOMPARE(f.bytes(child, RecordKind::in), "morelast");
}

void TestEngineUnix::anEmptyRecordRightBeforeTheEnd() {
  EngineFixture f;
  const SessionId listener = f.listen("unix-seqpacket:" + path());
  QVERIFY(f.waitForState(listener, SessionState::listening));
  auto peer = Socket::open(AF_UNIX, SOCK_SEQPACKET);
  QVERIFY(peer && peer->connect(SocketAddress::fromUnixPath(path()).value()));
  QVERIFY(peer->send(asBytes("last")) && peer->send({}) && peer->send({}) && peer->close());
  const SessionId child = f.childOf(listener);
  QTRY_COMPARE(f.story(child), "accepted in in in half-closed(peer) closed(peer)");
}

void TestEngineUnix::tooLargeARecordNamesItsSession() {
  EngineFixture f;
  const SessionId listener = f.listen("unix-seqpacket:" + path());
  QVERIFY(f.waitForState(listener, SessionState::listening));
  const SessionId client = f.connect("unix-seqpacket:" + path());
  QVERIFY(f.waitForState(client, SessionState::connected));
  QVERIFY(f.engine().send(client, Bytes(4 << 20)).has_value());
  QTRY_COMPARE(f.lastErrorSymbol(client), "EMSGSIZE");
  const LogRow row = f.rows(client).back();
  const std::optional<Error> error = decodeEventDetail(row.payload.bytes).error;
  QVERIFY(error.has_value());
  QCOMPARE(error->subject, "unix-seqpacket:" + path());
}

QTEST_GUILESS_MAIN(TestEngineUnix)
#include "tst_engine_unix.moc"
