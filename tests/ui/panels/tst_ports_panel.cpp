// PortsPanel on sockets of this test: what appears, what goes, what can be done with it.
#include <sys/socket.h>

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QLocalServer>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include "core/net/socket.h"
#include "panel_probe.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/models/format.h"
#include "ui/panels/ports/ports_panel.h"
#include "ui/panels/ports/ports_table.h"
#include "ui/panels/ports/ports_targets.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

constexpr int kPatience = 20000;

struct Desk {
  EngineBridge bridge;
  PortsPanel panel{&bridge};
  PortsTable* table = find<PortsTable>("portsTable");
  PortsModel* model = qobject_cast<PortsModel*>(table->model());
  QPushButton* refresh = find<QPushButton>("portsRefreshButton");
  QComboBox* interval = find<QComboBox>("portsIntervalBox");
  QLineEdit* filter = find<QLineEdit>("portsFilterEdit");
  QLabel* status = find<QLabel>("portsStatusLabel");
  QTableWidget* details = find<QTableWidget>("portsDetailsTable");
  QSignalSpy targets{&panel, &PortsPanel::targetChosen};
  QSignalSpy sessions{&panel, &PortsPanel::sessionChosen};
  QSignalSpy inspected{&panel, &PortsPanel::inspectRequested};
  QAbstractItemModelTester tester{model, QAbstractItemModelTester::FailureReportingMode::QtTest};

  // With the first reading, which the panel makes when it is first seen.
  Desk() {
    panel.resize(1053, 420);
    panel.show();
    if (!QTest::qWaitFor([&] { return model->snapshot() != nullptr; }, kPatience)) qFatal("nothing was read");
  }

  template <class T>
  T* find(const char* name) {
    return panel.findChild<T*>(QString::fromLatin1(name));
  }

  // Reads once more, to the end.
  void read() {
    const PortsSnapshotPtr before = model->snapshot();
    refresh->click();
    QTRY_VERIFY_WITH_TIMEOUT(model->snapshot() != before, kPatience);
  }

  // Of this process: others may have, or have had, a socket at the same address.
  int rowOf(const QString& local) const {
    for (int row = 0; row < model->rowCount(); ++row)
      if (model->rowAt(row)->isOurs && model->rowAt(row)->local == local) return row;
    return -1;
  }
  QString cell(int row, int column) const { return model->index(row, column).data().toString(); }

  // The context menu's action, triggered; false: it is not there, or cannot be chosen.
  bool trigger(const QString& text) {
    QMenu menu;
    emit table->menuWanted(&menu);
    for (QAction* action : menu.actions()) {
      if (action->text() != text || !action->isEnabled()) continue;
      action->trigger();
      return true;
    }
    return false;
  }
};

QString textOf(const QTcpServer& server) {
  const bool six = server.serverAddress().protocol() == QAbstractSocket::IPv6Protocol;
  return (six ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2"))
      .arg(server.serverAddress().toString())
      .arg(server.serverPort());
}

}  // namespace

class PortsPanelTest : public QObject {
  Q_OBJECT
 private slots:
  void aListenerAppearsAndGoes();
  void connectsHere_data();
  void connectsHere();
  void connectsToAUnixListener();
  void whatCannotBeReachedIsNotOffered();
  void marksOurOwnSessions();
  void filtersAndCountsNothing();
  void groupsTheDigitsOfItsCounts();
  void checkBoxesHideKinds();
  void tellsOfAConnection();
  void inspectsAnAddress();
  void keepsTheSelectionAndThePlace();
  void refreshesByItselfOnlyInSight();
  void isQuietWithoutAnInterval();
  void remembersItsInputs();
  void hasNames();
};

