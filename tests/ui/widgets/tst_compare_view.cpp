#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

#include "ui/widgets/compare_view.h"
#include "ui/widgets/english_plurals.h"
#include "ui/widgets/hex_view.h"
#include "ui/widgets/theme.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

PinnedBytes pinned(Bytes bytes) {
  auto owner = std::make_shared<const Bytes>(std::move(bytes));
  return {owner, *owner, 0};
}

struct Shown {
  CompareView view{QStringLiteral("test")};
  Shown(Bytes left, Bytes right) {
    view.resize(1000, 300);
    view.show();
    set(std::move(left), std::move(right));
  }
  void set(Bytes left, Bytes right) {
    view.setSides({QStringLiteral("left"), pinned(std::move(left))},
                  {QStringLiteral("right"), pinned(std::move(right))});
  }
  template <class Widget>
  Widget* find(const char* name) const {
    return view.findChild<Widget*>(QString::fromLatin1(name));
  }
  HexView* left() const { return find<HexView>("testLeftHexView"); }
  HexView* right() const { return find<HexView>("testRightHexView"); }
  QString summary() const { return find<QLabel>("testSummary")->text(); }
};

using Selected = std::optional<HexSelection>;
using Marks = std::vector<HexHighlight>;

}  // namespace

class TestCompareView : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() {
    theme::apply(*qApp, theme::Mode::light);
    QCoreApplication::installTranslator(&english_);
  }

  void whatDiffersIsMarkedInBoth() {
    Shown s(toBytes("GET /a HTTP"), toBytes("GET /b HTTP/1.1"));
    const HexMark mark = HexMark::difference;
    QVERIFY((s.left()->highlights() == Marks{{5, 5, mark}}));
    QVERIFY((s.right()->highlights() == Marks{{5, 5, mark}, {11, 14, mark}}));
    QCOMPARE(s.summary(), QStringLiteral("2 differences, the first at byte 5 (0x5); 11 and 15 bytes"));
    s.set(toBytes("same"), toBytes("same"));
    QCOMPARE(s.summary(), QStringLiteral("No difference: 4 and 4 bytes"));
    QVERIFY(s.left()->highlights().empty());
    QVERIFY(!s.find<QToolButton>("testNextButton")->isEnabled());
  }

  void theDifferencesAreGoneThroughBothWays() {
    Shown s(toBytes("aXcdeXgh"), toBytes("aYcdeYghij"));
    QVERIFY(QTest::qWaitForWindowActive(&s.view));
    s.left()->setFocus();
    QTest::keyClick(s.left(), Qt::Key_Down, Qt::AltModifier);
    QTRY_COMPARE(s.left()->selection(), Selected({1, 1}));
    QCOMPARE(s.right()->selection(), Selected({1, 1}));
    QVERIFY2(s.summary().startsWith(QStringLiteral("Difference 1 of 3")), qPrintable(s.summary()));
    auto* next = s.find<QToolButton>("testNextButton");
    auto* previous = s.find<QToolButton>("testPreviousButton");
    next->click();
    QCOMPARE(s.left()->selection(), Selected({5, 5}));
    next->click();
    QCOMPARE(s.right()->selection(), Selected({8, 9}));
    QCOMPARE(s.left()->selection(), Selected());
    next->click();
    QCOMPARE(s.left()->selection(), Selected({1, 1}));
    previous->click();
    QCOMPARE(s.right()->selection(), Selected({8, 9}));
    previous->click();
    QCOMPARE(s.left()->selection(), Selected({5, 5}));
  }

  void theNextDifferenceCountsFromTheCursor() {
    Shown s(toBytes("aXcdeXgh"), toBytes("aYcdeYgh"));
    s.right()->select(3, 3);
    s.view.goToDifference(true);
    QCOMPARE(s.left()->selection(), Selected({5, 5}));
    s.right()->select(3, 3);
    QVERIFY(s.summary().startsWith(QStringLiteral("2 differences")));
    s.view.goToDifference(false);
    QCOMPARE(s.left()->selection(), Selected({1, 1}));
  }

  void aShiftSetsOtherBytesBesideEachOther() {
    Shown s(toBytes("hello world"), toBytes(">>hello world"));
    QVERIFY(!s.view.found().equal());
    s.find<QSpinBox>("testShiftSpin")->setValue(2);
    QCOMPARE(s.view.found().ranges, (std::vector<ByteDifference>{{-2, 2}}));
    QCOMPARE(s.left()->layout().lead, 2);
    QCOMPARE(s.right()->layout().lead, 0);
    s.left()->select(0, 4);
    QCOMPARE(s.right()->selection(), Selected({2, 6}));
    s.right()->select(0, 0);
    QCOMPARE(s.left()->selection(), Selected());
    s.view.setShift(-3);
    QCOMPARE(s.right()->layout().lead, 3);
    s.set(toBytes("a"), toBytes("b"));
    QCOMPARE(s.find<QSpinBox>("testShiftSpin")->value(), 0);
  }

  void bothScrollInStepWhateverTheirLengths() {
    Shown s(Bytes(100), Bytes(20'000));
    QTRY_COMPARE(s.left()->layout().bytesPerLine, s.right()->layout().bytesPerLine);
    QCOMPARE(s.left()->verticalScrollBar()->maximum(), s.right()->verticalScrollBar()->maximum());
    s.right()->verticalScrollBar()->setValue(500);
    QCOMPARE(s.left()->verticalScrollBar()->value(), 500);
    s.left()->verticalScrollBar()->setValue(7);
    QCOMPARE(s.right()->verticalScrollBar()->value(), 7);
    s.view.resize(620, 300);
    QTRY_COMPARE(s.left()->layout().bytesPerLine, s.right()->layout().bytesPerLine);
    QVERIFY(!s.view.grab().isNull());
  }

  void largeOnesAreComparedBesideTheWindow() {
    Bytes left(std::size_t{3} << 20);
    Bytes right = left;
    right[2'000'000] = std::byte{1};
    Shown s(Bytes(1), Bytes(1));
    QSignalSpy compared(&s.view, &CompareView::compared);
    s.set(std::move(left), std::move(right));
    QTRY_VERIFY(!s.view.isComparing());
    QTRY_COMPARE(s.view.found().ranges, (std::vector<ByteDifference>{{2'000'000, 1}}));
    QVERIFY(s.summary().contains(QStringLiteral("2,000,000")));
    s.set(Bytes(std::size_t{3} << 20), Bytes(std::size_t{3} << 20));
    s.set(toBytes("a"), toBytes("b"));  // the one before is dropped
    QCOMPARE(s.view.found().differing, 1);
    QVERIFY(!s.view.isComparing());
  }

  void nothingToCompareIsSaid() {
    Shown s(toBytes("a"), toBytes("b"));
    s.view.setNothing(QStringLiteral("There is none."));
    QCOMPARE(s.summary(), QStringLiteral("There is none."));
    QVERIFY(s.left()->bytes().bytes.empty());
    QVERIFY(!s.find<QToolButton>("testNextButton")->isEnabled());
    QVERIFY(!s.view.grab().isNull());
  }

 private:
  EnglishPlurals english_;
};

QTEST_MAIN(TestCompareView)
#include "tst_compare_view.moc"
