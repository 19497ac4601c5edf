#include <QTest>

#include "core/traffic/event_detail.h"

using namespace sockbench;

Q_DECLARE_METATYPE(sockbench::EventDetail)

namespace {

EventDetail fullDetail() {
  Error error = Error::fromInput(InputFault::badPort, "tcp://h:70000", TextSpan{8, 5},
                                 "port 70000 is above 65535", Operation::connect);
  error.bytesDone = 12;
  return {"attempt 2 of 3", error, "fe80::1%eth0"};
}

}  // namespace

class TestEventDetail : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyFieldComesBack_data();
  void everyFieldComesBack();
  void everyOperationComesBack();
  void nothingTakesNoBytes();
  void everyCutDecodesToNothing();
  void foreignBytesDecodeToNothing_data();
  void foreignBytesDecodeToNothing();
  void valuesOutsideTheEnumerationsDecodeToNothing();
};

void TestEventDetail::everyFieldComesBack_data() {
  QTest::addColumn<EventDetail>("detail");
  QTest::newRow("text alone") << EventDetail{"TCP_NODELAY=1", {}};
  QTest::newRow("error alone") << EventDetail{"",
                                              Error::fromErrno(Operation::connect, 111, "tcp://127.0.0.1:9")};
  QTest::newRow("an error without any field set") << EventDetail{"", Error{}};
  QTest::newRow("error with its offender")
      << EventDetail{"port unreachable", Error::fromErrno(Operation::send, 111), "10.0.0.1"};
  QTest::newRow("everything set") << fullDetail();
  QTest::newRow("text with NUL and bytes that are no UTF-8") << EventDetail{
      std::string("a\0b\xff\xfe", 5), Error::fromErrno(Operation::bind, 98, std::string("\0@x", 3))};
  QTest::newRow("long text") << EventDetail{std::string(100'000, 'x'), {}};
  QTest::newRow("negative code") << EventDetail{"",
                                                Error::fromAddrinfo(Operation::getaddrinfo, -2, "nohost")};
}

void TestEventDetail::everyFieldComesBack() {
  QFETCH(EventDetail, detail);
  QVERIFY(decodeEventDetail(encodeEventDetail(detail)) == detail);
}

void TestEventDetail::everyOperationComesBack() {
  int seen = 0;
  for (int number = 1; number < 256; ++number) {
    const auto op = static_cast<Operation>(number);
    if (operationName(op).empty()) continue;
    const EventDetail detail{"", Error::fromErrno(op, 1)};
    QVERIFY(decodeEventDetail(encodeEventDetail(detail)) == detail);
    ++seen;
  }
  QVERIFY(seen >= static_cast<int>(Operation::rtnetlink));
}

void TestEventDetail::nothingTakesNoBytes() {
  QVERIFY(encodeEventDetail({}).empty());
  QVERIFY(decodeEventDetail({}) == EventDetail{});
}

void TestEventDetail::everyCutDecodesToNothing() {
  const Bytes whole = encodeEventDetail(fullDetail());
  for (std::size_t length = 0; length < whole.size(); ++length) {
    QVERIFY(decodeEventDetail(ByteView(whole).first(length)) == EventDetail{});
  }
  Bytes longer = whole;
  longer.push_back(std::byte{0});
  QVERIFY(decodeEventDetail(longer) == EventDetail{});
}

void TestEventDetail::foreignBytesDecodeToNothing_data() {
  QTest::addColumn<QByteArray>("bytes");
  QTest::newRow("one byte") << QByteArray("x");
  QTest::newRow("text") << QByteArray("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  QTest::newRow("zeros") << QByteArray(64, '\0');
  QTest::newRow("ones") << QByteArray(64, '\xff');
}

void TestEventDetail::foreignBytesDecodeToNothing() {
  QFETCH(QByteArray, bytes);
  QVERIFY(decodeEventDetail(asBytes({bytes.constData(), static_cast<std::size_t>(bytes.size())})) ==
          EventDetail{});
}

// Whatever one byte becomes, what is decoded can be named: no caller meets an enumerator that does not exist.
void TestEventDetail::valuesOutsideTheEnumerationsDecodeToNothing() {
  const Bytes whole = encodeEventDetail(fullDetail());
  int refused = 0;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    Bytes changed = whole;
    changed[at] = std::byte{0xff};
    const EventDetail detail = decodeEventDetail(changed);
    if (!detail.error) {
      ++refused;
      continue;
    }
    QVERIFY(!operationName(detail.error->op).empty());
    QVERIFY(!errorDomainName(detail.error->domain).empty());
  }
  QVERIFY(refused >= 6);  // the tag, the operation, the domain
}

QTEST_APPLESS_MAIN(TestEventDetail)
#include "tst_event_detail.moc"
