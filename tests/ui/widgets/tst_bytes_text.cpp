#include <QLabel>
#include <QPlainTextEdit>
#include <QTest>
#include <QToolButton>

#include "ui/widgets/bytes_text.h"
#include "ui/widgets/english_plurals.h"
#include "ui/widgets/theme.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

struct Shown {
  BytesText text{QStringLiteral("test"), QStringLiteral("bytes")};
  explicit Shown(std::string_view bytes) {
    text.resize(600, 300);
    text.setVisible(true);
    set(bytes);
  }
  void set(std::string_view bytes) {
    auto owner = std::make_shared<const Bytes>(toBytes(bytes));
    text.setBytes({owner, *owner, 0});
  }
  QPlainTextEdit* view() const { return text.findChild<QPlainTextEdit*>(QStringLiteral("testTextView")); }
  QToolButton* pretty() const { return text.findChild<QToolButton*>(QStringLiteral("testPrettyButton")); }
  QString words() const { return view()->toPlainText(); }
  QString note() const { return text.findChild<QLabel*>(QStringLiteral("testTextNote"))->text(); }
};

}  // namespace

class TestBytesText : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() {
    theme::apply(*qApp, theme::Mode::light);
    QCoreApplication::installTranslator(&english_);
  }

  void jsonAndXmlAreLaidOutOnRequest_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("laidOut");
    QTest::newRow("JSON") << QByteArray("{\"a\":[1,2],\"b\":{}}")
                          << QStringLiteral("{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {}\n}");
    QTest::newRow("XML") << QByteArray("<a><b>x</b><c/></a>")
                         << QStringLiteral("<a>\n  <b>x</b>\n  <c/>\n</a>");
  }
  void jsonAndXmlAreLaidOutOnRequest() {
    QFETCH(QByteArray, bytes);
    QFETCH(QString, laidOut);
    Shown s(bytes.toStdString());
    QVERIFY(s.pretty()->isVisible());
    QCOMPARE(s.words(), QString::fromUtf8(bytes));
    s.pretty()->click();
    QCOMPARE(s.words(), laidOut);
    QVERIFY(s.note().contains(QStringLiteral("laid out")));
    QVERIFY(s.view()->isReadOnly());
    s.view()->selectAll();
    QCOMPARE(s.view()->textCursor().selectedText().replace(QChar::ParagraphSeparator, u'\n'), laidOut);
    s.pretty()->click();
    QCOMPARE(s.words(), QString::fromUtf8(bytes));
    QCOMPARE(s.note(), QString());
  }

  void otherTextIsNotOffered_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("HTTP") << QByteArray("GET / HTTP/1.1\r\n");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("noise") << QByteArray("\xff\xfe\x01");
  }
  void otherTextIsNotOffered() {
    QFETCH(QByteArray, bytes);
    Shown s("{}");
    s.pretty()->click();
    s.set(bytes.toStdString());
    QVERIFY(!s.pretty()->isVisible());
    QVERIFY(s.text.isPretty());  // it stays asked for
    s.set("[]");
    QVERIFY(s.pretty()->isVisible());
    QVERIFY(s.note().contains(QStringLiteral("laid out")));
    s.text.setWords(QStringLiteral("an event"), {});
    QVERIFY(!s.pretty()->isVisible());
    QCOMPARE(s.words(), QStringLiteral("an event"));
  }

  void whereItIsNotQuiteThatIsSaidAndMarked() {
    const std::string bytes = "{\"\x01 is fine in a note\": 1}";
    Shown s("{\"a\": 1,\n \"b\": 2,,}");
    s.pretty()->click();
    QCOMPARE(s.words(), QStringLiteral("{\"a\": 1,\n \"b\": 2,,}"));
    QVERIFY2(s.note().contains(QStringLiteral("Not JSON: line 2, column 9")), qPrintable(s.note()));
    QCOMPARE(s.view()->extraSelections().size(), 1);
    QCOMPARE(s.view()->extraSelections().first().cursor.selectedText(), QStringLiteral(","));
    QCOMPARE(s.view()->extraSelections().first().cursor.selectionStart(), 17);
    s.set("{\"a\":");
    QVERIFY(s.note().contains(QStringLiteral("Not JSON")));
    s.pretty()->click();
    QVERIFY(s.view()->extraSelections().isEmpty());
    s.set(bytes);
    s.pretty()->click();
    QVERIFY(s.note().contains(QStringLiteral("Not JSON")));
  }

  void whatIsLaidOutDeceivesNoMore() {
    Shown s("{\"a\":\"\xE2\x80\xAEgnp.exe \xC2\x9B\"}");
    s.pretty()->click();
    QVERIFY(s.words().contains(QStringLiteral("<U+202E>gnp.exe <U+009B>")));
    QVERIFY(!s.words().contains(QChar(0x202E)));
  }

  void largeOnesAreLaidOutBesideTheWindow() {
    std::string bytes = "[";
    for (int i = 0; i < 40'000; ++i) bytes += std::to_string(i) + ",";
    bytes += "0]";
    Shown s("[]");
    s.pretty()->click();
    s.set(bytes);
    QTRY_VERIFY(s.words().startsWith(QStringLiteral("[\n  0,\n  1,\n")));
    QVERIFY(s.note().contains(QStringLiteral("JSON, laid out")));
    s.set(bytes);
    s.set("[7]");
    QTest::qWait(0);
    QTRY_COMPARE(s.words(), QStringLiteral("[\n  7\n]"));
  }

 private:
  EnglishPlurals english_;
};

QTEST_MAIN(TestBytesText)
#include "tst_bytes_text.moc"
