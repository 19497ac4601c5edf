#include "client_desk.h"

using namespace sockbench;
using namespace sockbench::ui;

class TestClientConnection : public QObject {
  Q_OBJECT

 private slots:
  void connectsTalksAndDisconnects();
  void connectsAgainOnTheSamePage();
  void talksUdp();
  void talksUnixStream();
  void cancelsAConnectInProgress();
  void cancelsBeforeTheFirstNewsOfAConnect();
  void theTimeLimitEndsAConnect();
  void bindsTheLocalEnd_data();
  void bindsTheLocalEnd();
  void theEndWordClosesAfterItHasGone();
  void halfClosesAndStillHears();
  void resets();
  void saysThatThePeerClosed();
  void staysHalfOpenWhenAsked();
  void theComposerWaitsForAConnection();
  void showsOnlyItsOwnConversation();
  void aRefusedSendIsToldInPlace();
};

void TestClientConnection::connectsTalksAndDisconnects() {
  Server server;
  Desk desk;
  QCOMPARE(desk.state(), text("idle"));
  desk.fill("TCP", text("127.0.0.1"), server.serverPort());
  desk.click("clientConnectButton");
  QTRY_COMPARE(desk.state(), text("connected"));
  QTcpSocket* peer = server.next();
  desk.write("hello world\\r\\n");
  QTRY_COMPARE(peer->bytesAvailable(), 13);
  QCOMPARE(peer->readAll(), QByteArray("hello world\r\n"));
  peer->write("会一点");
  QTRY_VERIFY(desk.conversation().contains(text("会一点")));
  desk.click("clientDisconnectButton");
  QTRY_COMPARE(peer->state(), QAbstractSocket::UnconnectedState);
  QTRY_COMPARE(desk.state(), text("closed (by us)"));
}

void TestClientConnection::connectsAgainOnTheSamePage() {
  Server server;
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), server.serverPort());
  QList<SessionId> ids;
  connect(&desk.panel, &PagesPanel::sessionSelected, this, [&ids](SessionId id) { ids.append(id); });
  for (int round = 0; round < 5; ++round) {
    desk.click("clientConnectButton");
    QTRY_COMPARE(desk.state(), text("connected"));
    QTcpSocket* peer = server.next();
    desk.write("ping");
    QTRY_COMPARE(peer->bytesAvailable(), 4);
    QTRY_COMPARE(desk.conversation().filter(text("ping")).size(), 1);
    desk.click("clientDisconnectButton");
    QTRY_COMPARE(desk.state(), text("closed (by us)"));
  }
  QCOMPARE(ids.size(), 5);
  QCOMPARE(desk.panel.pageCount(), 1);
  QVERIFY2(desk.panel.ownsSession(ids.first()), "the earlier sessions are the page's too");
}

void TestClientConnection::talksUdp() {
  QUdpSocket server;
  QVERIFY(server.bind(QHostAddress::LocalHost, 0));
  Desk desk;
  desk.fill("UDP", text("127.0.0.1"), server.localPort());
  desk.click("clientConnectButton");
  QTRY_COMPARE(desk.state(), text("connected"));
  desk.write("datagram");
  QTRY_VERIFY(server.hasPendingDatagrams());
  QByteArray datagram(64, 0);
  QHostAddress from;
  quint16 port = 0;
  datagram.resize(server.readDatagram(datagram.data(), datagram.size(), &from, &port));
  QCOMPARE(datagram, QByteArray("datagram"));
  server.writeDatagram("answer", from, port);
  QTRY_VERIFY(desk.conversation().contains(text("answer")));
  QVERIFY(!desk.find<QPushButton>("clientHalfCloseButton")->isEnabled());
}

void TestClientConnection::talksUnixStream() {
  const QTemporaryDir folder;
  QLocalServer server;
  QVERIFY(server.listen(folder.filePath(text("chat.sock"))));
  Desk desk;
  desk.fill("UNIX stream", server.fullServerName(), 0);
  QVERIFY2(!desk.find<QLineEdit>("clientPortEdit"), "a path has no port");
  desk.click("clientConnectButton");
  QTRY_COMPARE(desk.state(), text("connected"));
  QTRY_VERIFY(server.hasPendingConnections());
  QLocalSocket* peer = server.nextPendingConnection();
  desk.write("over a path");
  QTRY_COMPARE(peer->bytesAvailable(), 11);
}

