// Agents: what acts within a session is called on its worker, in order, and once for the last time.
#include <QTest>
#include <atomic>
#include <functional>
#include <mutex>

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
using sockbench::test::waitFor;

namespace {

// Notes each call as a word, and does what the test asks of it.
class Noting : public SessionAgent {
 public:
  using Act = std::function<void(AgentSession&)>;
  using OnBytes = std::function<void(AgentSession&, std::string_view)>;

  Act onAttached, onWoke, onDrained, onPeerFinished;
  OnBytes onReceived;
  std::function<void(const SessionSnapshot&)> onEnded;

  std::string story() const {
    const std::scoped_lock lock(mutex_);
    return story_;
  }
  std::string error() const {
    const std::scoped_lock lock(mutex_);
    return error_;
  }
  void attached(AgentSession& s) override {
    say("attached");
    if (onAttached) onAttached(s);
  }
  void received(AgentSession& s, ByteView bytes, WallNanos time) override {
    say("received(" + std::string(asChars(bytes)) + (time > 0 ? ")" : ", no time)"));
    if (onReceived) onReceived(s, asChars(bytes));
  }
  void peerFinished(AgentSession& s) override {
    say("peerFinished");
    if (onPeerFinished) onPeerFinished(s);
  }
  void drained(AgentSession& s) override {
    say("drained");
    if (onDrained) onDrained(s);
  }
  void woke(AgentSession& s) override {
    say("woke");
    if (onWoke) onWoke(s);
  }
  void ended(const SessionSnapshot& last) override {
    {
      const std::scoped_lock lock(mutex_);
      if (last.error) error_ = last.error->symbol();
    }
    say("ended(" + std::string(sessionStateName(last.state)) + ")");
  }
  void detached() override { say("detached"); }
  void say(const std::string& word) {
    const std::scoped_lock lock(mutex_);
    story_ += (story_.empty() ? "" : " ") + word;
  }

 private:
  mutable std::mutex mutex_;
  std::string story_;
  std::string error_;
};

using Agent = std::shared_ptr<Noting>;

Agent agent() {
  return std::make_shared<Noting>();
}

// Rules that give this very agent to the first session that opens.
SessionRules rulesWith(Agent one) {
  SessionRules rules;
  rules.agents = std::make_shared<AgentMakers>(AgentMakers{[one] { return one; }});
  return rules;
}

Bytes bytesOf(std::string_view text) {
  const ByteView view = asBytes(text);
  return {view.begin(), view.end()};
}

std::string automaticRows(EngineFixture& f, SessionId id) {
  std::string all;
  for (const LogRow& row : f.rows(id))
    if (row.record.kind == RecordKind::automatic) {
      const EventDetail detail = decodeEventDetail(row.payload.bytes);
      all += detail.text + (detail.error ? " " + detail.error->symbol() : "") + ";";
    }
  return all;
}

// The next port that nobody listens at.
std::string nobodyThere() {
  auto socket = Socket::open(AF_INET, SOCK_STREAM);
  if (!socket || !socket->bind(SocketAddress::fromIpv4(INADDR_LOOPBACK, 0))) return {};
  return "tcp://127.0.0.1:" + std::to_string(socket->localAddress().value().port());
}

}  // namespace

class TestEngineAgents : public QObject {
  Q_OBJECT

 private slots:
  void seesItsSession_data();
  void seesItsSession();
  void ofClients_data();
  void ofClients();
  void isAttachedLater();
  void waitsForTheConnection();
  void ofASessionThatFails_data();
  void ofASessionThatFails();
  void ofASessionThatIsOver();
  void isDetached();
  void otherRulesBringOtherAgents();
  void answersThroughTheQueue();
  void actsFromWithinACall_data();
  void actsFromWithinACall();
  void isNotWokenForWhatWasReplaced();
  void isRefusedWhatDoesNotFit();
  void holdsReadingBack_data();
  void holdsReadingBack();
  void aHoldGoesWithItsAgent();
  void aResetIsSeenWhileReadingIsHeld();
  void twoThatAnswerEachOtherStayBounded();
  void anEndlessSenderLeavesTheOthersTheirTurn();
  void saysWhatItDid();
  void sendsAnUrgentByte();
};

