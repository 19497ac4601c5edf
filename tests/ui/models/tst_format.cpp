#include <QTest>

#include "ui/models/format.h"

using namespace sockbench::ui;

class TestFormat : public QObject {
  Q_OBJECT
 private slots:
  void bytes_data() {
    QTest::addColumn<quint64>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << quint64{0} << QStringLiteral("0 B");
    QTest::newRow("below a thousand: exact") << quint64{999} << QStringLiteral("999 B");
    QTest::newRow("a thousand") << quint64{1000} << QStringLiteral("1.0 kB");
    QTest::newRow("rounds up into the next unit") << quint64{999'960} << QStringLiteral("1.0 MB");
    QTest::newRow("megabytes") << quint64{1'234'567} << QStringLiteral("1.2 MB");
    QTest::newRow("the most there can be") << ~quint64{0} << QStringLiteral("18.4 EB");
  }
  void bytes() {
    QFETCH(quint64, bytes);
    QTEST(formatBytes(bytes), "text");
  }

  void rates_data() {
    QTest::addColumn<double>("rate");
    QTest::addColumn<QString>("text");
    QTest::newRow("still") << 0.2 << QStringLiteral("0 B/s");
    QTest::newRow("never negative") << -5.0 << QStringLiteral("0 B/s");
    QTest::newRow("megabytes") << 1.2e6 << QStringLiteral("1.2 MB/s");
  }
  void rates() {
    QFETCH(double, rate);
    QTEST(formatRate(rate), "text");
  }

  void durations_data() {
    QTest::addColumn<qint64>("nanos");
    QTest::addColumn<QString>("text");
    QTest::newRow("nanoseconds") << qint64{850} << QStringLiteral("850 ns");
    QTest::newRow("microseconds") << qint64{4'230} << QStringLiteral("4.23 µs");
    QTest::newRow("parts of a millisecond") << qint64{120'000} << QStringLiteral("0.12 ms");
    QTest::newRow("tens of milliseconds") << qint64{12'340'000} << QStringLiteral("12.3 ms");
    QTest::newRow("hundreds of milliseconds") << qint64{123'400'000} << QStringLiteral("123 ms");
    QTest::newRow("seconds") << qint64{3'200'000'000} << QStringLiteral("3.20 s");
  }
  void durations() {
    QFETCH(qint64, nanos);
    QTEST(formatDuration(std::chrono::nanoseconds(nanos)), "text");
  }

  void ages_data() {
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("minutes") << qint64{131} << QStringLiteral("00:02:11");
    QTest::newRow("days") << qint64{3 * 86400 + 4 * 3600} << QStringLiteral("3 d 04:00:00");
    QTest::newRow("a clock that was set back") << qint64{-4} << QStringLiteral("00:00:00");
  }
  void ages() {
    QFETCH(qint64, seconds);
    QTEST(formatAge(std::chrono::seconds(seconds)), "text");
  }

  void timeOfDayHasMicroseconds() {
    const QDateTime noon(QDate(2026, 11, 21), QTime(12, 33, 18));
    const qint64 nanos = noon.toSecsSinceEpoch() * 1'000'000'000 + 1'204'567;
    QCOMPARE(formatTimeOfDay(nanos), QStringLiteral("12:33:18.001204"));
    QCOMPARE(formatTimeInFull(nanos), QStringLiteral("2026-11-21 12:33:18.001204567"));
  }

  void countsAreGrouped() { QCOMPARE(formatCount(12345), QStringLiteral("12,345")); }

  void toolTipsShowMarkupAsText() {
    QVERIFY(plainToolTip(QStringLiteral("<b>bold</b>")).contains(QStringLiteral("&lt;b&gt;")));
    QVERIFY(plainToolTip({}).isEmpty());
  }
};

QTEST_GUILESS_MAIN(TestFormat)
#include "tst_format.moc"
