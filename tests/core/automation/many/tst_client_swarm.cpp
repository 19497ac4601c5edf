#include <sys/resource.h>

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QUdpSocket>
#include <set>
#include <string>

#include "core/automation/many/client_swarm.h"
#include "core/net/descriptor_limit.h"
#include "core/net/socket.h"
#include "tests/core/engine/engine_fixture.h"

using namespace sockbench;
using namespace sockbench::test;

namespace {

MessageSpec textMessage(const char* body) {
  MessageSpec message;
  message.body = body;
  return message;
}

SwarmSpec swarmOf(std::size_t clients, const std::string& endpoint) {
  SwarmSpec spec;
  spec.connect.endpoint = Endpoint::parse(endpoint).value();
  spec.clients = clients;
  return spec;
}

std::string tcp(std::uint16_t port) {
  return "tcp://127.0.0.1:" + std::to_string(port);
}

std::unique_ptr<ClientSwarm> begin(Engine& engine, SwarmSpec spec) {
  auto swarm = ClientSwarm::start(engine, std::move(spec));
  if (!swarm) qWarning("%s", swarm.error().line().c_str());
  return swarm ? std::move(*swarm) : nullptr;
}

// A server by Qt; what comes is kept by connection, and answered by `answer` (empty: not at all).
class Server : public QTcpServer {
 public:
  explicit Server(QByteArray answer = {}) : answer_(std::move(answer)) {
    listen(QHostAddress::LocalHost);
    connect(this, &QTcpServer::newConnection, this, [this] {
      while (QTcpSocket* peer = nextPendingConnection()) {
        peers.append(peer);
        connect(peer, &QIODevice::readyRead, this, [this, peer] {
          received[peer] += peer->readAll();
          if (!answer_.isEmpty()) peer->write(answer_);
        });
      }
    });
  }
  QList<QTcpSocket*> peers;
  QHash<QTcpSocket*, QByteArray> received;

 private:
  QByteArray answer_;
};

}  // namespace

class TestClientSwarm : public QObject {
  Q_OBJECT
 private slots:
  void eachSendsItsMessagesAndIsDone_data();
  void eachSendsItsMessagesAndIsDone();
  void aThousandAtOnce();
  void theyOpenAtTheirRate();
  void fieldsAreEachClientsOwn();
  void messagesGoAtTheirTimesThoughNobodyAnswers();
  void anAnswerOutsideItsLimitIsGivenUp();
  void aStallIsMeasuredFromTheTimeThatWasMeant();
  void refusedConnectionsAreCountedBySymbol();
  void aPeerThatClosesIsTold();
  void theDurationEndsIt();
  void stopEndsThoseThatConnectAndThoseThatAreOpen();
  void theirRowsBelongToTheGroup();
  void whatIsOverIsForgottenByTheEngine();
  void tooManyForTheLimitAreRefused();
  void wrongSpecsAreRefused_data();
  void wrongSpecsAreRefused();
  void aSwarmMayGoBeforeItsEnd();
};

void TestClientSwarm::eachSendsItsMessagesAndIsDone_data() {
  QTest::addColumn<QByteArray>("endpoint");
  QTest::addColumn<int>("how");
  QTest::newRow("TCP echo") << QByteArray("tcp://127.0.0.1:0") << int(AnswerCheck::How::echo);
  QTest::newRow("TCP, whatever comes next") << QByteArray("tcp://127.0.0.1:0") << int(AnswerCheck::How::next);
  QTest::newRow("TCP, no answer") << QByteArray("tcp://127.0.0.1:0") << int(AnswerCheck::How::none);
  QTest::newRow("UDP echo") << QByteArray("udp://127.0.0.1:0") << int(AnswerCheck::How::echo);
  QTest::newRow("UNIX stream echo") << QByteArray("unix:@sockbench-swarm-test")
                                    << int(AnswerCheck::How::echo);
  QTest::newRow("UNIX seqpacket echo")
      << QByteArray("unix-seqpacket:@sockbench-swarm-records") << int(AnswerCheck::How::echo);
}

