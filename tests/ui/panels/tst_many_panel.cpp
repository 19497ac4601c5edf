#include <sys/resource.h>

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>
#include <QTimer>
#include <QTreeView>

#include "panel_probe.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/models/session_tree_model.h"
#include "ui/models/swarm_clients_model.h"
#include "ui/panels/many/many_form.h"
#include "ui/panels/many/many_panel.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/latency_chart.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

constexpr int kLong = 60'000;  // ms; both ends of 1,000 connections on a machine that may be busy

QString text(const char* utf8) {
  return QString::fromUtf8(utf8);
}

// The panel as a person has it before them, and an echo server of our own.
struct Desk {
  EngineBridge bridge;
  ManyPanel panel{&bridge};

  Desk() { showActive(panel); }
  template <class T>
  T* find(const char* name) const {
    return visible<T>(panel, name);
  }
  void click(const char* button) const { QTest::mouseClick(find<QPushButton>(button), Qt::LeftButton); }
  QAbstractItemModel* rows(const char* table) const { return find<QTableView>(table)->model(); }
  void aim(quint16 port, int clients) const {
    find<QLineEdit>("manyHostEdit")->setText(text("127.0.0.1"));
    find<QLineEdit>("manyPortEdit")->setText(QString::number(port));
    find<QSpinBox>("manyClientsSpin")->setValue(clients);
  }
  quint16 serve() {
    ListenSpec spec;
    spec.endpoint = *Endpoint::parse("tcp://127.0.0.1:0");
    spec.rules.responder = Responder::echo;
    const SessionId server = bridge.listen(spec);
    const auto port = [&] {
      const auto now = bridge.snapshot(server);
      return now && now->state == SessionState::listening ? now->local.port() : std::uint16_t{0};
    };
    return QTest::qWaitFor([&] { return port() != 0; }, 20'000) ? port() : quint16{0};
  }
  std::size_t open() const {
    return panel.swarm() ? panel.swarm()->board().totals().in(SwarmState::open) : 0;
  }
};

}  // namespace

class TestManyPanel : public QObject {
  Q_OBJECT
 private slots:
  void aThousandClientsFromOneForm();
  void clientsAreDoneByThemselves();
  void statesFilterTheTable();
  void errorsAreNamed();
  void whatIsWrongStandsInTheForm_data();
  void whatIsWrongStandsInTheForm();
  void columnsOfACsvAreFields();
  void aCsvThatIsNoneIsRefused();
  void theFormIsLockedWhileTheyRun();
  void aClientThatIsPickedIsTold();
  void remembersItsForm();
};

// With the tree of sessions beside it, as in the window. How long the longest turn of the event loop was is
// printed, and asserted by nobody: the machine may be busy.
void TestManyPanel::aThousandClientsFromOneForm() {
  rlimit limit{};
  QCOMPARE(::getrlimit(RLIMIT_NOFILE, &limit), 0);
  if (limit.rlim_max < 2500) QSKIP("both ends of 1,000 connections do not fit into this process");
  limit.rlim_cur = limit.rlim_max;
  QCOMPARE(::setrlimit(RLIMIT_NOFILE, &limit), 0);
  Desk desk;
  const quint16 port = desk.serve();
  QVERIFY(port != 0);
  SessionTreeModel sessions;
  sessions.follow(desk.bridge);
  QTreeView tree;
  tree.setModel(&sessions);
  tree.expand(sessions.clientsIndex());
  tree.show();
  desk.aim(port, 1000);
  desk.find<QSpinBox>("manyIntervalSpin")->setValue(500);

  QElapsedTimer turn;
  qint64 longest = 0;
  QTimer beat;
  beat.setInterval(0);
  turn.start();
  connect(&beat, &QTimer::timeout, &beat, [&] { longest = std::max(longest, turn.restart()); });
  beat.start();
  desk.click("manyStartButton");
  QTRY_COMPARE_WITH_TIMEOUT(desk.open(), 1000U, kLong);
  QCOMPARE(desk.rows("manyStatesTable")->rowCount(), 1000);
  QTRY_VERIFY_WITH_TIMEOUT(desk.panel.swarm()->board().totals().answered >= 2000, kLong);
  QTRY_VERIFY_WITH_TIMEOUT(desk.find<QLabel>("manyStateLabel")->text().contains(text("1,000 open")), kLong);
  const QModelIndex many = sessions.index(0, 0, sessions.clientsIndex());
  QVERIFY(sessions.isGroup(many));
  QTRY_COMPARE_WITH_TIMEOUT(many.data(SessionTreeModel::RemarkRole).toString(),
                            text("1,000 client(s), 1,000 open"), kLong);
  QCOMPARE(sessions.rowCount(sessions.clientsIndex()), 1);
  qInfo("the longest turn while 1,000 clients opened and spoke: %lld ms", longest);

  QTRY_VERIFY_WITH_TIMEOUT(!desk.rows("manyLatencyTable")->index(1, 2).data().toString().isEmpty(), kLong);
  QVERIFY(
      desk.find<LatencyChart>("manyLatencyChart")->accessibleDescription().contains(text("half of them")));
  desk.click("manyStopButton");
  QTRY_VERIFY_WITH_TIMEOUT(!desk.panel.isRunning(), kLong);
  QTRY_VERIFY_WITH_TIMEOUT(desk.find<QLabel>("manyStateLabel")->text().contains(text("1,000 closed")), kLong);
  QTRY_COMPARE_WITH_TIMEOUT(sessions.rowCount(sessions.clientsIndex()), 0, kLong);
}

