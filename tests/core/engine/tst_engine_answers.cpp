// Streams that answer by themselves: chargen, daytime, time and qotd over TCP, UNIX stream and seqpacket.
#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include "core/engine/detail/answers.h"
#include "tests/core/engine/answer_peer.h"

using namespace sockbench;
using namespace sockbench::test;
using sockbench::detail::chargenBytes;

namespace {

std::string pattern(std::size_t length, std::uint64_t from = 0) {
  return std::string(asChars(chargenBytes(from, length)));
}

SessionRules chargen(std::uint64_t rate) {
  return {.responder = Responder::chargen, .chargenBytesPerSecond = rate};
}

void addStreamTransports() {
  QTest::addColumn<QString>("transport");
  for (const char* name : {"tcp", "unix", "unix-seqpacket"}) QTest::newRow(name) << QString::fromLatin1(name);
}

}  // namespace

class TestEngineAnswers : public QObject {
  Q_OBJECT

 private slots:
  void answersOnceAndCloses_data();
  void answersOnceAndCloses();
  void whatThePeerSaysIsRecorded();
  void generatesCharacters_data() { addStreamTransports(); }
  void generatesCharacters();
  void aRecordHoldsALine();
  void keepsToItsRate_data() { addStreamTransports(); }
  void keepsToItsRate();
  void aPeerThatDoesNotReadStopsIt_data() { addStreamTransports(); }
  void aPeerThatDoesNotReadStopsIt();
  void neverMoreThanTheQueueHolds();
  void theRulesChangeWhileItIsOpen();
  void theRateChangesWhileItIsOpen();
  void changedToDaytimeItAnswersAndCloses();
  void sendsGoBetween();
  void endsWith_data();
  void endsWith();
  void staysHalfOpenWhenAsked();
  void aConnectedSessionAnswersToo();
};

void TestEngineAnswers::answersOnceAndCloses_data() {
  QTest::addColumn<QString>("transport");
  QTest::addColumn<Responder>("responder");
  QTest::addColumn<QString>("answer");  // a pattern
  for (const char* transport : {"tcp", "unix", "unix-seqpacket"}) {
    const auto row = [transport](Responder responder, const char* answer) {
      QTest::addRow("%s, %s", responderName(responder).data(), transport)
          << QString::fromLatin1(transport) << responder << QString::fromLatin1(answer);
    };
    row(Responder::daytime, "[A-Z][a-z]+day, [A-Z][a-z]+ \\d{1,2}, \\d{4} \\d\\d:\\d\\d:\\d\\d-UTC\r\n");
    row(Responder::time, "(?s).{4}");
    row(Responder::qotd, "[ -~]+\r\n");
  }
}

void TestEngineAnswers::answersOnceAndCloses() {
  QFETCH(QString, transport);
  QFETCH(Responder, responder);
  QFETCH(QString, answer);
  AnswerDesk desk(transport.toStdString(), {.responder = responder});
  Socket peer = desk.dial();
  const std::string got = receiveToTheEnd(peer);
  const QRegularExpression expected(QRegularExpression::anchoredPattern(answer));
  QVERIFY2(expected.match(QString::fromLatin1(got.data(), static_cast<qsizetype>(got.size()))).hasMatch(),
           got.c_str());
  const SessionId child = desk.child();
  QTRY_COMPARE(desk.f.bytes(child, RecordKind::out), got);
  QVERIFY(peer.close());
  QTRY_COMPARE(desk.f.story(child), "accepted out half-closed(us) closed(us)");
  QTRY_COMPARE(desk.f.engine().openSessions(), 0U);
}

void TestEngineAnswers::whatThePeerSaysIsRecorded() {
  AnswerDesk desk("tcp", {.responder = Responder::qotd});
  Socket peer = desk.dial();
  QVERIFY(peer.sendAll(asBytes("thank you")) && peer.shutdown(ShutdownHow::write));
  QVERIFY(!receiveToTheEnd(peer).empty());
  QVERIFY(desk.f.waitForState(desk.child(), SessionState::closed));
  QTRY_COMPARE(desk.f.bytes(desk.child(), RecordKind::in), "thank you");
}

void TestEngineAnswers::generatesCharacters() {
  QFETCH(QString, transport);
  AnswerDesk desk(transport.toStdString(), chargen(0));
  Socket peer = desk.dial();
  constexpr std::size_t kMany = 3'000'000;
  const std::string got = receiveBytes(peer, kMany);
  QVERIFY(got == pattern(got.size()));
  QVERIFY(got.size() >= kMany - detail::kChargenLine);
  QVERIFY(peer.close());
  QTRY_COMPARE(desk.f.engine().openSessions(), 0U);
}

