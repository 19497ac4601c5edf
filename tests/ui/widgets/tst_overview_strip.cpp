#include <QSignalSpy>
#include <QTest>
#include <set>

#include "ui/widgets/overview_strip.h"

using namespace sockbench::ui;

class TstOverviewStrip : public QObject {
  Q_OBJECT
 private slots:
  void everyTickHasAPixel_data();
  void everyTickHasAPixel();
  void asksOnceAPixel();
  void aClickGoesToTheNearestTick();
  void aClickWithoutATickGoesToTheRow();
};

namespace {

struct Strip {
  Strip(int height, int rows, std::set<int> ticked) : ticks(std::move(ticked)) {
    strip.resize(10, height);
    strip.setRowCount(rows);
    strip.addKind(theme::Role::warning, [this](int from, int to) -> std::optional<int> {
      ++asked;
      const auto it = ticks.lower_bound(from);
      return it != ticks.end() && *it < to ? std::optional(*it) : std::nullopt;
    });
  }
  int chosenBy(int y) {
    QSignalSpy chosen(&strip, &OverviewStrip::rowChosen);
    QTest::mouseClick(&strip, Qt::LeftButton, {}, QPoint(5, y));
    return chosen.isEmpty() ? -1 : chosen.first().first().toInt();
  }
  OverviewStrip strip;
  std::set<int> ticks;
  int asked = 0;
};

}  // namespace

void TstOverviewStrip::everyTickHasAPixel_data() {
  QTest::addColumn<int>("rows");
  QTest::newRow("fewer rows than pixels") << 7;
  QTest::newRow("as many") << 100;
  QTest::newRow("many more") << 10'000'000;
}

void TstOverviewStrip::everyTickHasAPixel() {
  QFETCH(const int, rows);
  for (const int row : {0, rows / 3, rows / 2, rows - 1}) {
    Strip one(100, rows, {row});
    int pixels = 0;
    for (int y = 0; y < 100; ++y) pixels += one.strip.hasTickAt(y) ? 1 : 0;
    QCOMPARE(pixels, 1);
  }
}

void TstOverviewStrip::asksOnceAPixel() {
  Strip strip(200, 10'000'000, {1});
  strip.asked = 0;
  strip.strip.grab();
  QVERIFY2(strip.asked <= 200, qPrintable(QString::number(strip.asked)));
}

void TstOverviewStrip::aClickGoesToTheNearestTick() {
  Strip strip(100, 1000, {503});
  QCOMPARE(strip.chosenBy(52), 503);
  QCOMPARE(strip.chosenBy(49), 503);
}

void TstOverviewStrip::aClickWithoutATickGoesToTheRow() {
  Strip strip(100, 1000, {});
  QCOMPARE(strip.chosenBy(50), 500);
  Strip empty(100, 0, {});
  QCOMPARE(empty.chosenBy(50), -1);
}

QTEST_MAIN(TstOverviewStrip)
#include "tst_overview_strip.moc"