void TestEngineAgents::seesItsSession_data() {
  QTest::addColumn<QString>("transport");
  for (const char* transport : {"tcp", "udp", "unix", "unix-seqpacket", "unix-dgram"})
    QTest::newRow(transport) << transport;
}

void TestEngineAgents::seesItsSession() {
  QFETCH(QString, transport);
  const Agent one = agent();
  SessionRules rules = rulesWith(one);
  std::atomic<bool> asItShould{false};
  AnswerDesk* desk = nullptr;
  one->onAttached = [&](AgentSession& s) {
    asItShould = s.id() && s.listener() == desk->listener() && !s.local().empty() &&
                 std::string(transportName(s.transport())) == transport.toStdString();
  };
  AnswerDesk made(transport.toStdString(), rules);
  desk = &made;
  Socket peer = made.dial();
  QVERIFY(peer.isOpen() && peer.send(asBytes("hi")));
  QVERIFY(waitFor([&] { return one->story() == "attached received(hi)"; }));
  QVERIFY(asItShould);
  made.f.engine().send(made.child(), bytesOf("you"));
  QCOMPARE(receive(peer), "you");
  QVERIFY(waitFor([&] { return one->story() == "attached received(hi) drained"; }));
  made.f.engine().close(made.child());
  made.f.engine().close(made.child());
  QVERIFY(waitFor([&] { return one->story().ends_with("ended(closed)"); }));
  QCOMPARE(one->story(), "attached received(hi) drained ended(closed)");
}

void TestEngineAgents::ofClients_data() {
  QTest::addColumn<QString>("endpoint");
  QTest::newRow("tcp") << "tcp";
  QTest::newRow("udp") << "udp";
}

void TestEngineAgents::ofClients() {
  QFETCH(QString, endpoint);
  EngineFixture f;
  const SessionId server =
      f.listen(endpoint.toStdString() + "://127.0.0.1:0", {.responder = Responder::echo});
  const Agent one = agent();
  one->onAttached = [](AgentSession& s) { static_cast<void>(s.send(bytesOf("ping"))); };
  f.connect(endpoint.toStdString() + "://127.0.0.1:" + std::to_string(f.portOf(server)), rulesWith(one));
  QVERIFY(waitFor([&] { return one->story() == "attached drained received(ping)"; }));
}

void TestEngineAgents::isAttachedLater() {
  EngineFixture f;
  const SessionId listener = f.listen("tcp://127.0.0.1:0");
  Socket peer = connectedTo(f.portOf(listener));
  const SessionId child = f.childOf(listener);
  QVERIFY(f.waitForState(child, SessionState::connected));
  const Agent one = agent();
  f.engine().attach(child, one);
  QVERIFY(waitFor([&] { return one->story() == "attached"; }));
  QVERIFY(peer.send(asBytes("a")) && peer.close());
  QVERIFY(waitFor([&] { return one->story().ends_with("ended(closed)"); }));
  QCOMPARE(one->story(), "attached received(a) peerFinished ended(closed)");
}

void TestEngineAgents::waitsForTheConnection() {
  EngineFixture f;
  const SessionId listener = f.listen("tcp://127.0.0.1:0");
  const std::string endpoint = "tcp://127.0.0.1:" + std::to_string(f.portOf(listener));
  const SessionId client = f.connect(endpoint);
  const Agent one = agent();
  f.engine().attach(client, one);
  QVERIFY(waitFor([&] { return one->story() == "attached"; }));
}

void TestEngineAgents::ofASessionThatFails_data() {
  QTest::addColumn<bool>("ofRules");
  QTest::newRow("of its rules") << true;
  QTest::newRow("attached") << false;
}

void TestEngineAgents::ofASessionThatFails() {
  QFETCH(bool, ofRules);
  EngineFixture f;
  const Agent one = agent();
  const SessionId client = f.connect(nobodyThere(), ofRules ? rulesWith(one) : SessionRules());
  if (!ofRules) f.engine().attach(client, one);
  QVERIFY(waitFor([&] { return !one->story().empty(); }));
  QCOMPARE(one->story(), "ended(failed)");
  QCOMPARE(one->error(), "ECONNREFUSED");
}

