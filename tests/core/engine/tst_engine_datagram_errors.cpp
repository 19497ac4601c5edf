// What goes wrong with datagrams on their way: told in the session whose they were, by whom it was said, and
// the rest of them arrive.
#include <QNetworkDatagram>
#include <QTest>
#include <QUdpSocket>

#include "core/net/socket.h"
#include "tests/core/engine/engine_fixture.h"
#include "tests/core/faults/fault_plan.h"
#include "tests/core/net/own_network.h"

using namespace sockbench;
using sockbench::faults::Call;
using sockbench::faults::FaultPlan;
using sockbench::test::EngineFixture;
using sockbench::test::waitFor;

namespace {

std::string udp(std::string_view host, std::uint16_t port) {
  return "udp://" + std::string(host) + ":" + std::to_string(port);
}

std::vector<EventDetail> errorsOf(EngineFixture& f, SessionId id) {
  std::vector<EventDetail> list;
  for (const LogRow& row : f.rows(id))
    if (row.record.kind == RecordKind::error) list.push_back(decodeEventDetail(row.payload.bytes));
  return list;
}

EventDetail firstError(EngineFixture& f, SessionId id) {
  waitFor([&] { return !errorsOf(f, id).empty(); });
  const std::vector<EventDetail> all = errorsOf(f, id);
  return all.empty() ? EventDetail() : all.front();
}

std::uint16_t deadPort() {
  QUdpSocket socket;
  socket.bind(QHostAddress::LocalHost, 0);
  return socket.localPort();
}

// A second network behind a router: 10.77.0.1 forwards, and has no way to 192.0.2.0/24.
class Router {
 public:
  bool start() {
    shell_.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    shell_.start(QStringLiteral("unshare"),
                 {QStringLiteral("-n"), QStringLiteral("/bin/sh"), QStringLiteral("-c"),
                  QStringLiteral("PATH=$PATH:/usr/sbin:/sbin; echo ready; read go;"
                                 "ip addr add 10.77.0.1/24 dev router && ip link set router up"
                                 " && echo 1 > /proc/sys/net/ipv4/ip_forward"
                                 " && ip route add unreachable 192.0.2.0/24 && echo up;"
                                 "read end")});
    return heard("ready") &&
           fixture::OwnNetwork::run(
               QStringLiteral(
                   "ip link add here type veth peer name router netns %1 && ip addr add 10.77.0.2/24 "
                   "dev here && ip link set here up && ip route add default via 10.77.0.1")
                   .arg(shell_.processId())) &&
           shell_.write("go\n") == 3 && heard("up");
  }
  ~Router() {
    shell_.closeWriteChannel();
    shell_.waitForFinished();
  }

 private:
  bool heard(const char* word) {
    return waitFor([&] {
             shell_.waitForReadyRead(10);
             said_ += shell_.readAllStandardOutput();
             return said_.contains(word) || shell_.state() == QProcess::NotRunning;
           }) &&
           said_.contains(word);
  }
  QProcess shell_;
  QByteArray said_;
};

}  // namespace

class TestEngineDatagramErrors : public QObject {
  Q_OBJECT
 private slots:
  void aClientIsToldByWhom_data();
  void aClientIsToldByWhom();
  void theRightPeerIsTold_data();
  void theRightPeerIsTold();
  void aRouterIsQuoted();
  void aTooLongDatagramTellsTheMtu_data();
  void aTooLongDatagramTellsTheMtu();
  void theOneInTheMiddleFails();
  void refusalsLoseNoDatagram();
  void manyGoOutOneByOne_data();
  void manyGoOutOneByOne();
  void shortageIsWaitedOut_data();
  void shortageIsWaitedOut();
  void aLongShortageIsTold();
  void aFailedReceiveIsToldAndGoesOn();
};

void TestEngineDatagramErrors::aClientIsToldByWhom_data() {
  QTest::addColumn<QString>("host");
  QTest::addColumn<QString>("offender");
  QTest::newRow("IPv4") << "127.0.0.1"
                        << "127.0.0.1";
  QTest::newRow("IPv6") << "[::1]"
                        << "::1";
}

void TestEngineDatagramErrors::aClientIsToldByWhom() {
  QFETCH(QString, host);
  QFETCH(QString, offender);
  EngineFixture f;
  const SessionId client = f.connect(udp(host.toStdString(), deadPort()));
  QVERIFY(f.waitForState(client, SessionState::connected));
  QVERIFY(f.engine().send(client, toBytes("anybody?")).has_value());
  const EventDetail told = firstError(f, client);
  QVERIFY(told.error && told.error->isErrno(ECONNREFUSED));
  QCOMPARE(told.error->op, Operation::send);
  QCOMPARE(told.error->subject, f.now(client).peer.text());
  QCOMPARE(QString::fromStdString(told.offender), offender);
  QCOMPARE(QString::fromStdString(told.text), QStringLiteral("port unreachable, told by ") + offender);
  QCOMPARE(f.now(client).state, SessionState::connected);
  QCOMPARE(errorsOf(f, client).size(), 1U);
}

