#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include "tests/ui/panels/stream_bench.h"
#include "ui/panels/traffic/stream/framing_box.h"
#include "ui/widgets/english_plurals.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/theme.h"

using namespace sockbench;
using namespace sockbench::ui;
using sockbench::test::StreamBench;

namespace {

QByteArray contentOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

class TestStreamPage : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() {
    theme::apply(*qApp, theme::Mode::light);
    QCoreApplication::installTranslator(&english_);
  }

  void bothSidesStandInTheOrderOfTime() {
    StreamBench bench;
    bench.traffic.event(bench.traffic.first, RecordKind::accepted);
    bench.traffic.received(bench.traffic.first, "GET / HTTP/1.1\r\n\r\n");
    bench.traffic.received(bench.traffic.second, "another session");
    bench.traffic.sent(bench.traffic.first, "HTTP/1.1 200 OK\r\n");
    bench.traffic.publish();
    bench.follow();
    QTRY_COMPARE(bench.body(),
                 QStringList({QStringLiteral("GET / HTTP/1.1\u240d\u240a"), QStringLiteral("\u240d\u240a"),
                              QStringLiteral("HTTP/1.1 200 OK\u240d\u240a")}));
    const QStringList heads = bench.heads();
    QCOMPARE(heads.size(), 3);
    QVERIFY(heads[1].startsWith(QStringLiteral("\u2190 received")));
    QVERIFY(heads[1].endsWith(QStringLiteral("18 bytes")));
    QVERIFY(heads[2].startsWith(QStringLiteral("\u2192 sent")));
  }

  void anotherFramingIsAnotherViewOfTheSameBytes() {
    StreamBench bench;
    bench.traffic.received(bench.traffic.first, "one\ntw");
    bench.traffic.received(bench.traffic.first, "o\nthr");
    bench.traffic.publish();
    bench.follow();
    QTRY_COMPARE(bench.heads().size(), 2);
    bench.frame("line");
    QTRY_COMPARE(bench.heads().size(), 3);
    QCOMPARE(bench.body(),
             QStringList({QStringLiteral("one\u240a"), QStringLiteral("two\u240a"), QStringLiteral("thr")}));
    QVERIFY(bench.heads()[2].contains(QStringLiteral("not ended yet")));
    bench.frame("fixed:4");
    QTRY_COMPARE(bench.body().mid(0, 2),
                 QStringList({QStringLiteral("one\u240a"), QStringLiteral("two\u240a")}));
  }

  void aDelimiterIsWrittenInPlace() {
    StreamBench bench;
    bench.traffic.received(bench.traffic.first, "a;;b;;c");
    bench.traffic.publish();
    bench.follow();
    QTRY_COMPARE(bench.heads().size(), 1);
    QVERIFY(bench.choose("inspectorFramingBox", QStringLiteral("Delimiter")));
    auto* edit = bench.find<QLineEdit>("inspectorDelimiterEdit");
    QVERIFY(edit->isVisible());
    edit->setText(QStringLiteral("\\x3b;"));
    QTRY_COMPARE(bench.body(),
                 QStringList({QStringLiteral("a;;"), QStringLiteral("b;;"), QStringLiteral("c")}));
    edit->setText(QStringLiteral("\\xzz"));
    QVERIFY(isWrong(edit));
    QVERIFY(!bench.find<QLabel>("inspectorFramingNote")->text().isEmpty());
    QCOMPARE(bench.body().size(), 3);
    edit->setText(QStringLiteral(";"));
    QVERIFY(!isWrong(edit));
    QVERIFY(!bench.find<QLabel>("inspectorFramingNote")->isVisible());
  }

