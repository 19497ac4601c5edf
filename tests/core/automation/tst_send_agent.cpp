#include <QTest>
#include <QUdpSocket>

#include "core/automation/send_agent.h"
#include "tests/core/automation/fake_session.h"
#include "tests/core/engine/engine_fixture.h"

using namespace sockbench;
using namespace std::chrono_literals;
using sockbench::test::EngineFixture;
using sockbench::test::FakeSession;
using sockbench::test::waitFor;
using State = SendAgent::State;

namespace {

MessageSpec text(const char* body) {
  MessageSpec spec;
  spec.body = body;
  return spec;
}

std::shared_ptr<SendAgent> agentOf(const SendPlan& plan, const char* body) {
  return SendAgent::make(plan, Message::read(text(body)).value()).value();
}

PatternSpec pattern(const char* body, PatternSpec::Kind kind = PatternSpec::Kind::text) {
  PatternSpec spec;
  spec.text = body;
  spec.kind = kind;
  return spec;
}

// An agent in a session that is made up.
struct Bench {
  Bench(const SendPlan& plan, const char* body, Transport transport = Transport::tcp)
      : session(transport), agent(agentOf(plan, body)) {}

  void receive(std::string_view bytes) { agent->received(session, asBytes(bytes), 0); }
  bool runUntil(const std::function<bool()>& condition) {
    return waitFor([&] {
      session.runTimer(*agent);
      return condition();
    });
  }
  bool runUntilOver() {
    return runUntil([&] { return agent->status().isOver(); });
  }

  FakeSession session;
  std::shared_ptr<SendAgent> agent;
};

SendPlan times(std::uint64_t count, std::chrono::nanoseconds interval = {}) {
  SendPlan plan;
  plan.count = count;
  plan.interval = interval;
  return plan;
}

}  // namespace

Q_DECLARE_METATYPE(SendPlan)

class TestSendAgent : public QObject {
  Q_OBJECT
 private slots:
  void sendsAsPlanned_data();
  void sendsAsPlanned();
  void keepsItsGrid();
  void beginsWithAMatch();
  void endsWithAMatch();
  void endsWithItsTime();
  void leavesOutWhatFindsTheQueueFull();
  void waitsForRoomWithoutAnInterval();
  void finishesAMessageThatHasBegun();
  void isStopped();
  void saysWhatCannotBeMade();
  void refusesAPlan_data();
  void refusesAPlan();
  void reachesAForeignPeer();
  void stopsInAnEngine();
};

void TestSendAgent::sendsAsPlanned_data() {
  QTest::addColumn<SendPlan>("plan");
  QTest::addColumn<QStringList>("sent");
  QTest::newRow("once") << SendPlan{} << QStringList{QStringLiteral("m0")};
  QTest::newRow("three at once") << times(3)
                                 << QStringList{QStringLiteral("m0"), QStringLiteral("m1"),
                                                QStringLiteral("m2")};
  QTest::newRow("three at times") << times(3, 2ms)
                                  << QStringList{QStringLiteral("m0"), QStringLiteral("m1"),
                                                 QStringLiteral("m2")};
  SendPlan jitter = times(3, 2ms);
  jitter.jitter = 2ms;
  QTest::newRow("with jitter") << jitter
                               << QStringList{QStringLiteral("m0"), QStringLiteral("m1"),
                                              QStringLiteral("m2")};
  SendPlan pieces = times(2, 1ms);
  pieces.pieceBytes = 1;
  pieces.pieceGap = 1ms;
  QTest::newRow("in pieces") << pieces
                             << QStringList{QStringLiteral("m"), QStringLiteral("0"), QStringLiteral("m"),
                                            QStringLiteral("1")};
  SendPlan rate = times(3);
  rate.bytesPerSecond = 1000;
  QTest::newRow("at a rate") << rate
                             << QStringList{QStringLiteral("m0"), QStringLiteral("m1"), QStringLiteral("m2")};
  SendPlan many = times(200);
  QStringList all;
  for (int i = 0; i < 200; ++i) all << QStringLiteral("m%1").arg(i);
  QTest::newRow("more than go in one turn") << many << all;
}

