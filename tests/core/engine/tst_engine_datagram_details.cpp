// What a datagram brings along: when and where it came. And how long its peer stays, and how much may wait.
#include <linux/capability.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <QNetworkDatagram>
#include <QTest>
#include <QUdpSocket>

#include "core/net/interface_name.h"
#include "tests/core/engine/engine_fixture.h"

using namespace sockbench;
using sockbench::test::EngineFixture;
using sockbench::test::waitFor;

namespace {

using std::chrono::milliseconds;

// This thread, and those that it starts, without CAP_NET_ADMIN while it lives.
class WithoutNetAdmin {
 public:
  WithoutNetAdmin() { set(false); }
  ~WithoutNetAdmin() { set(true); }

 private:
  static void set(bool effective) {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct data[2]{};
    ::syscall(SYS_capget, &header, data);
    const std::uint32_t bit = std::uint32_t{1} << CAP_NET_ADMIN;
    data[0].effective = effective ? data[0].effective | (data[0].permitted & bit) : data[0].effective & ~bit;
    ::syscall(SYS_capset, &header, data);
  }
};

LogRow firstOf(EngineFixture& f, SessionId id, RecordKind kind) {
  for (const LogRow& row : f.rows(id))
    if (row.record.kind == kind) return row;
  return {};
}

std::string remarkOf(const LogRow& row) {
  return decodeEventDetail(row.payload.bytes).text;
}

void say(QUdpSocket& socket, const char* words, const QString& address, std::uint16_t port) {
  QVERIFY(socket.writeDatagram(QByteArray(words), QHostAddress(address), port) > 0);
}

const QString kLoopback = QStringLiteral("127.0.0.1");

}  // namespace

class TestEngineDatagramDetails : public QObject {
  Q_OBJECT
 private slots:
  void theTimeIsTheKernels_data();
  void theTimeIsTheKernels();
  void rowsTellWhereItCame_data();
  void rowsTellWhereItCame();
  void aPeerMayTurnToAnotherAddress();
  void rowsShareOneFlow();
  void theReceiveBufferIsTold_data();
  void theReceiveBufferIsTold();
  void aReceiveBufferCutShortSaysWhy();
  void quietPeersAreClosed();
  void whoSpeaksStays();
  void answersKeepAPeer();
  void theLimitMayChange();
};

void TestEngineDatagramDetails::theTimeIsTheKernels_data() {
  QTest::addColumn<QString>("endpoint");
  QTest::newRow("UDP") << "udp://127.0.0.1:0";
  QTest::newRow("UNIX")
      << QStringLiteral("unix-dgram:@sockbench-time-%1").arg(QCoreApplication::applicationPid());
}

void TestEngineDatagramDetails::theTimeIsTheKernels() {
  QFETCH(QString, endpoint);
  EngineFixture f;
  const SessionId listener = f.listen(endpoint.toStdString(), {.responder = Responder::echo});
  QVERIFY(f.waitForState(listener, SessionState::listening));
  const std::uint16_t port = f.now(listener).local.port();
  const SessionId client =
      f.connect(port > 0 ? "udp://127.0.0.1:" + std::to_string(port) : endpoint.toStdString());
  QVERIFY(f.waitForState(client, SessionState::connected));
  const WallNanos before = wallNow();
  QVERIFY(f.engine().send(client, toBytes("tick")).has_value());
  const SessionId peer = f.childOf(listener);
  QTRY_COMPARE(f.story(client), "connecting connected out in");
  QTRY_COMPARE(f.story(peer), "accepted in out");  // its worker may tell of it a moment later
  const WallNanos after = wallNow();
  const LogRow in = firstOf(f, peer, RecordKind::in);
  const LogRow accepted = firstOf(f, peer, RecordKind::accepted);
  QVERIFY((in.record.flags & kRecordKernelTime) != 0);
  QVERIFY(in.record.time >= before && in.record.time <= after);
  QCOMPARE(accepted.record.time, in.record.time);  // it is there since its first datagram
  QVERIFY(firstOf(f, client, RecordKind::in).record.time >= firstOf(f, peer, RecordKind::out).record.time);
  QVERIFY((firstOf(f, peer, RecordKind::out).record.flags & kRecordKernelTime) == 0);
}