void TestManyPanel::clientsAreDoneByThemselves() {
  Desk desk;
  desk.aim(desk.serve(), 5);
  desk.find<QSpinBox>("manyIntervalSpin")->setValue(0);
  desk.find<QSpinBox>("manyMessagesSpin")->setValue(3);
  desk.click("manyStartButton");
  QTRY_VERIFY(desk.find<QLabel>("manyStateLabel")->text().startsWith(text("Over")));
  QVERIFY(desk.find<QLabel>("manyStateLabel")->text().contains(text("15 messages sent \u00b7 15 answered")));
  QCOMPARE(desk.rows("manyLatencyTable")->index(0, 1).data().toString(), text("5"));
  QCOMPARE(desk.rows("manyLatencyTable")->index(1, 1).data().toString(), text("15"));
  QVERIFY(desk.find<QPushButton>("manyStartButton")->isEnabled());
}

void TestManyPanel::statesFilterTheTable() {
  Desk desk;
  desk.aim(desk.serve(), 4);
  desk.click("manyStartButton");
  QTRY_COMPARE(desk.open(), 4U);
  auto* filter = desk.find<QComboBox>("manyStateFilterBox");
  filter->setCurrentIndex(filter->findData(static_cast<int>(SwarmState::failed)));
  QTRY_COMPARE(desk.rows("manyStatesTable")->rowCount(), 0);
  filter->setCurrentIndex(filter->findData(static_cast<int>(SwarmState::open)));
  QTRY_COMPARE(desk.rows("manyStatesTable")->rowCount(), 4);
  desk.find<QTableView>("manyStatesTable")->horizontalHeader()->setSortIndicator(0, Qt::DescendingOrder);
  QCOMPARE(desk.rows("manyStatesTable")->index(0, 0).data().toString(), text("4"));
}

void TestManyPanel::errorsAreNamed() {
  quint16 port = 0;
  {
    QTcpServer gone;
    QVERIFY(gone.listen(QHostAddress::LocalHost));
    port = gone.serverPort();
  }
  Desk desk;
  desk.aim(port, 3);
  desk.click("manyStartButton");
  QTRY_VERIFY(desk.find<QTableView>("manyErrorsTable"));
  QCOMPARE(desk.rows("manyErrorsTable")->rowCount(), 1);
  QTRY_COMPARE(desk.rows("manyErrorsTable")->index(0, 1).data().toString(), text("3"));
  QCOMPARE(desk.rows("manyErrorsTable")->index(0, 0).data().toString(), text("ECONNREFUSED"));
  QCOMPARE(desk.rows("manyErrorsTable")->index(0, 2).data().toString(), text("Connection refused"));
}

void TestManyPanel::whatIsWrongStandsInTheForm_data() {
  QTest::addColumn<QString>("port");
  QTest::addColumn<QString>("message");
  QTest::addColumn<QString>("told");
  QTest::newRow("a port that is none") << text("70000") << text("x") << text("BAD_PORT");
  QTest::newRow("a wrong escape") << text("9") << text("a\\q") << text("BAD_ESCAPE");
  QTest::newRow("a field that there is not") << text("9") << text("{{surname}}") << text("UNKNOWN_NAME");
  QTest::newRow("no message at all") << text("9") << QString() << text("BAD_SYNTAX");
}

void TestManyPanel::whatIsWrongStandsInTheForm() {
  QFETCH(QString, port);
  QFETCH(QString, message);
  QFETCH(QString, told);
  Desk desk;
  desk.aim(9, 2);
  desk.find<QLineEdit>("manyPortEdit")->setText(port);
  desk.find<QLineEdit>("manyMessageEdit")->setText(message);
  desk.click("manyStartButton");
  const auto* shown = desk.find<InlineMessage>("manyFormMessage");
  QVERIFY(shown);
  QVERIFY2(shown->text().contains(told), qPrintable(shown->text()));
  QVERIFY(!desk.panel.swarm());
}

