// Manners: how a session misbehaves on purpose, seen from the other end.
#include <QProcess>
#include <QTest>
#include <atomic>

#include "tests/core/engine/answer_peer.h"
#include "tests/core/engine/engine_fixture.h"
#include "tests/core/engine/peer_sockets.h"

using namespace sockbench;
using namespace std::chrono_literals;
using sockbench::test::AnswerDesk;
using sockbench::test::connectedTo;
using sockbench::test::EngineFixture;
using sockbench::test::readBytes;
using sockbench::test::receive;
using sockbench::test::receiveToTheEnd;
using sockbench::test::resetNow;
using sockbench::test::waitFor;

namespace {

Bytes bytesOf(std::string_view text) {
  const ByteView view = asBytes(text);
  return {view.begin(), view.end()};
}

SessionRules rulesWith(Manners manners, Responder responder = Responder::none) {
  SessionRules rules;
  rules.responder = responder;
  rules.manners = manners;
  return rules;
}

std::string automaticRows(EngineFixture& f, SessionId id) {
  std::string all;
  for (const LogRow& row : f.rows(id))
    if (row.record.kind == RecordKind::automatic) all += decodeEventDetail(row.payload.bytes).text + ";";
  return all;
}

// The lengths of what was sent, row by row.
std::vector<std::size_t> writes(EngineFixture& f, SessionId id) {
  std::vector<std::size_t> lengths;
  for (const LogRow& row : f.rows(id))
    if (row.record.kind == RecordKind::out) lengths.push_back(row.record.length);
  return lengths;
}

}  // namespace

class TestEngineManners : public QObject {
  Q_OBJECT

 private slots:
  void stopsAndResumesReading_data();
  void stopsAndResumesReading();
  void stopsReadingAListenersDatagrams();
  void aDatagramPeerCannotStopReading();
  void seesAReset_data();
  void seesAReset();
  void writesPieces_data();
  void writesPieces();
  void closesAtOnceWithoutItsPace();
  void neverAnswers_data();
  void neverAnswers();
  void sendsGarbageAfterTheEnd();
  void stopsAcceptingAndGoesOn();
  void acceptsOneByOneAfterADelay();
  void areInherited();
  void otherRulesTellTheirManners();
  void pythonSeesTheUrgentByte();
  void refusesAnUrgentByte_data();
  void refusesAnUrgentByte();
};

void TestEngineManners::stopsAndResumesReading_data() {
  QTest::addColumn<QString>("transport");
  for (const char* transport : {"tcp", "unix", "unix-seqpacket"}) QTest::newRow(transport) << transport;
}

// The session that does not read answers all the same: that shows when it is quiet.
void TestEngineManners::stopsAndResumesReading() {
  QFETCH(QString, transport);
  AnswerDesk desk(transport.toStdString(), {});
  Socket peer = desk.dial();
  const SessionId child = desk.child();
  Manners manners;
  manners.reading = false;
  desk.f.engine().setManners(child, manners);
  desk.f.engine().send(child, bytesOf("hello"));
  QCOMPARE(receive(peer), "hello");
  QVERIFY(peer.send(asBytes("unread")));
  desk.f.engine().send(child, bytesOf("again"));
  QCOMPARE(receive(peer), "again");
  manners.reading = true;
  desk.f.engine().setManners(child, manners);
  QVERIFY(waitFor([&] { return desk.f.bytes(child, RecordKind::in) == "unread"; }));
  QTRY_COMPARE(automaticRows(desk.f, child), "reading stopped;reading goes on;");
  const std::string story = desk.f.story(child);
  QVERIFY2(story.find("automatic in") == story.rfind("in") - 10, story.c_str());
}

void TestEngineManners::stopsReadingAListenersDatagrams() {
  AnswerDesk desk("udp", {});
  const SessionId listener = desk.listener();
  Manners manners;
  manners.reading = false;
  desk.f.engine().setManners(listener, manners);
  QVERIFY(waitFor([&] { return automaticRows(desk.f, listener) == "reading stopped;"; }));
  Socket peer = desk.dial();
  QVERIFY(peer.send(asBytes("waits")));
  manners.reading = true;
  desk.f.engine().setManners(listener, manners);
  QVERIFY(waitFor([&] { return desk.f.bytes(desk.child(), RecordKind::in) == "waits"; }));
}

void TestEngineManners::aDatagramPeerCannotStopReading() {
  AnswerDesk desk("udp", {});
  Socket peer = desk.dial();
  QVERIFY(peer.send(asBytes("a")));
  const SessionId child = desk.child();
  Manners manners;
  manners.reading = false;
  desk.f.engine().setManners(child, manners);
  QTRY_COMPARE(desk.f.lastErrorSymbol(child), "EOPNOTSUPP");
  QVERIFY(desk.f.now(child).manners.reading);
  QVERIFY(peer.send(asBytes("b")));
  QVERIFY(waitFor([&] { return desk.f.bytes(child, RecordKind::in) == "ab"; }));
}

