#include <QTest>

#include "core/net/port_range.h"

using namespace sockbench;

class TstPortRange : public QObject {
  Q_OBJECT

 private slots:
  void namesTheRangeOfAPort_data() {
    QTest::addColumn<int>("port");
    QTest::addColumn<QString>("name");
    QTest::newRow("zero") << 0 << "well-known";
    QTest::newRow("the last of the system's") << 1023 << "well-known";
    QTest::newRow("the first of the users'") << 1024 << "registered";
    QTest::newRow("the last of the users'") << 49151 << "registered";
    QTest::newRow("the first that is never assigned") << 49152 << "dynamic";
    QTest::newRow("the last of all") << 65535 << "dynamic";
  }
  void namesTheRangeOfAPort() {
    QFETCH(int, port);
    const PortRange& range = portRangeOf(static_cast<std::uint16_t>(port));
    QTEST(QString::fromUtf8(range.name), "name");
    QVERIFY(range.first <= port && port <= range.last);
  }

  void holdsEveryPortOnce() {
    int next = 0;
    for (const PortRange& range : portRanges()) {
      QCOMPARE(int(range.first), next);
      QVERIFY(!range.meaning.empty());
      next = range.last + 1;
    }
    QCOMPARE(next, 65536);
  }
};

QTEST_GUILESS_MAIN(TstPortRange)
#include "tst_port_range.moc"