void TestClientSwarm::eachSendsItsMessagesAndIsDone() {
  QFETCH(QByteArray, endpoint);
  QFETCH(int, how);
  EngineFixture f;
  const SessionId server = f.listen(endpoint.constData(), {.responder = Responder::echo});
  QVERIFY(f.waitForState(server, SessionState::listening));
  std::string target = endpoint.toStdString();
  if (target.ends_with(":0")) target = target.substr(0, target.size() - 1) + std::to_string(f.portOf(server));
  SwarmSpec spec = swarmOf(20, target);
  spec.message = textMessage("hello {{client}}\\n");
  spec.messages = 5;
  spec.answer.how = static_cast<AnswerCheck::How>(how);
  const auto swarm = begin(f.engine(), std::move(spec));
  QVERIFY(swarm);
  QVERIFY(waitFor([&] { return swarm->isOver(); }));
  const SwarmTotals totals = swarm->board().totals();
  QCOMPARE(totals.in(SwarmState::closed), 20U);
  QCOMPARE(totals.opened, 20U);
  QCOMPARE(totals.sent, 100U);
  QCOMPARE(totals.bytesOut, 5U * (9 * 8 + 11 * 9));
  const bool answers = static_cast<AnswerCheck::How>(how) != AnswerCheck::How::none;
  QCOMPARE(totals.answered, answers ? 100U : 0U);
  QCOMPARE(swarm->board().answers().count(), totals.answered);
  QCOMPARE(swarm->board().connecting().count(), 20U);
  QVERIFY(swarm->board().errors().empty());
}

void TestClientSwarm::aThousandAtOnce() {
  EngineFixture f(2);
  QVERIFY(makeRoomForDescriptors(2500));
  const SessionId server = f.listen("tcp://127.0.0.1:0", {.responder = Responder::echo});
  SwarmSpec spec = swarmOf(1000, tcp(f.portOf(server)));
  spec.message = textMessage("ping");
  spec.interval = std::chrono::milliseconds(200);
  const auto swarm = begin(f.engine(), std::move(spec));
  QVERIFY(swarm);
  QVERIFY(waitFor([&] { return swarm->board().totals().in(SwarmState::open) == 1000; }, 60));
  QVERIFY(waitFor(
      [&] {
        for (std::size_t i = 0; i < 1000; ++i)
          if (swarm->board().client(i).answered < 2) return false;
        return true;
      },
      60));
  QCOMPARE(f.now(server).openChildren, 1000U);
  swarm->stop();
  QVERIFY(waitFor([&] { return swarm->isOver(); }, 60));
  QCOMPARE(swarm->board().totals().in(SwarmState::closed), 1000U);
  QCOMPARE(swarm->board().totals().in(SwarmState::failed), 0U);
}

// By the times that the clients' own records bear, not by how fast this machine is: none before its time.
void TestClientSwarm::theyOpenAtTheirRate() {
  EngineFixture f;
  const SessionId server = f.listen("tcp://127.0.0.1:0");
  SwarmSpec spec = swarmOf(20, tcp(f.portOf(server)));
  spec.opensPerSecond = 50;
  const WallNanos begun = wallNow();
  const auto swarm = begin(f.engine(), std::move(spec));
  QVERIFY(swarm);
  QVERIFY(waitFor([&] { return swarm->board().totals().in(SwarmState::open) == 20; }));
  for (std::size_t i = 0; i < 20; ++i) {
    const SessionSnapshot session = f.now(swarm->board().client(i).session);
    QVERIFY(session.since - begun >= static_cast<WallNanos>(i) * 20'000'000);
  }
}

void TestClientSwarm::fieldsAreEachClientsOwn() {
  Server server;
  EngineFixture f;
  SwarmSpec spec = swarmOf(3, tcp(server.serverPort()));
  spec.message = textMessage("{{client}} {{name}} {{counter}};");
  spec.columns = ClientColumns::fromCsv("name\nann\nbob\n").value();
  spec.messages = 2;
  spec.answer.how = AnswerCheck::How::none;
  const auto swarm = begin(f.engine(), std::move(spec));
  QVERIFY(swarm);
  QVERIFY(waitFor([&] { return swarm->isOver(); }));
  std::set<std::string> got;
  QVERIFY(waitFor([&] {
    got.clear();
    for (const QByteArray& text : server.received) got.insert(text.toStdString());
    return got == std::set<std::string>{"1 ann 0;1 ann 1;", "2 bob 0;2 bob 1;", "3 ann 0;3 ann 1;"};
  }));
}

void TestClientSwarm::messagesGoAtTheirTimesThoughNobodyAnswers() {
  Server server;
  EngineFixture f;
  SwarmSpec spec = swarmOf(2, tcp(server.serverPort()));
  spec.message = textMessage("tick");
  spec.interval = std::chrono::milliseconds(10);
  const auto swarm = begin(f.engine(), std::move(spec));
  QVERIFY(swarm);
  QVERIFY(waitFor([&] { return swarm->board().client(0).sent >= 5 && swarm->board().client(1).sent >= 5; }));
  QCOMPARE(swarm->board().totals().answered, 0U);
}

