#include <QLineEdit>
#include <QTest>
#include <QToolButton>

#include "ui/widgets/elided_label.h"
#include "ui/widgets/english_plurals.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/hex_pane.h"
#include "ui/widgets/hex_target.h"
#include "ui/widgets/hex_view.h"
#include "ui/widgets/theme.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

PinnedBytes zeros(std::size_t size) {
  auto owner = std::make_shared<const Bytes>(size);
  return {owner, *owner, 0};
}

struct Shown {
  HexPane pane{QStringLiteral("test"), QStringLiteral("bytes")};
  explicit Shown(std::size_t size) {
    pane.view()->setBytes(zeros(size));
    pane.resize(900, 300);
    pane.show();
    pane.view()->setFocus();
  }
  QString status() const { return pane.findChild<ElidedLabel*>(QStringLiteral("testHexStatus"))->text(); }
  QLineEdit* field() const { return pane.findChild<QLineEdit*>(QStringLiteral("testGoToEdit")); }
  QToolButton* button() const { return pane.findChild<QToolButton*>(QStringLiteral("testGoToButton")); }
};

}  // namespace

class TestHexPane : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() {
    theme::apply(*qApp, theme::Mode::light);
    QCoreApplication::installTranslator(&english_);
  }

  void theStatusSaysWhereAndHowMuch() {
    Shown s(1448);
    QCOMPARE(s.status(), QStringLiteral("1,448 bytes"));
    s.pane.view()->select(18, 18);
    QCOMPARE(s.status(), QStringLiteral("Byte 18 (0x12) of 1,448"));
    s.pane.view()->select(1022, 18);
    QCOMPARE(s.status(), QStringLiteral("Bytes 18\u20131,022 (0x12\u20130x3fe): 1,005 of 1,448"));
    s.pane.view()->setBytes(zeros(1));
    QCOMPARE(s.status(), QStringLiteral("1 byte"));
  }

  void offsets_data() {
    QTest::addColumn<QString>("written");
    QTest::addColumn<int>("first");  // -1: refused
    QTest::addColumn<int>("last");
    const auto row = [](const char* name, const char* written, int first, int last) {
      QTest::newRow(name) << QString::fromLatin1(written) << first << last;
    };
    row("decimal", "12", 12, 12);
    row("hexadecimal", "0x1F", 31, 31);
    row("grouped digits", " 1,0_0 0 ", 1000, 1000);
    row("forwards from the cursor", "+5", 105, 105);
    row("backwards from the cursor", "-0x10", 84, 84);
    row("a range", "16..31", 16, 31);
    row("a range in reverse", "0x20 .. 0x10", 16, 32);
    row("a range from the cursor", "+0..+3", 100, 103);
    row("the last byte", "1999", 1999, 1999);
    row("the byte behind it", "2000", -1, -1);
    row("before the first", "-101", -1, -1);
    row("a range that leaves", "16..2000", -1, -1);
    row("more than a number holds", "99999999999999999999", -1, -1);
    row("a distance beyond every offset", "+9223372036854775807", -1, -1);
    row("two signs", "+-5", -1, -1);
    row("a word", "end", -1, -1);
    row("nothing", "", -1, -1);
    row("half a range", "5..", -1, -1);
  }
  void offsets() {
    QFETCH(QString, written);
    QFETCH(int, first);
    QFETCH(int, last);
    const auto target = hexTarget(written, 100, 2000);
    QCOMPARE(target.has_value(), first >= 0);
    if (target)
      QCOMPARE(*target, (HexSelection{first, last}));
    else
      QVERIFY(target.error().contains(QStringLiteral("0x")));
  }

  void aKeyOpensTheFieldThatGoesThere() {
    Shown s(100'000);
    QVERIFY(!s.field()->isVisible());
    QVERIFY(QTest::qWaitForWindowActive(&s.pane));
    QTest::keyClick(s.pane.view(), Qt::Key_G, Qt::ControlModifier);
    QTRY_VERIFY(s.field()->hasFocus());
    QTest::keyClicks(s.field(), QStringLiteral("0xff00..0xff0f"));
    QTest::keyClick(s.field(), Qt::Key_Return);
    QCOMPARE(s.pane.view()->selection(), (HexSelection{0xFF00, 0xFF0F}));
    QVERIFY(!s.field()->isVisible());
    QTRY_VERIFY(s.pane.view()->hasFocus());
  }

  void whatCannotBeReachedIsSaidInPlace() {
    Shown s(100);
    s.pane.view()->select(4, 4);
    QTest::mouseClick(s.button(), Qt::LeftButton);
    QTest::keyClicks(s.field(), QStringLiteral("100"));
    QTest::keyClick(s.field(), Qt::Key_Return);
    QVERIFY(isWrong(s.field()));
    QCOMPARE(s.status(), QStringLiteral("The offsets are 0 to 99 (0x63)."));
    QCOMPARE(s.pane.view()->selection(), (HexSelection{4, 4}));
    QTest::keyClick(s.field(), Qt::Key_Backspace);
    QVERIFY(!isWrong(s.field()));
    QCOMPARE(s.status(), QStringLiteral("Byte 4 (0x4) of 100"));
    QTest::keyClick(s.field(), Qt::Key_Escape);
    QVERIFY(!s.field()->isVisible());
    QVERIFY(s.button()->isVisible());
  }

  void theStatusGivesWayWhereTheBarHasLittleRoom() {
    Shown s(1448);
    s.pane.view()->select(18, 1022);
    const int all = s.pane.bar()->sizeHint().width();
    s.pane.setBarWidth(all - 60);
    QVERIFY(s.pane.bar()->sizeHint().width() <= all - 60);
    s.pane.askOffset();
    QVERIFY(s.pane.bar()->sizeHint().width() <= all - 60);
    s.pane.setBarWidth(all * 2);
    QTest::keyClick(s.field(), Qt::Key_Escape);
    QCOMPARE(s.pane.bar()->sizeHint().width(), all);
  }

  void withoutBytesThereIsNowhereToGo() {
    Shown s(0);
    QVERIFY(!s.button()->isEnabled());
    s.pane.askOffset();
    QVERIFY(!s.field()->isVisible());
    s.pane.view()->setBytes(zeros(5));
    QVERIFY(s.button()->isEnabled());
  }

 private:
  EnglishPlurals english_;
};

QTEST_MAIN(TestHexPane)
#include "tst_hex_pane.moc"
