#include "client_desk.h"

using namespace sockbench;
using namespace sockbench::ui;

class TestClientPanel : public QObject {
  Q_OBJECT

 private slots:
  void aPastedEndpointFillsTheFields_data();
  void aPastedEndpointFillsTheFields();
  void aRefusedConnectIsToldWithSymbolAndHint();
  void anErrorStaysUntilThePersonActs();
  void wrongInputIsToldAtItsField_data();
  void wrongInputIsToldAtItsField();
  void theLocalEndIsReadStrictly_data();
  void theLocalEndIsReadStrictly();
  void theCursorGoesWhereTheNextStepIs();
  void fieldsAreLockedWithAReasonWhileConnected();
  void manyClientsAtOnce();
  void closingAPageClosesItsSession();
  void aTargetFillsAnIdlePage();
  void aLocalAddressFillsAnIdlePage();
  void remembersItsInputs();
};

void TestClientPanel::aPastedEndpointFillsTheFields_data() {
  QTest::addColumn<QString>("pasted");
  QTest::addColumn<QString>("transport");
  QTest::addColumn<QString>("host");
  QTest::addColumn<QString>("port");
  QTest::newRow("tcp") << text("tcp://localhost:9000") << text("TCP") << text("localhost") << text("9000");
  QTest::newRow("udp over IPv6 with a service")
      << text("udp://[::1]:domain") << text("UDP") << text("::1") << text("domain");
  QTest::newRow("UNIX") << text("unix:/run/demo.sock") << text("UNIX stream") << text("/run/demo.sock")
                        << QString();
  QTest::newRow("abstract seqpacket")
      << text("unix-seqpacket:@demo") << text("UNIX seqpacket") << text("@demo") << QString();
  QTest::newRow("host and port") << text("example.com:443") << text("TCP") << text("example.com")
                                 << text("443");
  QTest::newRow("white space around")
      << text(" tcp://10.0.0.1:7 ") << text("TCP") << text("10.0.0.1") << text("7");
}

void TestClientPanel::aPastedEndpointFillsTheFields() {
  QFETCH(QString, pasted);
  QFETCH(QString, transport);
  QFETCH(QString, host);
  QFETCH(QString, port);
  Desk desk;
  auto* edit = desk.find<QLineEdit>("clientHostEdit");
  edit->setFocus();
  edit->insert(pasted);
  QCOMPARE(desk.find<QComboBox>("clientTransportBox")->currentText(), transport);
  QCOMPARE(edit->text(), host);
  if (!port.isEmpty()) QCOMPARE(desk.find<QLineEdit>("clientPortEdit")->text(), port);
}

void TestClientPanel::aRefusedConnectIsToldWithSymbolAndHint() {
  quint16 port = 0;
  {
    const Server gone;
    port = gone.serverPort();
  }
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), port);
  desk.click("clientConnectButton");
  QTRY_COMPARE(desk.state(), text("failed (ECONNREFUSED)"));
  QVERIFY2(desk.message().startsWith(text("ECONNREFUSED  Connection refused")), qPrintable(desk.message()));
  QVERIFY(desk.message().contains(text("nothing listens")));
  QVERIFY(isMarkedWrong(desk.find<QLineEdit>("clientPortEdit")));
  QTRY_VERIFY(!desk.conversation().filter(text("ECONNREFUSED")).isEmpty());
  QVERIFY(desk.find<QPushButton>("clientConnectButton")->isEnabled());
}

void TestClientPanel::anErrorStaysUntilThePersonActs() {
  quint16 port = 0;
  {
    const Server gone;
    port = gone.serverPort();
  }
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), port);
  desk.click("clientConnectButton");
  QTRY_VERIFY(!desk.message().isEmpty());
  desk.panel.addNewPage();
  desk.find<QTabBar>("clientPageTabs")->setCurrentIndex(0);
  QVERIFY(desk.message().startsWith(text("ECONNREFUSED")));
  QTest::keyClick(desk.find<QLineEdit>("clientPortEdit"), Qt::Key_1);
  QVERIFY(desk.message().isEmpty());
  QVERIFY(!isMarkedWrong(desk.find<QLineEdit>("clientPortEdit")));
}

