// Datagrams that are answered by chargen, daytime, time and qotd, and the bound upon them.
#include <QElapsedTimer>
#include <QNetworkDatagram>
#include <QTest>
#include <QUdpSocket>

#include <algorithm>
#include <set>

#include "core/engine/detail/answers.h"
#include "tests/core/engine/answer_peer.h"

using namespace sockbench;
using namespace sockbench::test;

namespace {

bool isOfThePattern(const std::string& datagram) {
  return datagram == asChars(detail::chargenBytes(0, datagram.size()));
}

std::size_t errorRows(EngineFixture& f, SessionId id) {
  return static_cast<std::size_t>(
      std::ranges::count(f.rows(id), RecordKind::error, [](const LogRow& row) { return row.record.kind; }));
}

void addDatagramTransports() {
  QTest::addColumn<QString>("transport");
  for (const char* name : {"udp", "udp6", "unix-dgram"}) QTest::newRow(name) << QString::fromLatin1(name);
}

}  // namespace

class TestEngineDatagramAnswers : public QObject {
  Q_OBJECT

 private slots:
  void answersEachDatagram_data();
  void answersEachDatagram();
  void chargenHasARandomLength_data() { addDatagramTransports(); }
  void chargenHasARandomLength();
  void noPeerGetsMoreThanTheRate_data();
  void noPeerGetsMoreThanTheRate();
  void eachPeerHasItsOwnRate();
  void theRulesChangeForAPeer();
  void twoServicesComeToRest_data();
  void twoServicesComeToRest();
  void aConnectedSessionAnswersToo();
};

void TestEngineDatagramAnswers::answersEachDatagram_data() {
  QTest::addColumn<QString>("transport");
  QTest::addColumn<Responder>("responder");
  for (const char* transport : {"udp", "udp6", "unix-dgram"})
    for (const Responder responder : {Responder::daytime, Responder::time, Responder::qotd})
      QTest::addRow("%s, %s", responderName(responder).data(), transport)
          << QString::fromLatin1(transport) << responder;
}

void TestEngineDatagramAnswers::answersEachDatagram() {
  QFETCH(QString, transport);
  QFETCH(Responder, responder);
  AnswerDesk desk(transport.toStdString(), {.responder = responder});
  Socket peer = desk.dial();
  std::string answers;
  for (const char* question : {"", "what?", ""}) {
    QVERIFY(peer.send(asBytes(question)));
    const std::string answer = receive(peer);
    if (responder == Responder::time)
      QCOMPARE(answer.size(), 4U);
    else
      QVERIFY2(answer.ends_with("\r\n") && answer.size() <= 512, answer.c_str());
    answers += answer;
  }
  const SessionId child = desk.child();
  QTRY_COMPARE(desk.f.story(child), "accepted in out in out in out");
  QTRY_COMPARE(desk.f.bytes(child, RecordKind::out), answers);
}

void TestEngineDatagramAnswers::chargenHasARandomLength() {
  QFETCH(QString, transport);
  AnswerDesk desk(transport.toStdString(), {.responder = Responder::chargen, .chargenBytesPerSecond = 0});
  Socket peer = desk.dial();
  std::set<std::size_t> lengths;
  for (int i = 0; i < 200; ++i) {
    QVERIFY(peer.send(asBytes("?")));
    const std::string answer = receive(peer);
    QVERIFY(answer.size() <= 512 && isOfThePattern(answer));
    lengths.insert(answer.size());
  }
  QVERIFY(lengths.size() > 20);
  QCOMPARE(desk.f.now(desk.child()).unanswered, 0U);
}

void TestEngineDatagramAnswers::noPeerGetsMoreThanTheRate_data() {
  QTest::addColumn<Responder>("responder");
  for (const Responder responder : {Responder::chargen, Responder::daytime, Responder::qotd, Responder::time})
    QTest::newRow(responderName(responder).data()) << responder;
}

void TestEngineDatagramAnswers::noPeerGetsMoreThanTheRate() {
  QFETCH(Responder, responder);
  constexpr std::uint64_t kRate = 1000;
  AnswerDesk desk("udp", {.responder = responder, .chargenBytesPerSecond = kRate});
  QElapsedTimer since;
  since.start();
  QUdpSocket peer;
  constexpr std::uint64_t kQuestions = 2000;
  for (std::uint64_t i = 0; i < kQuestions; ++i)
    peer.writeDatagram({}, QHostAddress::LocalHost, desk.f.now(desk.listener()).local.port());
  const SessionId child = desk.child();
  QTRY_COMPARE(desk.f.now(child).recordsIn, kQuestions);
  const SessionSnapshot now = desk.f.now(child);
  const double most = 512 + static_cast<double>(kRate) * static_cast<double>(since.nsecsElapsed()) / 1e9;
  QVERIFY(now.bytesOut > 0 && static_cast<double>(now.bytesOut) <= most);
  QTRY_COMPARE(desk.f.now(child).recordsOut + desk.f.now(child).unanswered, kQuestions);
  QVERIFY(now.unanswered > 0);
  QCOMPARE(now.dropped, 0U);
  // Told once while it lasts, and in all at the end.
  QTRY_COMPARE(errorRows(desk.f, child), 1U);
  QCOMPARE(desk.f.lastErrorSymbol(child), "RATE_LIMIT");
  desk.f.engine().close(child);
  QVERIFY(desk.f.waitForState(child, SessionState::closed));
  const std::string told = std::to_string(desk.f.now(child).unanswered) + " datagrams were not answered";
  QTRY_COMPARE(decodeEventDetail(desk.f.rows(child).back().payload.bytes).text, told);
}