void TestEngineDatagramDetails::rowsTellWhereItCame_data() {
  QTest::addColumn<QString>("endpoint");
  QTest::addColumn<QString>("to");
  QTest::addColumn<QString>("local");
  QTest::newRow("one address") << "udp://127.0.0.1:0"
                               << "127.0.0.1"
                               << "127.0.0.1";
  QTest::newRow("every IPv4 address") << "udp://0.0.0.0:0"
                                      << "127.0.0.9"
                                      << "127.0.0.9";
  QTest::newRow("every IPv6 address") << "udp://[::]:0"
                                      << "::1"
                                      << "::1";
  QTest::newRow("every address, IPv4") << "udp://*:0"
                                       << "127.0.0.9"
                                       << "::ffff:127.0.0.9";
}

void TestEngineDatagramDetails::rowsTellWhereItCame() {
  QFETCH(QString, endpoint);
  QFETCH(QString, to);
  QFETCH(QString, local);
  EngineFixture f;
  const SessionId listener = f.listen(endpoint.toStdString(), {.responder = Responder::echo});
  const std::uint16_t port = f.portOf(listener);
  QUdpSocket socket;
  QVERIFY(socket.bind(QHostAddress(to.contains(u':') ? QStringLiteral("::1") : kLoopback)));
  say(socket, "where?", to, port);
  QTRY_VERIFY(socket.hasPendingDatagrams());
  QCOMPARE(socket.receiveDatagram().senderAddress(), QHostAddress(to));
  const SessionId peer = f.childOf(listener);
  QTRY_COMPARE(f.story(peer), "accepted in out");
  QCOMPARE(QString::fromStdString(f.now(peer).local.ip()), local);
  for (const LogRow& row : f.rows(peer)) {
    QCOMPARE(QString::fromStdString(row.flow->local.ip()), local);
    QCOMPARE(row.flow->local.port(), port);
    QCOMPARE(interfaceName(row.flow->interface), "lo");
  }
}

void TestEngineDatagramDetails::aPeerMayTurnToAnotherAddress() {
  EngineFixture f;
  const SessionId listener = f.listen("udp://0.0.0.0:0", {.responder = Responder::echo});
  const std::uint16_t port = f.portOf(listener);
  QUdpSocket socket;
  QVERIFY(socket.bind(QHostAddress(kLoopback)));
  for (const char* to : {"127.0.0.2", "127.0.0.3"}) {
    const QString address = QString::fromLatin1(to);
    say(socket, "here", address, port);
    QTRY_VERIFY(socket.hasPendingDatagrams());
    QCOMPARE(socket.receiveDatagram().senderAddress(), QHostAddress(address));
    QTRY_COMPARE(f.now(f.childOf(listener)).local.ip(), std::string(to));
  }
  QCOMPARE(f.now(listener).acceptedChildren, 1U);
}

void TestEngineDatagramDetails::rowsShareOneFlow() {
  EngineFixture f;
  const SessionId listener = f.listen("udp://0.0.0.0:0");
  const std::uint16_t port = f.portOf(listener);
  QUdpSocket a;
  QUdpSocket b;
  for (int i = 0; i < 50; ++i) say(i % 2 == 0 ? a : b, "x", kLoopback, port);
  const SessionId peer = f.childOf(listener);
  QTRY_COMPARE(f.now(peer).recordsIn, 25U);
  QTRY_COMPARE(f.rows(peer).size(), 26U);
  for (const LogRow& row : f.rows(peer)) QCOMPARE(row.flow, f.rows(peer).front().flow);
}

void TestEngineDatagramDetails::theReceiveBufferIsTold_data() {
  QTest::addColumn<int>("asked");
  QTest::addColumn<bool>("isClient");
  QTest::newRow("listener") << 100'000 << false;
  QTest::newRow("client") << 100'000 << true;
  QTest::newRow("the system's default") << 0 << false;
}