void TestClientSwarm::anAnswerOutsideItsLimitIsGivenUp() {
  Server server;
  EngineFixture f;
  SwarmSpec spec = swarmOf(1, tcp(server.serverPort()));
  spec.message = textMessage("anybody?");
  spec.answerLimit = std::chrono::milliseconds(20);
  spec.messages = 3;
  const auto swarm = begin(f.engine(), std::move(spec));
  QVERIFY(swarm);
  QVERIFY(waitFor([&] { return swarm->isOver(); }));
  QCOMPARE(swarm->board().totals().sent, 3U);
  QCOMPARE(swarm->board().totals().givenUp, 3U);
  QCOMPARE(swarm->board().totals().answered, 0U);
}

// The peer answers nothing until 20 messages were due, then all. Each but the last few waited for many
// intervals: a client that had stopped sending meanwhile would have measured one long time and else short
// ones.
void TestClientSwarm::aStallIsMeasuredFromTheTimeThatWasMeant() {
  Server server;
  EngineFixture f;
  SwarmSpec spec = swarmOf(1, tcp(server.serverPort()));
  spec.message = textMessage("x");
  spec.interval = std::chrono::milliseconds(20);
  spec.messages = 20;
  const auto swarm = begin(f.engine(), std::move(spec));
  QVERIFY(swarm);
  QVERIFY(waitFor([&] { return server.received.size() == 1 && server.received.begin()->size() == 20; }));
  server.peers.first()->write(QByteArray(20, 'x'));
  QVERIFY(waitFor([&] { return swarm->isOver(); }));
  const LatencyHistogram answers = swarm->board().answers();
  QCOMPARE(answers.count(), 20U);
  QVERIFY(answers.most() >= std::chrono::milliseconds(19 * 20));
  QVERIFY(answers.percentile(50) >= std::chrono::milliseconds(9 * 20));
}

void TestClientSwarm::refusedConnectionsAreCountedBySymbol() {
  std::uint16_t port = 0;
  {
    Server gone;
    port = gone.serverPort();
  }
  EngineFixture f;
  const auto swarm = begin(f.engine(), swarmOf(7, tcp(port)));
  QVERIFY(swarm);
  QVERIFY(waitFor([&] { return swarm->isOver(); }));
  QCOMPARE(swarm->board().totals().in(SwarmState::failed), 7U);
  QCOMPARE(swarm->board().totals().opened, 0U);
  const auto errors = swarm->board().errors();
  QCOMPARE(errors.size(), 1U);
  QCOMPARE(errors[0].first.symbol(), std::string("ECONNREFUSED"));
  QCOMPARE(errors[0].count, 7U);
  QCOMPARE(swarm->board().client(3).error, 0);
}

void TestClientSwarm::aPeerThatClosesIsTold() {
  Server server;
  EngineFixture f;
  const auto swarm = begin(f.engine(), swarmOf(2, tcp(server.serverPort())));
  QVERIFY(swarm);
  QVERIFY(
      waitFor([&] { return server.peers.size() == 2 && swarm->board().totals().in(SwarmState::open) == 2; }));
  for (QTcpSocket* peer : server.peers) peer->close();
  QVERIFY(waitFor([&] { return swarm->isOver(); }));
  QCOMPARE(swarm->board().totals().closedByPeer, 2U);
  QCOMPARE(swarm->board().totals().in(SwarmState::closed), 2U);
}

void TestClientSwarm::theDurationEndsIt() {
  EngineFixture f;
  const SessionId server = f.listen("tcp://127.0.0.1:0", {.responder = Responder::echo});
  SwarmSpec spec = swarmOf(5, tcp(f.portOf(server)));
  spec.message = textMessage("ping");
  spec.duration = std::chrono::milliseconds(300);
  std::atomic<int> told{0};
  auto swarm = ClientSwarm::start(f.engine(), std::move(spec), [&] { ++told; });
  QVERIFY(swarm);
  QVERIFY(waitFor([&] { return told == 1; }));
  const SwarmTotals totals = (*swarm)->board().totals();
  QCOMPARE(totals.in(SwarmState::closed), 5U);
  QVERIFY(totals.sent > 0);
  QCOMPARE(totals.answered, totals.sent);  // what was on its way was waited for
  QVERIFY((*swarm)->elapsed() >= std::chrono::milliseconds(300));
}