void TestEngineAgents::ofASessionThatIsOver() {
  EngineFixture f;
  const SessionId client = f.connect(nobodyThere());
  QVERIFY(f.waitForState(client, SessionState::failed));
  const Agent late = agent();
  f.engine().attach(client, late);
  QVERIFY(waitFor([&] { return late->story() == "ended(failed)"; }));
  const Agent strange = agent();
  f.engine().attach(SessionId{987654}, strange);
  QVERIFY(waitFor([&] { return strange->story() == "ended(closed)"; }));
}

void TestEngineAgents::isDetached() {
  AnswerDesk desk("tcp", {});
  Socket peer = desk.dial();
  const SessionId child = desk.child();
  const Agent one = agent();
  const Agent other = agent();
  desk.f.engine().attach(child, one);
  desk.f.engine().attach(child, other);
  QVERIFY(peer.send(asBytes("a")));
  QVERIFY(waitFor([&] { return desk.f.now(child).bytesIn == 1; }));
  desk.f.engine().detach(child, one);
  QVERIFY(waitFor([&] { return one->story().ends_with("detached"); }));
  QVERIFY(peer.send(asBytes("b")) && peer.close());
  QVERIFY(waitFor([&] { return other->story().ends_with("ended(closed)"); }));
  QVERIFY(!one->story().contains("received(b)") && one->story().ends_with("detached"));
  QVERIFY(other->story().ends_with("received(b) peerFinished ended(closed)"));
}

void TestEngineAgents::otherRulesBringOtherAgents() {
  const Agent first = agent();
  const Agent second = agent();
  const Agent attached = agent();
  SessionRules rules = rulesWith(first);
  AnswerDesk desk("tcp", rules);
  Socket peer = desk.dial();
  const SessionId child = desk.child();
  desk.f.engine().attach(child, attached);
  rules.endWord = "bye";  // the same agents: they stay
  desk.f.engine().setRules(child, rules);
  QVERIFY(peer.send(asBytes("a")));
  QVERIFY(waitFor([&] { return first->story() == "attached received(a)"; }));
  desk.f.engine().setRules(child, rulesWith(second));
  QVERIFY(waitFor([&] { return second->story() == "attached"; }));
  QCOMPARE(first->story(), "attached received(a) detached");
  desk.f.engine().setRules(child, {});
  QVERIFY(waitFor([&] { return second->story() == "attached detached"; }));
  QVERIFY(!attached->story().contains("detached"));
}

void TestEngineAgents::answersThroughTheQueue() {
  const Agent one = agent();
  one->onReceived = [](AgentSession& s, std::string_view text) {
    static_cast<void>(s.send(bytesOf(std::string(text) + "!")));
  };
  AnswerDesk desk("tcp", rulesWith(one));
  Socket peer = desk.dial();
  for (int i = 0; i < 50; ++i) {
    QVERIFY(peer.send(asBytes("ab")));
    QCOMPARE(readBytes(peer, 3), "ab!");
  }
  // What a person has sent is told when it has gone; what an agent has is not.
  for (const SessionEvent& event : desk.f.engine().events().drain())
    QVERIFY(event.what != SessionEvent::What::sendDrained);
}

void TestEngineAgents::actsFromWithinACall_data() {
  QTest::addColumn<QString>("asked");
  QTest::addColumn<QString>("last");
  QTest::newRow("closes") << "close"
                          << "ended(closed)";
  QTest::newRow("resets") << "reset"
                          << "ended(reset)";
  QTest::newRow("half-closes") << "halfClose"
                               << "ended(closed)";
  QTest::newRow("leaves") << "leave"
                          << "";
}

