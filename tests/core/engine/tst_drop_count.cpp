// Drops told once each, whatever order the kernel's two counters are read in.
#include <QTest>

#include "core/engine/detail/drop_count.h"

using sockbench::detail::DropCount;

class TestDropCount : public QObject {
  Q_OBJECT
 private slots:
  void toldOnce_data();
  void toldOnce();
};

void TestDropCount::toldOnce_data() {
  using List = QList<quint32>;
  QTest::addColumn<List>("readings");
  QTest::addColumn<List>("told");
  QTest::newRow("none at all") << List{0, 0} << List{0, 0};
  QTest::newRow("by both counters") << List{5, 5} << List{5, 0};
  QTest::newRow("more each time") << List{1, 4, 10} << List{1, 3, 6};
  QTest::newRow("datagrams that were queued before the last look")
      << List{9, 3, 7, 9, 10} << List{9, 0, 0, 0, 1};
  QTest::newRow("the counter wraps") << List{0x7fffffff, 0xfffffff0, 5, 0xffffffff, 6}
                                     << List{0x7fffffff, 0x7ffffff1, 21, 0, 1};
}

void TestDropCount::toldOnce() {
  QFETCH(QList<quint32>, readings);
  DropCount drops;
  QList<quint32> told;
  for (const quint32 reading : readings) told.append(drops.fresh(reading));
  QTEST(told, "told");
}

QTEST_APPLESS_MAIN(TestDropCount)
#include "tst_drop_count.moc"