void TestClientSwarm::stopEndsThoseThatConnectAndThoseThatAreOpen() {
  // A listener that is full and never accepts leaves further clients connecting.
  auto stuck = Socket::open(AF_UNIX, SOCK_STREAM, 0);
  QVERIFY(stuck);
  QVERIFY(stuck->bind(SocketAddress::fromText("unix:@sockbench-swarm-stuck").value()));
  QVERIFY(stuck->listen(0));
  EngineFixture f;
  const auto swarm = begin(f.engine(), swarmOf(4, "unix:@sockbench-swarm-stuck"));
  QVERIFY(swarm);
  QVERIFY(waitFor([&] {
    const SwarmTotals now = swarm->board().totals();
    return now.in(SwarmState::open) >= 1 && now.in(SwarmState::connecting) >= 1 &&
           now.in(SwarmState::idle) == 0;
  }));
  swarm->stop();
  QVERIFY(waitFor([&] { return swarm->isOver(); }));
  QCOMPARE(swarm->board().totals().in(SwarmState::closed), 4U);
}

void TestClientSwarm::theirRowsBelongToTheGroup() {
  Server server;
  EngineFixture f;
  const auto swarm = begin(f.engine(), swarmOf(2, tcp(server.serverPort())));
  QVERIFY(swarm);
  QVERIFY(waitFor([&] { return swarm->board().totals().in(SwarmState::open) == 2; }));
  const SessionId one = swarm->board().client(1).session;
  QCOMPARE(f.now(one).parent, swarm->group());
  QCOMPARE(f.now(one).role, SessionRole::client);
  QVERIFY(!f.engine().snapshot(swarm->group()));
  for (const LogRow& row : f.rows(one)) QCOMPARE(row.flow->parent, swarm->group());
}

void TestClientSwarm::whatIsOverIsForgottenByTheEngine() {
  EngineFixture f;
  const SessionId server = f.listen("tcp://127.0.0.1:0", {.responder = Responder::echo});
  SwarmSpec spec = swarmOf(5, tcp(f.portOf(server)));
  spec.message = textMessage("ping");
  spec.messages = 1;
  const auto swarm = begin(f.engine(), std::move(spec));
  QVERIFY(swarm);
  QVERIFY(waitFor([&] { return swarm->isOver(); }));
  for (const SessionSnapshot& session : f.engine().snapshots()) QVERIFY(session.role != SessionRole::client);
}

void TestClientSwarm::tooManyForTheLimitAreRefused() {
  rlimit limit{};
  QCOMPARE(::getrlimit(RLIMIT_NOFILE, &limit), 0);
  if (limit.rlim_max >= SwarmSpec::kMostClients) QSKIP("this process may have so many descriptors");
  EngineFixture f;
  const auto swarm = ClientSwarm::start(f.engine(), swarmOf(SwarmSpec::kMostClients, "tcp://127.0.0.1:9"));
  QVERIFY(!swarm);
  QCOMPARE(swarm.error().symbol(), std::string("EMFILE"));
}

void TestClientSwarm::wrongSpecsAreRefused_data() {
  QTest::addColumn<QByteArray>("body");
  QTest::addColumn<int>("clients");
  QTest::addColumn<QByteArray>("symbol");
  QTest::newRow("no client") << QByteArray("x") << 0 << QByteArray("BAD_OPTION_VALUE");
  QTest::newRow("too many clients") << QByteArray("x") << 100'001 << QByteArray("BAD_OPTION_VALUE");
  QTest::newRow("an empty message on a stream") << QByteArray() << 1 << QByteArray("BAD_SYNTAX");
  QTest::newRow("a wrong escape") << QByteArray("a\\q") << 1 << QByteArray("BAD_ESCAPE");
  QTest::newRow("a variable that is not there")
      << QByteArray("{{surname}}") << 1 << QByteArray("UNKNOWN_NAME");
}

void TestClientSwarm::wrongSpecsAreRefused() {
  QFETCH(QByteArray, body);
  QFETCH(int, clients);
  QFETCH(QByteArray, symbol);
  EngineFixture f;
  SwarmSpec spec = swarmOf(static_cast<std::size_t>(clients), "tcp://127.0.0.1:9");
  spec.message = textMessage(body.constData());
  const auto swarm = ClientSwarm::start(f.engine(), std::move(spec));
  QVERIFY(!swarm);
  QCOMPARE(QByteArray::fromStdString(swarm.error().symbol()), symbol);
}

void TestClientSwarm::aSwarmMayGoBeforeItsEnd() {
  EngineFixture f;
  const SessionId server = f.listen("tcp://127.0.0.1:0", {.responder = Responder::echo});
  SwarmSpec spec = swarmOf(20, tcp(f.portOf(server)));
  spec.message = textMessage("ping");
  auto swarm = begin(f.engine(), std::move(spec));
  QVERIFY(swarm);
  QVERIFY(waitFor([&] { return swarm->board().totals().answered > 20; }));
  swarm.reset();
  QVERIFY(waitFor([&] { return f.now(server).openChildren == 0; }));
}

QTEST_GUILESS_MAIN(TestClientSwarm)
#include "tst_client_swarm.moc"