void TestEngineManners::seesAReset_data() {
  QTest::addColumn<bool>("urgent");
  QTest::newRow("behind bytes") << false;
  QTest::newRow("behind an urgent byte") << true;
}

void TestEngineManners::seesAReset() {
  QFETCH(bool, urgent);
  Manners manners;
  manners.reading = false;
  AnswerDesk desk("tcp", rulesWith(manners));
  Socket peer = desk.dial();
  const SessionId child = desk.child();
  QVERIFY(peer.send(asBytes("x"), urgent ? MSG_OOB : 0));
  desk.f.engine().send(child, bytesOf("hello"));
  QCOMPARE(receive(peer), "hello");
  QVERIFY(resetNow(peer));
  QVERIFY(desk.f.waitForState(child, SessionState::reset));
}

void TestEngineManners::writesPieces_data() {
  QTest::addColumn<QString>("transport");
  QTest::addColumn<int>("gapMs");
  QTest::newRow("tcp, byte by byte") << "tcp" << 0;
  QTest::newRow("tcp, with gaps") << "tcp" << 2;
  QTest::newRow("unix, byte by byte") << "unix" << 0;
}

void TestEngineManners::writesPieces() {
  QFETCH(QString, transport);
  QFETCH(int, gapMs);
  Manners manners;
  manners.pieceBytes = 1;
  manners.pieceGap = std::chrono::milliseconds(gapMs);
  AnswerDesk desk(transport.toStdString(), rulesWith(manners));
  Socket peer = desk.dial();
  const SessionId child = desk.child();
  QVERIFY(desk.f.waitForState(child, SessionState::connected));
  desk.f.engine().send(child, bytesOf("twenty bytes of text"));
  desk.f.engine().close(child);
  QCOMPARE(receiveToTheEnd(peer), "twenty bytes of text");
  QTRY_COMPARE(writes(desk.f, child), std::vector<std::size_t>(20, 1));
  const auto rows = desk.f.rows(child);
  std::vector<WallNanos> times;
  for (const LogRow& row : rows)
    if (row.record.kind == RecordKind::out) times.push_back(row.record.time);
  QVERIFY(times.back() - times.front() >= 19 * gapMs * 1'000'000LL);
}

void TestEngineManners::closesAtOnceWithoutItsPace() {
  Manners manners;
  manners.pieceBytes = 1;
  manners.pieceGap = 1h;
  AnswerDesk desk("tcp", rulesWith(manners));
  Socket peer = desk.dial();
  const SessionId child = desk.child();
  QVERIFY(desk.f.waitForState(child, SessionState::connected));
  desk.f.engine().send(child, bytesOf("abc"));
  desk.f.engine().close(child);
  desk.f.engine().close(child);
  QCOMPARE(receiveToTheEnd(peer), "abc");
}

void TestEngineManners::neverAnswers_data() {
  QTest::addColumn<QString>("transport");
  QTest::newRow("a stream") << "tcp";
  QTest::newRow("datagrams") << "udp";
}

void TestEngineManners::neverAnswers() {
  QFETCH(QString, transport);
  Manners manners;
  manners.neverAnswer = true;
  AnswerDesk desk(transport.toStdString(), rulesWith(manners, Responder::echo));
  Socket peer = desk.dial();
  QVERIFY(peer.send(asBytes("answer me")));
  const SessionId child = desk.child();
  QVERIFY(waitFor([&] { return desk.f.now(child).bytesIn == 9; }));
  desk.f.engine().send(child, bytesOf("a person's"));
  QCOMPARE(receive(peer), "a person's");
  manners.neverAnswer = false;
  desk.f.engine().setManners(child, manners);
  QVERIFY(waitFor([&] { return automaticRows(desk.f, child).ends_with("answers go on;"); }));
  QVERIFY(peer.send(asBytes("now")));
  QCOMPARE(receive(peer), "now");
}

void TestEngineManners::sendsGarbageAfterTheEnd() {
  Manners manners;
  manners.garbageAfterClose = 100;
  AnswerDesk desk("tcp", rulesWith(manners));
  Socket peer = desk.dial();
  QVERIFY(peer.send(asBytes("bye")) && peer.shutdown(ShutdownHow::write));
  QCOMPARE(receiveToTheEnd(peer).size(), std::size_t{100});
  const SessionId child = desk.child();
  QVERIFY(desk.f.waitForState(child, SessionState::closed));
  QTRY_VERIFY(automaticRows(desk.f, child).ends_with("100 bytes of garbage after the peer's end;"));
}