void PortsPanelTest::aListenerAppearsAndGoes() {
  Desk desk;
  auto server = std::make_unique<QTcpServer>();
  QVERIFY(server->listen(QHostAddress::LocalHost));
  const QString local = textOf(*server);
  QCOMPARE(desk.rowOf(local), -1);
  desk.read();
  QVERIFY(desk.rowOf(local) >= 0);
  QCOMPARE(desk.cell(desk.rowOf(local), PortsModel::Change), QStringLiteral("new"));
  QCOMPARE(desk.cell(desk.rowOf(local), PortsModel::State), QStringLiteral("LISTEN"));
  QCOMPARE(desk.cell(desk.rowOf(local), PortsModel::Pid),
           QString::number(QCoreApplication::applicationPid()));
  desk.read();
  QCOMPARE(desk.cell(desk.rowOf(local), PortsModel::Change), QString());
  server.reset();
  desk.read();
  QCOMPARE(desk.cell(desk.rowOf(local), PortsModel::Change), QStringLiteral("gone"));
  desk.read();
  QCOMPARE(desk.rowOf(local), -1);
}

void PortsPanelTest::connectsHere_data() {
  QTest::addColumn<QHostAddress>("address");
  QTest::addColumn<QString>("host");
  QTest::newRow("loopback") << QHostAddress(QHostAddress::LocalHost) << QStringLiteral("127.0.0.1");
  QTest::newRow("every IPv4 address") << QHostAddress(QHostAddress::AnyIPv4) << QStringLiteral("127.0.0.1");
  QTest::newRow("every address") << QHostAddress(QHostAddress::AnyIPv6) << QStringLiteral("::1");
}

void PortsPanelTest::connectsHere() {
  QFETCH(QHostAddress, address);
  QFETCH(QString, host);
  QTcpServer server;
  QVERIFY(server.listen(address));
  Desk desk;
  const int row = desk.rowOf(textOf(server));
  QVERIFY(row >= 0);
  desk.table->selectRow(row);
  QVERIFY(desk.trigger(QStringLiteral("Connect here")));
  QCOMPARE(desk.targets.size(), 1);
  const auto target = desk.targets.first().first().value<Endpoint>();
  QCOMPARE(QString::fromStdString(target.host), host);
  QCOMPARE(target.port(), server.serverPort());
  QCOMPARE(target.transport, Transport::tcp);
}

void PortsPanelTest::connectsToAUnixListener() {
  const QTemporaryDir folder;
  QLocalServer server;
  QVERIFY(server.listen(folder.filePath(QStringLiteral("接口"))));
  Desk desk;
  const int row = desk.rowOf(QStringLiteral("unix:") + server.fullServerName());
  QVERIFY(row >= 0);
  desk.table->selectRow(row);
  QVERIFY(desk.trigger(QStringLiteral("Connect here")));
  const auto target = desk.targets.first().first().value<Endpoint>();
  QCOMPARE(target.transport, Transport::unixStream);
  QCOMPARE(QString::fromStdString(target.path), server.fullServerName());
}

void PortsPanelTest::whatCannotBeReachedIsNotOffered() {
  PortRow row;
  row.socket.kind = SocketKind::raw;
  row.socket.local = SocketAddress::fromIpv4(0, 1);
  QVERIFY(!targetOf(row));
  row.socket.kind = SocketKind::tcp;
  row.socket.state = 10;
  QVERIFY(targetOf(row));
  row.change = PortRow::Change::gone;
  QVERIFY(!targetOf(row));
  row.change = PortRow::Change::same;
  row.socket.state = 1;
  QVERIFY(!targetOf(row));
}

void PortsPanelTest::marksOurOwnSessions() {
  Desk desk;
  ListenSpec spec;
  spec.endpoint = *Endpoint::parse("tcp://127.0.0.1:0");
  const SessionId id = desk.bridge.listen(spec);
  const auto listening = [&] {
    const auto session = desk.bridge.snapshot(id);
    return session && session->state == SessionState::listening;
  };
  QTRY_VERIFY_WITH_TIMEOUT(listening(), kPatience);
  desk.read();
  const int row = desk.rowOf(QString::fromStdString(desk.bridge.snapshot(id)->local.text()));
  QVERIFY(row >= 0);
  QCOMPARE(desk.cell(row, PortsModel::Process), QStringLiteral("ours: session %1").arg(id.value));
  desk.table->selectRow(row);
  emit desk.table->rowChosen();
  QCOMPARE(desk.sessions.size(), 1);
  QCOMPARE(desk.sessions.first().first().value<SessionId>(), id);
  QVERIFY(desk.trigger(QStringLiteral("Go to session %1").arg(id.value)));
}

