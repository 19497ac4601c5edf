#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QUdpSocket>
#include <algorithm>
#include <memory>

#include "ui/bridge/engine_bridge.h"

using namespace sockbench;
using namespace sockbench::ui;
using namespace std::chrono_literals;

namespace {

ListenSpec anyPort(Responder responder = Responder::none) {
  ListenSpec spec{.endpoint = *Endpoint::parse("tcp://127.0.0.1:0"), .options = {}, .rules = {}};
  spec.rules.responder = responder;
  return spec;
}

quint16 portOf(const EngineBridge& bridge, SessionId server) {
  const std::optional<SessionSnapshot> now = bridge.snapshot(server);
  return now && now->state == SessionState::listening ? now->local.port() : quint16{0};
}

// How every batch stood, and which sessions it named.
struct Batches {
  explicit Batches(EngineBridge& bridge) {
    QObject::connect(&bridge, &EngineBridge::sessionsChanged, &guard,
                     [this](const QList<SessionSnapshot>& batch) { all.append(batch); });
  }
  std::optional<SessionState> lastState(SessionId id) const {
    for (auto batch = all.crbegin(); batch != all.crend(); ++batch) {
      for (const SessionSnapshot& session : *batch) {
        if (session.id == id) {
          return session.state;
        }
      }
    }
    return std::nullopt;
  }
  QObject guard;
  QList<QList<SessionSnapshot>> all;
};

bool anyTimerRuns(const QObject& object) {
  for (const QTimer* timer : object.findChildren<QTimer*>()) {
    if (timer->isActive()) {
      return true;
    }
  }
  return false;
}

}  // namespace

class TestEngineBridge : public QObject {
  Q_OBJECT
 private slots:
  void aServerAnswersAPeerOfSomebodyElses() {
    EngineBridge bridge;
    const Batches batches(bridge);
    QSignalSpy traffic(&bridge, &EngineBridge::trafficChanged);
    const SessionId server = bridge.listen(anyPort(Responder::echo));
    QTRY_COMPARE(batches.lastState(server), std::optional(SessionState::listening));
    QTcpSocket peer;
    peer.connectToHost(QStringLiteral("127.0.0.1"), portOf(bridge, server));
    QVERIFY(peer.waitForConnected());
    peer.write("hello");
    QTRY_COMPARE(peer.bytesAvailable(), qint64{5});
    QCOMPARE(peer.readAll(), QByteArrayLiteral("hello"));
    QTRY_VERIFY(bridge.snapshots().size() == 2 && bridge.snapshots().last().bytesOut == 5);
    QVERIFY(!traffic.isEmpty());
    const SessionId child = bridge.snapshots().last().id;
    peer.disconnectFromHost();
    QTRY_COMPARE(batches.lastState(child), std::optional(SessionState::closed));
  }

  void aNewSessionIdIsNobodyElses() {
    EngineBridge bridge;
    const SessionId first = bridge.newSessionId();
    const SessionId server = bridge.listen(anyPort(Responder::echo));
    const SessionId second = bridge.newSessionId();
    QVERIFY(first && first != server && second != server && second != first);
    QVERIFY(!bridge.snapshot(first));
  }

  void aClientSendsExactlyItsBytes() {
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    EngineBridge bridge;
    const Batches batches(bridge);
    QSignalSpy drained(&bridge, &EngineBridge::sendDrained);
    ConnectSpec spec;
    spec.endpoint = *Endpoint::parse("tcp://127.0.0.1:" + std::to_string(server.serverPort()));
    const SessionId client = bridge.connectTo(spec);
    QTRY_COMPARE(batches.lastState(client), std::optional(SessionState::connected));
    QVERIFY(!bridge.send(client, toBytes(std::string_view("a\0b", 3))));
    QTRY_VERIFY(server.hasPendingConnections());
    QTcpSocket* peer = server.nextPendingConnection();
    QTRY_COMPARE(peer->bytesAvailable(), qint64{3});
    QCOMPARE(peer->readAll(), QByteArray("a\0b", 3));
    QTRY_VERIFY(!drained.isEmpty());
    QCOMPARE(drained.first().first().value<SessionId>(), client);
  }

