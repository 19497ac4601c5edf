// Urgent data of TCP (and of UNIX streams): each urgent byte is a row of its own, where it stood.
#include <QTest>
#include <atomic>

#include "tests/core/engine/engine_fixture.h"
#include "tests/core/engine/peer_sockets.h"

using namespace sockbench;
using sockbench::test::connectedTo;
using sockbench::test::EngineFixture;
using sockbench::test::readBytes;
using sockbench::test::waitFor;

namespace {

// What was received, in order; urgent bytes in brackets.
std::string received(EngineFixture& f, SessionId session) {
  std::string text;
  for (const LogRow& row : f.rows(session)) {
    if (row.record.kind != RecordKind::in) continue;
    const std::string bytes(asChars(row.payload.bytes));
    text += (row.record.flags & kRecordUrgent) != 0 ? "[" + bytes + "]" : bytes;
  }
  return text;
}

// Sends "abc!def": what follows a '!' is sent as urgent, a '.' waits until all before it has been received.
bool sendMarked(EngineFixture& f, SessionId session, Socket& peer, std::string_view text) {
  std::uint64_t sent = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '.') {
      if (!waitFor([&] { return f.now(session).bytesIn == sent; })) return false;
      continue;
    }
    const bool urgent = text[i] == '!';
    i += urgent ? 1 : 0;
    if (!peer.send(asBytes(text.substr(i, 1)), urgent ? MSG_OOB : 0)) return false;
    ++sent;
  }
  return true;
}

// For the sessions to come: they inherit it.
bool putUrgentIntoTheStream(EngineFixture& f, SessionId listener) {
  auto same = Socket::duplicate(f.now(listener).descriptor);
  return same && same->setIntOption(SOL_SOCKET, SO_OOBINLINE, 1);
}

}  // namespace

class TestEngineUrgent : public QObject {
  Q_OBJECT

 private slots:
  void standsWhereItWas_data();
  void standsWhereItWas();
  void isNotEchoedBesideTheStream_data();
  void isNotEchoedBesideTheStream();
  void ofSeveralAtOnceTheLastSurvives();
  void isFoundBehindAFullRead();
  void costsNoTurnsOnceTaken();
  void ofAUnixStream();
};

void TestEngineUrgent::standsWhereItWas_data() {
  QTest::addColumn<bool>("inlined");
  QTest::addColumn<QString>("sent");
  QTest::addColumn<QString>("received");
  for (const bool inlined : {false, true}) {
    const auto row = [&](const char* name, const char* sent, const char* received) {
      QTest::addRow("%s%s", name, inlined ? ", inlined" : "") << inlined << sent << received;
    };
    row("alone", "!x", "[x]");
    row("alone, then more", "!x.yz", "[x]yz");
    row("at once with what follows", "!xyz", "[x]yz");
    row("in the middle", "abc!xdef", "abc[x]def");
    row("at the end", "abc!x", "abc[x]");
    row("again and again", "a!x.b!y.!z.c", "a[x]b[y][z]c");
  }
}

void TestEngineUrgent::standsWhereItWas() {
  QFETCH(bool, inlined);
  QFETCH(QString, sent);
  QFETCH(QString, received);
  EngineFixture f;
  const SessionId listener = f.listen("tcp://127.0.0.1:0");
  const std::uint16_t port = f.portOf(listener);
  if (inlined) QVERIFY(putUrgentIntoTheStream(f, listener));
  Socket peer = connectedTo(port);
  const SessionId child = f.childOf(listener);
  QVERIFY(sendMarked(f, child, peer, sent.toStdString()));
  QTRY_COMPARE(QString::fromStdString(::received(f, child)), received);
  QVERIFY(peer.close());
  QVERIFY(f.waitForState(child, SessionState::closed));
  QCOMPARE(QString::fromStdString(::received(f, child)), received);
  QCOMPARE(f.now(child).bytesIn,
           static_cast<std::uint64_t>(QString(received).remove(u'[').remove(u']').size()));
}

void TestEngineUrgent::isNotEchoedBesideTheStream_data() {
  QTest::addColumn<bool>("inlined");
  QTest::addColumn<QString>("echo");
  QTest::newRow("beside the stream") << false << "abcdef";
  QTest::newRow("in the stream") << true << "abcxdef";
}