void TestEngineAnswers::aRecordHoldsALine() {
  AnswerDesk desk("unix-seqpacket", chargen(0));
  Socket peer = desk.dial();
  for (std::size_t line = 0; line < 300; ++line)
    QCOMPARE(receive(peer), pattern(detail::kChargenLine, line * detail::kChargenLine));
}

// What has come is never more than the rate has let go since before the connection, and one burst.
void TestEngineAnswers::keepsToItsRate() {
  QFETCH(QString, transport);
  constexpr std::uint64_t kRate = 160'000;
  constexpr double kBurst = kRate / 8;
  AnswerDesk desk(transport.toStdString(), chargen(kRate));
  QElapsedTimer since;
  since.start();
  Socket peer = desk.dial();
  std::string got;
  while (got.size() < 3 * kRate / 8) {
    const std::string part = receive(peer);
    QVERIFY(!part.empty());
    got += part;
    const double most = kBurst + static_cast<double>(kRate) * static_cast<double>(since.nsecsElapsed()) / 1e9;
    QVERIFY2(static_cast<double>(got.size()) <= most, qPrintable(QString::number(most)));
  }
  QVERIFY(got == pattern(got.size()));
}

void TestEngineAnswers::aPeerThatDoesNotReadStopsIt() {
  QFETCH(QString, transport);
  AnswerDesk desk(transport.toStdString(), chargen(0));
  Socket peer = desk.dial();
  const SessionId child = desk.child();
  QTRY_VERIFY(desk.f.now(child).queuedBytes > 0);
  // Queue and kernel are full when another session has come and gone and nothing more has been sent.
  std::uint64_t sent = 0;
  QVERIFY(waitFor([&] {
    Socket other = desk.dial();
    receive(other);
    return std::exchange(sent, desk.f.now(child).bytesOut) == sent && sent > 0;
  }));
  QVERIFY(desk.f.now(child).queuedBytes <= std::size_t{64} << 10);
  QCOMPARE(desk.f.now(child).state, SessionState::connected);
  QCOMPARE(desk.f.lastErrorSymbol(child), "");
  const std::string got = receiveBytes(peer, static_cast<std::size_t>(sent) + 1'000'000);
  QVERIFY(got == pattern(got.size()));
  QVERIFY(desk.f.now(child).bytesOut > sent);
}

void TestEngineAnswers::neverMoreThanTheQueueHolds() {
  SessionRules rules = chargen(0);
  rules.sendQueueBytes = 100;
  AnswerDesk desk("tcp", rules);
  Socket peer = desk.dial();
  const SessionId child = desk.child();
  std::string got;
  while (got.size() < 50'000) {
    got += receive(peer, 1000);
    QVERIFY(desk.f.now(child).queuedBytes <= 100);
  }
  QVERIFY(got == pattern(got.size()));
}

void TestEngineAnswers::theRulesChangeWhileItIsOpen() {
  AnswerDesk desk("tcp", {});
  Socket peer = desk.dial();
  const SessionId child = desk.child();
  QVERIFY(desk.f.waitForState(child, SessionState::connected));
  desk.f.engine().setRules(child, chargen(0));
  QCOMPARE(receiveBytes(peer, 1000), pattern(1000));
  desk.f.engine().setRules(child, {.responder = Responder::echo});
  QTRY_COMPARE(desk.f.now(child).responder, Responder::echo);
  QVERIFY(peer.sendAll(asBytes("<one>")));
  std::string rest;
  while (!rest.ends_with("<one>") && rest.size() < 100'000'000) rest += receive(peer);
  QVERIFY(rest.ends_with("<one>"));
  // Nothing comes between the one echo and the other.
  QVERIFY(peer.sendAll(asBytes("<two>")));
  QCOMPARE(receiveBytes(peer, 5), "<two>");
  rest.resize(rest.size() - 5);
  QVERIFY(rest == pattern(rest.size(), 1000));
}

void TestEngineAnswers::theRateChangesWhileItIsOpen() {
  AnswerDesk desk("tcp", chargen(1));
  Socket peer = desk.dial();
  constexpr std::size_t kBurst = 2 * detail::kChargenLine;
  QCOMPARE(receiveBytes(peer, kBurst), pattern(kBurst));
  const SessionId child = desk.child();
  QTRY_COMPARE(desk.f.now(child).bytesOut, kBurst);
  desk.f.engine().setRules(child, chargen(0));
  QVERIFY(receiveBytes(peer, 500'000) == pattern(500'000, kBurst));
}

