#include <QTest>

#include "ui/window/rate_meter.h"

using sockbench::ui::RateMeter;
using namespace std::chrono_literals;

class TestRateMeter : public QObject {
  Q_OBJECT
 private slots:
  void tellsBytesASecondSinceTheLastLook();
  void startsAnewWhenTheCounterShrinks();
  void doesNotSpreadABurstOverTheIdleTimeBeforeIt();
};

void TestRateMeter::tellsBytesASecondSinceTheLastLook() {
  const RateMeter::Clock::time_point start;
  RateMeter meter;
  meter.update(1000, start);
  QCOMPARE(meter.perSecond(), 0.0);
  meter.update(2000, start + 500ms);
  QCOMPARE(meter.perSecond(), 2000.0);
  meter.update(2000, start + 1000ms);
  QCOMPARE(meter.perSecond(), 0.0);
}

void TestRateMeter::startsAnewWhenTheCounterShrinks() {
  const RateMeter::Clock::time_point start;
  RateMeter meter;
  meter.update(1000, start);
  meter.update(10, start + 1s);
  QCOMPARE(meter.perSecond(), 0.0);
  meter.update(20, start + 2s);
  QCOMPARE(meter.perSecond(), 10.0);
}

void TestRateMeter::doesNotSpreadABurstOverTheIdleTimeBeforeIt() {
  const RateMeter::Clock::time_point start;
  RateMeter meter;
  meter.update(0, start);
  meter.resume(start + 1h);
  meter.update(500, start + 1h + 500ms);
  QCOMPARE(meter.perSecond(), 1000.0);
}

QTEST_APPLESS_MAIN(TestRateMeter)
#include "tst_rate_meter.moc"
