#include <QAbstractItemModel>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QLocalSocket>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabBar>
#include <QTableView>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QToolButton>
#include <QUdpSocket>
#include <memory>

#include "panel_probe.h"
#include "ui/models/connections_model.h"
#include "ui/panels/server/server_page.h"
#include "ui/panels/server/server_panel.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/inline_message.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

QString text(const char* utf8) {
  return QString::fromUtf8(utf8);
}

// A server panel as a person has it before them.
struct Desk {
  EngineBridge bridge;
  ServerPanel panel{&bridge};

  Desk() { showActive(panel); }

  template <class T>
  T* find(const char* name) const {
    return visible<T>(panel, name);
  }
  QString state() const { return find<QLabel>("serverStateLabel")->text(); }
  QString message() const {
    const auto* shown = find<InlineMessage>("serverFormMessage");
    return shown ? shown->text() : QString();
  }
  QAbstractItemModel* rows() const { return find<QTableView>("serverConnectionsTable")->model(); }
  QString cell(int row, int column) const { return rows()->index(row, column).data().toString(); }
  void click(const char* button) const { QTest::mouseClick(find<QPushButton>(button), Qt::LeftButton); }
  void fill(const char* transport, const QString& host, const QString& port = {}) const {
    find<QComboBox>("serverTransportBox")->setCurrentText(text(transport));
    find<QComboBox>("serverAddressBox")->setEditText(host);
    if (auto* edit = find<QLineEdit>("serverPortEdit")) edit->setText(port);
  }
  void answer(int responder) const { find<QComboBox>("serverResponderBox")->setCurrentIndex(responder); }
  quint16 start() const {
    click("serverStartButton");
    return QTest::qWaitFor([this] { return state().startsWith(text("Listening on ")); })
               ? state().section(QLatin1Char(':'), -1).toUShort()
               : quint16{0};
  }
  void write(const char* message) const {
    find<QPlainTextEdit>("serverComposerEdit")->setPlainText(text(message));
    click("serverSendButton");
  }
};

std::unique_ptr<QTcpSocket> dial(quint16 port) {
  auto socket = std::make_unique<QTcpSocket>();
  socket->connectToHost(QHostAddress::LocalHost, port);
  return socket->waitForConnected(5000) ? std::move(socket) : nullptr;
}

int rowOfPort(const Desk& desk, quint16 port) {
  for (int row = 0; row < desk.rows()->rowCount(); ++row) {
    if (desk.cell(row, ConnectionsModel::Peer).endsWith(QLatin1Char(':') + QString::number(port))) return row;
  }
  return -1;
}

}  // namespace

class TestServerPanel : public QObject {
  Q_OBJECT

 private slots:
  void listensStopsAndListensAgain();
  void echoesTcp();
  void echoesUdp();
  void echoesUnixStream();
  void anEmptyPortIsAnyFreeOne();
  void sendsToTheSelected();
  void sendsToAll();
  void sendsToOne();
  void namesThoseThatRefused();
  void sendsNothingToNobody();
  void resetsOneAndLeavesTheRest();
  void halfClosesOne();
  void closesOne();
  void anAddressInUseIsToldAtThePort();
  void wrongInputIsToldAtItsField_data();
  void wrongInputIsToldAtItsField();
  void aForeignFileIsToldAtThePathAndKept();
  void anErrorStaysUntilThePersonActs();
  void fieldsAreLockedWithAReasonWhileListening();
  void rulesChangeWhileListening();
  void theEndWordClosesBothSides();
  void optionsAreAppliedAndWrongOnesMarked();
  void tellsThatOthersCanReachIt();
  void connectionsOutliveTheirListener();
  void aNewConnectionTakesNothingFromThePerson();
  void manyServersAtOnce();
  void closingAPageClosesWhatIsOpenOnIt();
  void showsASessionsPageAndRow();
  void aTargetFillsAnIdlePage();
  void remembersItsInputs();
  void nothingIsCutInASmallWindow();
};