  void eachBatchNamesASessionOnceAndItsListenerWithIt() {
    EngineBridge bridge;
    const Batches batches(bridge);
    const SessionId server = bridge.listen(anyPort());
    QTRY_VERIFY(portOf(bridge, server) != 0);
    std::vector<std::unique_ptr<QTcpSocket>> peers;
    for (int i = 0; i < 20; ++i) {
      peers.push_back(std::make_unique<QTcpSocket>());
      peers.back()->connectToHost(QStringLiteral("127.0.0.1"), portOf(bridge, server));
    }
    QTRY_COMPARE(bridge.snapshot(server)->openChildren, std::size_t{20});
    QTRY_VERIFY(batches.lastState(bridge.snapshots().last().id) == SessionState::connected);
    for (const QList<SessionSnapshot>& batch : batches.all) {
      for (qsizetype i = 1; i < batch.size(); ++i) {
        QVERIFY(batch[i - 1].id < batch[i].id);
      }
      QVERIFY(batch.size() == 1 || batch.first().id == server);
    }
  }

  void aRefusedSendIsAnsweredAtOnce() {
    EngineBridge bridge;
    const std::optional<Error> error = bridge.send(SessionId{99}, toBytes("x"));
    QVERIFY(error && error->isInput(InputFault::notOpen));
  }

  void forgottenSessionsAreTold() {
    EngineBridge bridge;
    QList<SessionId> gone;
    connect(&bridge, &EngineBridge::sessionsForgotten, &bridge, [&](const auto& ids) { gone += ids; });
    const Batches batches(bridge);
    const SessionId server = bridge.listen(anyPort());
    QTRY_VERIFY(portOf(bridge, server) != 0);
    bridge.close(server);
    QTRY_COMPARE(batches.lastState(server), std::optional(SessionState::closed));
    bridge.forget(server);
    QTRY_COMPARE(gone, QList<SessionId>{server});
    QVERIFY(!bridge.snapshot(server));
  }

  void clearingTheTrafficIsTold() {
    EngineBridge bridge;
    QSignalSpy traffic(&bridge, &EngineBridge::trafficChanged);
    bridge.listen(anyPort());
    QTRY_VERIFY(!traffic.isEmpty());
    traffic.clear();
    bridge.clearTraffic();
    QTRY_COMPARE(traffic.size(), 1);
    QCOMPARE(bridge.log().first(), bridge.log().end());
  }

