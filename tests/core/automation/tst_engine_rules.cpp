#include <QTest>

#include "core/automation/answers/answer_desk.h"
#include "tests/core/engine/answer_peer.h"

using namespace sockbench;
using sockbench::test::EngineFixture;
using sockbench::test::waitFor;

namespace {

AnswerBook echoing() {
  AnswerRule rule;
  rule.name = "echo";
  rule.steps.emplace_back().message.body = "{{0}}";
  AnswerBook book;
  book.rules.push_back(rule);
  book.mostPerSecond = 50;
  book.mostPauses = 2;
  return book;
}

SessionRules rulesOf(const std::shared_ptr<sockbench::AnswerDesk>& desk) {
  SessionRules rules;
  rules.agents = std::make_shared<const AgentMakers>(AgentMakers{desk->maker()});
  return rules;
}

// The rows of kind `automatic` of a session that say this.
int notes(EngineFixture& f, SessionId id, std::string_view part) {
  int count = 0;
  for (const LogRow& row : f.rows(id)) {
    if (row.record.kind == RecordKind::automatic && decodeEventDetail(row.payload.bytes).text.contains(part))
      ++count;
  }
  return count;
}

}  // namespace

class TestEngineRules : public QObject {
  Q_OBJECT
 private slots:
  void answersAPeer_data();
  void answersAPeer();
  void twoThatAnswerEachOtherRest_data();
  void twoThatAnswerEachOtherRest();
  void aBookIsReplacedWhileSessionsAreOpen();
  void twoEchoesAreTold();
};

void TestEngineRules::answersAPeer_data() {
  QTest::addColumn<QByteArray>("transport");
  for (const char* transport : {"tcp", "udp", "unix", "unix-dgram", "unix-seqpacket"})
    QTest::newRow(transport) << QByteArray(transport);
}

void TestEngineRules::answersAPeer() {
  QFETCH(const QByteArray, transport);
  const auto desk = sockbench::AnswerDesk::make(echoing());
  test::AnswerDesk server(transport.toStdString(), rulesOf(desk));
  Socket peer = server.dial();
  QVERIFY(peer.isOpen());
  QVERIFY(peer.send(asBytes("hello")));
  QCOMPARE(test::receive(peer), "hello");
  QVERIFY(
      waitFor([&] { return notes(server.f, server.child(), "rule \"echo\" matched, sent 5 bytes") == 1; }));
  QCOMPARE(desk->book()->hits(0), 1U);
}

void TestEngineRules::twoThatAnswerEachOtherRest_data() {
  QTest::addColumn<QByteArray>("endpoint");
  QTest::newRow("tcp") << QByteArray("tcp://127.0.0.1:");
  QTest::newRow("udp") << QByteArray("udp://127.0.0.1:");
}

void TestEngineRules::twoThatAnswerEachOtherRest() {
  QFETCH(const QByteArray, endpoint);
  EngineFixture f;
  const auto desk = sockbench::AnswerDesk::make(echoing());
  const SessionId listener = f.listen(endpoint.toStdString() + "0", rulesOf(desk));
  const std::uint16_t port = f.portOf(listener);
  QVERIFY(port != 0);
  const SessionId client = f.connect(endpoint.toStdString() + std::to_string(port), rulesOf(desk));
  QVERIFY(f.waitForState(client, SessionState::connected));
  QVERIFY(f.engine().send(client, toBytes("to and fro")));
  QVERIFY(waitFor([&] {
    return notes(f, client, "the rules rest") + notes(f, f.childOf(listener), "the rules rest") > 0;
  }));
  // Rest: what one of them has said last, the other has received and not answered.
  const auto isQuiet = [&] {
    const SessionSnapshot a = f.now(client);
    const SessionSnapshot b = f.now(f.childOf(listener));
    return a.bytesOut == b.bytesIn && b.bytesOut == a.bytesIn;
  };
  QVERIFY(waitFor(isQuiet));
  QVERIFY(waitFor([&] {
    return notes(f, client, "were passed over") + notes(f, f.childOf(listener), "were passed over") > 0;
  }));
  QVERIFY(isQuiet());
  QVERIFY(desk->book()->hits(0) <= 2U * 50U);
}

void TestEngineRules::aBookIsReplacedWhileSessionsAreOpen() {
  EngineFixture f;
  const auto desk = sockbench::AnswerDesk::make();
  const SessionId listener = f.listen("tcp://127.0.0.1:0", rulesOf(desk));
  const SessionId client = f.connect("tcp://127.0.0.1:" + std::to_string(f.portOf(listener)));
  QVERIFY(f.waitForState(client, SessionState::connected));
  QVERIFY(waitFor([&] { return desk->sessions() == 1; }));
  AnswerBook book;
  AnswerRule silence;
  silence.name = "quiet";
  silence.when = AnswerRule::When::silence;
  silence.time = std::chrono::milliseconds(1);
  silence.steps.emplace_back().message.body = "still there?";
  book.rules.push_back(silence);
  QVERIFY(desk->setBook(book).empty());
  for (const auto& [id, errand] : desk->errands()) f.engine().attach(id, errand);
  QVERIFY(waitFor([&] { return f.bytes(client, RecordKind::in) == "still there?"; }));
  f.engine().close(client);
  QVERIFY(waitFor([&] { return desk->sessions() == 0; }));
}

void TestEngineRules::twoEchoesAreTold() {
  EngineFixture f;
  const SessionId listener = f.listen("udp://127.0.0.1:0", {.responder = Responder::echo});
  const SessionId client =
      f.connect("udp://127.0.0.1:" + std::to_string(f.portOf(listener)), {.responder = Responder::echo});
  QVERIFY(f.waitForState(client, SessionState::connected));
  QVERIFY(f.engine().send(client, toBytes("to and fro")));
  QVERIFY(waitFor([&] { return f.now(client).bytesIn >= 110'000; }));
  f.engine().close(client);
  QVERIFY(f.waitForState(client, SessionState::closed));
  QCOMPARE(notes(f, client, "equal datagrams in a row were echoed"), 1);
}

QTEST_GUILESS_MAIN(TestEngineRules)
#include "tst_engine_rules.moc"