void TestEngineAgents::actsFromWithinACall() {
  QFETCH(QString, asked);
  const std::string act = asked.toStdString();
  QFETCH(QString, last);
  const Agent one = agent();
  std::atomic<int> refused{0};
  one->onReceived = [&](AgentSession& s, std::string_view) {
    static_cast<void>(s.send(bytesOf("last words")));
    if (act == "close") s.close();
    if (act == "reset") s.reset();
    if (act == "halfClose") s.halfClose();
    if (act == "leave") s.leave();
    if (!s.send(bytesOf("after"))) ++refused;
  };
  AnswerDesk desk("tcp", rulesWith(one));
  Socket peer = desk.dial();
  QVERIFY(peer.send(asBytes("go")));
  if (act != "reset") QCOMPARE(readBytes(peer, 10), "last words");
  if (act != "leave") QTRY_COMPARE(refused.load(), 1);
  if (act == "leave") {
    QCOMPARE(readBytes(peer, 5), "after");
    QVERIFY(peer.send(asBytes("unheard")));
    QVERIFY(waitFor([&] { return desk.f.now(desk.child()).bytesIn == 9; }));
    QCOMPARE(one->story(), "attached received(go)");
    return;
  }
  if (act != "reset") QCOMPARE(receive(peer), std::string());
  QVERIFY(peer.close());
  QVERIFY(waitFor([&] { return one->story().ends_with(last.toStdString()); }));
}

void TestEngineAgents::isNotWokenForWhatWasReplaced() {
  EngineFixture f(1);
  const SessionId server = f.listen("tcp://127.0.0.1:0");
  const Agent one = agent();
  one->onAttached = [](AgentSession& s) {
    s.wakeAt(AgentSession::Clock::now());
    s.wakeAt(AgentSession::Clock::now() + 1h);
    s.wakeAt(std::nullopt);
    s.wakeAt(AgentSession::Clock::now() + 1ms);
  };
  one->onWoke = [](AgentSession& s) {
    static_cast<void>(s.send(bytesOf("tick")));
    s.wakeAt(std::nullopt);
  };
  f.connect("tcp://127.0.0.1:" + std::to_string(f.portOf(server)), rulesWith(one));
  QVERIFY(waitFor([&] { return f.bytes(f.childOf(server), RecordKind::in) == "tick"; }));
  f.engine().close(f.childOf(server));
  QVERIFY(waitFor([&] { return one->story().ends_with("ended(closed)"); }));
  QCOMPARE(one->story(), "attached woke drained peerFinished ended(closed)");
}

void TestEngineAgents::isRefusedWhatDoesNotFit() {
  const Agent one = agent();
  SessionRules rules = rulesWith(one);
  rules.sendQueueBytes = 10;
  one->onReceived = [&](AgentSession& s, std::string_view) {
    const auto done = s.send(Bytes(11));
    one->say(done ? "taken" : done.error().symbol());
  };
  AnswerDesk desk("tcp", rules);
  Socket peer = desk.dial();
  QVERIFY(peer.send(asBytes("x")));
  QVERIFY(waitFor([&] { return one->story().ends_with("QUEUE_FULL"); }));
  QTRY_COMPARE(desk.f.lastErrorSymbol(desk.child()), "QUEUE_FULL");
}

void TestEngineAgents::holdsReadingBack_data() {
  QTest::addColumn<QString>("transport");
  for (const char* transport : {"tcp", "unix", "unix-seqpacket"}) QTest::newRow(transport) << transport;
}

// What comes meanwhile waits in the kernel, and is read when the agent lets reading go on.
void TestEngineAgents::holdsReadingBack() {
  QFETCH(QString, transport);
  const Agent one = agent();
  one->onReceived = [](AgentSession& s, std::string_view text) {
    if (text != "stop") return;
    s.setReading(false);
    static_cast<void>(s.send(bytesOf("held")));
  };
  one->onDrained = [](AgentSession& s) { s.wakeAt(AgentSession::Clock::now() + 20ms); };
  one->onWoke = [](AgentSession& s) { s.setReading(true); };
  AnswerDesk desk(transport.toStdString(), rulesWith(one));
  Socket peer = desk.dial();
  QVERIFY(peer.send(asBytes("stop")));
  QCOMPARE(receive(peer), "held");
  QVERIFY(peer.send(asBytes("go on")));
  QVERIFY(waitFor([&] { return one->story().ends_with("received(go on)"); }));
  QCOMPARE(one->story(), "attached received(stop) drained woke received(go on)");
}

void TestEngineAgents::aHoldGoesWithItsAgent() {
  const Agent one = agent();
  one->onAttached = [](AgentSession& s) { s.setReading(false); };
  AnswerDesk desk("tcp", rulesWith(one));
  Socket peer = desk.dial();
  const SessionId child = desk.child();
  QVERIFY(waitFor([&] { return one->story() == "attached"; }));
  QVERIFY(peer.send(asBytes("abc")));
  desk.f.engine().detach(child, one);
  QVERIFY(waitFor([&] { return desk.f.bytes(child, RecordKind::in) == "abc"; }));
  QCOMPARE(one->story(), "attached detached");
}

