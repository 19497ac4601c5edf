#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include "ui/models/checksums_model.h"
#include "ui/widgets/checksums_view.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/theme.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

PinnedBytes pinned(Bytes bytes) {
  auto owner = std::make_shared<const Bytes>(std::move(bytes));
  return {owner, *owner, 0};
}

struct Shown {
  ChecksumsView view{QStringLiteral("test")};
  explicit Shown(Bytes bytes) {
    view.resize(400, 300);
    view.show();
    view.setBytes(pinned(std::move(bytes)));
  }
  template <class Widget>
  Widget* find(const char* name) const {
    return view.findChild<Widget*>(QString::fromLatin1(name));
  }
  QTableView* table() const { return find<QTableView>("testChecksumsTable"); }
  QLineEdit* crc() const { return find<QLineEdit>("testCrcEdit"); }
  QString crcValue() const { return find<QLabel>("testCrcValue")->text(); }
};

}  // namespace

class TestChecksumsView : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() { theme::apply(*qApp, theme::Mode::light); }

  void aValueIsFoundAndCopied() {
    Shown s(toBytes("123456789"));
    QTest::keyClicks(s.find<QLineEdit>("testChecksumsFilterEdit"), QStringLiteral("4b37"));
    QVERIFY(s.table()->model()->rowCount() >= 1);
    s.table()->setCurrentIndex(s.table()->model()->index(0, 0));
    emit s.table()->activated(s.table()->currentIndex());
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("4b37"));
    s.table()->selectRow(0);
    QTest::keySequence(s.table(), QKeySequence::Copy);
    QVERIFY(QApplication::clipboard()->text().endsWith(QStringLiteral("\t4b37")));
  }

  void aCrcOfOnesOwn() {
    Shown s(toBytes("123456789"));
    s.crc()->setText(QStringLiteral("width=16 poly=0x8005"));
    QCOMPARE(s.crcValue(), QStringLiteral("fee8"));
    s.crc()->setText(QStringLiteral("width=16 poly=0x8005 init=0xffff refin=true refout=true"));
    QCOMPARE(s.crcValue(), QStringLiteral("4b37"));
    s.view.setBytes(pinned(toBytes("12345678")));
    QVERIFY(s.crcValue() != QStringLiteral("4b37"));
    s.crc()->setText(QStringLiteral("width=16 poly"));
    QVERIFY(isWrong(s.crc()));
    QVERIFY(s.crcValue().contains(QStringLiteral("poly")));
    s.crc()->clear();
    QVERIFY(!isWrong(s.crc()));
    QVERIFY(!s.find<QLabel>("testCrcValue")->isVisible());
  }

  void whatTakesLongShowsHowFarAndCanBeStopped() {
    Shown s(Bytes(std::size_t{20} << 20));
    auto* cancel = s.find<QToolButton>("testChecksumsCancelButton");
    QVERIFY(cancel->isVisible());
    QTest::mouseClick(cancel, Qt::LeftButton);
    QVERIFY(!cancel->isVisible());
    QVERIFY(!s.view.model()->isRunning());
    s.view.setBytes(pinned(toBytes("123456789")));
    QVERIFY(!cancel->isVisible());
    QVERIFY(!s.view.model()->value(0).isEmpty());
  }

  void noBytesHaveSumsToo() {
    Shown s({});
    const int crc = ChecksumsModel::rowNamed(QStringLiteral("CRC-32"));
    QCOMPARE(s.view.model()->value(crc), QStringLiteral("00000000"));
    QVERIFY(!s.view.grab().isNull());
  }
};

QTEST_MAIN(TestChecksumsView)
#include "tst_checksums_view.moc"