void TestEngineDatagramErrors::theRightPeerIsTold_data() {
  QTest::addColumn<QString>("endpoint");
  QTest::newRow("IPv4") << "udp://127.0.0.1:0";
  QTest::newRow("IPv4 on every address") << "udp://*:0";
}

void TestEngineDatagramErrors::theRightPeerIsTold() {
  QFETCH(QString, endpoint);
  EngineFixture f;
  const SessionId listener = f.listen(endpoint.toStdString());
  const std::uint16_t port = f.portOf(listener);
  QUdpSocket gone;
  QUdpSocket there;
  gone.writeDatagram("a", QHostAddress::LocalHost, port);
  const SessionId first = f.childOf(listener);
  there.writeDatagram("b", QHostAddress::LocalHost, port);
  QTRY_COMPARE(f.now(listener).acceptedChildren, 2U);
  SessionId second;
  for (const SessionSnapshot& s : f.engine().snapshots())
    if (s.parent == listener && s.id != first) second = s.id;
  gone.close();
  QVERIFY(f.engine().send(first, toBytes("lost")).has_value());
  QVERIFY(f.engine().send(second, toBytes("found")).has_value());
  const EventDetail told = firstError(f, first);
  QVERIFY(told.error && told.error->isErrno(ECONNREFUSED));
  QVERIFY(told.text.starts_with("port unreachable, told by "));
  QTRY_VERIFY(there.hasPendingDatagrams());
  QVERIFY(errorsOf(f, second).empty());
  QVERIFY(errorsOf(f, listener).empty());
}

void TestEngineDatagramErrors::aRouterIsQuoted() {
  const fixture::OwnNetwork network;
  if (!network.isThere()) QSKIP("a network of one's own needs root (CLONE_NEWNET)");
  Router router;
  if (!router.start()) QSKIP("no veth pair and router can be made here");
  EngineFixture f;
  const SessionId client = f.connect("udp://192.0.2.9:9");
  QVERIFY(f.waitForState(client, SessionState::connected));
  QVERIFY(f.engine().send(client, toBytes("far away")).has_value());
  const EventDetail told = firstError(f, client);
  QVERIFY(told.error && told.error->isErrno(EHOSTUNREACH));
  QCOMPARE(told.offender, "10.77.0.1");
  QCOMPARE(told.text, "host unreachable, told by 10.77.0.1");
}

void TestEngineDatagramErrors::aTooLongDatagramTellsTheMtu_data() {
  QTest::addColumn<bool>("byPeer");
  QTest::newRow("client") << false;
  QTest::newRow("a listener's peer") << true;
}

void TestEngineDatagramErrors::aTooLongDatagramTellsTheMtu() {
  QFETCH(bool, byPeer);
  EngineFixture f;
  const SessionId listener = f.listen("udp://127.0.0.1:0");
  const SessionId client = f.connect(udp("127.0.0.1", f.portOf(listener)));
  QVERIFY(f.waitForState(client, SessionState::connected));
  QVERIFY(f.engine().send(client, toBytes("hello")).has_value());
  const SessionId id = byPeer ? f.childOf(listener) : client;
  QVERIFY(f.engine().send(id, Bytes(65508)).has_value());
  const EventDetail told = firstError(f, id);
  QVERIFY(told.error && told.error->isErrno(EMSGSIZE));
  QCOMPARE(told.text, "more than the 65535 bytes (MTU) that the way takes");
  QCOMPARE(told.offender, "");
  QVERIFY(f.engine().send(id, toBytes("short")).has_value());
  QTRY_COMPARE(f.bytes(byPeer ? client : f.childOf(listener), RecordKind::in),
               byPeer ? "short" : "helloshort");
  QCOMPARE(errorsOf(f, id).size(), 1U);
}

void TestEngineDatagramErrors::theOneInTheMiddleFails() {
  QUdpSocket server;
  QVERIFY(server.bind(QHostAddress::LocalHost, 0));
  EngineFixture f(1);
  const SessionId client = f.connect(udp("127.0.0.1", server.localPort()));
  QVERIFY(f.waitForState(client, SessionState::connected));
  const FaultPlan busy(
      {.call = Call::sendmmsg, .error = EAGAIN, .where = sockbench::faults::Where::otherThreads});
  for (const std::size_t size : {1U, 2U, 65508U, 3U})
    QVERIFY(f.engine().send(client, Bytes(size)).has_value());
  QTRY_COMPARE(f.story(client), "connecting connected out out error out");
  for (const qsizetype size : {1, 2, 3}) {
    QTRY_COMPARE(server.pendingDatagramSize(), size);
    server.receiveDatagram();
  }
}