void TestServerPanel::listensStopsAndListensAgain() {
  Desk desk;
  QCOMPARE(desk.state(), text("idle"));
  QVERIFY(!desk.find<QPushButton>("serverStopButton")->isEnabled());
  desk.fill("TCP", text("127.0.0.1"), text("0"));
  for (int round = 0; round < 3; ++round) {
    const quint16 port = desk.start();
    QVERIFY(port != 0);
    QVERIFY(!desk.find<QPushButton>("serverStartButton")->isEnabled());
    QVERIFY(dial(port));
    desk.click("serverStopButton");
    QTRY_COMPARE(desk.state(), text("closed (by us)"));
    QTcpSocket late;
    late.connectToHost(QHostAddress::LocalHost, port);
    QVERIFY(!late.waitForConnected(2000));
  }
}

void TestServerPanel::echoesTcp() {
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

void TestServerPanel::echoesUdp() {
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

void TestServerPanel::echoesUnixStream() {
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

void TestServerPanel::anEmptyPortIsAnyFreeOne() {
  Desk desk;
  desk.fill("TCP", text("::1"));
  desk.click("serverStartButton");
  QTRY_VERIFY(desk.state().startsWith(text("Listening on [::1]:")));
  QVERIFY(desk.state().section(QLatin1Char(':'), -1).toUShort() != 0);
}

void TestServerPanel::sendsToTheSelected() {
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

void TestServerPanel::sendsToAll() {
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
}

void TestServerPanel::sendsToOne() {
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

void TestServerPanel::namesThoseThatRefused() {
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

void TestServerPanel::sendsNothingToNobody() {
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

void TestServerPanel::resetsOneAndLeavesTheRest() {
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

void TestServerPanel::halfClosesOne() {
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

void TestServerPanel::closesOne() {
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

void TestServerPanel::anAddressInUseIsToldAtThePort() {
  QTcpServer taken;
  QVERIFY(taken.listen(QHostAddress::LocalHost, 0));
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), QString::number(taken.serverPort()));
  desk.click("serverStartButton");
  QTRY_COMPARE(desk.state(), text("failed (EADDRINUSE)"));
  QVERIFY(desk.message().startsWith(text("EADDRINUSE")));
  QVERIFY2(desk.message().contains(QLatin1Char('\n')), "the hint stands with it");
  QVERIFY(isMarkedWrong(desk.find<QLineEdit>("serverPortEdit")));
  QVERIFY(!isMarkedWrong(desk.find<QComboBox>("serverAddressBox")));

  taken.close();
  QVERIFY2(desk.start() != 0, "the same form starts once the port is free");
  QVERIFY(desk.message().isEmpty());
  QVERIFY(!isMarkedWrong(desk.find<QLineEdit>("serverPortEdit")));
}

void TestServerPanel::wrongInputIsToldAtItsField_data() {
  QTest::addColumn<QByteArray>("transport");
  QTest::addColumn<QString>("host");
  QTest::addColumn<QString>("port");
  QTest::addColumn<QString>("symbol");
  QTest::addColumn<QByteArray>("field");
  QTest::newRow("port above 65535") << QByteArray("TCP") << text("127.0.0.1") << text("70000")
                                    << text("BAD_PORT") << QByteArray("serverPortEdit");
  QTest::newRow("negative port") << QByteArray("UDP") << text("127.0.0.1") << text("-1") << text("BAD_PORT")
                                 << QByteArray("serverPortEdit");
  QTest::newRow("unknown service") << QByteArray("TCP") << text("127.0.0.1") << text("no-such-service")
                                   << text("BAD_PORT") << QByteArray("serverPortEdit");
  QTest::newRow("space in the host") << QByteArray("TCP") << text("my host") << text("0") << text("BAD_HOST")
                                     << QByteArray("serverAddressBox");
  QTest::newRow("unknown zone") << QByteArray("TCP") << text("fe80::1%nowhere0") << text("0")
                                << text("BAD_ZONE") << QByteArray("serverAddressBox");
  QTest::newRow("an address of another machine") << QByteArray("TCP") << text("192.0.2.1") << text("0")
                                                 << text("EADDRNOTAVAIL") << QByteArray("serverAddressBox");
  QTest::newRow("path too long") << QByteArray("UNIX stream") << QString(200, QLatin1Char('p')) << QString()
                                 << text("PATH_TOO_LONG") << QByteArray("serverAddressBox");
  QTest::newRow("no path") << QByteArray("UNIX datagram") << QString() << QString() << text("BAD_PATH")
                           << QByteArray("serverAddressBox");
  QTest::newRow("folder that is not there") << QByteArray("UNIX seqpacket") << text("/no/such/folder/x")
                                            << QString() << text("ENOENT") << QByteArray("serverAddressBox");
}

void TestServerPanel::wrongInputIsToldAtItsField() {
  QFETCH(QByteArray, transport);
  QFETCH(QString, host);
  QFETCH(QString, port);
  QFETCH(QString, symbol);
  QFETCH(QByteArray, field);
  Desk desk;
  desk.fill(transport.constData(), host, port);
  desk.click("serverStartButton");
  QTRY_VERIFY2(desk.message().startsWith(symbol), qPrintable(desk.message()));
  QVERIFY(isMarkedWrong(desk.find<QWidget>(field.constData())));
  QVERIFY2(desk.find<QPushButton>("serverStartButton")->isEnabled(), "one can try again");
}

void TestServerPanel::aForeignFileIsToldAtThePathAndKept() {
  const QTemporaryDir folder;
  QFile file(folder.filePath(text("notes.txt")));
  QVERIFY(file.open(QIODevice::WriteOnly));
  file.write("precious");
  file.close();
  Desk desk;
  desk.fill("UNIX stream", file.fileName());
  desk.click("serverStartButton");
  QTRY_VERIFY(desk.message().startsWith(text("EADDRINUSE")));
  QVERIFY(isMarkedWrong(desk.find<QComboBox>("serverAddressBox")));
  QVERIFY(file.open(QIODevice::ReadOnly));
  QCOMPARE(file.readAll(), QByteArray("precious"));
}

void TestServerPanel::anErrorStaysUntilThePersonActs() {
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), text("99999"));
  desk.click("serverStartButton");
  QVERIFY(desk.message().startsWith(text("BAD_PORT")));
  desk.panel.addNewPage();
  QVERIFY(desk.message().isEmpty());
  desk.find<QTabBar>("serverPageTabs")->setCurrentIndex(0);
  QVERIFY2(desk.message().startsWith(text("BAD_PORT")), "it waits on its page");
  auto* port = desk.find<QLineEdit>("serverPortEdit");
  QTest::keyClick(port, Qt::Key_Backspace);
  QVERIFY(desk.message().isEmpty());
  QVERIFY(!isMarkedWrong(port));
}

void TestServerPanel::fieldsAreLockedWithAReasonWhileListening() {
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), text("0"));
  const QString own = desk.find<QLineEdit>("serverPortEdit")->toolTip();
  QVERIFY(desk.start() != 0);
  for (const char* name : {"serverTransportBox", "serverAddressBox", "serverPortEdit", "serverBacklogSpin"}) {
    const auto* field = desk.find<QWidget>(name);
    QVERIFY2(!field->isEnabled(), name);
    QVERIFY2(field->toolTip().contains(text("Stop the server")), name);
    QVERIFY2(!field->accessibleDescription().isEmpty(), name);
  }
  QVERIFY(desk.find<QComboBox>("serverResponderBox")->isEnabled());
  desk.click("serverStopButton");
  QTRY_VERIFY(desk.find<QLineEdit>("serverPortEdit")->isEnabled());
  QCOMPARE(desk.find<QLineEdit>("serverPortEdit")->toolTip(), own);
}

void TestServerPanel::rulesChangeWhileListening() {
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

void TestServerPanel::theEndWordClosesBothSides() {
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), text("0"));
  QTest::mouseClick(desk.find<QToolButton>("serverMoreButton"), Qt::LeftButton);
  desk.find<QLineEdit>("serverEndWordEdit")->setText(text("exit"));
  const auto peer = dial(desk.start());
  peer->write("hello\nexit\n");
  QTRY_COMPARE(peer->state(), QAbstractSocket::UnconnectedState);
  QTRY_COMPARE(desk.cell(0, ConnectionsModel::State), text("closed (by us)"));
}

void TestServerPanel::optionsAreAppliedAndWrongOnesMarked() {
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), text("0"));
  QTest::mouseClick(desk.find<QToolButton>("serverMoreButton"), Qt::LeftButton);
  auto* options = desk.find<QLineEdit>("serverOptionsEdit");
  options->setText(text("SO_KEEPALIVE=1 SO_NOTHING=1"));
  desk.click("serverStartButton");
  QVERIFY(desk.message().startsWith(text("BAD_OPTION_NAME")));
  QVERIFY(isMarkedWrong(options));
  QCOMPARE(options->selectedText(), text("SO_NOTHING"));
  QVERIFY(!isMarkedWrong(desk.find<QComboBox>("serverAddressBox")));

  // Folded away, what is wrong comes back into view.
  QTest::mouseClick(desk.find<QToolButton>("serverMoreButton"), Qt::LeftButton);
  QVERIFY(desk.find<QToolButton>("serverMoreButton")->text().contains(text("set")));
  desk.click("serverStartButton");
  QVERIFY(desk.find<QLineEdit>("serverOptionsEdit"));

  options->setText(text("SO_KEEPALIVE=1 SO_RCVBUF=65536"));
  QVERIFY(desk.start() != 0);
}

void TestServerPanel::tellsThatOthersCanReachIt() {
  Desk desk;
  const auto reach = [&desk](const char* host) {
    desk.find<QComboBox>("serverAddressBox")->setEditText(text(host));
    return desk.find<QLabel>("serverReachLabel") != nullptr;
  };
  QVERIFY(!reach("127.0.0.1"));
  QVERIFY(!reach("::1"));
  QVERIFY(reach("0.0.0.0"));
  QVERIFY(reach("*"));
  QVERIFY(reach("192.0.2.7"));
  QVERIFY(!reach("localhost"));
}

void TestServerPanel::connectionsOutliveTheirListener() {
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

void TestServerPanel::aNewConnectionTakesNothingFromThePerson() {
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

void TestServerPanel::manyServersAtOnce() {
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), text("0"));
  const quint16 first = desk.start();
  desk.panel.addNewPage();
  desk.fill("TCP", text("127.0.0.1"), text("0"));
  const quint16 second = desk.start();
  QVERIFY(first != 0 && second != 0 && first != second);
  QCOMPARE(desk.panel.pageCount(), 2);
  const auto* tabs = desk.find<QTabBar>("serverPageTabs");
  QCOMPARE(tabs->tabText(0), text(":%1 tcp").arg(first));
  QCOMPARE(tabs->tabText(1), text(":%1 tcp").arg(second));
  QVERIFY(dial(first) && dial(second));
}

void TestServerPanel::closingAPageClosesWhatIsOpenOnIt() {
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), text("0"));
  const auto peer = dial(desk.start());
  QTRY_COMPARE(desk.rows()->rowCount(), 1);
  QCOMPARE(desk.bridge.snapshots().size(), 2);
  auto* tabs = desk.find<QTabBar>("serverPageTabs");
  emit tabs->tabCloseRequested(0);
  QCOMPARE(desk.panel.pageCount(), 1);
  QCOMPARE(desk.state(), text("idle"));
  QTRY_COMPARE(peer->state(), QAbstractSocket::UnconnectedState);
  QTRY_VERIFY(desk.bridge.snapshots().isEmpty());
}