  void aFloodIsToldInBatches() {
    EngineBridge bridge;
    QSignalSpy traffic(&bridge, &EngineBridge::trafficChanged);
    const SessionId server = bridge.listen(anyPort(Responder::discard));
    QTRY_VERIFY(portOf(bridge, server) != 0);
    QTcpSocket peer;
    peer.connectToHost(QStringLiteral("127.0.0.1"), portOf(bridge, server));
    QVERIFY(peer.waitForConnected());
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < 200; ++i) {
      peer.write(QByteArray(4096, 'x'));
      peer.flush();
      QCoreApplication::processEvents(QEventLoop::AllEvents, 2);
    }
    QTRY_COMPARE(bridge.snapshots().last().bytesIn, std::uint64_t{200 * 4096});
    const qint64 mostBatches = clock.elapsed() / EngineBridge::kDrainInterval.count() + 4;
    QVERIFY2(traffic.size() <= mostBatches,
             qPrintable(QStringLiteral("%1 of %2").arg(traffic.size()).arg(mostBatches)));
  }

  void idleItRunsNoTimer() {
    EngineBridge bridge;
    const SessionId server = bridge.listen(anyPort());
    QTRY_VERIFY(portOf(bridge, server) != 0);
    QTRY_VERIFY(!anyTimerRuns(bridge));
    QVERIFY(!bridge.findChildren<QTimer*>().isEmpty());
  }

  void optionsAreReadAndRefusedById() {
    EngineBridge bridge;
    QSignalSpy read(&bridge, &EngineBridge::optionsRead);
    QSignalSpy refused(&bridge, &EngineBridge::optionRefused);
    const SessionId server = bridge.listen(anyPort());
    QTRY_VERIFY(portOf(bridge, server) != 0);
    bridge.setOption(server, OptionSetting::parse("IP_TTL=17").value());
    bridge.setOption(server, OptionSetting::parse("TCP_CONGESTION=no_such_one").value());
    bridge.readOptions(server);
    QTRY_COMPARE(read.size(), 1);
    QCOMPARE(read.first().first().value<SessionId>(), server);
    const auto options = read.first().at(1).value<QList<OptionReading>>();
    const auto ttl = std::ranges::find(options, findSocketOption("IP_TTL"), &OptionReading::option);
    QVERIFY(ttl != options.end());
    QCOMPARE(ttl->effective.value(), std::string("17"));
    QCOMPARE(ttl->requested, std::optional<std::string>("17"));
    QCOMPARE(refused.size(), 1);
    QCOMPARE(refused.first().at(1).value<Error>().subject, std::string("TCP_CONGESTION=no_such_one"));
  }

  void lookUpsAnswerByTheirId() {
    EngineBridge bridge;
    QSignalSpy answered(&bridge, &EngineBridge::addressesLookedUp);
    QSignalSpy named(&bridge, &EngineBridge::hostLookedUp);
    const LookupId id = bridge.lookUpAddresses({.host = "127.0.0.1", .service = "80"}, 5s);
    const LookupId host = bridge.lookUpHost(QStringLiteral("127.0.0.1"), 5s);
    QTRY_COMPARE(answered.size(), 1);
    QCOMPARE(answered.first().first().value<LookupId>(), id);
    const auto outcome = answered.first().at(1).value<LookupOutcome<AddressAnswer>>();
    QVERIFY(outcome.answer && !outcome.answer->results.empty());
    QCOMPARE(outcome.answer->results.front().address.text(), std::string("127.0.0.1:80"));
    QTRY_COMPARE(named.size(), 1);
    QCOMPARE(named.first().first().value<LookupId>(), host);
  }

  void aCancelledLookUpAnswersOnce() {
    EngineBridge bridge;
    QSignalSpy answered(&bridge, &EngineBridge::addressesLookedUp);
    const LookupId id = bridge.lookUpAddresses({.host = "localhost", .service = "80"}, 0ms);
    bridge.cancelLookup(id);
    QTRY_COMPARE(answered.size(), 1);
    QCOMPARE(answered.first().first().value<LookupId>(), id);
  }

  void questionsToNameServersAnswerByTheirId() {
    QUdpSocket silent;
    QVERIFY(silent.bind(QHostAddress::LocalHost));
    const DnsQuery query{.name = "www.example",
                         .server = SocketAddress::fromIp("127.0.0.1", silent.localPort()).value(),
                         .timeout = 1h};
    EngineBridge bridge;
    QSignalSpy answered(&bridge, &EngineBridge::dnsLookedUp);
    const LookupId first = bridge.lookUpDns(query);
    const LookupId second = bridge.lookUpDns({.name = "no..name", .server = query.server});
    QTRY_COMPARE(answered.size(), 1);
    QCOMPARE(answered.first().first().value<LookupId>(), second);
    auto outcome = answered.first().at(1).value<LookupOutcome<DnsAnswer>>();
    QVERIFY(!outcome.answer && outcome.answer.error().isInput(InputFault::badHost));
    bridge.cancelDnsLookup(first);
    QTRY_COMPARE(answered.size(), 2);
    QCOMPARE(answered.last().first().value<LookupId>(), first);
    outcome = answered.last().at(1).value<LookupOutcome<DnsAnswer>>();
    QVERIFY(!outcome.answer && outcome.answer.error().isErrno(ECANCELED));
  }

  void nothingIsToldOnceItDies() {
    QUdpSocket silent;
    QVERIFY(silent.bind(QHostAddress::LocalHost));
    const SocketAddress silentServer = SocketAddress::fromIp("127.0.0.1", silent.localPort()).value();
    for (int round = 0; round < 20; ++round) {
      int told = 0;
      bool dying = false;
      auto bridge = std::make_unique<EngineBridge>();
      const auto count = [&] { told += dying ? 1 : 0; };
      QObject here;
      connect(bridge.get(), &EngineBridge::sessionsChanged, &here, count);
      connect(bridge.get(), &EngineBridge::trafficChanged, &here, count);
      connect(bridge.get(), &EngineBridge::addressesLookedUp, &here, count);
      connect(bridge.get(), &EngineBridge::dnsLookedUp, &here, count);
      bridge->listen(anyPort());
      for (int i = 0; i < 8; ++i) {
        bridge->lookUpAddresses({.host = "localhost", .service = "80"}, 5s);
        bridge->lookUpDns({.name = i % 2 == 0 ? "www.example" : "no..name", .server = silentServer});
      }
      if (round % 2 == 0) {
        QCoreApplication::processEvents();
      }
      dying = true;
      bridge.reset();
      QCoreApplication::sendPostedEvents();
      QCoreApplication::processEvents();
      QCOMPARE(told, 0);
    }
  }
};

QTEST_GUILESS_MAIN(TestEngineBridge)
#include "tst_engine_bridge.moc"
