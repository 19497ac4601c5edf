#include <QCheckBox>
#include <QTabWidget>

#include "server_desk.h"

using namespace sockbench;
using namespace sockbench::ui;

class TestServerConnections : public QObject {
  Q_OBJECT

 private slots:
  void echoesTcp();
  void echoesUdp();
  void echoesUnixStream();
  void sendsToTheSelected();
  void sendsToAll();
  void sendsToOne();
  void namesThoseThatRefused();
  void sendsNothingToNobody();
  void resetsOneAndLeavesTheRest();
  void halfClosesOne();
  void closesOne();
  void rulesChangeWhileListening();
  void onlyThoseThatAreNamedMisbehave();
  void sendsAFileToAll();
  void theEndWordClosesBothSides();
  void connectionsOutliveTheirListener();
  void aNewConnectionTakesNothingFromThePerson();
};

void TestServerConnections::echoesTcp() {
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), text("0"));
  desk.answer(1);
  const auto peer = dial(desk.start());
  QVERIFY(peer);
  peer->write("hello world\r\n");
  QTRY_COMPARE(peer->bytesAvailable(), 13);
  QCOMPARE(peer->readAll(), QByteArray("hello world\r\n"));
  QTRY_COMPARE(desk.rows()->rowCount(), 1);
  QCOMPARE(desk.cell(0, ConnectionsModel::State), text("connected"));
  QCOMPARE(desk.cell(0, ConnectionsModel::Peer), text("127.0.0.1:%1").arg(peer->localPort()));
}

void TestServerConnections::echoesUdp() {
  Desk desk;
  desk.fill("UDP", text("127.0.0.1"), text("0"));
  QVERIFY(!desk.find<QSpinBox>("serverBacklogSpin"));
  desk.answer(1);
  const quint16 port = desk.start();
  QUdpSocket peer;
  QVERIFY(peer.bind(QHostAddress::LocalHost, 0));
  peer.writeDatagram("one", QHostAddress::LocalHost, port);
  peer.writeDatagram("three", QHostAddress::LocalHost, port);
  QByteArrayList back;
  QTRY_VERIFY([&] {
    while (peer.hasPendingDatagrams()) {
      QByteArray datagram(static_cast<qsizetype>(peer.pendingDatagramSize()), 0);
      peer.readDatagram(datagram.data(), datagram.size());
      back.append(datagram);
    }
    return back.size() == 2;
  }());
  QCOMPARE(back, (QByteArrayList{"one", "three"}));
  QTRY_COMPARE(desk.rows()->rowCount(), 1);
  QVERIFY(!desk.find<QPushButton>("serverHalfCloseButton")->isEnabled());
}

void TestServerConnections::echoesUnixStream() {
  const QTemporaryDir folder;
  const QString path = folder.filePath(text("echo.sock"));
  Desk desk;
  desk.fill("UNIX stream", path);
  QVERIFY2(!desk.find<QLineEdit>("serverPortEdit"), "a path has no port");
  desk.answer(1);
  desk.click("serverStartButton");
  QTRY_VERIFY(desk.state().contains(path));
  QLocalSocket peer;
  peer.connectToServer(path);
  QVERIFY(peer.waitForConnected(5000));
  peer.write("over a path");
  QTRY_COMPARE(peer.bytesAvailable(), 11);
}

void TestServerConnections::sendsToTheSelected() {
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), text("0"));
  const quint16 port = desk.start();
  QVERIFY2(!desk.find<QPushButton>("serverSendButton")->isEnabled(), "there is nobody to send to");
  const auto first = dial(port);
  const auto second = dial(port);
  QVERIFY(first && second);
  QTRY_COMPARE(desk.rows()->rowCount(), 2);
  desk.find<QTableView>("serverConnectionsTable")->selectRow(rowOfPort(desk, second->localPort()));
  desk.write("only you\\n");
  QTRY_COMPARE(second->bytesAvailable(), 9);
  QCOMPARE(second->readAll(), QByteArray("only you\n"));
  QVERIFY(!first->waitForReadyRead(0));
  QVERIFY2(desk.find<QPlainTextEdit>("serverComposerEdit")->toPlainText().isEmpty(), "what went is gone");
}

void TestServerConnections::sendsToAll() {
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), text("0"));
  const quint16 port = desk.start();
  const auto first = dial(port);
  const auto second = dial(port);
  QTRY_COMPARE(desk.rows()->rowCount(), 2);
  desk.find<QComboBox>("serverTargetBox")->setCurrentText(text("to all"));
  desk.write("everyone");
  QTRY_COMPARE(first->bytesAvailable(), 8);
  QTRY_COMPARE(second->bytesAvailable(), 8);
  const auto* told = desk.find<InlineMessage>("serverSendMessage");
  QVERIFY(told);
  QCOMPARE(told->text(), text("Sent to all of 2 connections."));
}