void TestServerPanel::showsASessionsPageAndRow() {
  Desk desk;
  QSignalSpy selected(&desk.panel, &PagesPanel::sessionSelected);
  ListenSpec spec;
  spec.endpoint = *Endpoint::parse("tcp://127.0.0.1:0");
  const ServerPage* first = desk.panel.openServer(spec);
  QTRY_VERIFY(desk.state().startsWith(text("Listening")));
  const auto port = desk.state().section(QLatin1Char(':'), -1).toUShort();
  const auto one = dial(port);
  const auto two = dial(port);
  QTRY_COMPARE(desk.rows()->rowCount(), 2);
  const SessionId child{desk.rows()->index(1, 0).data(ConnectionsModel::SessionIdRole).toUInt()};
  const ServerPage* second = desk.panel.openServer(spec);
  QVERIFY(first != second);
  QVERIFY(desk.panel.ownsSession(child));
  QVERIFY(desk.panel.ownsSession(second->session()));
  QVERIFY(!desk.panel.ownsSession(SessionId{4711}));
  QVERIFY(!desk.panel.ownsSession(SessionId{}));

  desk.panel.showSession(child);
  QVERIFY(first->isVisible());
  const auto rows = desk.find<QTableView>("serverConnectionsTable")->selectionModel()->selectedRows();
  QCOMPARE(rows.size(), 1);
  QCOMPARE(rows.first().row(), 1);
  desk.panel.showSession(second->session());
  QVERIFY(second->isVisible());
  QVERIFY(!selected.isEmpty());
  QCOMPARE(selected.last().first().value<SessionId>(), second->session());
}