  void eachFormShowsTheSameBytes_data() {
    QTest::addColumn<QString>("form");
    QTest::addColumn<QStringList>("lines");
    QTest::newRow("text") << "Text"
                          << QStringList{QStringLiteral("a\u2400b\u240a"), QStringLiteral("\ufffd<U+202E>")};
    QTest::newRow("hex dump") << "Hex dump"
                              << QStringList{QStringLiteral("00000000  61 00 62 0a ff e2 80 ae  "
                                                            "                         a.b.....")};
    QTest::newRow("C array") << "C array"
                             << QStringList{
                                    QStringLiteral("static const unsigned char received_0[8] = {"),
                                    QStringLiteral("  0x61, 0x00, 0x62, 0x0a, 0xff, 0xe2, 0x80, 0xae,"),
                                    QStringLiteral("};")};
    QTest::newRow("escaped") << "Escaped" << QStringList{QStringLiteral("a\\0b\\n\\xff\\u{202E}")};
  }
  void eachFormShowsTheSameBytes() {
    QFETCH(QString, form);
    QFETCH(QStringList, lines);
    StreamBench bench;
    bench.traffic.received(bench.traffic.first, std::string("a\0b\n\xff\xe2\x80\xae", 8));
    bench.traffic.publish();
    bench.follow();
    QVERIFY(bench.choose("inspectorStreamFormBox", form));
    QTRY_COMPARE(bench.body(), lines);
  }

  void anEncodingIsChosen() {
    StreamBench bench;
    bench.traffic.received(bench.traffic.first, "\xc4\xe3\xba\xc3");
    bench.traffic.publish();
    bench.follow();
    QVERIFY(bench.choose("inspectorStreamEncodingBox", QStringLiteral("GBK")));
    QTRY_COMPARE(bench.body(), QStringList(QStringLiteral("\u4f60\u597d")));
  }

  void oneSideAlone() {
    StreamBench bench;
    bench.traffic.received(bench.traffic.first, "question");
    bench.traffic.sent(bench.traffic.first, "answer");
    bench.traffic.publish();
    bench.follow();
    QTRY_COMPARE(bench.body().size(), 2);
    QVERIFY(bench.choose("inspectorStreamDirectionBox", QStringLiteral("\u2192 Only sent")));
    QTRY_COMPARE(bench.body(), QStringList(QStringLiteral("answer")));
    QVERIFY(bench.choose("inspectorStreamDirectionBox", QStringLiteral("\u2190 Only received")));
    QTRY_COMPARE(bench.body(), QStringList(QStringLiteral("question")));
  }

  void theEndIsFollowedUntilAPersonScrollsUp() {
    StreamBench bench;
    for (int i = 0; i < 300; ++i) bench.traffic.received(bench.traffic.first, "row " + std::to_string(i));
    bench.traffic.publish();
    bench.follow();
    QTRY_VERIFY(!bench.body().isEmpty() && bench.body().last() == QStringLiteral("row 299"));
    QVERIFY(bench.view()->following());
    bench.traffic.received(bench.traffic.first, "the newest");
    bench.traffic.publish();
    QTRY_VERIFY(bench.body().last() == QStringLiteral("the newest"));
    QTest::keyClick(bench.view(), Qt::Key_PageUp);
    QVERIFY(!bench.view()->following());
    QVERIFY(!bench.find<QToolButton>("inspectorStreamFollowButton")->isChecked());
    const QStringList before = bench.view()->visibleLines();
    bench.traffic.received(bench.traffic.first, "newer still");
    bench.traffic.publish();
    QTRY_COMPARE(bench.view()->document()->state().bytesIn,
                 bench.view()->document()->conversation().state().bytesIn);
    QVERIFY(bench.settled());
    QCOMPARE(bench.view()->visibleLines(), before);
    QTest::keyClick(bench.view(), Qt::Key_End);
    QTRY_VERIFY(bench.view()->following());
    QTRY_VERIFY(bench.body().last() == QStringLiteral("newer still"));
  }

  void theScrollBarReachesBothEnds() {
    StreamBench bench;
    for (int i = 0; i < 5000; ++i)
      bench.traffic.received(bench.traffic.first, "row " + std::to_string(i) +
                                                      std::string(static_cast<std::size_t>(i % 300), '.'));
    bench.traffic.publish();
    bench.follow();
    QVERIFY(bench.settled());
    QScrollBar* bar = bench.view()->verticalScrollBar();
    bar->setValue(0);
    QCOMPARE(bench.body().first(), QStringLiteral("row 0"));
    bar->setValue(bar->maximum() / 2);
    const QStringList middle =
        bench.body().filter(QRegularExpression(QStringLiteral("^row 2\\d\\d\\d\\.*$")));
    QVERIFY2(!middle.isEmpty(), qPrintable(bench.body().join(u'\n')));
    bar->setValue(bar->maximum());
    QVERIFY(bench.body().last().startsWith(QStringLiteral("row 4999")) ||
            bench.body().last().startsWith(u'.'));
    QVERIFY(bench.view()->following());
  }