// Each refusal fails the send that comes after it, which is made again.
void TestEngineDatagramErrors::refusalsLoseNoDatagram() {
  EngineFixture f;
  const SessionId client = f.connect(udp("127.0.0.1", deadPort()));
  QVERIFY(f.waitForState(client, SessionState::connected));
  constexpr std::size_t kMany = 500;
  for (std::size_t i = 0; i < kMany; ++i) QVERIFY(f.engine().send(client, toBytes("x")).has_value());
  QTRY_COMPARE(f.now(client).recordsOut, kMany);
  QTRY_VERIFY(!errorsOf(f, client).empty());
  for (const EventDetail& told : errorsOf(f, client)) QCOMPARE(told.offender, "127.0.0.1");
}

void TestEngineDatagramErrors::manyGoOutOneByOne_data() {
  QTest::addColumn<bool>("byPeer");
  QTest::newRow("client") << false;
  QTest::newRow("a listener's peer") << true;
}

void TestEngineDatagramErrors::manyGoOutOneByOne() {
  QFETCH(bool, byPeer);
  EngineFixture f(1);
  const SessionId listener = f.listen("udp://127.0.0.1:0");
  const SessionId client = f.connect(udp("127.0.0.1", f.portOf(listener)));
  QVERIFY(f.waitForState(client, SessionState::connected));
  QVERIFY(f.engine().send(client, toBytes("0 ")).has_value());
  const SessionId peer = f.childOf(listener);
  const SessionId from = byPeer ? peer : client;
  const SessionId to = byPeer ? client : peer;
  std::string expected = byPeer ? "" : "0 ";
  constexpr std::size_t kMany = 1000;
  for (std::size_t i = 1; i <= kMany; ++i) {
    const std::string text = std::to_string(i) + " ";
    QVERIFY(f.engine().send(from, toBytes(text)).has_value());
    expected += text;
  }
  QTRY_COMPARE(f.now(to).recordsIn, byPeer ? kMany : kMany + 1);
  QTRY_VERIFY(f.bytes(to, RecordKind::in) == expected);
  QVERIFY(f.bytes(from, RecordKind::out) == expected);
  QCOMPARE(f.now(from).recordsOut, byPeer ? kMany : kMany + 1);
}

void TestEngineDatagramErrors::shortageIsWaitedOut_data() {
  QTest::addColumn<int>("error");
  QTest::addColumn<QString>("story");
  QTest::newRow("no buffers") << ENOBUFS << "connecting connected error out in";
  QTest::newRow("no memory") << ENOMEM << "connecting connected error out in";
  QTest::newRow("no room in the socket") << EAGAIN << "connecting connected out in";
  QTest::newRow("interrupted") << EINTR << "connecting connected out in";
}

void TestEngineDatagramErrors::shortageIsWaitedOut() {
  QFETCH(int, error);
  QFETCH(QString, story);
  EngineFixture f(1);
  const SessionId listener = f.listen("udp://127.0.0.1:0", {.responder = Responder::echo});
  const SessionId client = f.connect(udp("127.0.0.1", f.portOf(listener)));
  QVERIFY(f.waitForState(client, SessionState::connected));
  const FaultPlan plan({.call = Call::sendmmsg, .error = error, .nth = 1, .times = 3});
  QVERIFY(f.engine().send(client, toBytes("patience")).has_value());
  QTRY_COMPARE(QString::fromStdString(f.story(client)), story);
  QCOMPARE(plan.injected(), 3U);
}

void TestEngineDatagramErrors::aLongShortageIsTold() {
  EngineFixture f(1);
  const SessionId listener = f.listen("udp://127.0.0.1:0");
  const SessionId client = f.connect(udp("127.0.0.1", f.portOf(listener)));
  QVERIFY(f.waitForState(client, SessionState::connected));
  {
    const FaultPlan plan({.call = Call::sendmmsg, .error = ENOBUFS, .nth = 1, .times = 1'000'000});
    QVERIFY(f.engine().send(client, toBytes("lost")).has_value());
    QTRY_COMPARE(f.story(client), "connecting connected error error");
    QCOMPARE(f.lastErrorSymbol(client), "ENOBUFS");
  }
  QVERIFY(f.engine().send(client, toBytes("found")).has_value());
  QTRY_COMPARE(f.story(client), "connecting connected error error out");
}

void TestEngineDatagramErrors::aFailedReceiveIsToldAndGoesOn() {
  EngineFixture f(1);
  const SessionId listener = f.listen("udp://127.0.0.1:0");
  const std::uint16_t port = f.portOf(listener);
  const FaultPlan plan({.call = Call::recvmmsg, .error = ENOMEM});
  QUdpSocket socket;
  socket.writeDatagram("still comes", QHostAddress::LocalHost, port);
  QTRY_COMPARE(f.bytes(f.childOf(listener), RecordKind::in), "still comes");
  QCOMPARE(plan.injected(), 1U);
  QTRY_COMPARE(f.story(listener), "listening error");
}

QTEST_GUILESS_MAIN(TestEngineDatagramErrors)
#include "tst_engine_datagram_errors.moc"