void TestServerPanel::aTargetFillsAnIdlePage() {
  Desk desk;
  desk.panel.setTarget(*Endpoint::parse("udp://[::1]:5353"));
  QCOMPARE(desk.panel.pageCount(), 1);
  QCOMPARE(desk.find<QComboBox>("serverTransportBox")->currentText(), text("UDP"));
  QCOMPARE(desk.find<QComboBox>("serverAddressBox")->currentText(), text("::1"));
  QCOMPARE(desk.find<QLineEdit>("serverPortEdit")->text(), text("5353"));
  desk.find<QLineEdit>("serverPortEdit")->setText(text("0"));
  QVERIFY(desk.start() != 0);
  desk.panel.setTarget(*Endpoint::parse("tcp://127.0.0.1:80"));
  QCOMPARE(desk.panel.pageCount(), 2);
}

void TestServerPanel::remembersItsInputs() {
  const QTemporaryDir folder;
  QSettings settings(folder.filePath(text("state.ini")), QSettings::IniFormat);
  {
    Desk desk;
    desk.fill("TCP", text("0.0.0.0"), text("4242"));
    desk.answer(2);
    desk.find<QSpinBox>("serverBacklogSpin")->setValue(7);
    desk.panel.addNewPage();
    desk.fill("UNIX seqpacket", text("/tmp/数据.sock"));
    desk.panel.saveState(settings);
  }
  Desk desk;
  desk.panel.restoreState(settings);
  QCOMPARE(desk.panel.pageCount(), 2);
  QCOMPARE(desk.find<QComboBox>("serverTransportBox")->currentText(), text("UNIX seqpacket"));
  QCOMPARE(desk.find<QComboBox>("serverAddressBox")->currentText(), text("/tmp/数据.sock"));
  desk.find<QTabBar>("serverPageTabs")->setCurrentIndex(0);
  QCOMPARE(desk.find<QComboBox>("serverAddressBox")->currentText(), text("0.0.0.0"));
  QCOMPARE(desk.find<QLineEdit>("serverPortEdit")->text(), text("4242"));
  QCOMPARE(desk.find<QSpinBox>("serverBacklogSpin")->value(), 7);
  QCOMPARE(desk.find<QComboBox>("serverResponderBox")->currentText(), text("Answer: discard"));
  QVERIFY(desk.find<QLabel>("serverReachLabel"));
  QCOMPARE(desk.state(), text("idle"));
}

