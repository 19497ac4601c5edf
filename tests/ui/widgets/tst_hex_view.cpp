#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include "ui/bridge/core_types.h"
#include "ui/widgets/byte_copy.h"
#include "ui/widgets/hex_view.h"
#include "ui/widgets/theme.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

PinnedBytes pinned(Bytes bytes) {
  auto owner = std::make_shared<const Bytes>(std::move(bytes));
  return {owner, *owner, 0};
}

PinnedBytes counting(std::size_t size) {
  Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::byte>(i & 255);
  return pinned(std::move(bytes));
}

struct Shown {
  HexView view;
  explicit Shown(PinnedBytes bytes, QSize size = {900, 200}) {
    view.resize(size);
    view.setBytes(std::move(bytes));
    view.show();
    view.setFocus();
  }
  const HexLayout& layout() const { return view.layout(); }
  QPoint hexPlace(int line, int column) const {
    return {qRound(layout().hexX(column) + layout().cell), line * layout().lineHeight + 5};
  }
  QPoint asciiPlace(int line, int column) const {
    return {qRound(layout().asciiX(column) + layout().cell / 2), line * layout().lineHeight + 5};
  }
};

}  // namespace

class TestHexView : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() { theme::apply(*qApp, theme::Mode::light); }

  void mouseSelectsInBothColumns_data() {
    QTest::addColumn<bool>("ascii");
    QTest::newRow("over the digits") << false;
    QTest::newRow("over the characters") << true;
  }
  void mouseSelectsInBothColumns() {
    QFETCH(bool, ascii);
    Shown s(counting(64));
    QSignalSpy changed(&s.view, &HexView::selectionChanged);
    const QPoint from = ascii ? s.asciiPlace(0, 3) : s.hexPlace(0, 3);
    const QPoint to = ascii ? s.asciiPlace(1, 2) : s.hexPlace(1, 2);
    QTest::mousePress(s.view.viewport(), Qt::LeftButton, {}, from);
    QTest::mouseMove(s.view.viewport(), to);
    QTest::mouseRelease(s.view.viewport(), Qt::LeftButton, {}, to);
    QTest::mouseClick(s.view.viewport(), Qt::LeftButton, Qt::ShiftModifier, to);
    QVERIFY(s.view.selection().has_value());
    QCOMPARE(s.view.selection()->first, 3);
    QCOMPARE(s.view.selection()->last, 18);
    QVERIFY(changed.size() >= 2);
  }

  void keysMoveAndExtend_data() {
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("modifiers");
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("last");
    const auto row = [](const char* name, Qt::Key key, Qt::KeyboardModifiers modifiers, int first, int last) {
      QTest::newRow(name) << int(key) << int(modifiers) << first << last;
    };
    row("right", Qt::Key_Right, {}, 21, 21);
    row("left", Qt::Key_Left, {}, 19, 19);
    row("up", Qt::Key_Up, {}, 4, 4);
    row("down", Qt::Key_Down, {}, 36, 36);
    row("shift and right", Qt::Key_Right, Qt::ShiftModifier, 20, 21);
    row("shift and up", Qt::Key_Up, Qt::ShiftModifier, 4, 20);
    row("home", Qt::Key_Home, {}, 16, 16);
    row("end", Qt::Key_End, {}, 31, 31);
    row("control and home", Qt::Key_Home, Qt::ControlModifier, 0, 0);
    row("control and end", Qt::Key_End, Qt::ControlModifier, 99, 99);
    row("shift, control and end", Qt::Key_End, Qt::ControlModifier | Qt::ShiftModifier, 20, 99);
    row("page down stops at the last byte", Qt::Key_PageDown, {}, 99, 99);
    row("page up stays in its column", Qt::Key_PageUp, {}, 4, 4);
    row("control and right: the next run", Qt::Key_Right, Qt::ControlModifier, 21, 21);
    row("control and left: the run before", Qt::Key_Left, Qt::ControlModifier, 19, 19);
    row("everything", Qt::Key_A, Qt::ControlModifier, 0, 99);
  }
  void keysMoveAndExtend() {
    QFETCH(int, key);
    QFETCH(int, modifiers);
    QFETCH(int, first);
    QFETCH(int, last);
    Shown s(counting(100), {900, 600});
    s.view.select(20, 20);
    QTest::keyClick(&s.view, static_cast<Qt::Key>(key), static_cast<Qt::KeyboardModifiers>(modifiers));
    QVERIFY(s.view.selection().has_value());
    QCOMPARE(s.view.selection()->first, first);
    QCOMPARE(s.view.selection()->last, last);
  }

  void runs_data() {
    QTest::addColumn<int>("byte");
    QTest::addColumn<QString>("run");
    QTest::newRow("a name with digits") << 1 << QStringLiteral("key_1");
    QTest::newRow("a sign alone") << 5 << QStringLiteral("=");
    QTest::newRow("blanks of any kind") << 8 << QStringLiteral(" \r\n\t ");
    QTest::newRow("equal bytes") << 13 << QStringLiteral("\\x01\\x01\\x01");
    QTest::newRow("letters beyond ASCII") << 16 << QStringLiteral("é1");
    QTest::newRow("the last byte") << 18 << QStringLiteral("!");
  }
  void runs() {
    QFETCH(int, byte);
    QFETCH(QString, run);
    const Bytes bytes = toBytes(
        "key_1= \r\n\t \x01\x01\x01\x02"
        "\xc3\xa9"
        "1!");
    const HexSelection found = runAround(bytes, byte);
    const ByteView view = ByteView(bytes).subspan(static_cast<std::size_t>(found.first),
                                                  static_cast<std::size_t>(found.length()));
    QCOMPARE(toQString(std::string(asChars(view))),
             QString(run).replace(QStringLiteral("\\x01"), QStringLiteral("\x01")));
  }

  void aDoubleClickSelectsTheRun() {
    Shown s(pinned(toBytes("GET /index.html HTTP/1.1\r\n")));
    QTest::mouseDClick(s.view.viewport(), Qt::LeftButton, {}, s.asciiPlace(0, 7));
    QCOMPARE(s.view.selection(), (HexSelection{5, 9}));
    QTest::mouseDClick(s.view.viewport(), Qt::LeftButton, {}, s.hexPlace(0, 1));
    QCOMPARE(s.view.selection(), (HexSelection{0, 2}));
  }

  void emptyPlacesBeforeTheBytesAreNoBytes() {
    Shown s(counting(40));
    s.view.setPlaces(18, 0);
    QCOMPARE(s.layout().lineCount(), 4);
    QTest::mouseClick(s.view.viewport(), Qt::LeftButton, {}, s.hexPlace(1, 2));
    QCOMPARE(s.view.selection(), (HexSelection{0, 0}));
    QTest::keyClick(&s.view, Qt::Key_Down);
    QCOMPARE(s.view.selection(), (HexSelection{16, 16}));
    QTest::keyClick(&s.view, Qt::Key_Home);
    QCOMPARE(s.view.selection(), (HexSelection{14, 14}));
    QTest::keyClick(&s.view, Qt::Key_PageUp);
    QCOMPARE(s.view.selection(), (HexSelection{0, 0}));
    QCOMPARE(s.view.copier()->copiedText(ByteFormat::hex), QStringLiteral("00"));
    s.view.setBytes(counting(40));
    QCOMPARE(s.layout().lineCount(), 3);
  }

  // What stands out differs from the plain bytes, each mark from the others, and the current one from its
  // like, at the place where it is and nowhere else.
  void highlightsArePainted() {
    Shown s(counting(64));
    s.view.clearFocus();
    const auto cut = [&](int column) {
      const HexLayout& l = s.layout();
      return s.view.viewport()
          ->grab(QRect(qRound(l.hexX(column)) - 2, l.lineHeight, qRound(l.cell * 2) + 4, l.lineHeight))
          .toImage();
    };
    const QImage plain = cut(3);
    const QImage beside = cut(9);
    QList<QImage> seen{plain};
    const auto look = [&](HexMark mark, std::optional<std::size_t> current) {
      s.view.setHighlights({{0, 1, mark}, {19, 20, mark}}, current);
      const QImage now = cut(3);
      QVERIFY(!seen.contains(now));
      seen.append(now);
      QCOMPARE(cut(9), beside);
    };
    look(HexMark::match, {});
    look(HexMark::difference, {});
    look(HexMark::match, 1);
    look(HexMark::difference, 1);
    s.view.setHighlights({});
    QCOMPARE(cut(3), plain);
  }

  void newBytesClearTheSelection() {
    Shown s(counting(10));
    s.view.select(2, 4);
    s.view.setBytes(counting(3));
    QVERIFY(!s.view.selection().has_value());
    s.view.select(2, 99);
    QCOMPARE(s.view.selection()->last, 2);
    s.view.setBytes({});
    s.view.select(0, 5);
    QVERIFY(!s.view.selection().has_value());
    QVERIFY(s.view.copier()->copiedText(ByteFormat::hex).isEmpty());
    QTest::keyClick(&s.view, Qt::Key_Right);
    s.view.grab();
  }

  void narrowViewShowsEightALineAndKeepsItsPlace() {
    Shown s(counting(10'000));
    s.view.verticalScrollBar()->setValue(100);
    s.view.resize(350, 200);
    QCoreApplication::processEvents();
    QCOMPARE(s.layout().bytesPerLine, 8);
    QCOMPARE(s.view.verticalScrollBar()->value(), 200);
  }

  void aGibibyteScrollsToItsEnd() {
    // One page of zeros is all that is touched: the memory is never written.
    const std::size_t size = std::size_t{1} << 30;
    const std::shared_ptr<const void> owner(std::calloc(size, 1), [](void* p) { std::free(p); });
    QVERIFY(owner);
    Shown s({owner, ByteView(static_cast<const std::byte*>(owner.get()), size), 0});
    QTest::keyClick(&s.view, Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(s.view.selection()->first, static_cast<qsizetype>(size) - 1);
    QCOMPARE(s.view.verticalScrollBar()->value(), s.view.verticalScrollBar()->maximum());
    QVERIFY(!s.view.grab().isNull());
    QTest::keyClick(&s.view, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(s.view.chosen().bytes.size(), size);
  }

  void everyByteHasAMark() {
    const QFontMetricsF metrics(theme::fixedFont());
    for (int byte = 0; byte < 256; ++byte) {
      const ByteMark mark = byteMark(static_cast<std::uint8_t>(byte), metrics);
      QVERIFY(mark.character.isPrint());
      QCOMPARE(mark.printing, byte >= 0x20 && byte < 0x7F);
      QVERIFY(!byteDescription(static_cast<std::uint8_t>(byte)).isEmpty());
    }
    QVERIFY(byteDescription(0x0D).contains(QStringLiteral("carriage return")));
  }
};

QTEST_MAIN(TestHexView)
#include "tst_hex_view.moc"
