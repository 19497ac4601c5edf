// Connections to each address of a look-up, against real listeners: the waterfall, who wins, and that nothing
// stays behind.
#include <QAbstractItemModelTester>
#include <QDir>
#include <QDoubleSpinBox>
#include <QPointer>
#include <set>

#include "client_desk.h"
#include "core/payload/escapes.h"
#include "ui/panels/resolver/race/race_model.h"
#include "ui/panels/resolver/race/race_page.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

// What a look-up of `host` would have found: stream, datagram and raw sockets of each address.
LookedUpHost lookedUp(const QStringList& addresses, quint16 port,
                      const QString& host = QStringLiteral("bench.test")) {
  AddressAnswer answer;
  for (const QString& address : addresses) {
    for (const int type : {SOCK_STREAM, SOCK_DGRAM, SOCK_RAW}) {
      const SocketAddress where = SocketAddress::fromIp(address.toStdString(), port).value();
      answer.results.push_back({.family = where.family(), .type = type, .protocol = 0, .address = where});
    }
  }
  return {host, {.answer = std::move(answer), .elapsed = std::chrono::microseconds(1234)}};
}

// Greets whoever comes; or, `asked`, answers what it is told.
struct Greeter : QTcpServer {
  explicit Greeter(bool asked = false) {
    connect(this, &QTcpServer::newConnection, this, [this, asked] {
      QTcpSocket* peer = nextPendingConnection();
      if (!asked) peer->write("220 welcome\r\n");
      connect(peer, &QTcpSocket::readyRead, peer, [this, peer] {
        heard += peer->readAll();
        peer->write("250 heard\r\n");
      });
    });
  }
  QByteArray heard;
};

struct Page {
  EngineBridge bridge;
  QPointer<RacePage> page = new RacePage(&bridge);
  QTableView* table = find<QTableView>("resolverRaceTable");
  QLineEdit* port = find<QLineEdit>("resolverRacePortEdit");
  QLineEdit* send = find<QLineEdit>("resolverRaceSendEdit");
  QDoubleSpinBox* limit = find<QDoubleSpinBox>("resolverRaceLimitSpin");
  QPushButton* start = find<QPushButton>("resolverRaceButton");
  QPushButton* stop = find<QPushButton>("resolverRaceCancelButton");
  QAbstractItemModelTester tester{table->model()};

  Page() {
    limit->setValue(20);
    showActive(*page);
  }
  ~Page() { delete page; }
  template <class T>
  T* find(const char* name) const {
    return page->findChild<T*>(QLatin1String(name));
  }
  QString status() const { return find<QLabel>("resolverRaceStatusLabel")->text(); }
  QString message() const { return find<InlineMessage>("resolverRaceMessage")->text(); }
  QString cell(int row, int column) const { return table->model()->index(row, column).data().toString(); }
  QString course(int row) const { return cell(row, RaceModel::Course); }
  void race() const { QTest::mouseClick(start, Qt::LeftButton); }
  bool over() const { return !page->isRunning(); }
  int openSessions() const {
    int open = 0;
    for (const SessionSnapshot& session : bridge.snapshots()) open += session.isOpen();
    return open;
  }
};

int descriptors() {
  return static_cast<int>(QDir(QStringLiteral("/proc/self/fd"))
                              .entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System)
                              .size());
}

bool hasIpv6() {
  QTcpServer probe;
  return probe.listen(QHostAddress::LocalHostIPv6, 0);
}

}  // namespace

class TestRacePage : public QObject {
  Q_OBJECT

 private slots:
  void asksForALookUpFirst();
  void takesEachStreamAddressOnce();
  void greeted();
  void sendsFirst();
  void tellsWhyThereWasNoByte_data();
  void tellsWhyThereWasNoByte();
  void refused();
  void noRoute();
  void bothFamiliesAndTheWinner();
  void aChosenPortGoesBeforeTheOneAskedFor();
  void faultsOfTheForm_data();
  void faultsOfTheForm();
  void cancelled();
  void anotherLookUpEndsIt();
  void hiddenAndDestroyedInMidRace();
  void manyAddressesAreBoundedAndLeaveNothing();
  void choosesATarget();
  void remembersItsFields();
};

