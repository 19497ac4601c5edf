#include "server_desk.h"

using namespace sockbench;
using namespace sockbench::ui;

class TestServerPanel : public QObject {
  Q_OBJECT

 private slots:
  void listensStopsAndListensAgain();
  void anEmptyPortIsAnyFreeOne();
  void anAddressInUseIsToldAtThePort();
  void wrongInputIsToldAtItsField_data();
  void wrongInputIsToldAtItsField();
  void aForeignFileIsToldAtThePathAndKept();
  void anErrorStaysUntilThePersonActs();
  void fieldsAreLockedWithAReasonWhileListening();
  void optionsAreAppliedAndWrongOnesMarked();
  void tellsThatOthersCanReachIt();
  void manyServersAtOnce();
  void closingAPageClosesWhatIsOpenOnIt();
  void showsASessionsPageAndRow();
  void aTargetFillsAnIdlePage();
  void remembersItsInputs();
  void nothingIsCutInASmallWindow_data();
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

void TestServerPanel::anEmptyPortIsAnyFreeOne() {
  Desk desk;
  desk.fill("TCP", text("::1"));
  desk.click("serverStartButton");
  QTRY_VERIFY(desk.state().startsWith(text("Listening on [::1]:")));
  QVERIFY(desk.state().section(QLatin1Char(':'), -1).toUShort() != 0);
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

void TestServerPanel::nothingIsCutInASmallWindow_data() {
  QTest::addColumn<QByteArray>("transport");
  QTest::addColumn<int>("responder");
  QTest::newRow("TCP") << QByteArray("TCP") << 0;
  QTest::newRow("UDP that answers at a rate") << QByteArray("UDP") << 3;
}

// Every control keeps the height it asks for, and lies within the page's width.
void TestServerPanel::nothingIsCutInASmallWindow() {
  QFETCH(QByteArray, transport);
  QFETCH(int, responder);
  Desk desk;
  desk.fill(transport.constData(), text("0.0.0.0"), text("99999"));
  desk.answer(responder);
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
