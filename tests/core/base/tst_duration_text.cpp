// Lengths of time: what is read, what is refused and where, and that what is written is read again.
#include <QtTest>

#include "core/base/duration_text.h"

using namespace sockbench;
using namespace std::chrono_literals;

class TestDurationText : public QObject {
  Q_OBJECT

 private slots:
  void reads_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("nanos");
    QTest::newRow("milliseconds") << QByteArray("100ms") << qint64{100'000'000};
    QTest::newRow("a fraction") << QByteArray("1.5s") << qint64{1'500'000'000};
    QTest::newRow("minutes") << QByteArray("2m") << qint64{120'000'000'000};
    QTest::newRow("half an hour") << QByteArray("0.5h") << qint64{1'800'000'000'000};
    QTest::newRow("nanoseconds") << QByteArray("7ns") << qint64{7};
    QTest::newRow("zeros behind the last digit that counts")
        << QByteArray("1.0000000000000s") << qint64{1'000'000'000};
    QTest::newRow("nothing needs no unit") << QByteArray("0") << qint64{0};
    QTest::newRow("the longest") << QByteArray("2305843009213693951ns") << qint64{INT64_MAX / 4};
  }
  void reads() {
    QFETCH(QByteArray, text);
    const auto read = parseDuration(text.toStdString());
    QVERIFY2(read, read ? "" : read.error().line().c_str());
    QTEST(qint64{read->count()}, "nanos");
    QCOMPARE(parseDuration(durationText(*read)).value(), *read);
  }

  void refuses_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("where");
    QTest::addColumn<QByteArray>("symbol");
    QTest::newRow("no unit") << QByteArray("100") << 3 << QByteArray("BAD_SYNTAX");
    QTest::newRow("an unknown unit") << QByteArray("5 days") << 1 << QByteArray("BAD_SYNTAX");
    QTest::newRow("no number") << QByteArray("ms") << 0 << QByteArray("BAD_SYNTAX");
    QTest::newRow("negative") << QByteArray("-1s") << 0 << QByteArray("BAD_SYNTAX");
    QTest::newRow("nothing behind the point") << QByteArray("1.s") << 2 << QByteArray("BAD_SYNTAX");
    QTest::newRow("finer than a nanosecond") << QByteArray("1.5ns") << 1 << QByteArray("BAD_SYNTAX");
    QTest::newRow("a digit too many") << QByteArray("0.0000000001s") << 1 << QByteArray("BAD_SYNTAX");
    QTest::newRow("beyond the longest")
        << QByteArray("2305843009213693952ns") << 0 << QByteArray("TOO_LARGE");
    QTest::newRow("beyond 64 bits") << QByteArray("9223372036854775808ns") << 0 << QByteArray("TOO_LARGE");
    QTest::newRow("beyond 64 bits in hours") << QByteArray("9999999h") << 0 << QByteArray("TOO_LARGE");
    QTest::newRow("empty") << QByteArray() << 0 << QByteArray("BAD_SYNTAX");
  }
  void refuses() {
    QFETCH(QByteArray, text);
    const auto read = parseDuration(text.toStdString());
    QVERIFY(!read);
    QTEST(QByteArray::fromStdString(read.error().symbol()), "symbol");
    QTEST(static_cast<int>(read.error().where.value().offset), "where");
  }

  void writes_data() {
    QTest::addColumn<qint64>("nanos");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("none") << qint64{0} << QByteArray("0s");
    QTest::newRow("whole seconds") << qint64{90'000'000'000} << QByteArray("90s");
    QTest::newRow("a second and a half") << qint64{1'500'000'000} << QByteArray("1.5s");
    QTest::newRow("a quarter") << qint64{250'000'000} << QByteArray("250ms");
    QTest::newRow("microseconds") << qint64{3'000} << QByteArray("3us");
    QTest::newRow("an odd one") << qint64{1'000'000'001} << QByteArray("1.000000001s");
  }
  void writes() {
    QFETCH(qint64, nanos);
    QTEST(QByteArray::fromStdString(durationText(std::chrono::nanoseconds(nanos))), "text");
    QCOMPARE(parseDuration(durationText(std::chrono::nanoseconds(nanos)))->count(), nanos);
  }
};

QTEST_GUILESS_MAIN(TestDurationText)
#include "tst_duration_text.moc"