void TestServerConnections::sendsToOne() {
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), text("0"));
  const quint16 port = desk.start();
  const auto first = dial(port);
  const auto second = dial(port);
  QTRY_COMPARE(desk.find<QComboBox>("serverTargetBox")->count(), 4);
  desk.find<QTableView>("serverConnectionsTable")->selectRow(rowOfPort(desk, first->localPort()));
  desk.find<QComboBox>("serverTargetBox")->setCurrentText(text("to 127.0.0.1:%1").arg(second->localPort()));
  desk.write("you there");
  QTRY_COMPARE(second->bytesAvailable(), 9);
  QVERIFY(!first->waitForReadyRead(0));
}

void TestServerConnections::namesThoseThatRefused() {
  Desk desk;
  ListenSpec spec;
  spec.endpoint = *Endpoint::parse("tcp://127.0.0.1:0");
  spec.rules.sendQueueBytes = 4;
  desk.panel.openServer(spec);
  QTRY_VERIFY(desk.state().startsWith(text("Listening")));
  const auto port = desk.state().section(QLatin1Char(':'), -1).toUShort();
  const auto first = dial(port);
  const auto second = dial(port);
  QTRY_COMPARE(desk.rows()->rowCount(), 2);
  desk.find<QComboBox>("serverTargetBox")->setCurrentText(text("to all"));
  desk.write("longer than four");
  const auto* refused = desk.find<InlineMessage>("serverSendMessage");
  QVERIFY(refused);
  QVERIFY(refused->text().contains(text("Sent to 0 of 2")));
  QVERIFY(refused->text().contains(QString::number(first->localPort())));
  QVERIFY(refused->text().contains(text("QUEUE_FULL")));
  QCOMPARE(desk.find<QPlainTextEdit>("serverComposerEdit")->toPlainText(), text("longer than four"));

  desk.find<QComboBox>("serverTargetBox")->setCurrentText(text("to selected"));
  desk.click("serverSendButton");
  QTRY_VERIFY(desk.find<InlineMessage>("serverComposerMessage"));
  QVERIFY(desk.find<InlineMessage>("serverComposerMessage")->text().contains(text("QUEUE_FULL")));
}

void TestServerConnections::sendsNothingToNobody() {
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), text("0"));
  const auto peer = dial(desk.start());
  QTRY_COMPARE(desk.rows()->rowCount(), 1);
  desk.find<QTableView>("serverConnectionsTable")->clearSelection();
  desk.write("to whom?");
  QVERIFY(desk.find<InlineMessage>("serverSendMessage"));
  QCOMPARE(desk.find<QPlainTextEdit>("serverComposerEdit")->toPlainText(), text("to whom?"));
  QVERIFY(!peer->waitForReadyRead(0));
}

void TestServerConnections::resetsOneAndLeavesTheRest() {
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), text("0"));
  const quint16 port = desk.start();
  const auto kept = dial(port);
  const auto dropped = dial(port);
  QTRY_COMPARE(desk.rows()->rowCount(), 2);
  const int row = rowOfPort(desk, dropped->localPort());
  desk.find<QTableView>("serverConnectionsTable")->selectRow(row);
  desk.click("serverResetButton");
  QTRY_COMPARE(dropped->state(), QAbstractSocket::UnconnectedState);
  QTRY_COMPARE(desk.cell(row, ConnectionsModel::State), text("reset (by us)"));
  QCOMPARE(desk.cell(rowOfPort(desk, kept->localPort()), ConnectionsModel::State), text("connected"));
  QCOMPARE(kept->state(), QAbstractSocket::ConnectedState);
}

void TestServerConnections::halfClosesOne() {
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), text("0"));
  const auto peer = dial(desk.start());
  QTRY_COMPARE(desk.rows()->rowCount(), 1);
  // Qt closes its side as soon as it sees our end. With its buffer full it does not look.
  peer->setReadBufferSize(1);
  desk.write("last words");
  QTRY_COMPARE(peer->bytesAvailable(), 1);
  desk.click("serverHalfCloseButton");
  QTRY_COMPARE(desk.cell(0, ConnectionsModel::State), text("half-closed (by us)"));
  QVERIFY2(!desk.find<QPushButton>("serverSendButton")->isEnabled(), "our side is shut");
  peer->write("I can still talk");
  peer->flush();
  QTRY_COMPARE(desk.bridge.snapshots().last().bytesIn, 16u);
  peer->setReadBufferSize(0);
  QByteArray heard;
  QTRY_VERIFY([&] {
    heard += peer->readAll();
    return peer->state() == QAbstractSocket::UnconnectedState;
  }());
  QCOMPARE(heard + peer->readAll(), QByteArray("last words"));
  QTRY_COMPARE(desk.cell(0, ConnectionsModel::State), text("closed (by us)"));
}

void TestServerConnections::closesOne() {
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), text("0"));
  const auto peer = dial(desk.start());
  QTRY_COMPARE(desk.rows()->rowCount(), 1);
  QVERIFY2(desk.find<QPushButton>("serverCloseButton")->isEnabled(),
           "the only connection is selected by itself");
  desk.click("serverCloseButton");
  QTRY_COMPARE(peer->state(), QAbstractSocket::UnconnectedState);
  QTRY_COMPARE(desk.cell(0, ConnectionsModel::State), text("closed (by us)"));
  QTRY_VERIFY(!desk.find<QPushButton>("serverCloseButton")->isEnabled());
}