void TestManyPanel::columnsOfACsvAreFields() {
  QTcpServer server;
  QVERIFY(server.listen(QHostAddress::LocalHost));
  QTemporaryFile csv;
  QVERIFY(csv.open());
  csv.write("name\nann\n");
  csv.flush();
  Desk desk;
  desk.aim(server.serverPort(), 1);
  desk.panel.form()->loadColumns(csv.fileName());
  desk.find<QLineEdit>("manyMessageEdit")->setText(text("I am {{name}}"));
  desk.find<QSpinBox>("manyIntervalSpin")->setValue(0);
  desk.find<QComboBox>("manyAnswerBox")->setCurrentIndex(1);
  desk.click("manyStartButton");
  QTRY_VERIFY(server.hasPendingConnections());
  QTcpSocket* peer = server.nextPendingConnection();
  QTRY_COMPARE(peer->bytesAvailable(), 8);
  QCOMPARE(peer->readAll(), QByteArray("I am ann"));
}

void TestManyPanel::aCsvThatIsNoneIsRefused() {
  QTemporaryFile csv;
  QVERIFY(csv.open());
  csv.write("name\n");
  csv.flush();
  Desk desk;
  desk.panel.form()->loadColumns(csv.fileName());
  const auto* shown = desk.find<InlineMessage>("manyFormMessage");
  QVERIFY(shown);
  QVERIFY(shown->text().contains(text("line 1")));
  desk.panel.form()->loadColumns(text("/nowhere/at/all.csv"));
  QVERIFY(shown->text().contains(text("/nowhere/at/all.csv")));
}

void TestManyPanel::theFormIsLockedWhileTheyRun() {
  Desk desk;
  desk.aim(desk.serve(), 2);
  desk.click("manyStartButton");
  QVERIFY(!desk.find<QSpinBox>("manyClientsSpin")->isEnabled());
  QVERIFY(!desk.find<QLineEdit>("manyMessageEdit")->isEnabled());
  QVERIFY(!desk.find<QPushButton>("manyStartButton")->isEnabled());
  desk.panel.cancel();
  QTRY_VERIFY(desk.find<QPushButton>("manyStartButton")->isEnabled());
  QVERIFY(desk.find<QSpinBox>("manyClientsSpin")->isEnabled());
  QVERIFY(desk.find<QLineEdit>("manyMessageEdit")->isEnabled());
  desk.find<QCheckBox>("manyMessageCheck")->setChecked(false);
  QVERIFY(!desk.find<QLineEdit>("manyMessageEdit")->isEnabled());
}

void TestManyPanel::aClientThatIsPickedIsTold() {
  Desk desk;
  desk.aim(desk.serve(), 3);
  desk.click("manyStartButton");
  QTRY_COMPARE(desk.open(), 3U);
  QSignalSpy picked(&desk.panel, &ManyPanel::sessionSelected);
  auto* table = desk.find<QTableView>("manyStatesTable");
  table->setFocus();
  QTRY_VERIFY(table->model()->index(1, 0).data(SwarmClientsModel::SessionIdRole).toUInt() != 0);
  picked.clear();  // the first row, which the focus may have picked
  table->selectRow(1);
  QCOMPARE(picked.size(), 1);
  QCOMPARE(picked.first().first().value<SessionId>(), desk.panel.swarm()->board().client(1).session);
}

void TestManyPanel::remembersItsForm() {
  const QTemporaryDir folder;
  QSettings settings(folder.filePath(text("s.ini")), QSettings::IniFormat);
  {
    Desk desk;
    desk.aim(4711, 321);
    desk.find<QLineEdit>("manyMessageEdit")->setText(text("hi"));
    desk.find<QDoubleSpinBox>("manyOpenRateSpin")->setValue(12.5);
    desk.find<QComboBox>("manyAnswerBox")->setCurrentIndex(2);
    desk.panel.saveState(settings);
  }
  Desk desk;
  desk.panel.restoreState(settings);
  QCOMPARE(desk.find<QLineEdit>("manyPortEdit")->text(), text("4711"));
  QCOMPARE(desk.find<QSpinBox>("manyClientsSpin")->value(), 321);
  QCOMPARE(desk.find<QLineEdit>("manyMessageEdit")->text(), text("hi"));
  QCOMPARE(desk.find<QDoubleSpinBox>("manyOpenRateSpin")->value(), 12.5);
  QVERIFY(desk.find<QLineEdit>("manyPatternEdit"));
}

QTEST_MAIN(TestManyPanel)
#include "tst_many_panel.moc"