void TestSendAgent::sendsAsPlanned() {
  QFETCH(const SendPlan, plan);
  Bench bench(plan, "m{{counter}}");
  const auto begun = std::chrono::steady_clock::now();
  bench.agent->attached(bench.session);
  QVERIFY(bench.runUntilOver());
  const auto took = std::chrono::steady_clock::now() - begun;
  QStringList sent;
  for (const std::string& one : bench.session.sent) sent << QString::fromStdString(one);
  QTEST(sent, "sent");
  QCOMPARE(bench.agent->status().state, State::done);
  QCOMPARE(bench.agent->status().sent, plan.count);
  QVERIFY(bench.session.left);
  QVERIFY(bench.session.notes.front().starts_with("sending begins: "));
  QVERIFY(bench.session.notes.back().starts_with("sending ends, done: "));
  // No message goes before its time, and no byte before the rate allows it.
  const auto last = static_cast<std::int64_t>(plan.count) - 1;
  QVERIFY(took >= plan.interval * last - plan.jitter);
  if (plan.bytesPerSecond > 0) QVERIFY(took >= 4ms);  // two of the three messages went before
}

// Which is the point of absolute times: what goes late does not move what follows.
void TestSendAgent::keepsItsGrid() {
  Bench bench(times(4, 5ms), "x");
  bench.agent->attached(bench.session);
  const auto first = std::chrono::steady_clock::now();
  QVERIFY(bench.session.wake && *bench.session.wake <= first + 5ms);
  const auto second = *bench.session.wake;
  QVERIFY(bench.runUntil([&] { return std::chrono::steady_clock::now() > second + 6ms; }));
  // However late it was called, the next time stands on the grid of the first.
  QVERIFY(!bench.session.wake || (*bench.session.wake - second) % 5ms == 0ns);
  QVERIFY(bench.runUntilOver());
  QCOMPARE(bench.agent->status().sent, 4U);
}

void TestSendAgent::beginsWithAMatch() {
  SendPlan plan = times(2);
  plan.start = SendPlan::Start::received;
  plan.match = pattern(R"(go (\d))", PatternSpec::Kind::regex);
  Bench bench(plan, "{{1}}{{counter}};");
  bench.agent->attached(bench.session);
  QVERIFY(bench.session.sent.empty());
  QCOMPARE(bench.agent->status().state, State::waiting);
  bench.receive("g");
  bench.receive("o 7 go ");
  QCOMPARE(bench.session.all(), "70;71;");
  bench.receive("8");
  QCOMPARE(bench.session.all(), "70;71;80;81;");
  QCOMPARE(bench.agent->status().sent, 4U);
}

void TestSendAgent::endsWithAMatch() {
  SendPlan plan = times(0, 1h);
  plan.until = pattern("enough");
  Bench bench(plan, "x");
  bench.agent->attached(bench.session);
  bench.receive("eno");
  QCOMPARE(bench.agent->status().state, State::sending);
  bench.receive("ugh");
  QCOMPARE(bench.agent->status().state, State::done);
  QVERIFY(bench.session.wasNoted("ended by what was received: 1 message, 1 byte"));
}

void TestSendAgent::endsWithItsTime() {
  SendPlan plan = times(0, 1h);
  plan.duration = 2ms;
  Bench bench(plan, "x");
  bench.agent->attached(bench.session);
  QVERIFY(bench.runUntilOver());
  QVERIFY(bench.session.wasNoted("its time is over: 1 message"));
}

void TestSendAgent::leavesOutWhatFindsTheQueueFull() {
  Bench bench(times(5, 1ms), "0123456789");
  bench.session.keepsQueue = true;
  bench.session.room = 15;
  bench.agent->attached(bench.session);
  QVERIFY(bench.runUntilOver());
  const SendAgent::Status status = bench.agent->status();
  QCOMPARE(status.sent, 1U);
  QCOMPARE(status.skipped, 4U);
  QVERIFY(bench.session.wasNoted("the send queue is full"));
  QVERIFY(bench.session.wasNoted("done: 1 message, 10 bytes, 4 left out") ||
          bench.session.wasNoted(" late, 4 left out"));
}

void TestSendAgent::waitsForRoomWithoutAnInterval() {
  Bench bench(times(5), "0123456789");
  bench.session.keepsQueue = true;
  bench.session.room = 15;
  bench.agent->attached(bench.session);
  for (int i = 1; i < 5; ++i) {
    QCOMPARE(bench.session.sent.size(), std::size_t(i));
    bench.session.queued = 0;
    bench.agent->drained(bench.session);
  }
  QVERIFY(bench.runUntilOver());
  QCOMPARE(bench.agent->status().sent, 5U);
  QCOMPARE(bench.agent->status().skipped, 0U);
}

