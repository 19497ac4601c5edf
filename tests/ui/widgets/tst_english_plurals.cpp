#include <QTest>

#include "ui/widgets/english_plurals.h"

using sockbench::ui::EnglishPlurals;

class TestEnglishPlurals : public QObject {
  Q_OBJECT
 private slots:
  void plurals_data() {
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<int>("n");
    QTest::addColumn<QString>("shown");
    QTest::newRow("one") << QByteArray("%n byte(s)") << 1 << QStringLiteral("1 byte");
    QTest::newRow("none") << QByteArray("%n byte(s)") << 0 << QStringLiteral("0 bytes");
    QTest::newRow("many with es") << QByteArray("%n address(es)") << 7 << QStringLiteral("7 addresses");
    QTest::newRow("one with es") << QByteArray("%n address(es)") << 1 << QStringLiteral("1 address");
    QTest::newRow("many with ies") << QByteArray("%n entry(ies)") << 2 << QStringLiteral("2 entries");
    QTest::newRow("one with ies") << QByteArray("%n entry(ies)") << 1 << QStringLiteral("1 entry");
    QTest::newRow("no number") << QByteArray("Byte(s)") << -1 << QStringLiteral("Byte(s)");
    QTest::newRow("no plural") << QByteArray("%n failed") << 3 << QStringLiteral("3 failed");
  }
  void plurals() {
    QFETCH(QByteArray, source);
    QFETCH(int, n);
    QFETCH(QString, shown);
    EnglishPlurals plurals;
    QCoreApplication::installTranslator(&plurals);
    QCOMPARE(QCoreApplication::translate("any", source.constData(), nullptr, n), shown);
    QCoreApplication::removeTranslator(&plurals);
  }
};

QTEST_GUILESS_MAIN(TestEnglishPlurals)
#include "tst_english_plurals.moc"