void TestClientPanel::wrongInputIsToldAtItsField_data() {
  QTest::addColumn<QByteArray>("transport");
  QTest::addColumn<QString>("host");
  QTest::addColumn<QString>("port");
  QTest::addColumn<QString>("bind");
  QTest::addColumn<QString>("options");
  QTest::addColumn<QString>("symbol");
  QTest::addColumn<QByteArray>("field");
  const QString none;
  QTest::newRow("port above 65535") << QByteArray("TCP") << text("127.0.0.1") << text("65536") << none << none
                                    << text("BAD_PORT") << QByteArray("clientPortEdit");
  QTest::newRow("no port") << QByteArray("TCP") << text("127.0.0.1") << none << none << none
                           << text("BAD_PORT") << QByteArray("clientPortEdit");
  QTest::newRow("host with a space") << QByteArray("UDP") << text("a b") << text("1") << none << none
                                     << text("BAD_HOST") << QByteArray("clientHostEdit");
  QTest::newRow("whole endpoint with a bad port")
      << QByteArray("TCP") << text("tcp://127.0.0.1:x y") << none << none << none << text("BAD_PORT")
      << QByteArray("clientHostEdit");
  QTest::newRow("whole endpoint of an unknown transport")
      << QByteArray("TCP") << text("carrier-pigeon://a:1") << none << none << none << text("BAD_TRANSPORT")
      << QByteArray("clientHostEdit");
  QTest::newRow("path too long") << QByteArray("UNIX stream") << QString(108, QLatin1Char('p')) << none
                                 << none << none << text("PATH_TOO_LONG") << QByteArray("clientHostEdit");
  QTest::newRow("no such path") << QByteArray("UNIX stream") << text("/no/such.sock") << none << none << none
                                << text("ENOENT") << QByteArray("clientHostEdit");
  QTest::newRow("local end with a bad port")
      << QByteArray("TCP") << text("127.0.0.1") << text("1") << text("127.0.0.1:99999") << none
      << text("BAD_PORT") << QByteArray("clientBindEdit");
  QTest::newRow("local end of another machine")
      << QByteArray("TCP") << text("127.0.0.1") << text("1") << text("192.0.2.1:0") << none
      << text("EADDRNOTAVAIL") << QByteArray("clientBindEdit");
  QTest::newRow("unknown option") << QByteArray("TCP") << text("127.0.0.1") << text("1") << none
                                  << text("TCP_NOTHING=1") << text("BAD_OPTION_NAME")
                                  << QByteArray("clientOptionsEdit");
  QTest::newRow("option out of range")
      << QByteArray("TCP") << text("127.0.0.1") << text("1") << none << text("TCP_NODELAY=maybe")
      << text("BAD_OPTION_VALUE") << QByteArray("clientOptionsEdit");
}

void TestClientPanel::wrongInputIsToldAtItsField() {
  QFETCH(QByteArray, transport);
  QFETCH(QString, host);
  QFETCH(QString, port);
  QFETCH(QString, bind);
  QFETCH(QString, options);
  QFETCH(QString, symbol);
  QFETCH(QByteArray, field);
  Desk desk;
  desk.unfold();
  desk.fill(transport.constData(), host, 0);
  if (auto* edit = desk.find<QLineEdit>("clientPortEdit")) edit->setText(port);
  desk.find<QLineEdit>("clientBindEdit")->setText(bind);
  desk.find<QLineEdit>("clientOptionsEdit")->setText(options);
  desk.unfold();
  desk.click("clientConnectButton");
  QTRY_VERIFY2(desk.message().startsWith(symbol), qPrintable(desk.message()));
  QVERIFY2(isMarkedWrong(desk.find<QWidget>(field.constData())), "in view, and tinted");
  for (const char* other : {"clientHostEdit", "clientPortEdit", "clientBindEdit", "clientOptionsEdit"}) {
    if (field != other) QVERIFY2(!isMarkedWrong(desk.find<QWidget>(other)), other);
  }
}