void TestRacePage::asksForALookUpFirst() {
  Page p;
  QVERIFY(!p.start->isEnabled());
  p.page->act();
  QVERIFY(!p.message().isEmpty());
  p.page->setHosts({lookedUp({QStringLiteral("127.0.0.1")}, 9)});
  QVERIFY(p.start->isEnabled());
}

void TestRacePage::takesEachStreamAddressOnce() {
  Page p;
  p.page->setHosts({lookedUp({text("::1"), text("127.0.0.1"), text("127.0.0.1")}, 80)});
  QCOMPARE(p.table->model()->rowCount(), 2);
  QCOMPARE(p.cell(0, RaceModel::Address), text("::1"));
  QCOMPARE(p.cell(1, RaceModel::Address), text("127.0.0.1"));
  QCOMPARE(p.cell(1, RaceModel::Order), text("2"));
  QCOMPARE(p.cell(1, RaceModel::Begins), text("+250 ms"));
  QVERIFY(p.table->isColumnHidden(RaceModel::Host));
  p.page->setHosts(
      {lookedUp({text("127.0.0.1")}, 80), lookedUp({text("127.0.0.1")}, 80, text("other.test"))});
  QVERIFY(!p.table->isColumnHidden(RaceModel::Host));
  QCOMPARE(p.cell(1, RaceModel::Order), text("1"));  // of its own host
}

void TestRacePage::greeted() {
  Greeter server;
  QVERIFY(server.listen(QHostAddress::LocalHost));
  Page p;
  p.page->setHosts({lookedUp({text("127.0.0.1")}, server.serverPort())});
  p.race();
  QTRY_VERIFY_WITH_TIMEOUT(p.over(), 20000);
  QVERIFY2(p.course(0).startsWith(text("1.23 + ")), qPrintable(p.course(0)));
  QCOMPARE(p.course(0).count(text(" + ")), 2);
  QVERIFY(p.course(0).endsWith(text(" · fastest")));
  QVERIFY(
      p.status().startsWith(text("1 of 1 connected · Happy Eyeballs (RFC 8305) would end with 127.0.0.1")));
  QCOMPARE(p.cell(0, RaceModel::Order), text("1 ✓"));
  QTRY_VERIFY(p.bridge.snapshots().isEmpty());
  QVERIFY(p.bridge.log().end() > p.bridge.log().first());  // the timeline keeps what happened
}

void TestRacePage::sendsFirst() {
  Greeter server(true);
  QVERIFY(server.listen(QHostAddress::LocalHost));
  Page p;
  p.page->setHosts({lookedUp({text("127.0.0.1")}, server.serverPort())});
  p.send->setText(text("HEAD / HTTP/1.0\\r\\n\\r\\n"));
  p.race();
  QTRY_VERIFY_WITH_TIMEOUT(p.over(), 20000);
  QCOMPARE(p.course(0).count(text(" + ")), 2);
  QCOMPARE(server.heard, QByteArray("HEAD / HTTP/1.0\r\n\r\n"));
}

void TestRacePage::tellsWhyThereWasNoByte_data() {
  QTest::addColumn<bool>("closes");
  QTest::addColumn<QString>("words");
  QTest::newRow("a peer that says nothing") << false << "no byte in ";
  QTest::newRow("a peer that closes") << true << "closed by the peer without a byte";
}

void TestRacePage::tellsWhyThereWasNoByte() {
  QFETCH(bool, closes);
  QFETCH(QString, words);
  QTcpServer server;
  if (closes) connect(&server, &QTcpServer::newConnection, [&] { server.nextPendingConnection()->close(); });
  QVERIFY(server.listen(QHostAddress::LocalHost));
  Page p;
  p.limit->setValue(closes ? 20 : 1);
  p.page->setHosts({lookedUp({text("127.0.0.1")}, server.serverPort())});
  p.race();
  QTRY_VERIFY_WITH_TIMEOUT(p.over(), 20000);
  QVERIFY2(p.course(0).contains(words), qPrintable(p.course(0)));
  QVERIFY(p.status().startsWith(text("1 of 1 connected")));
}

