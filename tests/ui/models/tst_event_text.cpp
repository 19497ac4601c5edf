#include <QTest>
#include <cerrno>

#include "core/net/interface_name.h"
#include "tests/ui/models/traffic_fixture.h"
#include "ui/bridge/core_types.h"
#include "ui/models/event_text.h"
#include "ui/models/record_details.h"
#include "ui/widgets/english_plurals.h"

using namespace sockbench;
using namespace sockbench::ui;
using sockbench::test::TrafficFixture;

namespace {

QString valueOf(const QList<RecordDetail>& details, const QString& name) {
  for (const RecordDetail& detail : details) {
    if (detail.name == name) {
      return detail.value;
    }
  }
  return {};
}

}  // namespace

class TestEventText : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() { QCoreApplication::installTranslator(&english_); }

  void sentences_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("by");
    QTest::addColumn<quint64>("value");
    QTest::addColumn<QString>("remark");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* name, RecordKind kind, Party by, quint64 value, const char* remark,
                        const char* sentence) {
      QTest::newRow(name) << static_cast<int>(kind) << static_cast<int>(by) << value
                          << QString::fromUtf8(remark) << QString::fromUtf8(sentence);
    };
    row("connected tells how long it took and between whom", RecordKind::connected, Party::none, 120'000, "",
        "connected in 0.12 ms  (127.0.0.1:12345 \u2192 127.0.0.1:51822)");
    row("connecting tells the attempt", RecordKind::connecting, Party::none, 0, "attempt 1 of 2",
        "connecting to 127.0.0.1:51822  (attempt 1 of 2)");
    row("resolving tells what", RecordKind::resolving, Party::none, 0, "localhost:80",
        "resolving localhost:80");
    row("the peer's FIN", RecordKind::halfClosed, Party::peer, 0, "", "peer closed its side (FIN)");
    row("our FIN", RecordKind::halfClosed, Party::us, 0, "", "we closed our side (FIN)");
    row("the peer's RST", RecordKind::reset, Party::peer, 0, "", "reset by the peer (RST)");
    row("closed by us", RecordKind::closed, Party::us, 0, "", "closed by us");
    row("accepted on which address", RecordKind::accepted, Party::none, 0, "",
        "accepted 127.0.0.1:51822  (on 127.0.0.1:12345)");
    row("drops are counted", RecordKind::dropped, Party::none, 991, "",
        "991 datagrams dropped by the kernel");
    row("a datagram that we refused", RecordKind::dropped, Party::none, 1, "no more sessions",
        "dropped: no more sessions");
    row("resolved tells how long it took", RecordKind::resolved, Party::none, 1'500'000, "localhost is ::1",
        "resolved in 1.50 ms: localhost is ::1");
    row("an option", RecordKind::option, Party::none, 0, "TCP_NODELAY=1", "option TCP_NODELAY=1");
    row("a hostile remark cannot move the cursor", RecordKind::resolved, Party::none, 0, "a\x1b[31m\u202e",
        "resolved: a\u241b[31m<U+202E>");
  }
  void sentences() {
    QFETCH(int, kind);
    QFETCH(int, by);
    QFETCH(quint64, value);
    QFETCH(QString, remark);
    TrafficFixture traffic;
    traffic.event(traffic.first, static_cast<RecordKind>(kind), {toUtf8(remark), {}}, static_cast<Party>(by),
                  value);
    traffic.publish();
    QTEST(eventText(*traffic.log().read(0)), "sentence");
  }

  void otherTransportsHaveNoFin() {
    TrafficFixture traffic;
    const FlowPtr local = test::flow(7, 1, "unix:/tmp/x", "", Transport::unixStream);
    traffic.event(local, RecordKind::halfClosed, {}, Party::peer);
    traffic.publish();
    QCOMPARE(eventText(*traffic.log().read(0)), QStringLiteral("peer closed its side"));
  }

  void aProtocolWithoutATransportHasItsOwnName() {
    TrafficFixture traffic;
    Flow raw = *test::flow(8, 0, "127.0.0.1:0", "");
    raw.otherTransport = "raw";
    const FlowPtr flow = std::make_shared<Flow>(raw);
    traffic.event(flow, RecordKind::closed, {}, Party::peer);
    traffic.publish();
    const LogRow row = *traffic.log().read(0);
    QCOMPARE(valueOf(recordDetails(row), QStringLiteral("Transport")), QStringLiteral("raw"));
    QVERIFY(!eventText(row).contains(QStringLiteral("FIN")));
  }

  void errorsHaveSymbolMeaningAndHint() {
    TrafficFixture traffic;
    const Error refused = Error::fromErrno(Operation::connect, ECONNREFUSED, "tcp://127.0.0.1:9");
    traffic.event(traffic.client, RecordKind::error, {{}, refused});
    traffic.publish();
    const QString text = eventText(*traffic.log().read(0));
    QVERIFY2(text.startsWith(QStringLiteral("ECONNREFUSED  Connection refused")), qPrintable(text));
    QVERIFY(text.contains(toQString(refused.hint())));
  }

  void bytesHaveNoSentence() {
    TrafficFixture traffic;
    traffic.received(traffic.first, "hello");
    traffic.publish();
    QCOMPARE(eventText(*traffic.log().read(0)), QString());
  }

  void detailsOfBytes() {
    TrafficFixture traffic;
    Record cut = TrafficFixture::rowOf(traffic.first, RecordKind::in, 1'204'567);
    cut.flags = kRecordTruncated;
    cut.value = 1500;
    traffic.append(cut, traffic.first, "hello");
    traffic.publish();
    const QList<RecordDetail> details = recordDetails(*traffic.log().read(0));
    QCOMPARE(valueOf(details, QStringLiteral("Kind")), QStringLiteral("received"));
    QCOMPARE(valueOf(details, QStringLiteral("Length")), QStringLiteral("5 bytes"));
    QCOMPARE(valueOf(details, QStringLiteral("Local")), QStringLiteral("127.0.0.1:12345"));
    QCOMPARE(valueOf(details, QStringLiteral("Peer")), QStringLiteral("127.0.0.1:51822"));
    QCOMPARE(valueOf(details, QStringLiteral("Transport")), QStringLiteral("tcp"));
    QCOMPARE(valueOf(details, QStringLiteral("Session")), QStringLiteral("2"));
    QCOMPARE(valueOf(details, QStringLiteral("Server or group")), QStringLiteral("1"));
    QVERIFY(valueOf(details, QStringLiteral("Time")).endsWith(QStringLiteral(".001204567")));
    QVERIFY(valueOf(details, QStringLiteral("Truncated")).contains(QStringLiteral("1,500")));
    QCOMPARE(valueOf(details, QStringLiteral("Error")), QString());
  }

  void aCutWhoseLengthWasNotToldSaysNoNumber() {
    TrafficFixture traffic;
    Record cut = TrafficFixture::rowOf(traffic.first, RecordKind::in, 0);
    cut.flags = kRecordTruncated;
    traffic.append(cut, traffic.first, "hello");
    traffic.publish();
    QCOMPARE(valueOf(recordDetails(*traffic.log().read(0)), QStringLiteral("Truncated")),
             QStringLiteral("yes: the datagram was longer"));
  }

  void detailsOfUrgentData() {
    TrafficFixture traffic;
    Record urgent = TrafficFixture::rowOf(traffic.first, RecordKind::in, 1);
    urgent.flags = kRecordUrgent;
    traffic.append(urgent, traffic.first, "!");
    traffic.publish();
    const QList<RecordDetail> details = recordDetails(*traffic.log().read(0));
    QVERIFY(valueOf(details, QStringLiteral("Urgent")).startsWith(QStringLiteral("yes")));
    QCOMPARE(valueOf(details, QStringLiteral("Length")), QStringLiteral("1 byte"));
  }

  void detailsOfADatagram() {
    TrafficFixture traffic;
    auto flow = std::make_shared<Flow>(*traffic.first);
    flow->interface = interfaceIndex("lo");
    Record row = TrafficFixture::rowOf(traffic.first, RecordKind::in, 1'204'567);
    row.flags = kRecordKernelTime;
    traffic.append(row, flow, "hello");
    Error refused = Error::fromErrno(Operation::send, ECONNREFUSED, "127.0.0.1:9");
    traffic.event(traffic.client, RecordKind::error,
                  {"port unreachable, told by 10.0.0.1", refused, "10.0.0.1"}, Party::none);
    traffic.publish();
    const QList<RecordDetail> details = recordDetails(*traffic.log().read(0));
    QCOMPARE(valueOf(details, QStringLiteral("Interface")), QStringLiteral("lo"));
    QVERIFY(valueOf(details, QStringLiteral("Time")).endsWith(QStringLiteral("when the kernel had it")));
    const QList<RecordDetail> error = recordDetails(*traffic.log().read(1));
    QCOMPARE(valueOf(error, QStringLiteral("Told by")), QStringLiteral("10.0.0.1"));
    QCOMPARE(valueOf(error, QStringLiteral("Remark")), QStringLiteral("port unreachable, told by 10.0.0.1"));
  }

  void detailsOfAnError() {
    TrafficFixture traffic;
    Error broken = Error::fromErrno(Operation::send, EPIPE, "tcp://127.0.0.1:9");
    broken.bytesDone = 12;
    traffic.event(traffic.client, RecordKind::error, {{}, broken}, Party::none);
    traffic.event(traffic.client, RecordKind::closed, {}, Party::peer);
    traffic.publish();
    const QList<RecordDetail> details = recordDetails(*traffic.log().read(0));
    QCOMPARE(valueOf(details, QStringLiteral("Error")), QStringLiteral("EPIPE"));
    QCOMPARE(valueOf(details, QStringLiteral("Call")), QStringLiteral("send"));
    QCOMPARE(valueOf(details, QStringLiteral("Meaning")), toQString(broken.message()));
    QCOMPARE(valueOf(details, QStringLiteral("Hint")), toQString(broken.hint()));
    QCOMPARE(valueOf(details, QStringLiteral("Bytes before it")), QStringLiteral("12"));
    QCOMPARE(valueOf(recordDetails(*traffic.log().read(1)), QStringLiteral("By")),
             QStringLiteral("the peer"));
  }

 private:
  EnglishPlurals english_;
};

QTEST_GUILESS_MAIN(TestEventText)
#include "tst_event_text.moc"