void TestEngineManners::stopsAcceptingAndGoesOn() {
  AnswerDesk desk("tcp", {.responder = Responder::daytime});
  Manners manners;
  manners.accepting = false;
  desk.f.engine().setManners(desk.listener(), manners);
  QVERIFY(waitFor([&] { return automaticRows(desk.f, desk.listener()) == "accepting stopped;"; }));
  Socket peer = desk.dial();  // the kernel connects it; it waits in the backlog
  QVERIFY(peer.isOpen());
  manners.accepting = true;
  QCOMPARE(desk.f.now(desk.listener()).acceptedChildren, std::uint64_t{0});
  desk.f.engine().setManners(desk.listener(), manners);
  QVERIFY(!receive(peer).empty());
}

void TestEngineManners::acceptsOneByOneAfterADelay() {
  constexpr auto kDelay = 20ms;
  Manners manners;
  manners.acceptDelay = kDelay;
  AnswerDesk desk("tcp", rulesWith(manners));
  Socket peers[] = {desk.dial(), desk.dial(), desk.dial()};
  QVERIFY(waitFor([&] { return desk.f.now(desk.listener()).acceptedChildren == 3; }));
  std::vector<WallNanos> times;
  QVERIFY(waitFor([&] {
    times.clear();
    for (const SessionSnapshot& s : desk.f.engine().snapshots())
      if (s.parent == desk.listener() && s.connected != 0) times.push_back(s.since);
    return times.size() == 3;
  }));
  std::ranges::sort(times);
  // A timer may be late by far, and then is the clock's; never are two accepted together.
  QVERIFY(times[1] - times[0] >= std::chrono::nanoseconds(kDelay).count() / 2);
  QVERIFY(times[2] - times[1] >= std::chrono::nanoseconds(kDelay).count() / 2);
}

void TestEngineManners::areInherited() {
  AnswerDesk desk("tcp", {});
  Manners manners;
  manners.pieceBytes = 3;
  desk.f.engine().setManners(desk.listener(), manners);
  QVERIFY(waitFor([&] { return desk.f.now(desk.listener()).manners == manners; }));
  Socket peer = desk.dial();
  const SessionId child = desk.child();
  QVERIFY(waitFor([&] { return automaticRows(desk.f, child) == "writes of at most 3 bytes;"; }));
  QCOMPARE(desk.f.now(child).manners, manners);
}

void TestEngineManners::otherRulesTellTheirManners() {
  AnswerDesk desk("tcp", {});
  Socket peer = desk.dial();
  const SessionId child = desk.child();
  Manners manners;
  manners.pieceBytes = 7;
  manners.pieceGap = 1500us;
  desk.f.engine().setRules(child, rulesWith(manners));
  QVERIFY(waitFor([&] {
    return automaticRows(desk.f, child) == "writes of at most 7 bytes, at least 1.5 ms between them;";
  }));
}

void TestEngineManners::pythonSeesTheUrgentByte() {
  AnswerDesk desk("tcp", {});
  const QString script = QStringLiteral(
      "import socket, sys\n"
      "s = socket.create_connection(('127.0.0.1', %1), 20)\n"
      "s.sendall(b'ready')\n"
      "ordinary = s.recv(2)\n"
      "import select\n"
      "select.select([], [], [s], 20)\n"
      "s.settimeout(None)\n"
      "print(ordinary.decode(), s.recv(1, socket.MSG_OOB).decode())\n");
  QProcess python;
  python.start(QStringLiteral("python3"),
               {QStringLiteral("-c"), script.arg(desk.f.now(desk.listener()).local.port())});
  QVERIFY(python.waitForStarted());
  const SessionId child = desk.child();
  QVERIFY(waitFor([&] { return desk.f.now(child).bytesIn == 5; }));
  desk.f.engine().send(child, bytesOf("ab"));
  desk.f.engine().sendUrgent(child, std::byte{'!'});
  QVERIFY(waitFor([&] { return python.state() == QProcess::NotRunning; }));
  QCOMPARE(python.readAllStandardOutput().trimmed(), QByteArray("ab !"));
  for (const LogRow& row : desk.f.rows(child))
    if ((row.record.flags & kRecordUrgent) != 0) QCOMPARE(row.record.kind, RecordKind::out);
}

void TestEngineManners::refusesAnUrgentByte_data() {
  QTest::addColumn<QString>("transport");
  QTest::newRow("datagrams") << "udp";
  QTest::newRow("records") << "unix-seqpacket";
}

void TestEngineManners::refusesAnUrgentByte() {
  QFETCH(QString, transport);
  AnswerDesk desk(transport.toStdString(), {});
  Socket peer = desk.dial();
  QVERIFY(peer.send(asBytes("a")));
  const SessionId child = desk.child();
  QVERIFY(desk.f.waitForState(child, SessionState::connected));
  desk.f.engine().sendUrgent(child, std::byte{'!'});
  QTRY_COMPARE(desk.f.lastErrorSymbol(child), "EOPNOTSUPP");
}

QTEST_GUILESS_MAIN(TestEngineManners)
#include "tst_engine_manners.moc"