void TestRacePage::refused() {
  QTcpServer server;
  QVERIFY(server.listen(QHostAddress::LocalHost));
  const quint16 port = server.serverPort();
  server.close();
  Page p;
  p.page->setHosts({lookedUp({text("127.0.0.1")}, port)});
  p.race();
  QTRY_VERIFY_WITH_TIMEOUT(p.over(), 20000);
  QVERIFY2(p.course(0).contains(text("ECONNREFUSED  Connection refused after ")), qPrintable(p.course(0)));
  QVERIFY(p.table->model()->index(0, RaceModel::Course).data(RaceModel::kFaultRole).toBool());
  QVERIFY(
      p.status().contains(text("1 failed: ECONNREFUSED · Happy Eyeballs (RFC 8305) would end with none")));
  QTRY_VERIFY(p.bridge.snapshots().isEmpty());
}

void TestRacePage::noRoute() {
  FullServer server;
  Page p;
  p.limit->setValue(0.3);
  p.page->setHosts({lookedUp({text("127.0.0.1")}, server.serverPort())});
  p.race();
  QTRY_VERIFY_WITH_TIMEOUT(p.over(), 20000);
  QVERIFY2(p.course(0).contains(text("ETIMEDOUT")), qPrintable(p.course(0)));
}

void TestRacePage::bothFamiliesAndTheWinner() {
  if (!hasIpv6()) QSKIP("no IPv6 here");
  Greeter server;
  QVERIFY(server.listen(QHostAddress::LocalHostIPv6));
  Page p;
  // Nobody listens on the IPv4 addresses at that port.
  p.page->setHosts({lookedUp({text("127.0.0.1"), text("127.0.0.2"), text("::1")}, server.serverPort())});
  QCOMPARE(p.cell(2, RaceModel::Order), text("2"));
  p.race();
  QTRY_VERIFY_WITH_TIMEOUT(p.over(), 20000);
  QCOMPARE(p.cell(2, RaceModel::Order), text("2 ✓"));
  QCOMPARE(p.cell(0, RaceModel::Begins), text("at once"));
  QVERIFY(p.cell(2, RaceModel::Begins)
              .startsWith(QLatin1Char('+')));  // as soon as the first was refused, or after 250 ms
  QVERIFY(p.table->model()->index(2, 0).data(RaceModel::kFastestRole).toBool());
  QVERIFY(p.status().startsWith(text("1 of 3 connected · 2 failed: ECONNREFUSED")));
  QVERIFY(p.status().contains(text("would end with ::1 after")));
}

void TestRacePage::aChosenPortGoesBeforeTheOneAskedFor() {
  Greeter server;
  QVERIFY(server.listen(QHostAddress::LocalHost));
  Page p;
  p.page->setHosts({lookedUp({text("127.0.0.1")}, 9)});
  p.port->setText(QString::number(server.serverPort()));
  const QString tip = p.table->model()->index(0, 0).data(Qt::ToolTipRole).toString();
  QVERIFY2(tip.contains(text("127.0.0.1:%1").arg(server.serverPort())), qPrintable(tip));
  QTest::keyClick(p.port, Qt::Key_Return);
  QTRY_VERIFY(p.over() && p.course(0).endsWith(text("fastest")));
}

void TestRacePage::faultsOfTheForm_data() {
  QTest::addColumn<QString>("port");
  QTest::addColumn<QString>("send");
  QTest::addColumn<QString>("wrong");
  QTest::newRow("no port anywhere") << ""
                                    << ""
                                    << "resolverRacePortEdit";
  QTest::newRow("no such service") << "no-such-service"
                                   << ""
                                   << "resolverRacePortEdit";
  QTest::newRow("a port beyond the last") << "65536"
                                          << ""
                                          << "resolverRacePortEdit";
  QTest::newRow("an escape that is none") << "80"
                                          << "\\q"
                                          << "resolverRaceSendEdit";
}

void TestRacePage::faultsOfTheForm() {
  QFETCH(QString, port);
  QFETCH(QString, send);
  QFETCH(QString, wrong);
  Page p;
  p.page->setHosts({lookedUp({text("127.0.0.1")}, 0)});
  p.port->setText(port);
  p.send->setText(send);
  p.race();
  QVERIFY(p.over());
  QVERIFY(!p.message().isEmpty());
  QVERIFY(isMarkedWrong(p.find<QLineEdit>(qPrintable(wrong))));
  p.find<QLineEdit>(qPrintable(wrong))->setText(text("x"));
  QVERIFY(p.message().isEmpty());
}