void TestClientConnection::cancelsAConnectInProgress() {
  const FullServer server;
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), server.serverPort());
  QVERIFY2(!desk.find<QPushButton>("clientCancelButton"), "there is nothing to cancel");
  desk.click("clientConnectButton");
  QTRY_COMPARE(desk.state(), text("connecting"));
  QVERIFY(!desk.find<QPushButton>("clientConnectButton")->isEnabled());
  desk.click("clientCancelButton");
  QTRY_COMPARE(desk.state(), text("closed (by us)"));
  QVERIFY(!desk.find<QPushButton>("clientCancelButton"));
  QVERIFY(desk.find<QPushButton>("clientConnectButton")->isEnabled());

  Server other;
  desk.fill("TCP", text("127.0.0.1"), other.serverPort());
  desk.click("clientConnectButton");
  QTRY_COMPARE(desk.state(), text("connected"));
}

void TestClientConnection::cancelsBeforeTheFirstNewsOfAConnect() {
  const FullServer server;
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), server.serverPort());
  desk.panel.act();
  desk.panel.cancel();
  QTRY_COMPARE(desk.state(), text("closed (by us)"));
}

void TestClientConnection::theTimeLimitEndsAConnect() {
  const FullServer server;
  Desk desk;
  QVERIFY(QTest::qWaitForWindowActive(desk.panel.window()));
  desk.unfold();
  desk.find<QDoubleSpinBox>("clientTimeoutSpin")->setValue(0.5);
  desk.fill("TCP", text("127.0.0.1"), server.serverPort());
  desk.click("clientConnectButton");
  QTRY_COMPARE(desk.state(), text("failed (ETIMEDOUT)"));
  QVERIFY(desk.message().startsWith(text("ETIMEDOUT")));
  QVERIFY2(desk.find<QLineEdit>("clientHostEdit")->hasFocus(), "it was locked while it connected");
}

void TestClientConnection::bindsTheLocalEnd_data() {
  QTest::addColumn<QString>("local");
  QTest::newRow("address and port") << text("127.0.0.1:%1");
  QTest::newRow("port alone") << text(":%1");
}

void TestClientConnection::bindsTheLocalEnd() {
  QFETCH(QString, local);
  quint16 port = 0;
  {
    const Server free;
    port = free.serverPort();
  }
  Server server;
  Desk desk;
  desk.unfold();
  desk.find<QLineEdit>("clientBindEdit")->setText(local.arg(port));
  desk.fill("TCP", text("127.0.0.1"), server.serverPort());
  desk.click("clientConnectButton");
  QTRY_COMPARE(desk.state(), text("connected"));
  QCOMPARE(server.next()->peerPort(), port);
}

void TestClientConnection::theEndWordClosesAfterItHasGone() {
  Server server;
  Desk desk;
  desk.unfold();
  desk.find<QLineEdit>("clientEndWordEdit")->setText(text("exit"));
  desk.fill("TCP", text("127.0.0.1"), server.serverPort());
  desk.click("clientConnectButton");
  QTRY_COMPARE(desk.state(), text("connected"));
  QTcpSocket* peer = server.next();
  desk.write("no exit yet\\n");
  desk.write("exit\\n");
  QTRY_COMPARE(peer->state(), QAbstractSocket::UnconnectedState);
  QCOMPARE(peer->readAll(), QByteArray("no exit yet\nexit\n"));
  QTRY_COMPARE(desk.state(), text("closed (by us)"));
  QVERIFY(desk.message().isEmpty());
}

void TestClientConnection::halfClosesAndStillHears() {
  Server server;
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), server.serverPort());
  server.pauseAccepting();  // the kernel accepts; nobody there closes
  desk.click("clientConnectButton");
  QTRY_COMPARE(desk.state(), text("connected"));
  desk.click("clientHalfCloseButton");
  QTRY_COMPARE(desk.state(), text("half-closed (by us)"));
  QVERIFY(!desk.find<QPushButton>("clientSendButton")->isEnabled());
  QVERIFY(!desk.find<QPushButton>("clientHalfCloseButton")->isEnabled());
  QVERIFY(desk.find<QPushButton>("clientDisconnectButton")->isEnabled());
  server.resumeAccepting();
  QTRY_COMPARE(desk.state(), text("closed (by us)"));
}

