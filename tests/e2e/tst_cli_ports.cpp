// sockbench-cli ports: sockets of this test, found in what it prints.
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QUdpSocket>

#include "cli_process.h"

using namespace Qt::StringLiterals;

namespace {

QString textOf(const QHostAddress& address, quint16 port) {
  const bool six = address.protocol() == QAbstractSocket::IPv6Protocol;
  return (six ? u"[%1]:%2"_s : u"%1:%2"_s).arg(address.toString()).arg(port);
}

QJsonArray socketsOf(const QStringList& arguments) {
  const ProgramResult result = runCli(QStringList{u"ports"_s, u"--json"_s} + arguments);
  return result.exitCode == 0 ? jsonLine(result.out).value("sockets"_L1).toArray() : QJsonArray();
}

// The one with these ends; null when there is none.
QJsonValue find(const QJsonArray& sockets, const QString& local, const QString& peer = {}) {
  for (const QJsonValue& socket : sockets) {
    if (socket["local"_L1] == local && (peer.isEmpty() || socket["peer"_L1] == peer)) return socket;
  }
  return QJsonValue::Null;
}

}  // namespace

class TestCliPorts : public QObject {
  Q_OBJECT
 private slots:
  void listsAListener_data();
  void listsAListener();
  void listsAConnection();
  void listsAUdpSocket();
  void escapesAHostileName();
  void listsOnlyWhatIsAskedFor_data();
  void listsOnlyWhatIsAskedFor();
  void leavesProcessesOut();
  void isATableForPeople();
  void refusesWhatItDoesNotKnow();
};

void TestCliPorts::listsAListener_data() {
  QTest::addColumn<QHostAddress>("address");
  QTest::addColumn<QString>("family");
  QTest::newRow("IPv4") << QHostAddress(QHostAddress::LocalHost) << u"inet"_s;
  QTest::newRow("IPv6") << QHostAddress(QHostAddress::LocalHostIPv6) << u"inet6"_s;
}

void TestCliPorts::listsAListener() {
  QFETCH(QHostAddress, address);
  QFETCH(QString, family);
  QTcpServer server;
  server.setListenBacklogSize(9);
  QVERIFY(server.listen(address));
  const QString nobody = family == u"inet"_s ? u"0.0.0.0:0"_s : u"[::]:0"_s;
  const QJsonValue found = find(socketsOf({u"--tcp"_s}), textOf(address, server.serverPort()), nobody);
  QVERIFY(found.isObject());
  QVERIFY2(covers(found, QJsonObject{{u"protocol"_s, u"tcp"_s},
                                     {u"state"_s, u"LISTEN"_s},
                                     {u"peer"_s, nobody},
                                     {u"recv_queue"_s, 0},
                                     {u"send_queue"_s, 9},
                                     {u"pid"_s, QCoreApplication::applicationPid()},
                                     {u"process"_s, u"tst_cli_ports"_s},
                                     {u"descriptor"_s, server.socketDescriptor()},
                                     {u"family"_s, family},
                                     {u"type"_s, u"stream"_s},
                                     {u"interface"_s, QJsonValue::Null}}),
           QJsonDocument(found.toObject()).toJson());
  QVERIFY(found["inode"_L1].toInteger() > 0);
  QVERIFY(found["uid"_L1].isDouble());
  QVERIFY(!found["user"_L1].toString().isEmpty());
  QCOMPARE(found["owners"_L1].toArray().size(), 1);
}

void TestCliPorts::listsAConnection() {
  QTcpServer server;
  QVERIFY(server.listen(QHostAddress::LocalHost));
  QTcpSocket client;
  client.connectToHost(server.serverAddress(), server.serverPort());
  QVERIFY(client.waitForConnected(20000));
  QVERIFY(server.waitForNewConnection(20000));
  QTcpSocket* accepted = server.nextPendingConnection();
  client.write("unread");
  QVERIFY(client.waitForBytesWritten(20000));
  const QString here = textOf(client.localAddress(), client.localPort());
  const QString there = textOf(server.serverAddress(), server.serverPort());
  QJsonValue found;
  QTRY_VERIFY_WITH_TIMEOUT((found = find(socketsOf({}), there, here))["recv_queue"_L1] == 6, 20000);
  QCOMPARE(found["state"_L1].toString(), u"ESTABLISHED"_s);
  QCOMPARE(found["descriptor"_L1].toInteger(), static_cast<qint64>(accepted->socketDescriptor()));
}