void TestClientPanel::theLocalEndIsReadStrictly_data() {
  QTest::addColumn<QString>("typed");
  QTest::addColumn<QString>("host");
  QTest::addColumn<QString>("service");
  QTest::newRow("address and port") << text("127.0.0.1:40000") << text("127.0.0.1") << text("40000");
  QTest::newRow("address alone") << text("127.0.0.1") << text("127.0.0.1") << text("0");
  QTest::newRow("IPv6 in brackets") << text("[::1]:40000") << text("::1") << text("40000");
  QTest::newRow("IPv6 alone") << text("::1") << text("::1") << text("0");
  QTest::newRow("port alone") << text(":40000") << text("*") << text("40000");
  QTest::newRow("bad port") << text("127.0.0.1:zz zz") << QString() << QString();
}

void TestClientPanel::theLocalEndIsReadStrictly() {
  QFETCH(QString, typed);
  QFETCH(QString, host);
  QFETCH(QString, service);
  const Result<Endpoint> end = parseLocalEnd(Transport::tcp, typed);
  QCOMPARE(end.has_value(), !host.isEmpty());
  if (!end) {
    QVERIFY(end.error().isInput(InputFault::badPort));
    QLineEdit edit(typed);
    selectWrongPart(&edit, end.error());
    QCOMPARE(edit.selectedText(), text("zz zz"));
    return;
  }
  QCOMPARE(toQString(end->host), host);
  QCOMPARE(toQString(end->service), service);
}

void TestClientPanel::theCursorGoesWhereTheNextStepIs() {
  quint16 port = 0;
  {
    const Server gone;
    port = gone.serverPort();
  }
  Desk desk;
  QVERIFY(QTest::qWaitForWindowActive(desk.panel.window()));  // only there is the cursor free to go
  desk.panel.focusFirst();
  desk.fill("TCP", text("127.0.0.1"), port);
  desk.click("clientConnectButton");
  QTRY_COMPARE(desk.state(), text("failed (ECONNREFUSED)"));
  QTRY_VERIFY2(desk.find<QLineEdit>("clientPortEdit")->hasFocus(), "there it can be mended");
  QCOMPARE(desk.find<QLineEdit>("clientPortEdit")->selectedText(), QString::number(port));

  desk.find<QPlainTextEdit>("clientComposerEdit")->setPlainText(text("half a sen"));
  desk.click("clientConnectButton");
  QTRY_VERIFY2(desk.find<QPlainTextEdit>("clientComposerEdit")->hasFocus(), "one writes while it connects");
  QTRY_VERIFY(!desk.message().isEmpty());
  QVERIFY2(desk.find<QPlainTextEdit>("clientComposerEdit")->hasFocus(), "nobody who writes is interrupted");
}

void TestClientPanel::fieldsAreLockedWithAReasonWhileConnected() {
  Server server;
  Desk desk;
  desk.unfold();
  desk.fill("TCP", text("127.0.0.1"), server.serverPort());
  desk.click("clientConnectButton");
  QTRY_COMPARE(desk.state(), text("connected"));
  for (const char* name : {"clientTransportBox", "clientHostEdit", "clientPortEdit", "clientBindEdit",
                           "clientTimeoutSpin", "clientOptionsEdit", "clientEndWordEdit"}) {
    QVERIFY2(!desk.find<QWidget>(name)->isEnabled(), name);
    QVERIFY2(desk.find<QWidget>(name)->toolTip().contains(text("Disconnect")), name);
  }
  desk.click("clientDisconnectButton");
  QTRY_VERIFY(desk.find<QLineEdit>("clientHostEdit")->isEnabled());
}

void TestClientPanel::manyClientsAtOnce() {
  Server server;
  Desk desk;
  ConnectSpec spec;
  spec.endpoint = *Endpoint::fromParts(Transport::tcp, "localhost", std::to_string(server.serverPort()));
  for (int i = 0; i < 5; ++i) {
    desk.panel.openClient(spec);
    QTRY_COMPARE(desk.state(), text("connected"));
  }
  QCOMPARE(desk.panel.pageCount(), 5);
}