void TestEngineDatagramDetails::theReceiveBufferIsTold() {
  QFETCH(int, asked);
  QFETCH(bool, isClient);
  EngineFixture f;
  const SessionRules rules{.datagramReceiveBuffer = asked};
  const SessionId id =
      isClient ? f.connect("udp://127.0.0.1:9", rules) : f.listen("udp://127.0.0.1:0", rules);
  QVERIFY(f.waitForState(id, isClient ? SessionState::connected : SessionState::listening));
  QTRY_VERIFY(f.now(id).receiveBuffer > 0);
  QCOMPARE(f.now(id).receiveBufferAsked, asked);
  if (asked > 0) QCOMPARE(f.now(id).receiveBuffer, asked);
  f.engine().setOption(id, OptionSetting::parse("SO_RCVBUF=50000").value());
  QTRY_COMPARE(f.now(id).receiveBuffer, 50'000);
  QCOMPARE(f.now(id).receiveBufferAsked, 50'000);
}

void TestEngineDatagramDetails::aReceiveBufferCutShortSaysWhy() {
  const WithoutNetAdmin common;
  EngineFixture f;
  constexpr int kAsked = 1 << 30;
  const SessionId listener = f.listen("udp://127.0.0.1:0", {.datagramReceiveBuffer = kAsked});
  QVERIFY(f.waitForState(listener, SessionState::listening));
  QTRY_COMPARE(f.story(listener), "listening option");
  const std::string remark = remarkOf(firstOf(f, listener, RecordKind::option));
  const int granted = f.now(listener).receiveBuffer;
  QVERIFY(granted > 0 && granted < kAsked);
  QCOMPARE(remark, "receive buffer: " + std::to_string(granted) + " of the " + std::to_string(kAsked) +
                       " bytes that were asked for; net.core.rmem_max allows no more");
}

void TestEngineDatagramDetails::quietPeersAreClosed() {
  EngineFixture f;
  const SessionId quick = f.listen("udp://127.0.0.1:0", {.peerIdle = milliseconds(200)});
  const SessionId patient = f.listen("udp://127.0.0.1:0", {.peerIdle = milliseconds(0)});
  QUdpSocket a;
  QUdpSocket b;
  say(a, "one", kLoopback, f.portOf(patient));
  say(a, "one", kLoopback, f.portOf(quick));
  say(b, "two", kLoopback, f.portOf(quick));
  const SessionId first = f.childOf(quick);
  QTRY_COMPARE(f.now(quick).acceptedChildren, 2U);
  QTRY_COMPARE(f.now(quick).openChildren, 0U);
  QTRY_COMPARE(f.story(first), "accepted in closed(us)");
  QCOMPARE(remarkOf(firstOf(f, first, RecordKind::closed)), "idle for 0.2 s");
  QCOMPARE(f.now(patient).openChildren, 1U);
  say(a, "again", kLoopback, f.portOf(quick));
  QTRY_COMPARE(f.now(quick).acceptedChildren, 3U);
}

// The one that was quiet goes while the one that spoke all the time is there still.
void TestEngineDatagramDetails::whoSpeaksStays() {
  EngineFixture f;
  const SessionId listener = f.listen("udp://127.0.0.1:0", {.peerIdle = milliseconds(2000)});
  const std::uint16_t port = f.portOf(listener);
  QUdpSocket talker;
  QUdpSocket quiet;
  say(talker, "hello", kLoopback, port);
  const SessionId first = f.childOf(listener);
  say(quiet, "hello", kLoopback, port);
  QTRY_COMPARE(f.now(listener).acceptedChildren, 2U);
  QVERIFY(waitFor([&] {
    say(talker, "still here", kLoopback, port);
    return f.now(listener).openChildren == 1;
  }));
  QCOMPARE(f.now(first).state, SessionState::connected);
}

void TestEngineDatagramDetails::answersKeepAPeer() {
  EngineFixture f;
  const SessionId listener = f.listen("udp://127.0.0.1:0", {.peerIdle = milliseconds(2000)});
  const std::uint16_t port = f.portOf(listener);
  QUdpSocket spokenTo;
  QUdpSocket quiet;
  say(spokenTo, "hello", kLoopback, port);
  const SessionId first = f.childOf(listener);
  say(quiet, "hello", kLoopback, port);
  QTRY_COMPARE(f.now(listener).acceptedChildren, 2U);
  QVERIFY(waitFor([&] {
    static_cast<void>(f.engine().send(first, toBytes("are you there?")));
    return f.now(listener).openChildren == 1;
  }));
  QCOMPARE(f.now(first).state, SessionState::connected);
}

void TestEngineDatagramDetails::theLimitMayChange() {
  EngineFixture f;
  const SessionId listener = f.listen("udp://127.0.0.1:0");
  QUdpSocket socket;
  say(socket, "hello", kLoopback, f.portOf(listener));
  const SessionId peer = f.childOf(listener);
  f.engine().setRules(listener, {.peerIdle = milliseconds(1)});
  QVERIFY(f.waitForState(peer, SessionState::closed));
}

QTEST_GUILESS_MAIN(TestEngineDatagramDetails)
#include "tst_engine_datagram_details.moc"