void TestEngineUrgent::isNotEchoedBesideTheStream() {
  QFETCH(bool, inlined);
  QFETCH(QString, echo);
  EngineFixture f;
  const SessionId listener = f.listen("tcp://127.0.0.1:0", {.responder = Responder::echo});
  const std::uint16_t port = f.portOf(listener);
  if (inlined) QVERIFY(putUrgentIntoTheStream(f, listener));
  Socket peer = connectedTo(port);
  QVERIFY(sendMarked(f, f.childOf(listener), peer, "abc!xdef") && peer.shutdown(ShutdownHow::write));
  QCOMPARE(QString::fromStdString(readBytes(peer, 100)), echo);
}

// The mark moves on before the first has been read: it is an ordinary byte then, or the kernel lets it fall.
void TestEngineUrgent::ofSeveralAtOnceTheLastSurvives() {
  std::atomic<bool> open{true};
  EngineFixture f(1, [&] { return open.load(); });
  const SessionId listener = f.listen("tcp://127.0.0.1:0");
  Socket peer = connectedTo(f.portOf(listener));
  const SessionId child = f.childOf(listener);
  QVERIFY(f.waitForState(child, SessionState::connected));
  open = false;
  QVERIFY(peer.send(asBytes("a")));  // the wait for it was there before
  QVERIFY(waitFor([&] { return f.now(child).bytesIn == 1; }));
  QVERIFY(sendMarked(f, child, peer, "b!xc!yd"));
  open = true;
  f.engine().resumeReceiving();
  QTRY_VERIFY(received(f, child).ends_with("c[y]d"));
  // The wait for urgent data was there before, too: had "b" been read by then, the first one falls, or is
  // taken.
  const std::string all = received(f, child);
  QVERIFY2(all == "abxc[y]d" || all == "abc[y]d" || all == "ab[x]c[y]d", all.c_str());
}

// A recv() that fills its buffer to the mark is followed by another in the same turn.
void TestEngineUrgent::isFoundBehindAFullRead() {
  EngineFixture f(1);
  const SessionId listener = f.listen("tcp://127.0.0.1:0");
  Socket peer = connectedTo(f.portOf(listener));
  const SessionId child = f.childOf(listener);
  const std::string piece((256 << 10), 'a');
  for (int i = 0; i < 20; ++i) {
    QVERIFY(peer.sendAll(asBytes(piece)));
    QVERIFY(peer.send(asBytes("!"), MSG_OOB));
  }
  QVERIFY(peer.close());
  QVERIFY(f.waitForState(child, SessionState::closed));
  std::size_t ordinary = 0;
  for (const char c : received(f, child)) ordinary += c == 'a' ? 1 : 0;
  QCOMPARE(ordinary, 20 * piece.size());
  QVERIFY(received(f, child).ends_with("[!]"));
}

// Each turn of a session asks whether it may receive. Between two urgent bytes none is needed.
void TestEngineUrgent::costsNoTurnsOnceTaken() {
  std::atomic<int> turns{0};
  EngineFixture f(1, [&] {
    ++turns;
    return true;
  });
  const SessionId listener = f.listen("tcp://127.0.0.1:0", {.responder = Responder::echo});
  const std::uint16_t port = f.portOf(listener);
  Socket urgent = connectedTo(port);
  const SessionId child = f.childOf(listener);
  QVERIFY(urgent.send(asBytes("!"), MSG_OOB));
  QTRY_COMPARE(received(f, child), "[!]");
  Socket other = connectedTo(port);
  const int before = turns;
  constexpr int kRounds = 300;
  for (int i = 0; i < kRounds; ++i) {
    QVERIFY(other.send(asBytes("x")));
    QCOMPARE(readBytes(other, 1), "x");
  }
  QVERIFY2(turns - before <= 3 * kRounds, std::to_string(turns - before).c_str());
}

void TestEngineUrgent::ofAUnixStream() {
  EngineFixture f;
  const std::string name = "@sockbench-urgent-" + std::to_string(QCoreApplication::applicationPid());
  const SessionId listener = f.listen("unix:" + name);
  QVERIFY(f.waitForState(listener, SessionState::listening));
  auto peer = Socket::open(AF_UNIX, SOCK_STREAM);
  QVERIFY(peer && peer->connect(f.now(listener).local));
  QVERIFY(peer->send(asBytes("abc")));
  if (!peer->send(asBytes("x"), MSG_OOB)) QSKIP("this kernel's UNIX streams have no urgent data");
  QVERIFY(peer->send(asBytes("def")));
  QTRY_COMPARE(received(f, f.childOf(listener)), "abc[x]def");
}

QTEST_GUILESS_MAIN(TestEngineUrgent)
#include "tst_engine_urgent.moc"