void TestEngineDatagramAnswers::eachPeerHasItsOwnRate() {
  AnswerDesk desk("udp", {.responder = Responder::time, .chargenBytesPerSecond = 1});
  Socket peers[] = {desk.dial(), desk.dial(), desk.dial()};
  for (Socket& peer : peers) {
    for (int question = 0; question < 512 / 4; ++question) {
      QVERIFY(peer.send({}));
      QCOMPARE(receive(peer).size(), 4U);
    }
  }
  QTRY_COMPARE(desk.f.now(desk.listener()).acceptedChildren, 3U);
}

void TestEngineDatagramAnswers::theRulesChangeForAPeer() {
  AnswerDesk desk("udp", {});
  Socket peer = desk.dial();
  QVERIFY(peer.send(asBytes("nobody answers this")));
  const SessionId child = desk.child();
  QTRY_COMPARE(desk.f.now(child).recordsIn, 1U);
  desk.f.engine().setRules(child, {.responder = Responder::time});
  QTRY_COMPARE(desk.f.now(child).responder, Responder::time);
  QVERIFY(peer.send({}));
  QCOMPARE(receive(peer).size(), 4U);
  desk.f.engine().setRules(child, {.responder = Responder::echo});
  QTRY_COMPARE(desk.f.now(child).responder, Responder::echo);
  QVERIFY(peer.send(asBytes("echo")));
  QCOMPARE(receive(peer), "echo");
}

void TestEngineDatagramAnswers::twoServicesComeToRest_data() {
  QTest::addColumn<Responder>("server");
  QTest::addColumn<Responder>("client");
  QTest::newRow("chargen and echo") << Responder::chargen << Responder::echo;
  QTest::newRow("chargen and chargen") << Responder::chargen << Responder::chargen;
  QTest::newRow("echo and qotd") << Responder::echo << Responder::qotd;
  QTest::newRow("daytime and time") << Responder::daytime << Responder::time;
}

// One datagram goes to and fro until it is not answered: then there is none on its way any more.
void TestEngineDatagramAnswers::twoServicesComeToRest() {
  QFETCH(Responder, server);
  QFETCH(Responder, client);
  AnswerDesk desk("udp", {.responder = server, .chargenBytesPerSecond = 100});
  EngineFixture other;
  const SessionId loop =
      other.connect("udp://127.0.0.1:" + std::to_string(desk.f.now(desk.listener()).local.port()),
                    {.responder = client, .chargenBytesPerSecond = 100});
  QVERIFY(other.waitForState(loop, SessionState::connected));
  QVERIFY(other.engine().send(loop, toBytes("go")));
  const SessionId child = desk.child();
  QTRY_COMPARE(desk.f.now(child).unanswered + other.now(loop).unanswered, 1U);
  QTRY_COMPARE(desk.f.now(child).recordsIn, other.now(loop).recordsOut);
  QTRY_COMPARE(desk.f.now(child).recordsOut, other.now(loop).recordsIn);
}

void TestEngineDatagramAnswers::aConnectedSessionAnswersToo() {
  QUdpSocket server;
  QVERIFY(server.bind(QHostAddress::LocalHost, 0));
  EngineFixture f;
  const SessionId client =
      f.connect("udp://127.0.0.1:" + std::to_string(server.localPort()), {.responder = Responder::daytime});
  QVERIFY(f.waitForState(client, SessionState::connected));
  QVERIFY(f.engine().send(client, toBytes("hello")));
  QTRY_VERIFY(server.hasPendingDatagrams());
  server.writeDatagram(server.receiveDatagram().makeReply("what time is it?"));
  QTRY_VERIFY(server.hasPendingDatagrams());
  QVERIFY(server.receiveDatagram().data().endsWith("-UTC\r\n"));
  QTRY_COMPARE(f.story(client), "connecting connected out in out");
}

QTEST_GUILESS_MAIN(TestEngineDatagramAnswers)
#include "tst_engine_datagram_answers.moc"