void PortsPanelTest::filtersAndCountsNothing() {
  QTcpServer server;
  QVERIFY(server.listen(QHostAddress::LocalHost));
  Desk desk;
  desk.filter->setText(QStringLiteral("state:listen pid:%1 port:%2")
                           .arg(QCoreApplication::applicationPid())
                           .arg(server.serverPort()));
  QCOMPARE(desk.model->rowCount(), 1);
  desk.read();
  QCOMPARE(desk.model->rowCount(), 1);
  desk.filter->setText(QStringLiteral("port:1 process:nobody-has-this-name"));
  QCOMPARE(desk.model->rowCount(), 0);
  desk.filter->clear();
  QVERIFY(desk.model->rowCount() > 0);
  QVERIFY2(desk.status->text().contains(QStringLiteral("listening")), qPrintable(desk.status->text()));
}

void PortsPanelTest::groupsTheDigitsOfItsCounts() {
  constexpr std::size_t kEnough = 1000;
  std::vector<std::pair<Socket, Socket>> pairs;
  for (std::size_t made = 0; made < kEnough; made += 2) {
    auto pair = Socket::pair(AF_UNIX, SOCK_STREAM);
    if (!pair) QSKIP("this system gives no thousand sockets");
    pairs.push_back(*std::move(pair));
  }
  Desk desk;
  const QString count = formatCount(desk.model->snapshot()->sockets);
  QVERIFY2(count.contains(QLatin1Char(',')), qPrintable(count));
  QVERIFY2(desk.status->text().startsWith(count + QLatin1Char(' ')), qPrintable(desk.status->text()));
}

void PortsPanelTest::checkBoxesHideKinds() {
  QTcpServer server;
  QVERIFY(server.listen(QHostAddress::LocalHost));
  QLocalServer local;
  local.setSocketOptions(QLocalServer::AbstractNamespaceOption);
  const QString name = QStringLiteral("ports-panel-%1").arg(QCoreApplication::applicationPid());
  QVERIFY(local.listen(name));
  Desk desk;
  desk.find<QCheckBox>("portsTcpCheck")->setChecked(false);
  QCOMPARE(desk.rowOf(textOf(server)), -1);
  QVERIFY(desk.rowOf(QStringLiteral("unix:@") + name) >= 0);
  desk.find<QCheckBox>("portsTcpCheck")->setChecked(true);
  desk.find<QCheckBox>("portsUnixCheck")->setChecked(false);
  QVERIFY(desk.rowOf(textOf(server)) >= 0);
  QCOMPARE(desk.rowOf(QStringLiteral("unix:@") + name), -1);
  desk.find<QCheckBox>("portsListeningCheck")->setChecked(true);
  for (int row = 0; row < desk.model->rowCount(); ++row) QVERIFY(isListening(desk.model->rowAt(row)->socket));
}

void PortsPanelTest::tellsOfAConnection() {
  QTcpServer server;
  QVERIFY(server.listen(QHostAddress::LocalHost));
  QTcpSocket client;
  client.connectToHost(server.serverAddress(), server.serverPort());
  QVERIFY(client.waitForConnected(kPatience));
  Desk desk;
  QVERIFY(!desk.details->isVisible());
  const int row =
      desk.rowOf(QStringLiteral("%1:%2").arg(client.localAddress().toString()).arg(client.localPort()));
  QVERIFY(row >= 0);
  desk.table->selectRow(row);
  QVERIFY(desk.details->isVisible());
  const auto has = [&](const QString& name) {
    return !desk.details->findItems(name, Qt::MatchExactly).isEmpty();
  };
  QVERIFY(has(QStringLiteral("Peer")));
  QTRY_VERIFY_WITH_TIMEOUT(has(QStringLiteral("Round trip")), kPatience);
  QVERIFY(has(QStringLiteral("Congestion control")));
}