// Every control keeps the height it asks for, and lies within the page's width.
void TestServerPanel::nothingIsCutInASmallWindow() {
  Desk desk;
  desk.fill("TCP", text("0.0.0.0"), text("99999"));
  QTest::mouseClick(desk.find<QToolButton>("serverMoreButton"), Qt::LeftButton);
  desk.click("serverStartButton");
  desk.panel.resize(660, 260);
  QVERIFY(QTest::qWaitFor([&desk] { return desk.panel.width() == 660; }));
  QTest::qWait(0);
  for (const QWidget* widget : desk.panel.findChildren<QWidget*>()) {
    const bool isControl = qobject_cast<const QAbstractButton*>(widget) ||
                           qobject_cast<const QComboBox*>(widget) || qobject_cast<const QLineEdit*>(widget) ||
                           qobject_cast<const InlineMessage*>(widget);
    if (!isControl || !widget->isVisible() || widget->objectName().isEmpty()) continue;
    const QString name = widget->objectName();
    if (qobject_cast<const QSpinBox*>(widget->parentWidget()) ||
        qobject_cast<const QTabBar*>(widget->parentWidget()) ||
        qobject_cast<const QComboBox*>(widget->parentWidget())) {
      continue;
    }
    QVERIFY2(widget->height() >= widget->minimumSizeHint().height(), qPrintable(name));
    const int right = widget->mapTo(&desk.panel, QPoint(widget->width(), 0)).x();
    QVERIFY2(right <= desk.panel.width(), qPrintable(name));
  }
}

QTEST_MAIN(TestServerPanel)
#include "tst_server_panel.moc"