void TestServerConnections::rulesChangeWhileListening() {
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), text("0"));
  const quint16 port = desk.start();
  auto* box = desk.find<QComboBox>("serverResponderBox");
  box->setFocus();
  QTest::keyClick(box, Qt::Key_Down);
  QCOMPARE(box->currentText(), text("Answer: echo"));
  const auto peer = dial(port);
  peer->write("again");
  QTRY_COMPARE(peer->bytesAvailable(), 5);
}

void TestServerConnections::onlyThoseThatAreNamedMisbehave() {
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), text("0"));
  desk.answer(1);
  const quint16 port = desk.start();
  const auto silent = dial(port);
  const auto polite = dial(port);
  QVERIFY(silent && polite);
  QTRY_COMPARE(desk.rows()->rowCount(), 2);
  desk.find<QTableView>("serverConnectionsTable")->selectRow(rowOfPort(desk, silent->localPort()));
  desk.find<QTabWidget>("serverTools")->setCurrentIndex(3);
  desk.find<QCheckBox>("serverNeverAnswerCheck")->setChecked(true);
  silent->write("one");
  polite->write("two");
  QTRY_COMPARE(polite->bytesAvailable(), 3);
  desk.find<QCheckBox>("serverNeverAnswerCheck")->setChecked(false);
  const auto answered = [&] {
    silent->write("!");
    return QTest::qWaitFor([&] { return silent->bytesAvailable() > 0; }, 200);
  };
  QTRY_VERIFY(answered());
  QVERIFY(!silent->readAll().contains("one"));
}

void TestServerConnections::sendsAFileToAll() {
  const QTemporaryDir folder;
  QFile file(folder.filePath(text("sent")));
  QVERIFY(file.open(QIODevice::WriteOnly) && file.write("a file") == 6);
  file.close();
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), text("0"));
  const quint16 port = desk.start();
  const auto first = dial(port);
  const auto second = dial(port);
  QVERIFY(first && second);
  QTRY_COMPARE(desk.rows()->rowCount(), 2);
  desk.find<QComboBox>("serverTargetBox")->setCurrentIndex(1);
  desk.find<QTabWidget>("serverTools")->setCurrentIndex(2);
  desk.find<QLineEdit>("serverFileEdit")->setText(file.fileName());
  desk.click("serverFileSendButton");
  QTRY_COMPARE(first->bytesAvailable(), 6);
  QTRY_COMPARE(second->bytesAvailable(), 6);
  QCOMPARE(second->readAll(), QByteArray("a file"));
}

void TestServerConnections::theEndWordClosesBothSides() {
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), text("0"));
  QTest::mouseClick(desk.find<QToolButton>("serverMoreButton"), Qt::LeftButton);
  desk.find<QLineEdit>("serverEndWordEdit")->setText(text("exit"));
  const auto peer = dial(desk.start());
  peer->write("hello\nexit\n");
  QTRY_COMPARE(peer->state(), QAbstractSocket::UnconnectedState);
  QTRY_COMPARE(desk.cell(0, ConnectionsModel::State), text("closed (by us)"));
}

void TestServerConnections::connectionsOutliveTheirListener() {
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), text("0"));
  const auto early = dial(desk.start());
  QTRY_COMPARE(desk.rows()->rowCount(), 1);
  desk.click("serverStopButton");
  QTRY_COMPARE(desk.state(), text("closed (by us)"));
  desk.write("still here");
  QTRY_COMPARE(early->bytesAvailable(), 10);
  const auto late = dial(desk.start());
  QVERIFY(late);
  QTRY_COMPARE(desk.rows()->rowCount(), 2);
  QCOMPARE(early->state(), QAbstractSocket::ConnectedState);
}

void TestServerConnections::aNewConnectionTakesNothingFromThePerson() {
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), text("0"));
  const quint16 port = desk.start();
  auto* table = desk.find<QTableView>("serverConnectionsTable");
  table->setFocus();
  QSignalSpy selected(&desk.panel, &PagesPanel::sessionSelected);
  const auto first = dial(port);
  QTRY_COMPARE(desk.rows()->rowCount(), 1);
  QCOMPARE(table->selectionModel()->selectedRows().size(), 1);
  QVERIFY2(selected.isEmpty(), "nobody picked it");
  const auto second = dial(port);
  QTRY_COMPARE(desk.rows()->rowCount(), 2);
  QCOMPARE(table->selectionModel()->selectedRows().first().row(), 0);
  QTest::keyClick(table, Qt::Key_Down);
  QCOMPARE(selected.size(), 1);
  QCOMPARE(selected.first().first().value<SessionId>().value,
           desk.rows()->index(1, 0).data(ConnectionsModel::SessionIdRole).toUInt());
}

QTEST_MAIN(TestServerConnections)
#include "tst_server_connections.moc"
