#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include "ui/bridge/engine_bridge.h"
#include "ui/models/swarm_clients_model.h"
#include "ui/models/text_rows_model.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

QString cell(const QAbstractItemModel& model, int row, int column) {
  return model.index(row, column).data().toString();
}

std::unique_ptr<ClientSwarm> swarmOf(EngineBridge& bridge, std::size_t clients, quint16 port) {
  SwarmSpec spec;
  spec.connect.endpoint = *Endpoint::parse("tcp://127.0.0.1:" + std::to_string(port));
  spec.clients = clients;
  auto swarm = bridge.startSwarm(std::move(spec), {});
  return swarm ? std::move(*swarm) : nullptr;
}

}  // namespace

class TestSwarmClientsModel : public QObject {
  Q_OBJECT
 private slots:
  void eachClientIsARow();
  void onlyThoseOfOneState();
  void sortsByNumbersAndKeepsWhatIsMarked();
  void errorsStandWithTheirClients();
  void smallTablesKeepTheirRows();
};

void TestSwarmClientsModel::eachClientIsARow() {
  QTcpServer server;
  QVERIFY(server.listen(QHostAddress::LocalHost));
  EngineBridge bridge;
  const auto swarm = swarmOf(bridge, 3, server.serverPort());
  QVERIFY(swarm);
  SwarmClientsModel model;
  const QAbstractItemModelTester tester(&model);
  model.setSwarm(swarm.get());
  QCOMPARE(model.rowCount(), 3);
  QTRY_VERIFY((model.refresh(), cell(model, 0, SwarmClientsModel::State) == QStringLiteral("open")));
  QCOMPARE(cell(model, 2, SwarmClientsModel::Client), QStringLiteral("3"));
  QVERIFY(!cell(model, 0, SwarmClientsModel::Connecting).isEmpty());
  QCOMPARE(model.sessionAt(0), swarm->board().client(0).session);
  QCOMPARE(cell(model, 0, SwarmClientsModel::Port).toUShort(), swarm->board().client(0).localPort);
  model.setSwarm(nullptr);
  QCOMPARE(model.rowCount(), 0);
}

void TestSwarmClientsModel::onlyThoseOfOneState() {
  QTcpServer server;
  QVERIFY(server.listen(QHostAddress::LocalHost));
  EngineBridge bridge;
  const auto swarm = swarmOf(bridge, 20, server.serverPort());
  QVERIFY(swarm);
  SwarmClientsModel model;
  const QAbstractItemModelTester tester(&model);
  model.setSwarm(swarm.get());
  model.setOnly(SwarmState::open);
  model.sort(SwarmClientsModel::Client, Qt::DescendingOrder);
  QTRY_VERIFY((model.refresh(), model.rowCount() == 20));
  QCOMPARE(cell(model, 0, SwarmClientsModel::Client), QStringLiteral("20"));
  QTRY_COMPARE(server.hasPendingConnections(), true);
  QTcpSocket* peer = server.nextPendingConnection();
  peer->disconnectFromHost();
  QTRY_VERIFY((model.refresh(), model.rowCount() == 19));
  model.setOnly(SwarmState::closed);
  QCOMPARE(model.rowCount(), 1);
  QCOMPARE(cell(model, 0, SwarmClientsModel::Reason), QStringLiteral("by the peer"));
  model.setOnly(std::nullopt);
  QCOMPARE(model.rowCount(), 20);
}

void TestSwarmClientsModel::sortsByNumbersAndKeepsWhatIsMarked() {
  QTcpServer server;
  QVERIFY(server.listen(QHostAddress::LocalHost));
  EngineBridge bridge;
  const auto swarm = swarmOf(bridge, 12, server.serverPort());
  QVERIFY(swarm);
  SwarmClientsModel model;
  const QAbstractItemModelTester tester(&model);
  model.setSwarm(swarm.get());
  const QPersistentModelIndex second(model.index(1, SwarmClientsModel::Client));
  model.sort(SwarmClientsModel::Client, Qt::DescendingOrder);
  QCOMPARE(second.row(), 10);
  QCOMPARE(second.data().toString(), QStringLiteral("2"));
  model.sort(-1, Qt::AscendingOrder);
  QCOMPARE(second.row(), 1);
  QTRY_VERIFY((model.refresh(), swarm->board().totals().in(SwarmState::open) == 12));
  model.refresh();
  model.sort(SwarmClientsModel::Session, Qt::DescendingOrder);
  for (int row = 1; row < 12; ++row) QVERIFY(model.sessionAt(row) < model.sessionAt(row - 1));
}

void TestSwarmClientsModel::errorsStandWithTheirClients() {
  quint16 port = 0;
  {
    QTcpServer gone;
    QVERIFY(gone.listen(QHostAddress::LocalHost));
    port = gone.serverPort();
  }
  EngineBridge bridge;
  const auto swarm = swarmOf(bridge, 2, port);
  QVERIFY(swarm);
  QTRY_VERIFY(swarm->isOver());
  SwarmClientsModel model;
  model.setSwarm(swarm.get());
  QCOMPARE(cell(model, 1, SwarmClientsModel::State), QStringLiteral("failed"));
  QCOMPARE(cell(model, 1, SwarmClientsModel::Reason), QStringLiteral("ECONNREFUSED"));
}

void TestSwarmClientsModel::smallTablesKeepTheirRows() {
  TextRowsModel model({QStringLiteral("Error"), QStringLiteral("Count")}, {0});
  const QAbstractItemModelTester tester(&model);
  model.setRows({{QStringLiteral("EPIPE"), QStringLiteral("1")}});
  const QPersistentModelIndex first(model.index(0, 0));
  QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
  model.setRows({{QStringLiteral("EPIPE"), QStringLiteral("1")}});
  QCOMPARE(changed.size(), 0);
  model.setRows(
      {{QStringLiteral("EPIPE"), QStringLiteral("2")}, {QStringLiteral("EMFILE"), QStringLiteral("1")}});
  QVERIFY(first.isValid());
  QCOMPARE(cell(model, 0, 1), QStringLiteral("2"));
  QCOMPARE(model.index(0, 1).data(Qt::TextAlignmentRole).value<Qt::Alignment>(),
           Qt::AlignRight | Qt::AlignVCenter);
  model.setRows({});
  QCOMPARE(model.rowCount(), 0);
}

QTEST_GUILESS_MAIN(TestSwarmClientsModel)
#include "tst_swarm_clients_model.moc"
