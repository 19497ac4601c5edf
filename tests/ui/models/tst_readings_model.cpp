#include <QAbstractItemModelTester>
#include <QTest>

#include "ui/models/readings_model.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

int rowNamed(const ReadingsModel& model, const QString& name) {
  for (int row = 0; row < model.rowCount(); ++row) {
    if (model.index(row, ReadingsModel::Name).data().toString() == name) return row;
  }
  return -1;
}

}  // namespace

class TestReadingsModel : public QObject {
  Q_OBJECT
 private slots:
  void bothOrdersStandSideBySide_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("little");
    QTest::addColumn<QString>("big");
    QTest::addColumn<int>("used");
    QTest::newRow("one byte has no order") << "u8"
                                           << "1"
                                           << "1" << 1;
    QTest::newRow("two bytes") << "u16"
                               << "513"
                               << "258" << 2;
    QTest::newRow("four bytes") << "u32"
                                << "67305985"
                                << "16909060" << 4;
    QTest::newRow("eight bytes, signed") << "i64"
                                         << "-8644934341102468607"
                                         << "72623859790382984" << 8;
  }
  void bothOrdersStandSideBySide() {
    QFETCH(QString, name);
    QFETCH(QString, little);
    QFETCH(QString, big);
    QFETCH(int, used);
    ReadingsModel model;
    const QAbstractItemModelTester tester(&model);
    const Bytes bytes = name == QStringLiteral("i64")
                            ? toBytes(std::string("\x01\x02\x03\x04\x05\x06\x07\x88", 8))
                            : toBytes(std::string("\x01\x02\x03\x04\x05\x06\x07\x08", 8));
    model.setBytes(bytes, 0);
    const int row = rowNamed(model, name);
    QVERIFY(row >= 0);
    QCOMPARE(model.index(row, ReadingsModel::Little).data().toString(), little);
    if (used < 8) QCOMPARE(model.index(row, ReadingsModel::Big).data().toString(), big);
    QCOMPARE(model.used(model.index(row, ReadingsModel::Little)), used);
    QCOMPARE(model.used(model.index(row, ReadingsModel::Name)), used);
  }

  void rowsComeAndGoWithTheBytes() {
    ReadingsModel model;
    const QAbstractItemModelTester tester(&model);
    QCOMPARE(model.rowCount(), 0);
    model.setBytes(toBytes("12345678"), 0);
    const int all = model.rowCount();
    QVERIFY(rowNamed(model, QStringLiteral("u64")) >= 0);
    model.setBytes(toBytes("1"), 0);
    QVERIFY(model.rowCount() > 0 && model.rowCount() < all);
    QVERIFY(rowNamed(model, QStringLiteral("u16")) < 0);
    model.setBytes({}, 0);
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.used({}), 0);
  }

  void whatWasChosenStandsOut() {
    ReadingsModel model;
    model.setBytes(toBytes("12345678"), 4);
    const auto bold = [&](const char* name) {
      return model.index(rowNamed(model, QString::fromLatin1(name)), ReadingsModel::Name)
          .data(Qt::FontRole)
          .isValid();
    };
    QVERIFY(bold("u32"));
    QVERIFY(bold("f32"));
    QVERIFY(!bold("u16"));
  }

  void hostileCharactersAreShownAsSymbols() {
    ReadingsModel model;
    model.setBytes(toBytes("\xE2\x80\xAEgnp"), 0);
    for (int row = 0; row < model.rowCount(); ++row) {
      for (int column = 0; column < model.columnCount(); ++column) {
        const QString text = model.index(row, column).data().toString();
        QVERIFY2(!text.contains(QChar(0x202E)), qPrintable(text));
      }
    }
  }
};

QTEST_GUILESS_MAIN(TestReadingsModel)
#include "tst_readings_model.moc"
