// What was expected and what came, side by side.
#include <QTest>

#include "core/automation/scenario/byte_difference.h"

using namespace sockbench;

class TestByteDifference : public QObject {
  Q_OBJECT
 private slots:
  void compares_data();
  void compares();
  void isBounded();
  void describes_data();
  void describes();
  void findsTheNearestPlace();
};

void TestByteDifference::compares_data() {
  QTest::addColumn<QByteArray>("expected");
  QTest::addColumn<QByteArray>("came");
  QTest::addColumn<QByteArray>("text");
  QTest::newRow("the first byte differs")
      << QByteArray("+PONG\r\n") << QByteArray("-ERR\r\n")
      << QByteArray(
             "first difference at byte 0\n"
             "expected  0000  2b 50 4f 4e 47 0d 0a                             +PONG..\n"
             "came      0000  2d 45 52 52 0d 0a                                -ERR..\n"
             "                ^^\n");
  QTest::newRow("a byte in the second row differs")
      << QByteArray("0123456789abcdefgh") << QByteArray("0123456789abcdefgX")
      << QByteArray(
             "first difference at byte 17\n"
             "expected  0000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  0123456789abcdef\n"
             "came      0000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  0123456789abcdef\n"
             "expected  0010  67 68                                            gh\n"
             "came      0010  67 58                                            gX\n"
             "                   ^^\n");
  QTest::newRow("too little came")
      << QByteArray("abc") << QByteArray("ab")
      << QByteArray(
             "what came ends after 2 bytes\n"
             "expected  0000  61 62 63                                         abc\n"
             "came      0000  61 62                                            ab\n"
             "                      ^^\n");
  QTest::newRow("nothing came")
      << QByteArray("abc") << QByteArray()
      << QByteArray(
             "nothing came\n"
             "expected  0000  61 62 63                                         abc\n"
             "came      0000\n"
             "                ^^\n");
  QTest::newRow("more came than is compared")
      << QByteArray("ab") << QByteArray("abc")
      << QByteArray(
             "no difference in 2 bytes\n"
             "expected  0000  61 62                                            ab\n"
             "came      0000  61 62 63                                         abc\n"
             "                      ^^\n");
}

void TestByteDifference::compares() {
  QFETCH(const QByteArray, expected);
  QFETCH(const QByteArray, came);
  QFETCH(const QByteArray, text);
  QCOMPARE(
      QByteArray::fromStdString(compareBytes(asBytes(expected.toStdString()), asBytes(came.toStdString()))),
      text);
}

void TestByteDifference::isBounded() {
  const std::string large(1 << 20, 'a');
  std::string other = large;
  other[700'000] = '\x1b';
  const std::string text = compareBytes(asBytes(large), asBytes(other));
  QVERIFY(text.size() < 1000);
  QVERIFY(text.starts_with("first difference at byte 700000\n"));
  QVERIFY(!text.contains('\x1b'));
  QVERIFY(showBytes(asBytes(large)).size() < 1000);
  QVERIFY(showBytes(asBytes(large)).contains("1048448 bytes more"));
}

void TestByteDifference::describes_data() {
  QTest::addColumn<QByteArray>("bytes");
  QTest::addColumn<QString>("text");
  QTest::newRow("nothing") << QByteArray() << QStringLiteral("nothing");
  QTest::newRow("text") << QByteArray("a\r\n") << QStringLiteral("\"a\\r\\n\" (3 bytes)");
  QTest::newRow("no text") << QByteArray("\0\1\2", 3) << QStringLiteral("00 01 02 (3 bytes)");
  QTest::newRow("what would move the cursor")
      << QByteArray("ab\x1b[2J") << QStringLiteral("\"ab\\x1b[2J\" (6 bytes)");
  QTest::newRow("long") << QByteArray(100, 'a')
                        << QStringLiteral("\"%1\"\u2026 (100 bytes)").arg(QString(60, QLatin1Char('a')));
}

void TestByteDifference::describes() {
  QFETCH(const QByteArray, bytes);
  QFETCH(const QString, text);
  QCOMPARE(QString::fromStdString(describeBytes(asBytes(bytes.toStdString()))).toLower(), text.toLower());
}

void TestByteDifference::findsTheNearestPlace() {
  QCOMPARE(nearestPlace(asBytes("+PONG"), asBytes("-x\r\n+PANG")), 4U);
  QCOMPARE(nearestPlace(asBytes("+PONG"), asBytes("abc")), 0U);
  QCOMPARE(nearestPlace(asBytes("+PONG"), asBytes("")), 0U);
}

QTEST_GUILESS_MAIN(TestByteDifference)
#include "tst_byte_difference.moc"