void TestRacePage::cancelled() {
  FullServer full;
  Page p;
  p.page->setHosts({lookedUp({text("127.0.0.1")}, full.serverPort())});
  p.race();
  QTRY_COMPARE(p.openSessions(), 1);
  QVERIFY(!p.start->isVisible());
  QTest::mouseClick(p.stop, Qt::LeftButton);
  QVERIFY(p.over());
  QVERIFY(p.course(0).contains(text("cancelled")));
  QVERIFY(p.status().contains(text("1 cancelled")));
  QVERIFY(p.start->isVisible());
  QTRY_VERIFY(p.bridge.snapshots().isEmpty());
}

void TestRacePage::anotherLookUpEndsIt() {
  FullServer full;
  Page p;
  p.page->setHosts({lookedUp({text("127.0.0.1")}, full.serverPort())});
  p.race();
  p.page->setHosts({});
  QVERIFY(p.over());
  QCOMPARE(p.table->model()->rowCount(), 0);
  QTRY_VERIFY(p.bridge.snapshots().isEmpty());
}

void TestRacePage::hiddenAndDestroyedInMidRace() {
  FullServer full;
  Page p;
  p.page->setHosts({lookedUp({text("127.0.0.1"), text("127.0.0.1")}, full.serverPort())});
  p.race();
  QTRY_COMPARE(p.openSessions(), 1);
  p.page->hide();
  delete p.page;
  QTRY_COMPARE(p.openSessions(), 0);
}

void TestRacePage::manyAddressesAreBoundedAndLeaveNothing() {
  Greeter server;
  QVERIFY(server.listen(QHostAddress::AnyIPv4));
  server.setMaxPendingConnections(500);
  Page p;
  QStringList addresses;
  for (int i = 1; i <= 200; ++i) addresses += text("127.1.0.%1").arg(i);
  p.page->setHosts({lookedUp(addresses, server.serverPort())});
  int most = 0;
  connect(&p.bridge, &EngineBridge::sessionsChanged, [&] { most = std::max(most, p.openSessions()); });
  int before = 0;
  for (int round = 0; round < 2; ++round) {
    p.race();
    QTRY_VERIFY_WITH_TIMEOUT(p.over(), 30000);
    QTRY_VERIFY(p.bridge.snapshots().isEmpty());
    qDeleteAll(server.findChildren<QTcpSocket*>());
    // The first connections of a process leave what the next ones use again.
    if (round == 0) before = descriptors();
  }
  for (int row = 0; row < 200; ++row) QCOMPARE(p.course(row).count(text(" + ")), 2);
  QVERIFY2(most <= AddressRace::kAtOnce, qPrintable(QString::number(most)));
  QVERIFY(p.status().startsWith(text("200 of 200 connected")));
  QTRY_COMPARE(descriptors(), before);
}

void TestRacePage::choosesATarget() {
  Page p;
  QSignalSpy targets(p.page, &RacePage::targetChosen);
  p.page->setHosts({lookedUp({text("::1")}, 7)});
  p.table->selectRow(0);
  emit p.table->doubleClicked(p.table->model()->index(0, 0));
  QCOMPARE(targets.size(), 1);
  QCOMPARE(targets.first().first().value<Endpoint>().text(), "tcp://[::1]:7");
}

void TestRacePage::remembersItsFields() {
  const QTemporaryDir folder;
  QSettings settings(folder.filePath(text("s.ini")), QSettings::IniFormat);
  Page first;
  first.port->setText(text("http"));
  first.send->setText(text("hi\\n"));
  first.limit->setValue(1.5);
  first.page->saveState(settings);
  Page second;
  second.page->restoreState(settings);
  QCOMPARE(second.port->text(), text("http"));
  QCOMPARE(second.send->text(), text("hi\\n"));
  QCOMPARE(second.limit->value(), 1.5);
}

QTEST_MAIN(TestRacePage)
#include "tst_race_page.moc"
