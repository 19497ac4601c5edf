// SessionLadder: rows of the timeline as steps between two ends.
#include <QTest>
#include <cerrno>

#include "tests/ui/models/traffic_fixture.h"
#include "ui/models/session_ladder.h"
#include "ui/widgets/english_plurals.h"

using namespace sockbench;
using namespace sockbench::ui;
using sockbench::test::TrafficFixture;
using Arrow = LadderStep::Arrow;

namespace {

std::vector<LogRow> rowsOf(TrafficFixture& traffic, std::uint32_t session) {
  traffic.publish();
  std::vector<LogRow> all;
  traffic.log().read(traffic.log().first(), traffic.log().end(), all);
  std::erase_if(all, [&](const LogRow& row) { return row.record.session != SessionId{session}; });
  return all;
}

// "->SYN~" to the peer, implied; "<-5 B" from the peer; "connected" in words; "|accepted" at the peer's.
QStringList written(const SessionLadder& ladder) {
  QStringList steps;
  for (const LadderStep& step : ladder.steps) {
    QString text = step.arrow == Arrow::none ? step.ours : QString();
    if (step.arrow != Arrow::none)
      text = (step.arrow == Arrow::toPeer ? QStringLiteral("->") : QStringLiteral("<-")) + step.label;
    if (step.implied) text += QLatin1Char('~');
    if (!step.theirs.isEmpty()) text += QLatin1Char('|') + step.theirs;
    steps += text;
  }
  return steps;
}

QStringList steps(std::initializer_list<const char*> texts) {
  QStringList list;
  for (const char* text : texts) list += QString::fromUtf8(text);
  return list;
}

}  // namespace

class TestSessionLadder : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() { QCoreApplication::installTranslator(&english_); }

  void aClientFromConnectToClose() {
    TrafficFixture traffic;
    traffic.event(traffic.client, RecordKind::connecting);
    traffic.event(traffic.client, RecordKind::connected, {}, Party::none, 1000);
    traffic.sent(traffic.client, "hello");
    traffic.received(traffic.client, "ok");
    traffic.event(traffic.client, RecordKind::halfClosed, {}, Party::peer);
    traffic.event(traffic.client, RecordKind::closed, {}, Party::peer);
    const SessionLadder ladder = makeLadder(rowsOf(traffic, 4), {});
    QCOMPARE(ladder.us, QStringLiteral("127.0.0.1:40000"));
    QCOMPARE(ladder.peer, QStringLiteral("127.0.0.1:9"));
    QVERIFY(!ladder.isSample);
    QCOMPARE(written(ladder),
             steps({"connect is called", "->SYN~", "<-SYN, ACK~", "->ACK~", "connected", "->5 B", "<-2 B",
                    "<-FIN~", "half-closed by the peer", "->FIN~", "closed by the peer"}));
  }

  void aRefusal() {
    TrafficFixture traffic;
    traffic.event(traffic.client, RecordKind::connecting);
    traffic.event(traffic.client, RecordKind::error,
                  {.text = {}, .error = Error::fromErrno(Operation::connect, ECONNREFUSED)});
    QCOMPARE(written(makeLadder(rowsOf(traffic, 4), {})),
             steps({"connect is called", "->SYN~", "<-RST, ACK~", "ECONNREFUSED"}));
  }

  void aReset_data() {
    QTest::addColumn<int>("by");
    QTest::addColumn<QStringList>("steps");
    QTest::newRow("ours") << static_cast<int>(Party::us) << steps({"->RST~", "reset by us"});
    QTest::newRow("the peer's") << static_cast<int>(Party::peer) << steps({"<-RST~", "reset by the peer"});
  }
  void aReset() {
    QFETCH(int, by);
    TrafficFixture traffic;
    traffic.event(traffic.client, RecordKind::reset, {}, static_cast<Party>(by));
    QTEST(written(makeLadder(rowsOf(traffic, 4), {})), "steps");
  }

  void runsAreOneStep() {
    TrafficFixture traffic;
    for (int i = 0; i < 3; ++i) traffic.sent(traffic.client, "12345");
    traffic.received(traffic.client, "x");
    traffic.sent(traffic.client, "y");
    QCOMPARE(written(makeLadder(rowsOf(traffic, 4), {})), steps({"->3 \u00d7, 15 B", "<-1 B", "->1 B"}));
  }

  void datagramsHaveNoHandshake() {
    TrafficFixture traffic;
    const FlowPtr udp = test::flow(9, 0, "127.0.0.1:5000", "127.0.0.1:6000", Transport::udp);
    traffic.event(udp, RecordKind::connecting);
    traffic.event(udp, RecordKind::connected);
    traffic.sent(udp, "abc");
    traffic.event(udp, RecordKind::closed, {}, Party::us);
    QCOMPARE(written(makeLadder(rowsOf(traffic, 9), {})),
             steps({"connect", "connected", "->3 B", "closed by us"}));
  }

  void thePeersOwnEventsStandAtTheRight() {
    TrafficFixture traffic;
    traffic.event(traffic.client, RecordKind::connected);
    traffic.event(traffic.second, RecordKind::accepted);
    traffic.received(traffic.second, "not shown twice");
    const QStringList all = written(makeLadder(rowsOf(traffic, 4), rowsOf(traffic, 3)));
    QCOMPARE(all.filter(QStringLiteral("|")), QStringList{QStringLiteral("|accepted")});
    QVERIFY(!all.contains(QStringLiteral("<-15 B")));
  }

  void aLongOneKeepsBothEnds() {
    TrafficFixture traffic;
    traffic.event(traffic.client, RecordKind::connected);
    for (int i = 0; i < 200; ++i) {
      traffic.sent(traffic.client, "a");
      traffic.received(traffic.client, "b");
    }
    traffic.event(traffic.client, RecordKind::closed, {}, Party::us);
    const SessionLadder ladder = makeLadder(rowsOf(traffic, 4), {});
    QCOMPARE(ladder.steps.size(), SessionLadder::kMostSteps);
    QCOMPARE(ladder.leftOut, 3 + 400 + 2 - SessionLadder::kMostSteps);
    QCOMPARE(written(ladder).first(), QStringLiteral("<-SYN, ACK~"));
    QCOMPARE(written(ladder).last(), QStringLiteral("closed by us"));
  }

  void hostileNamesAreMadeVisible() {
    TrafficFixture traffic;
    const FlowPtr named = test::flow(7, 0, "unix:@\x1b[31mred", "unix:/tmp/s", Transport::unixStream);
    traffic.event(named, RecordKind::connected);
    QVERIFY(!makeLadder(rowsOf(traffic, 7), {}).us.contains(QChar(0x1b)));
  }

  void theExampleSaysSo() {
    const SessionLadder ladder = sampleLadder();
    QVERIFY(ladder.isSample);
    QVERIFY(written(ladder).contains(QStringLiteral("->SYN~")));
    QVERIFY(ladderText(ladder).contains(QStringLiteral("SYN, ACK from the peer")));
  }

 private:
  EnglishPlurals english_;
};

QTEST_MAIN(TestSessionLadder)
#include "tst_session_ladder.moc"