  void everyLineIsPassedGoingUpAndDown() {
    StreamBench bench;
    std::string large;
    for (int i = 0; i < 1500; ++i) large += "line " + std::to_string(i) + "\n";
    bench.traffic.received(bench.traffic.first, large);
    bench.traffic.sent(bench.traffic.first, "short");
    bench.traffic.publish();
    bench.follow();
    QVERIFY(bench.settled());
    StreamDocument* document = bench.view()->document();
    QStringList down;
    auto place = document->first();
    QVERIFY(place);
    do down += document->line(*place).line.text;
    while (document->next(*place));
    QStringList up;
    place = document->last();
    do up.prepend(document->line(*place).line.text);
    while (document->previous(*place));
    QCOMPARE(down, up);
    QCOMPARE(down.size(), 1500 + 3);
    for (int i = 0; i < 1500; ++i) QCOMPARE(down[i + 1], QStringLiteral("line %1\u240a").arg(i));
  }

  // Long text is laid out in portions.
  void charactersAreNotTornBetweenPortions_data() {
    QTest::addColumn<int>("encoding");
    QTest::newRow("UTF-8") << static_cast<int>(TextEncoding::utf8);
    QTest::newRow("GBK") << static_cast<int>(TextEncoding::gbk);
    QTest::newRow("UTF-16LE") << static_cast<int>(TextEncoding::utf16le);
    QTest::newRow("UTF-16BE") << static_cast<int>(TextEncoding::utf16be);
  }
  void charactersAreNotTornBetweenPortions() {
    QFETCH(int, encoding);
    const auto chosen = static_cast<TextEncoding>(encoding);
    const bool pairs = chosen != TextEncoding::gbk;
    QString text;
    for (int i = 0; i < 6000; ++i) {
      text += QChar(0x4e00 + i % 5000);
      if (i % 7 == 0) text += QString::number(i);
      if (pairs && i % 5 == 0) text += QString::fromUcs4(U"\U0001F600", 1);
    }
    StreamBench bench;
    bench.traffic.received(bench.traffic.first, asChars(encodeText(text.toStdString(), chosen).value()));
    bench.traffic.publish();
    bench.follow();
    bench.view()->setEncoding(chosen);
    QVERIFY(bench.settled());
    const StreamDocument* document = bench.view()->document();
    QString shown;
    auto place = document->first();
    QVERIFY(place);
    while (document->next(*place)) shown += document->line(*place).line.text;
    QVERIFY(shown == text);
  }

