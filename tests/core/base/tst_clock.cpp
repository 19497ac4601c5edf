#include <QDateTime>
#include <QTest>

#include "core/base/clock.h"

using namespace sockbench;

class TstClock : public QObject {
  Q_OBJECT
 private slots:
  void isTheSystemsTime();
  void neverGoesBackwards();
  void prints_data();
  void prints();
};

void TstClock::isTheSystemsTime() {
  const qint64 before = QDateTime::currentMSecsSinceEpoch();
  const qint64 now = wallNow() / 1'000'000;
  // A clock that is set while the test runs may differ; by a minute it is not set.
  QVERIFY(qAbs(now - before) < 60'000);
}

void TstClock::neverGoesBackwards() {
  WallNanos last = wallNow();
  for (int i = 0; i < 100'000; ++i) {
    const WallNanos now = wallNow();
    QVERIFY(now >= last);
    last = now;
  }
}

void TstClock::prints_data() {
  QTest::addColumn<qint64>("time");
  QTest::addColumn<QByteArray>("text");
  const auto row = [](const char* name, qint64 time, const char* text) {
    QTest::newRow(name) << time << QByteArray(text);
  };
  row("the epoch", 0, "1970-01-01T00:00:00.000000000Z");
  row("leading zeros of nanoseconds", 1'795'264'398'001'204'567, "2026-11-21T12:33:18.001204567Z");
  row("a leap day", 1'709'164'800'000'000'000, "2024-02-29T00:00:00.000000000Z");
  row("the last nanosecond of a second", 999'999'999, "1970-01-01T00:00:00.999999999Z");
  row("before the epoch", -1, "1969-12-31T23:59:59.999999999Z");
  row("whole seconds before the epoch", -1'000'000'000, "1969-12-31T23:59:59.000000000Z");
  row("the last time there is", std::numeric_limits<qint64>::max(), "2262-04-11T23:47:16.854775807Z");
  row("the first time there is", std::numeric_limits<qint64>::min(), "1677-09-21T00:12:43.145224192Z");
}

void TstClock::prints() {
  QFETCH(qint64, time);
  QFETCH(QByteArray, text);
  QCOMPARE(QByteArray::fromStdString(toRfc3339(time)), text);
}

QTEST_APPLESS_MAIN(TstClock)
#include "tst_clock.moc"