void TestCliPorts::listsAUdpSocket() {
  QUdpSocket socket;
  QVERIFY(socket.bind(QHostAddress::LocalHost));
  const QJsonValue found = find(socketsOf({u"--udp"_s}), textOf(socket.localAddress(), socket.localPort()));
  QVERIFY(covers(found, QJsonObject{{u"protocol"_s, u"udp"_s}, {u"state"_s, u"UNCONNECTED"_s}}));
}

void TestCliPorts::escapesAHostileName() {
  QLocalServer server;
  server.setSocketOptions(QLocalServer::AbstractNamespaceOption);
  const QString name = u"ports-\u001b[31m-接口-\u202e-%1"_s.arg(QCoreApplication::applicationPid());
  QVERIFY2(server.listen(name), qPrintable(server.errorString()));
  const QString local =
      u"unix:@ports-\\x1b[31m-接口-\\xe2\\x80\\xae-%1"_s.arg(QCoreApplication::applicationPid());
  QVERIFY(find(socketsOf({u"--unix"_s}), local).isObject());
  const ProgramResult people = runCli({u"ports"_s, u"--unix"_s});
  QVERIFY(people.out.contains(local.toUtf8()));
  QVERIFY(!people.out.contains('\x1b'));
}

void TestCliPorts::listsOnlyWhatIsAskedFor_data() {
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<QStringList>("protocols");
  QTest::newRow("TCP") << words("--tcp") << words("tcp");
  QTest::newRow("UDP") << words("--udp") << words("udp udplite");
  QTest::newRow("UNIX") << words("--unix") << words("unix");
  QTest::newRow("raw") << words("--raw") << words("raw");
  QTest::newRow("two of them") << words("--tcp --unix") << words("tcp unix");
}

void TestCliPorts::listsOnlyWhatIsAskedFor() {
  QFETCH(QStringList, arguments);
  QFETCH(QStringList, protocols);
  for (const QJsonValue& socket : socketsOf(arguments))
    QVERIFY2(protocols.contains(socket["protocol"_L1].toString()), qPrintable(socket["local"_L1].toString()));
  for (const QJsonValue& socket : socketsOf(arguments + words("--tcp --listening"))) {
    if (socket["protocol"_L1] == "tcp"_L1) QCOMPARE(socket["state"_L1].toString(), u"LISTEN"_s);
  }
}

void TestCliPorts::leavesProcessesOut() {
  QTcpServer server;
  QVERIFY(server.listen(QHostAddress::LocalHost));
  const QString local = textOf(server.serverAddress(), server.serverPort());
  const QJsonValue found = find(socketsOf({u"--tcp"_s, u"--no-process"_s}), local, u"0.0.0.0:0"_s);
  QVERIFY(covers(found, QJsonObject{{u"pid"_s, QJsonValue::Null}, {u"process"_s, QJsonValue::Null}}));
}

void TestCliPorts::isATableForPeople() {
  QTcpServer server;
  QVERIFY(server.listen(QHostAddress::LocalHost));
  const ProgramResult result = runCli({u"ports"_s, u"--tcp"_s, u"--listening"_s});
  QCOMPARE(result.exitCode, 0);
  QVERIFY(result.out.startsWith("PROTOCOL"));
  const QByteArray local = textOf(server.serverAddress(), server.serverPort()).toUtf8() + ' ';
  for (const QByteArray& line : result.out.split('\n')) {
    if (!line.contains(local)) continue;
    QVERIFY2(line.contains("LISTEN") && line.contains("0.0.0.0:*"), line);
    QVERIFY2(line.contains("tst_cli_ports pid=" + QByteArray::number(QCoreApplication::applicationPid())),
             line);
    return;
  }
  QFAIL("the listener is not there");
}

void TestCliPorts::refusesWhatItDoesNotKnow() {
  QCOMPARE(runCli({u"ports"_s, u"--sctp"_s}).exitCode, 2);
  QCOMPARE(runCli({u"ports"_s, u"80"_s}).exitCode, 2);
}

QTEST_GUILESS_MAIN(TestCliPorts)
#include "tst_cli_ports.moc"