  void selectedTextAndBytesAreCopied() {
    StreamBench bench;
    bench.traffic.received(bench.traffic.first, "hello world");
    bench.traffic.sent(bench.traffic.first, "fine\n");
    bench.traffic.publish();
    bench.follow();
    QVERIFY(bench.settled());
    bench.view()->select({0, 6}, {0, 11});
    QCOMPARE(bench.view()->selectedText(), QStringLiteral("world"));
    bench.view()->select({1, 4}, {0, 6});
    QCOMPARE(asChars(bench.view()->selectedBytes()), std::string_view("worldfine"));
    QVERIFY(bench.view()->selectedText().startsWith(QStringLiteral("world\n\u2192 sent")));
    bench.find<QAction>("streamCopyHexAction")->trigger();
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("77 6f 72 6c 64 66 69 6e 65"));
    QTest::keyClick(bench.view(), Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(asChars(bench.view()->selectedBytes()), std::string_view("hello worldfine\n"));
    bench.find<QAction>("streamCopyEscapedAction")->trigger();
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("hello worldfine\\n"));
  }

  void theMouseSelectsAndADoubleClickNamesTheRow() {
    StreamBench bench;
    bench.traffic.received(bench.traffic.second, "elsewhere");
    bench.traffic.received(bench.traffic.first, "abcdefgh");
    bench.traffic.publish();
    bench.follow();
    QVERIFY(bench.settled());
    QWidget* port = bench.view()->viewport();
    const int line = QFontMetrics(bench.view()->font()).height() + 3;
    const QPoint start(static_cast<int>(StreamLook::textX(Direction::in)) + 1, line + 5 + line / 2);
    QTest::mousePress(port, Qt::LeftButton, {}, start);
    const int cell = QFontMetrics(bench.view()->font()).horizontalAdvance(u'0');
    QMouseEvent move(QEvent::MouseMove, start + QPoint(cell * 4, 0), port->mapToGlobal(start), Qt::NoButton,
                     Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(port, &move);
    QCOMPARE(bench.view()->selectedText(), QStringLiteral("abcd"));
    QSignalSpy rows(&bench.page, &StreamPage::rowActivated);
    QTest::mouseDClick(port, Qt::LeftButton, {}, start);
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows[0][0].toULongLong(), 1U);
  }

  void aRowIsFoundInTheStream() {
    StreamBench bench;
    for (int i = 0; i < 400; ++i)
      bench.traffic.received(bench.traffic.first, "row " + std::to_string(i) + "\n");
    bench.traffic.publish();
    bench.follow();
    bench.frame("line");
    QVERIFY(bench.settled());
    bench.page.setRow(bench.bridge.log().read(7));
    QTRY_VERIFY(bench.body().contains(QStringLiteral("row 7\u240a")));
    QVERIFY(!bench.view()->following());
    QCOMPARE(asChars(bench.view()->selectedBytes()), std::string_view("row 7\n"));
  }

  void aPlaceStaysWhenTheFramingChanges() {
    StreamBench bench;
    for (int i = 0; i < 2000; ++i)
      bench.traffic.received(bench.traffic.first, "row " + std::to_string(i) + "\n");
    bench.traffic.publish();
    bench.follow();
    QVERIFY(bench.settled());
    QVERIFY(bench.view()->showRow(1000));
    const QString top = bench.body().first();
    bench.frame("line");
    QVERIFY(bench.settled());
    QTRY_COMPARE(bench.body().first(), top);
  }

  void aBeginningThatIsGoneIsSaid() {
    EngineSettings settings;
    settings.log.budgetBytes = 512 << 10;
    settings.log.blockBytes = 16 << 10;
    settings.log.chunkRecords = 128;
    StreamBench bench(settings);
    for (int i = 0; i < 2000; ++i) bench.traffic.received(bench.traffic.first, std::string(1000, 'x') + "\n");
    bench.traffic.publish();
    bench.follow();
    bench.frame("line");
    QTRY_VERIFY(bench.find<QLabel>("inspectorStreamNote")->text().contains(QStringLiteral("out of step")));
    QTRY_VERIFY(!bench.body().isEmpty());
  }

  void datagramsOfferNoFraming() {
    StreamBench bench;
    const FlowPtr udp = sockbench::test::flow(9, 0, "127.0.0.1:1", "127.0.0.1:2", Transport::udp);
    bench.traffic.received(udp, "one\ntwo");
    bench.traffic.publish();
    bench.page.setSession(udp->session);
    QTRY_VERIFY(!bench.find<QComboBox>("inspectorFramingBox")->isEnabled());
    QCOMPARE(bench.heads().size(), 1);
  }

  void matchesAreMarkedAndBroughtIntoView() {
    StreamBench bench;
    for (int i = 0; i < 500; ++i)
      bench.traffic.received(bench.traffic.first, "row " + std::to_string(1000 + i));
    bench.traffic.publish();
    bench.follow();
    QVERIFY(bench.settled());
    const StreamMatch match{Direction::in, 8 * 10 + 4, 4};
    bench.view()->setMatches({match});
    QTRY_VERIFY(!bench.body().contains(QStringLiteral("row 1010")));
    const QImage before = bench.view()->grab().toImage();
    bench.view()->showMatch(match);
    QVERIFY(bench.body().contains(QStringLiteral("row 1010")));
    const QImage with = bench.view()->grab().toImage();
    bench.view()->setMatches({});
    QVERIFY(bench.view()->grab().toImage() != with);
    QVERIFY(before != with);
  }

  void receivesLeaveATickInTheText() {
    StreamBench bench;
    bench.traffic.received(bench.traffic.first, "abc");
    bench.traffic.received(bench.traffic.first, "def\n");
    bench.traffic.publish();
    bench.follow();
    bench.frame("line");
    QVERIFY(bench.settled());
    const QImage two = bench.view()->grab().toImage();
    StreamBench whole;
    whole.traffic.received(whole.traffic.first, "abcdef\n");
    whole.traffic.publish();
    whole.follow();
    whole.frame("line");
    QVERIFY(whole.settled());
    QCOMPARE(whole.body(), bench.body());
    const int line = QFontMetrics(bench.view()->font()).height() + 3;
    const QRect text(0, line + 5, 300, line);  // below the head, whose time differs
    QVERIFY(two.copy(text) != whole.view()->grab().toImage().copy(text));
  }

  void aStreamIsSavedWhole_data() {
    QTest::addColumn<int>("what");
    QTest::addColumn<QByteArray>("begins");
    QTest::newRow("what was received")
        << static_cast<int>(StreamSave::What::received) << QByteArray("in0in1in2");
    QTest::newRow("what was sent") << static_cast<int>(StreamSave::What::sent) << QByteArray("out0out1out2");
    QTest::newRow("both as shown") << static_cast<int>(StreamSave::What::bothAsText)
                                   << QByteArray("\xe2\x86\x90 received");
  }
  void aStreamIsSavedWhole() {
    QFETCH(int, what);
    QFETCH(QByteArray, begins);
    StreamBench bench;
    for (int i = 0; i < 1000; ++i) {
      bench.traffic.received(bench.traffic.first, "in" + std::to_string(i));
      bench.traffic.sent(bench.traffic.first, "out" + std::to_string(i));
    }
    bench.traffic.publish();
    bench.follow();
    QVERIFY(bench.settled());
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("stream"));
    bench.page.saveTo(path, static_cast<StreamSave::What>(what));
    auto* message = bench.find<InlineMessage>("inspectorStreamMessage");
    QTRY_VERIFY(message->text().contains(QStringLiteral("saved to")));
    QVERIFY(contentOf(path).startsWith(begins));
    QVERIFY(contentOf(path).contains("999"));
  }

  void aFileThatCannotBeWrittenIsSaid() {
    StreamBench bench;
    bench.traffic.received(bench.traffic.first, "bytes");
    bench.traffic.publish();
    bench.follow();
    QVERIFY(bench.settled());
    bench.page.saveTo(QStringLiteral("/nonexistent/folder/file"), StreamSave::What::received);
    QTRY_VERIFY(
        bench.find<InlineMessage>("inspectorStreamMessage")->text().contains(QStringLiteral("ENOENT")));
  }

  void itOpensInAWindowOfItsOwn() {
    StreamBench bench;
    bench.traffic.received(bench.traffic.first, "one\ntwo\n");
    bench.traffic.publish();
    bench.follow();
    bench.frame("line");
    QVERIFY(bench.settled());
    StreamPage* window = bench.page.openWindow();
    QVERIFY(window->isWindow());
    QTRY_COMPARE(window->view()->visibleLines().size(), 4);
    bench.page.setSession({});
    QCOMPARE(window->session(), bench.traffic.first->session);
  }

  void itsWindowClosesWithTheTrafficItShows() {
    EngineBridge bridge;
    QWidget desk;
    auto source = std::make_unique<LiveTraffic>(&bridge);
    auto page = std::make_unique<StreamPage>(source.get(), &desk);
    const QPointer<StreamPage> window = page->openWindow();
    QVERIFY(window && window->isVisible());
    page.reset();
    source.reset();
    QTRY_VERIFY(!window);
  }

 private:
  EnglishPlurals english_;
};

QTEST_MAIN(TestStreamPage)
#include "tst_stream_page.moc"
