#include <QLabel>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include "ui/models/checksums_model.h"
#include "ui/models/readings_model.h"
#include "ui/widgets/checksums_view.h"
#include "ui/widgets/english_plurals.h"
#include "ui/widgets/hex_view.h"
#include "ui/widgets/numbers_page.h"
#include "ui/widgets/theme.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

struct Shown {
  HexView hex;
  NumbersPage page{QStringLiteral("test"), &hex};
  explicit Shown(std::string_view bytes) {
    set(bytes);
    page.resize(500, 300);
    page.show();
  }
  void set(std::string_view bytes) {
    auto owner = std::make_shared<const Bytes>(toBytes(bytes));
    hex.setBytes({owner, *owner, 0});
  }
  QTableView* table() const { return page.findChild<QTableView*>(QStringLiteral("testNumbersTable")); }
  QString note() const { return page.findChild<QLabel*>(QStringLiteral("testNumbersNote"))->text(); }
  QModelIndex cell(const char* name, int column) const {
    for (int row = 0; row < table()->model()->rowCount(); ++row) {
      const QModelIndex index = table()->model()->index(row, 0);
      if (index.data().toString() == QLatin1String(name)) return index.siblingAtColumn(column);
    }
    return {};
  }
  QString value(const char* name) const { return cell(name, ReadingsModel::Big).data().toString(); }
};

using Selected = std::optional<HexSelection>;

}  // namespace

class TestNumbersPage : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() {
    theme::apply(*qApp, theme::Mode::light);
    QCoreApplication::installTranslator(&english_);
  }

  void theNumbersAreThoseAtTheCursor() {
    Shown s("\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c");
    QTRY_COMPARE(s.value("u16"), QStringLiteral("258"));
    s.hex.select(4, 4);
    QTRY_COMPARE(s.value("u16"), QStringLiteral("1286"));
    QCOMPARE(s.note(), QStringLiteral("at byte 4"));
    s.hex.select(9, 6);  // the first of what is selected, wherever the cursor is
    QTRY_COMPARE(s.value("u16"), QStringLiteral("1800"));
    s.set("\xff\xff");
    QTRY_COMPARE(s.value("u16"), QStringLiteral("65535"));
    s.set("");
    QTRY_COMPARE(s.table()->model()->rowCount(), 0);
    QCOMPARE(s.note(), QStringLiteral("no bytes"));
  }

  void aRowSelectsTheBytesThatItCovers_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("length");
    QTest::newRow("u8") << "u8" << 1;
    QTest::newRow("u16") << "u16" << 2;
    QTest::newRow("f32") << "f32" << 4;
    QTest::newRow("i64") << "i64" << 8;
  }
  void aRowSelectsTheBytesThatItCovers() {
    QFETCH(QString, name);
    QFETCH(int, length);
    Shown s("\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c");
    s.hex.select(2, 2);
    QTRY_COMPARE(s.value("u8"), QStringLiteral("3"));
    const QModelIndex cell = s.cell(qPrintable(name), ReadingsModel::Little);
    QVERIFY(cell.isValid());
    s.table()->scrollTo(cell);
    QTest::mouseClick(s.table()->viewport(), Qt::LeftButton, {}, s.table()->visualRect(cell).center());
    QCOMPARE(s.hex.selection(), Selected({2, 1 + length}));
    QTRY_VERIFY(s.cell(qPrintable(name), 0).data(Qt::FontRole).isValid());
    QCOMPARE(s.table()->currentIndex().row(), cell.row());
    s.hex.select(3, 3);
    if (length > 1) QTRY_VERIFY(!s.table()->currentIndex().isValid());
  }

  void theChecksumsAreThoseOfTheSelection() {
    Shown s("xx123456789yy");
    s.page.setPart(NumbersPage::Checksums);
    const ChecksumsModel* sums = s.page.checksums()->model();
    const int crc = ChecksumsModel::rowNamed(QStringLiteral("CRC-32"));
    QTRY_COMPARE(s.note(), QStringLiteral("of all 13 bytes"));
    s.hex.select(2, 10);
    QTRY_COMPARE(sums->value(crc), QStringLiteral("cbf43926"));
    QCOMPARE(s.note(), QStringLiteral("of 9 selected bytes"));
    s.hex.clearSelection();
    QTRY_COMPARE(s.note(), QStringLiteral("of all 13 bytes"));
    QVERIFY(sums->value(crc) != QStringLiteral("cbf43926"));
  }

  void whatNobodySeesIsNotWorkedOut() {
    Shown s("\x01\x02\x03\x04");
    QTRY_COMPARE(s.value("u16"), QStringLiteral("258"));
    s.page.hide();
    s.hex.select(2, 2);
    QCoreApplication::processEvents();
    QCOMPARE(s.value("u16"), QStringLiteral("258"));
    s.page.show();
    QCOMPARE(s.value("u16"), QStringLiteral("772"));
  }

 private:
  EnglishPlurals english_;
};

QTEST_MAIN(TestNumbersPage)
#include "tst_numbers_page.moc"