void TestSendAgent::finishesAMessageThatHasBegun() {
  SendPlan plan = times(1, 1ms);
  plan.pieceBytes = 4;
  Bench bench(plan, "0123456789");
  bench.session.keepsQueue = true;
  bench.session.room = 5;
  bench.agent->attached(bench.session);
  while (!bench.agent->status().isOver() && bench.session.sent.size() < 5) {
    bench.session.queued = 0;
    bench.agent->drained(bench.session);
  }
  QCOMPARE(bench.session.all(), "0123456789");
  QCOMPARE(bench.agent->status().sent, 1U);
}

void TestSendAgent::isStopped() {
  Bench bench(times(0, 1h), "x");
  bench.agent->attached(bench.session);
  bench.agent->stopping()->attached(bench.session);
  QCOMPARE(bench.agent->status().state, State::stopped);
  QVERIFY(bench.session.wasNoted("sending ends, stopped: 1 message, 1 byte"));
  Bench gone(times(0, 1h), "x");
  gone.agent->attached(gone.session);
  gone.agent->detached();
  QCOMPARE(gone.agent->status().state, State::stopped);
}

void TestSendAgent::saysWhatCannotBeMade() {
  Bench bench(times(3), "{{nothing}}");
  bench.agent->attached(bench.session);
  QCOMPARE(bench.agent->status().state, State::failed);
  QVERIFY(bench.session.wasNoted("UNKNOWN_NAME"));
}

void TestSendAgent::refusesAPlan_data() {
  QTest::addColumn<SendPlan>("plan");
  SendPlan jitter = times(1, 1ms);
  jitter.jitter = 2ms;
  QTest::newRow("more jitter than interval") << jitter;
  SendPlan match;
  match.start = SendPlan::Start::received;
  match.match = pattern("(", PatternSpec::Kind::regex);
  QTest::newRow("a wrong expression") << match;
  SendPlan until;
  until.until = pattern("");
  QTest::newRow("nothing to look for") << until;
}

void TestSendAgent::refusesAPlan() {
  QFETCH(const SendPlan, plan);
  const auto agent = SendAgent::make(plan, Message::read(text("x")).value());
  QVERIFY(!agent);
  QCOMPARE(agent.error().symbol(), "BAD_SYNTAX");
}

void TestSendAgent::reachesAForeignPeer() {
  QUdpSocket peer;
  QVERIFY(peer.bind(QHostAddress::LocalHost));
  EngineFixture f;
  const SessionId client = f.connect("udp://127.0.0.1:" + std::to_string(peer.localPort()));
  SendPlan plan = times(20, 1ms);
  const auto agent = agentOf(plan, "n{{counter}}");
  f.engine().attach(client, agent);
  QStringList got;
  QVERIFY(waitFor([&] {
    while (peer.hasPendingDatagrams()) {
      QByteArray datagram(static_cast<qsizetype>(peer.pendingDatagramSize()), Qt::Uninitialized);
      peer.readDatagram(datagram.data(), datagram.size());
      got << QString::fromLatin1(datagram);
    }
    return got.size() == 20;
  }));
  QCOMPARE(got.first(), QStringLiteral("n0"));
  QCOMPARE(got.last(), QStringLiteral("n19"));
  QVERIFY(waitFor([&] { return agent->status().state == State::done; }));
}

void TestSendAgent::stopsInAnEngine() {
  EngineFixture f;
  const SessionId listener = f.listen("tcp://127.0.0.1:0");
  const SessionId client = f.connect("tcp://127.0.0.1:" + std::to_string(f.portOf(listener)));
  const auto agent = agentOf(times(0, 1ms), "x");
  f.engine().attach(client, agent);
  QVERIFY(waitFor([&] { return agent->status().sent >= 3; }));
  f.engine().attach(client, agent->stopping());
  QVERIFY(waitFor([&] { return agent->status().state == State::stopped; }));
  const std::uint64_t sent = agent->status().sent;
  QVERIFY(waitFor([&] { return f.now(client).bytesOut == sent; }));
  // A session that ends, ends what is sent in it.
  const auto other = agentOf(times(0, 1ms), "x");
  f.engine().attach(client, other);
  QVERIFY(waitFor([&] { return other->status().sent >= 1; }));
  f.engine().reset(client);
  QVERIFY(waitFor([&] { return other->status().state == State::stopped; }));
}

QTEST_GUILESS_MAIN(TestSendAgent)
#include "tst_send_agent.moc"