void TestClientPanel::closingAPageClosesItsSession() {
  Server server;
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), server.serverPort());
  desk.click("clientConnectButton");
  QTRY_COMPARE(desk.state(), text("connected"));
  QTcpSocket* peer = server.next();
  emit desk.find<QTabBar>("clientPageTabs")->tabCloseRequested(0);
  QCOMPARE(desk.panel.pageCount(), 1);
  QCOMPARE(desk.state(), text("idle"));
  QTRY_COMPARE(peer->state(), QAbstractSocket::UnconnectedState);
  QTRY_VERIFY(desk.bridge.snapshots().isEmpty());
}

void TestClientPanel::aTargetFillsAnIdlePage() {
  Server server;
  Desk desk;
  desk.panel.setTarget(
      *Endpoint::fromParts(Transport::tcp, "127.0.0.1", std::to_string(server.serverPort())));
  QCOMPARE(desk.panel.pageCount(), 1);
  QCOMPARE(desk.find<QLineEdit>("clientHostEdit")->text(), text("127.0.0.1"));
  desk.panel.act();
  QTRY_COMPARE(desk.state(), text("connected"));
  desk.panel.setTarget(*Endpoint::parse("unix:/run/x"));
  QCOMPARE(desk.panel.pageCount(), 2);
  QCOMPARE(desk.find<QComboBox>("clientTransportBox")->currentText(), text("UNIX stream"));
}

void TestClientPanel::aLocalAddressFillsAnIdlePage() {
  Desk desk;
  desk.find<QComboBox>("clientTransportBox")->setCurrentText(text("UNIX stream"));
  desk.panel.setLocalAddress(text("127.0.0.1"));
  QVERIFY(desk.find<QLineEdit>("clientBindEdit"));  // unfolded, so that a person sees it
  QCOMPARE(desk.find<QLineEdit>("clientBindEdit")->text(), text("127.0.0.1"));
  Server server;
  desk.fill("TCP", text("127.0.0.1"), server.serverPort());
  desk.click("clientConnectButton");
  QVERIFY(server.next());
  desk.panel.setLocalAddress(text("::1"));  // on another page: this one is connected
  QCOMPARE(desk.panel.pageCount(), 2);
  QCOMPARE(desk.find<QLineEdit>("clientBindEdit")->text(), text("::1"));
}

void TestClientPanel::remembersItsInputs() {
  const QTemporaryDir folder;
  QSettings settings(folder.filePath(text("state.ini")), QSettings::IniFormat);
  {
    Desk desk;
    desk.fill("UDP", text("fe80::1%lo"), 53);
    desk.unfold();
    desk.find<QLineEdit>("clientBindEdit")->setText(text(":4000"));
    desk.find<QDoubleSpinBox>("clientTimeoutSpin")->setValue(3.5);
    desk.find<QLineEdit>("clientEndWordEdit")->setText(text("再见"));
    desk.panel.saveState(settings);
  }
  Desk desk;
  desk.panel.restoreState(settings);
  QCOMPARE(desk.find<QComboBox>("clientTransportBox")->currentText(), text("UDP"));
  QCOMPARE(desk.find<QLineEdit>("clientHostEdit")->text(), text("fe80::1%lo"));
  QCOMPARE(desk.find<QLineEdit>("clientPortEdit")->text(), text("53"));
  QCOMPARE(desk.find<QLineEdit>("clientBindEdit")->text(), text(":4000"));
  QCOMPARE(desk.find<QDoubleSpinBox>("clientTimeoutSpin")->value(), 3.5);
  QCOMPARE(desk.find<QLineEdit>("clientEndWordEdit")->text(), text("再见"));
  QCOMPARE(desk.state(), text("idle"));
}

QTEST_MAIN(TestClientPanel)
#include "tst_client_panel.moc"
