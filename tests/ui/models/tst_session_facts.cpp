#include <QCoreApplication>
#include <QTest>

#include "tests/ui/models/session_fixture.h"
#include "ui/models/session_facts.h"

using namespace sockbench;
using namespace sockbench::test;
using namespace sockbench::ui;

namespace {

RecordDetail fact(const SessionSnapshot& session, const char* name) {
  for (const RecordDetail& detail : sessionFacts(session)) {
    if (detail.name == QString::fromLatin1(name)) return detail;
  }
  return {};
}

TcpSample sample(std::uint32_t peerWindow, std::uint32_t unacked) {
  TcpSample tcp;
  tcp.kernelState = 1;
  tcp.rtt = std::chrono::microseconds(40);
  tcp.rttVariance = std::chrono::microseconds(20);
  tcp.retransmits = 3;
  tcp.maxSegment = 32'768;
  tcp.congestionWindow = 10;
  tcp.unackedBytes = unacked;
  tcp.peerWindow = peerWindow;
  return tcp;
}

}  // namespace

class TestSessionFacts : public QObject {
  Q_OBJECT
 private slots:
  void theKernelsWordsAreThereOnceItWasAsked() {
    SessionSnapshot session = client(4);
    QVERIFY(fact(session, "Round trip").value.isEmpty());
    session.tcp = sample(65'536, 0);
    QCOMPARE(fact(session, "Kernel state").value, QStringLiteral("ESTABLISHED"));
    QCOMPARE(fact(session, "Round trip").value, QStringLiteral("40.0 \u00b5s \u00b1 20.0 \u00b5s"));
    QCOMPARE(fact(session, "Retransmitted segments").value, QStringLiteral("3"));
    QCOMPARE(fact(session, "Retransmitted segments").tone, DetailTone::warning);
    QCOMPARE(fact(session, "Timeouts in a row").tone, DetailTone::plain);
    QVERIFY(fact(session, "Peer's window").value.startsWith(QStringLiteral("65,536 byte")));
    QCOMPARE(fact(session, "Peer's window").tone, DetailTone::plain);
  }

  void aPeerThatDoesNotReadIsSaidInWords() {
    SessionSnapshot session = client(4);
    session.tcp = sample(0, 100'000);
    const RecordDetail window = fact(session, "Peer's window");
    QVERIFY2(window.value.contains(QStringLiteral("does not read")), qPrintable(window.value));
    QCOMPARE(window.tone, DetailTone::warning);
    session.tcp = sample(0, 0);
    QCOMPARE(fact(session, "Peer's window").tone, DetailTone::plain);
  }

  void aBufferThatWasNotGrantedIsSaidInWords_data() {
    QTest::addColumn<int>("asked");
    QTest::addColumn<int>("granted");
    QTest::addColumn<QString>("words");
    QTest::addColumn<DetailTone>("tone");
    QTest::newRow("nobody asked") << 0 << 212'992 << "212,992 byte(s) granted" << DetailTone::plain;
    QTest::newRow("granted as asked for")
        << 100'000 << 100'000 << "100,000 byte(s) granted, 100,000 byte(s) asked for" << DetailTone::plain;
    QTest::newRow("capped") << 33'554'432 << 212'992
                            << "212,992 byte(s) granted, 33,554,432 byte(s) asked for: the machine allows no "
                               "more (net.core.rmem_max)"
                            << DetailTone::warning;
    QTest::newRow("not known") << 0 << 0 << "" << DetailTone::plain;
  }
  void aBufferThatWasNotGrantedIsSaidInWords() {
    QFETCH(int, asked);
    QFETCH(int, granted);
    QFETCH(QString, words);
    QFETCH(DetailTone, tone);
    SessionSnapshot session = client(4);
    session.transport = Transport::udp;
    session.receiveBufferAsked = asked;
    session.receiveBuffer = granted;
    QCOMPARE(fact(session, "Receive buffer").value, words);
    QCOMPARE(fact(session, "Receive buffer").tone, tone);
  }

  void dropsOfDatagramsWarn() {
    SessionSnapshot session = client(4);
    QVERIFY(fact(session, "Dropped by the kernel").value.isEmpty());
    session.transport = Transport::udp;
    QCOMPARE(fact(session, "Dropped by the kernel").value, QStringLiteral("0"));
    session.dropped = 1234;
    QCOMPARE(fact(session, "Dropped by the kernel").value, QStringLiteral("1,234"));
    QCOMPARE(fact(session, "Dropped by the kernel").tone, DetailTone::warning);
  }

  void aTargetCannotDeceive() {
    SessionSnapshot session = client(4);
    session.target = "unix:/tmp/\x1b[2J\u202e<b>";
    QCOMPARE(fact(session, "Asked for").value, QStringLiteral("unix:/tmp/\u241b[2J<U+202E><b>"));
  }
};

QTEST_GUILESS_MAIN(TestSessionFacts)
#include "tst_session_facts.moc"