void TestClientConnection::resets() {
  Server server;
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), server.serverPort());
  desk.click("clientConnectButton");
  QTRY_COMPARE(desk.state(), text("connected"));
  QTcpSocket* peer = server.next();
  desk.click("clientResetButton");
  QTRY_COMPARE(desk.state(), text("reset (by us)"));
  QTRY_COMPARE(peer->state(), QAbstractSocket::UnconnectedState);
}

void TestClientConnection::saysThatThePeerClosed() {
  Server server;
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), server.serverPort());
  desk.click("clientConnectButton");
  QTcpSocket* peer = server.next();
  QTRY_COMPARE(desk.state(), text("connected"));
  peer->disconnectFromHost();
  QTRY_COMPARE(desk.state(), text("closed (by the peer)"));
  QVERIFY2(desk.message().isEmpty(), "the end is no error");
}

void TestClientConnection::staysHalfOpenWhenAsked() {
  Server server;
  Desk desk;
  desk.unfold();
  QTest::mouseClick(desk.find<QCheckBox>("clientStayHalfOpenCheck"), Qt::LeftButton);
  desk.fill("TCP", text("127.0.0.1"), server.serverPort());
  desk.click("clientConnectButton");
  QTcpSocket* peer = server.next();
  QTRY_COMPARE(desk.state(), text("connected"));
  peer->disconnectFromHost();
  QTRY_COMPARE(desk.state(), text("half-closed (by the peer)"));
  QVERIFY(desk.find<QPushButton>("clientSendButton")->isEnabled());
}

void TestClientConnection::theComposerWaitsForAConnection() {
  Server server;
  Desk desk;
  QVERIFY(!desk.find<QPushButton>("clientSendButton")->isEnabled());
  QVERIFY(!desk.find<QPushButton>("clientSendButton")->toolTip().isEmpty());
  desk.fill("TCP", text("127.0.0.1"), server.serverPort());
  desk.click("clientConnectButton");
  QTRY_VERIFY(desk.find<QPushButton>("clientSendButton")->isEnabled());
  server.next()->disconnectFromHost();
  QTRY_VERIFY(!desk.find<QPushButton>("clientSendButton")->isEnabled());
}

void TestClientConnection::showsOnlyItsOwnConversation() {
  Server server;
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), server.serverPort());
  desk.click("clientConnectButton");
  QTRY_COMPARE(desk.state(), text("connected"));
  desk.write("from the first");
  desk.panel.addNewPage();
  desk.fill("TCP", text("127.0.0.1"), server.serverPort());
  desk.click("clientConnectButton");
  QTRY_COMPARE(desk.state(), text("connected"));
  desk.write("from the second");
  QTRY_VERIFY(desk.conversation().contains(text("from the second")));
  QVERIFY(!desk.conversation().contains(text("from the first")));
  desk.find<QTabBar>("clientPageTabs")->setCurrentIndex(0);
  QTRY_VERIFY(desk.conversation().contains(text("from the first")));
  QVERIFY(!desk.conversation().contains(text("from the second")));
}

void TestClientConnection::aRefusedSendIsToldInPlace() {
  Server server;
  Desk desk;
  ConnectSpec spec;
  spec.endpoint = *Endpoint::fromParts(Transport::tcp, "127.0.0.1", std::to_string(server.serverPort()));
  spec.rules.sendQueueBytes = 4;
  desk.panel.openClient(spec);
  QTRY_COMPARE(desk.state(), text("connected"));
  desk.write("longer than four");
  const auto* message = desk.find<InlineMessage>("clientComposerMessage");
  QVERIFY(message);
  QVERIFY(message->text().startsWith(text("QUEUE_FULL")));
  QCOMPARE(desk.find<QPlainTextEdit>("clientComposerEdit")->toPlainText(), text("longer than four"));
}

QTEST_MAIN(TestClientConnection)
#include "tst_client_connection.moc"
