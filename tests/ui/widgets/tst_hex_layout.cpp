#include <QTest>
#include <limits>

#include "ui/widgets/hex_layout.h"

using namespace sockbench::ui;

class TestHexLayout : public QObject {
  Q_OBJECT
 private slots:
  void lines_data() {
    QTest::addColumn<qint64>("size");
    QTest::addColumn<int>("lines");
    QTest::addColumn<int>("digits");
    QTest::newRow("no bytes") << qint64{0} << 0 << 6;
    QTest::newRow("one byte") << qint64{1} << 1 << 6;
    QTest::newRow("a full line") << qint64{16} << 1 << 6;
    QTest::newRow("one more") << qint64{17} << 2 << 6;
    QTest::newRow("16 MiB") << (qint64{1} << 24) << (1 << 20) << 6;
    QTest::newRow("1 GiB") << (qint64{1} << 30) << (1 << 26) << 8;
    QTest::newRow("more lines than an int counts")
        << (qint64{1} << 40) << std::numeric_limits<int>::max() << 10;
  }
  void lines() {
    QFETCH(qint64, size);
    QFETCH(int, lines);
    QFETCH(int, digits);
    const HexLayout layout = HexLayout::fit(8, 18, size, 2000);
    QCOMPARE(layout.lineCount(), lines);
    QCOMPARE(layout.offsetDigits, digits);
  }

  void eightBytesALineWhereSixteenDoNotFit() {
    const HexLayout wide = HexLayout::fit(8, 18, 100, 2000);
    QCOMPARE(wide.bytesPerLine, 16);
    QCOMPARE(HexLayout::fit(8, 18, 100, int(wide.width()) - 1).bytesPerLine, 8);
    QVERIFY(HexLayout::fit(8, 18, 100, 10).width() < wide.width());
  }

  void everyByteIsFoundWhereItIsDrawn() {
    for (const int width : {2000, 10}) {
      const HexLayout layout = HexLayout::fit(8, 18, 1000, width);
      for (int column = 0; column < layout.bytesPerLine; ++column) {
        const qsizetype byte = layout.firstOf(7) + column;
        QCOMPARE(layout.byteAt(layout.hexX(column) + 1, 2 * 18 + 3, 5).value(), byte);
        QCOMPARE(layout.byteAt(layout.hexX(column) + 15, 2 * 18 + 3, 5).value(), byte);
        QCOMPARE(layout.byteAt(layout.asciiX(column) + 4, 2 * 18 + 3, 5).value(), byte);
      }
    }
  }

  void fourBytesALineOnlyWhereTheyAreAllowed() {
    QCOMPARE(HexLayout::fit(8, 18, 100, 10).bytesPerLine, 8);
    QCOMPARE(HexLayout::fit(8, 18, 100, 10, 4).bytesPerLine, 4);
  }

  void emptyPlacesMoveTheBytesAlong() {
    HexLayout layout = HexLayout::fit(8, 18, 40, 2000);
    layout.lead = 18;
    layout.trail = 10;
    QCOMPARE(layout.lineCount(), 5);
    QCOMPARE(layout.lineOf(0), 1);
    QCOMPARE(layout.columnOf(0), 2);
    QCOMPARE(layout.firstOf(1), -2);
    QCOMPARE(layout.byteAt(layout.hexX(2) + 1, 1, 1).value(), 0);
    QCOMPARE(layout.byteAt(layout.hexX(0) + 1, 1, 0).value(), 0);
    QCOMPARE(layout.byteAt(layout.asciiX(3) + 1, 1, 2).value(), 17);
    QCOMPARE(layout.byteAt(layout.hexX(15) + 1, 1, 4).value(), 39);
  }

  void placesOutsideGiveTheNearestByte() {
    const HexLayout layout = HexLayout::fit(8, 18, 20, 2000);
    QCOMPARE(layout.byteAt(-50, -50, 0).value(), 0);
    QCOMPARE(layout.byteAt(5000, 5000, 0).value(), 19);
    QVERIFY(!HexLayout::fit(8, 18, 0, 2000).byteAt(5, 5, 0).has_value());
  }
};

QTEST_APPLESS_MAIN(TestHexLayout)
#include "tst_hex_layout.moc"