void TestEngineAgents::aResetIsSeenWhileReadingIsHeld() {
  const Agent one = agent();
  one->onReceived = [](AgentSession& s, std::string_view) {
    s.setReading(false);
    static_cast<void>(s.send(bytesOf("held")));
  };
  AnswerDesk desk("tcp", rulesWith(one));
  Socket peer = desk.dial();
  QVERIFY(peer.send(asBytes("a")));
  QCOMPARE(readBytes(peer, 4), "held");
  QVERIFY(peer.send(asBytes("unread")));
  QVERIFY(sockbench::test::resetNow(peer));
  QVERIFY(waitFor([&] { return one->story().ends_with("ended(reset)"); }));
}

// Each answer makes the other answer: nothing ends it but a person, and nobody else is held up.
void TestEngineAgents::twoThatAnswerEachOtherStayBounded() {
  EngineFixture f(1);
  const auto answer = [](AgentSession& s, std::string_view text) {
    static_cast<void>(s.send(bytesOf(text)));
  };
  const Agent server = agent();
  const Agent client = agent();
  server->onReceived = answer;
  client->onReceived = answer;
  client->onAttached = [](AgentSession& s) { static_cast<void>(s.send(bytesOf("x"))); };
  const SessionId listener = f.listen("tcp://127.0.0.1:0", rulesWith(server));
  const SessionId id = f.connect("tcp://127.0.0.1:" + std::to_string(f.portOf(listener)), rulesWith(client));
  QVERIFY(waitFor([&] { return f.now(id).bytesIn > 100; }));
  const SessionId echo = f.listen("tcp://127.0.0.1:0", {.responder = Responder::echo});
  Socket other = connectedTo(f.portOf(echo));
  QVERIFY(other.send(asBytes("me")));
  QCOMPARE(readBytes(other, 2), "me");
  f.engine().close(id);
  QVERIFY(f.waitForState(id, SessionState::closed));
}

// Who sends whenever all has gone has a turn each time, and no more than one.
void TestEngineAgents::anEndlessSenderLeavesTheOthersTheirTurn() {
  EngineFixture f(1);
  const Agent endless = agent();
  const auto more = [](AgentSession& s) { static_cast<void>(s.send(Bytes(1))); };
  endless->onAttached = more;
  endless->onDrained = more;
  const SessionId sink = f.listen("udp://127.0.0.1:0", {.responder = Responder::discard});
  const SessionId id = f.connect("udp://127.0.0.1:" + std::to_string(f.portOf(sink)), rulesWith(endless));
  QVERIFY(waitFor([&] { return f.now(id).recordsOut > 1000; }));
  f.engine().close(id);
  QVERIFY(f.waitForState(id, SessionState::closed));
}

void TestEngineAgents::saysWhatItDid() {
  const Agent one = agent();
  one->onAttached = [](AgentSession& s) {
    s.note("here");
    s.note("cannot", Error::fromErrno(Operation::write, ENOSPC, "/file"));
  };
  AnswerDesk desk("tcp", rulesWith(one));
  Socket peer = desk.dial();
  QTRY_COMPARE(automaticRows(desk.f, desk.child()), "here;cannot ENOSPC;");
  QVERIFY(!desk.f.now(desk.child()).error);
}

void TestEngineAgents::sendsAnUrgentByte() {
  const Agent one = agent();
  one->onAttached = [](AgentSession& s) { static_cast<void>(s.sendUrgent(std::byte{'!'})); };
  AnswerDesk desk("tcp", rulesWith(one));
  Socket peer = desk.dial();
  const SessionId child = desk.child();
  QVERIFY(waitFor([&] { return desk.f.bytes(child, RecordKind::out) == "!"; }));
  Bytes into(1);
  QVERIFY(waitFor([&] { return peer.recv(into, MSG_OOB).has_value(); }));
  QCOMPARE(static_cast<char>(into[0]), '!');
}

QTEST_GUILESS_MAIN(TestEngineAgents)
#include "tst_engine_agents.moc"