void TestEngineAnswers::changedToDaytimeItAnswersAndCloses() {
  AnswerDesk desk("tcp", chargen(1));
  Socket peer = desk.dial();
  receiveBytes(peer, 2 * detail::kChargenLine);
  desk.f.engine().setRules(desk.child(), {.responder = Responder::daytime});
  QVERIFY(receiveToTheEnd(peer).ends_with("-UTC\r\n"));
}

void TestEngineAnswers::sendsGoBetween() {
  AnswerDesk desk("tcp", chargen(1));
  Socket peer = desk.dial();
  const SessionId child = desk.child();
  receiveBytes(peer, 2 * detail::kChargenLine);
  QVERIFY(desk.f.engine().send(child, toBytes("by hand")));
  QCOMPARE(receiveBytes(peer, 7), "by hand");
}

void TestEngineAnswers::endsWith_data() {
  QTest::addColumn<QString>("how");
  QTest::addColumn<QString>("end");
  QTest::addColumn<quint64>("rate");
  for (const quint64 rate : {quint64{0}, quint64{1}}) {
    const auto row = [rate](const char* how, const char* end) {
      QTest::addRow("%s, %s", how, rate == 0 ? "at full speed" : "while it waits for its rate")
          << QString::fromLatin1(how) << QString::fromLatin1(end) << rate;
    };
    row("our reset", "reset(us)");
    row("the peer's reset", "reset(peer)");
    row("our close", "half-closed(us) closed(us)");
    row("our half-close", "half-closed(us) closed(us)");
    row("the peer's FIN", "closed(peer)");
  }
}

void TestEngineAnswers::endsWith() {
  QFETCH(QString, how);
  QFETCH(QString, end);
  QFETCH(quint64, rate);
  AnswerDesk desk("tcp", chargen(rate));
  Socket peer = desk.dial();
  const SessionId child = desk.child();
  std::string got = receiveBytes(peer, 100);
  const linger now{.l_onoff = 1, .l_linger = 0};
  if (how == QStringLiteral("our reset")) desk.f.engine().reset(child);
  if (how == QStringLiteral("our close")) desk.f.engine().close(child);
  if (how == QStringLiteral("our half-close")) desk.f.engine().halfClose(child);
  if (how == QStringLiteral("the peer's FIN")) QVERIFY(peer.shutdown(ShutdownHow::write));
  if (how == QStringLiteral("the peer's reset")) {
    QVERIFY(peer.setRawOption(SOL_SOCKET, SO_LINGER, std::as_bytes(std::span(&now, 1))));
  } else {
    got += receiveToTheEnd(peer);
    QVERIFY(got == pattern(got.size()));
  }
  QVERIFY(peer.close());
  QTRY_VERIFY2(desk.f.story(child).ends_with(end.toStdString()), desk.f.story(child).c_str());
  QTRY_COMPARE(desk.f.engine().openSessions(), 0U);
}

void TestEngineAnswers::staysHalfOpenWhenAsked() {
  SessionRules rules = chargen(0);
  rules.stayHalfOpen = true;
  AnswerDesk desk("tcp", rules);
  Socket peer = desk.dial();
  QVERIFY(peer.shutdown(ShutdownHow::write));
  QVERIFY(desk.f.waitForState(desk.child(), SessionState::halfClosed));
  QVERIFY(receiveBytes(peer, 20'000'000) == pattern(20'000'000));
}

void TestEngineAnswers::aConnectedSessionAnswersToo() {
  QTcpServer server;
  QVERIFY(server.listen(QHostAddress::LocalHost));
  EngineFixture f;
  const SessionId client =
      f.connect("tcp://127.0.0.1:" + std::to_string(server.serverPort()), {.responder = Responder::daytime});
  QTRY_VERIFY(server.hasPendingConnections());
  QTcpSocket* peer = server.nextPendingConnection();
  QTRY_COMPARE(peer->state(), QAbstractSocket::UnconnectedState);
  QVERIFY(peer->readAll().endsWith("-UTC\r\n"));
  QTRY_COMPARE(f.story(client), "connecting connected out half-closed(us) closed(us)");
}

QTEST_GUILESS_MAIN(TestEngineAnswers)
#include "tst_engine_answers.moc"