void PortsPanelTest::inspectsAnAddress() {
  QTcpServer server;
  QVERIFY(server.listen(QHostAddress::LocalHost));
  Desk desk;
  desk.table->selectRow(desk.rowOf(textOf(server)));
  QVERIFY(desk.trigger(QStringLiteral("Inspect the local address")));
  QCOMPARE(desk.inspected.first().first().toString(), QStringLiteral("127.0.0.1"));
  QVERIFY(!desk.trigger(QStringLiteral("Inspect the peer's address")));
}

void PortsPanelTest::keepsTheSelectionAndThePlace() {
  QTcpServer server;
  QVERIFY(server.listen(QHostAddress::LocalHost));
  Desk desk;
  desk.table->selectRow(desk.rowOf(textOf(server)));
  desk.table->sortByColumn(PortsModel::Local, Qt::AscendingOrder);
  QCOMPARE(desk.table->currentRow()->local, textOf(server));
  std::vector<std::unique_ptr<QTcpServer>> others;
  for (int i = 0; i < 5; ++i) {
    others.push_back(std::make_unique<QTcpServer>());
    QVERIFY(others.back()->listen(QHostAddress(QStringLiteral("127.0.0.%1").arg(i + 1))));
  }
  desk.read();
  QCOMPARE(desk.table->currentRow()->local, textOf(server));
  others.clear();
  desk.read();
  desk.read();
  QCOMPARE(desk.table->currentRow()->local, textOf(server));
}

void PortsPanelTest::refreshesByItselfOnlyInSight() {
  Desk desk;
  desk.interval->setCurrentIndex(desk.interval->findData(1));
  QVERIFY(desk.panel.isTicking());
  const PortsSnapshotPtr before = desk.model->snapshot();
  QTRY_VERIFY_WITH_TIMEOUT(desk.model->snapshot() != before, kPatience);
  QTRY_VERIFY_WITH_TIMEOUT(desk.panel.isTicking(), kPatience);
  desk.panel.hide();
  QVERIFY(!desk.panel.isTicking());
  desk.panel.act();  // also by hand nothing begins to run by itself
  const PortsSnapshotPtr hidden = desk.model->snapshot();
  QTRY_VERIFY_WITH_TIMEOUT(desk.model->snapshot() != hidden, kPatience);
  QVERIFY(!desk.panel.isTicking());
  desk.panel.show();
  QTRY_VERIFY_WITH_TIMEOUT(desk.panel.isTicking(), kPatience);
}

void PortsPanelTest::isQuietWithoutAnInterval() {
  Desk desk;
  QCOMPARE(desk.interval->currentData().toInt(), 0);
  QVERIFY(!desk.panel.isTicking());
  desk.read();
  QVERIFY(!desk.panel.isTicking());
}

void PortsPanelTest::remembersItsInputs() {
  const QTemporaryDir folder;
  QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
  {
    Desk desk;
    desk.filter->setText(QStringLiteral("port:80"));
    desk.interval->setCurrentIndex(desk.interval->findData(5));
    desk.find<QCheckBox>("portsRawCheck")->setChecked(false);
    desk.panel.saveState(settings);
  }
  Desk desk;
  desk.panel.restoreState(settings);
  QCOMPARE(desk.filter->text(), QStringLiteral("port:80"));
  QCOMPARE(desk.interval->currentData().toInt(), 5);
  QVERIFY(!desk.find<QCheckBox>("portsRawCheck")->isChecked());
}

void PortsPanelTest::hasNames() {
  Desk desk;
  for (const char* name : {"portsTable", "portsRefreshButton", "portsIntervalBox", "portsFilterEdit",
                           "portsDetailsTable", "portsStatusLabel", "portsTcpCheck", "portsListeningCheck"})
    QVERIFY2(desk.find<QWidget>(name) && !desk.find<QWidget>(name)->accessibleName().isEmpty(), name);
}

QTEST_MAIN(PortsPanelTest)
#include "tst_ports_panel.moc"
