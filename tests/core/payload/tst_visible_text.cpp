#include <QTest>

#include "core/payload/visible_text.h"

using namespace sockbench;

class TstVisibleText : public QObject {
  Q_OBJECT
 private slots:
  void decodesUtf8_data();
  void decodesUtf8();
  void encodesUtf8_data();
  void encodesUtf8();
  void everyCharacterRoundTrips();
  void shows_data();
  void shows();
  void deceptive_data();
  void deceptive();
  void nothingDeceptiveIsLeft();
  void previews_data();
  void previews();
  void previewOfAHugePayloadIsBounded();
};

void TstVisibleText::decodesUtf8_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<quint32>("character");
  QTest::addColumn<int>("used");
  const quint32 invalid = kInvalidUtf8;
  QTest::newRow("NUL") << QByteArray(1, '\0') << 0u << 1;
  QTest::newRow("ASCII") << QByteArray("ab") << 0x61u << 1;
  QTest::newRow("first of two bytes") << QByteArray("\xC2\x80") << 0x80u << 2;
  QTest::newRow("last of two bytes") << QByteArray("\xDF\xBF") << 0x7FFu << 2;
  QTest::newRow("first of three bytes") << QByteArray("\xE0\xA0\x80") << 0x800u << 3;
  QTest::newRow("before the surrogates") << QByteArray("\xED\x9F\xBF") << 0xD7FFu << 3;
  QTest::newRow("after the surrogates") << QByteArray("\xEE\x80\x80") << 0xE000u << 3;
  QTest::newRow("BOM") << QByteArray("\xEF\xBB\xBF") << 0xFEFFu << 3;
  QTest::newRow("first of four bytes") << QByteArray("\xF0\x90\x80\x80") << 0x10000u << 4;
  QTest::newRow("last of all") << QByteArray("\xF4\x8F\xBF\xBF") << 0x10FFFFu << 4;
  QTest::newRow("overlong slash in two") << QByteArray("\xC0\xAF") << invalid << 1;
  QTest::newRow("overlong NUL") << QByteArray("\xC0\x80") << invalid << 1;
  QTest::newRow("overlong in C1") << QByteArray("\xC1\xBF") << invalid << 1;
  QTest::newRow("overlong slash in three") << QByteArray("\xE0\x80\xAF") << invalid << 1;
  QTest::newRow("overlong in three, the largest") << QByteArray("\xE0\x9F\xBF") << invalid << 1;
  QTest::newRow("overlong in four") << QByteArray("\xF0\x8F\xBF\xBF") << invalid << 1;
  QTest::newRow("high surrogate") << QByteArray("\xED\xA0\x80") << invalid << 1;
  QTest::newRow("low surrogate") << QByteArray("\xED\xBF\xBF") << invalid << 1;
  QTest::newRow("beyond U+10FFFF") << QByteArray("\xF4\x90\x80\x80") << invalid << 1;
  QTest::newRow("F5") << QByteArray("\xF5\x80\x80\x80") << invalid << 1;
  QTest::newRow("five bytes") << QByteArray("\xF8\x88\x80\x80\x80") << invalid << 1;
  QTest::newRow("FF") << QByteArray("\xFF") << invalid << 1;
  QTest::newRow("a following byte alone") << QByteArray("\x80") << invalid << 1;
  QTest::newRow("two bytes cut short") << QByteArray("\xC3") << invalid << 1;
  QTest::newRow("three bytes cut short") << QByteArray("\xE4\xB8") << invalid << 1;
  QTest::newRow("four bytes cut short") << QByteArray("\xF0\x9F\x98") << invalid << 1;
  QTest::newRow("broken by ASCII") << QByteArray(
                                          "\xE4\xB8"
                                          "a")
                                   << invalid << 1;
}

void TstVisibleText::decodesUtf8() {
  QFETCH(QByteArray, text);
  QFETCH(quint32, character);
  QFETCH(int, used);
  std::size_t offset = 0;
  const std::string given = text.toStdString();
  QCOMPARE(static_cast<quint32>(nextUtf8(given, offset)), character);
  QCOMPARE(static_cast<int>(offset), used);
}

void TstVisibleText::encodesUtf8_data() {
  QTest::addColumn<quint32>("character");
  QTest::addColumn<QByteArray>("text");
  QTest::newRow("NUL") << 0u << QByteArray(1, '\0');
  QTest::newRow("three bytes") << 0x4E2Du << QByteArray("\xE4\xB8\xAD");
  QTest::newRow("four bytes") << 0x1F600u << QByteArray("\xF0\x9F\x98\x80");
  QTest::newRow("a surrogate is replaced") << 0xD800u << QByteArray("\xEF\xBF\xBD");
  QTest::newRow("beyond Unicode is replaced") << 0x110000u << QByteArray("\xEF\xBF\xBD");
  QTest::newRow("invalid is replaced") << quint32{kInvalidUtf8} << QByteArray("\xEF\xBF\xBD");
}

void TstVisibleText::encodesUtf8() {
  QFETCH(quint32, character);
  QFETCH(QByteArray, text);
  std::string out = "x";
  appendUtf8(out, character);
  QCOMPARE(QByteArray::fromStdString(out), "x" + text);
}

void TstVisibleText::everyCharacterRoundTrips() {
  std::string text;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    text.clear();
    appendUtf8(text, c);
    std::size_t offset = 0;
    if (nextUtf8(text, offset) != c || offset != text.size()) QFAIL(qPrintable(QString::number(c, 16)));
  }
}

void TstVisibleText::shows_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<bool>("keepNewlines");
  QTest::addColumn<QString>("shown");
  const auto row = [](const char* name, QByteArray text, QString shown, bool keep = false) {
    QTest::newRow(name) << text << keep << shown;
  };
  row("plain text stands", "hello, \xE4\xB8\xAD\xE6\x96\x87 \xF0\x9F\x98\x80",
      QStringLiteral("hello, 中文 😀"));
  row("NUL", QByteArray(1, '\0'), QStringLiteral("\u2400"));
  row("escape sequence", "\x1b[31m", QStringLiteral("\u241b[31m"));
  row("bell and backspace", "\a\b", QStringLiteral("\u2407\u2408"));
  row("unit separator", "\x1f", QStringLiteral("\u241f"));
  row("DEL", "\x7f", QStringLiteral("\u2421"));
  row("new lines are pictures", "a\r\nb\n", QStringLiteral("a\u240d\u240ab\u240a"));
  row("new lines kept", "a\r\nb\n", QStringLiteral("a\u240d\nb\n"), true);
  row("a lone CR is a picture", "a\rb", QStringLiteral("a\u240db"), true);
  row("C1 CSI", "\xC2\x9B", QStringLiteral("<U+009B>"));
  row("C1 NEL", "\xC2\x85", QStringLiteral("<U+0085>"), true);
  row("right-to-left override",
      "a\xE2\x80\xAE"
      "b",
      QStringLiteral("a<U+202E>b"));
  row("isolate", "\xE2\x81\xA6", QStringLiteral("<U+2066>"));
  row("zero-width space", "\xE2\x80\x8B", QStringLiteral("<U+200B>"));
  row("line separator", "\xE2\x80\xA8", QStringLiteral("<U+2028>"), true);
  row("paragraph separator", "\xE2\x80\xA9", QStringLiteral("<U+2029>"), true);
  row("BOM", "\xEF\xBB\xBFx", QStringLiteral("<U+FEFF>x"));
  row("soft hyphen", "\xC2\xAD", QStringLiteral("<U+00AD>"));
  row("noncharacter", "\xEF\xBF\xBE", QStringLiteral("<U+FFFE>"));
  row("noncharacter of plane 16", "\xF4\x8F\xBF\xBF", QStringLiteral("<U+10FFFF>"));
  row("tag character", "\xF3\xA0\x81\x81", QStringLiteral("<U+E0041>"));
  row("not UTF-8",
      "a\xFF\xC0\xAF"
      "b",
      QStringLiteral("a\uFFFD\uFFFD\uFFFDb"));
  row("a surrogate in UTF-8", "\xED\xA0\x80", QStringLiteral("\uFFFD\uFFFD\uFFFD"));
  row("four marks on a character stand", "e" + QByteArray("\xCC\x81").repeated(4),
      QStringLiteral("e\u0301\u0301\u0301\u0301"));
  row("a tower of marks is cut", "e" + QByteArray("\xCC\x81").repeated(6) + "e\xCC\x81",
      QStringLiteral("e\u0301\u0301\u0301\u0301<U+0301><U+0301>e\u0301"));
  row("a new line ends a tower", QByteArray("\xCC\x81").repeated(4) + "\n\xCC\x81",
      QStringLiteral("\u0301\u0301\u0301\u0301\n\u0301"), true);
  row("markup is only text", "<b>&amp;</b>", QStringLiteral("<b>&amp;</b>"));
  row("no-break space stands", "\xC2\xA0", QStringLiteral("\u00a0"));
  row("nothing", "", QString());
}

void TstVisibleText::shows() {
  QFETCH(QByteArray, text);
  QFETCH(bool, keepNewlines);
  QFETCH(QString, shown);
  QCOMPARE(QString::fromStdString(visibleText(text.toStdString(), keepNewlines)), shown);
}

void TstVisibleText::deceptive_data() {
  QTest::addColumn<quint32>("character");
  QTest::addColumn<bool>("expected");
  const auto row = [](quint32 c, bool expected) { QTest::addRow("U+%04X", c) << c << expected; };
  for (const quint32 c :
       {0u,      0x1Fu,   0x7Fu,   0x80u,   0x9Fu,   0xADu,    0x61Cu,   0x180Eu,  0x200Bu,  0x200Fu,
        0x2028u, 0x202Au, 0x202Eu, 0x2060u, 0x2066u, 0x2069u,  0x206Fu,  0x3164u,  0xFE0Fu,  0xFDD0u,
        0xFDEFu, 0xFEFFu, 0xFFF9u, 0xFFFEu, 0xFFFFu, 0x1FFFEu, 0xE0001u, 0xE0041u, 0xE0100u, 0x10FFFFu}) {
    row(c, true);
  }
  for (const quint32 c : {0x20u, 0x7Eu, 0xA0u, 0xAEu, 0x5D0u, 0x200Au, 0x2010u, 0x2027u, 0x202Fu, 0x2070u,
                          0x4E2Du, 0xE000u, 0xFDCFu, 0xFDF0u, 0xFFFDu, 0x1F600u, 0x20000u}) {
    row(c, false);
  }
}

void TstVisibleText::deceptive() {
  QFETCH(quint32, character);
  QFETCH(bool, expected);
  QCOMPARE(isDeceptiveCharacter(character), expected);
}

void TstVisibleText::nothingDeceptiveIsLeft() {
  std::string all;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c < 0xD800 || c > 0xDFFF) appendUtf8(all, c);
  }
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  const std::string shown = visibleText(all);
  for (std::size_t at = 0; at < shown.size();) {
    const char32_t c = nextUtf8(shown, at);
    if (c == kInvalidUtf8 || isDeceptiveCharacter(c)) QFAIL(qPrintable(QString::number(c, 16)));
  }
}

void TstVisibleText::previews_data() {
  QTest::addColumn<QByteArray>("bytes");
  QTest::addColumn<int>("most");
  QTest::addColumn<QString>("shown");
  QTest::newRow("nothing") << QByteArray() << 5 << QString();
  QTest::newRow("exactly full") << QByteArray("hello") << 5 << QStringLiteral("hello");
  QTest::newRow("more") << QByteArray("hello!") << 5 << QStringLiteral("hello\u2026");
  QTest::newRow("one line") << QByteArray("a\nb\r\n") << 9 << QStringLiteral("a\u240ab\u240d\u240a");
  QTest::newRow("cut between characters")
      << QByteArray("\xE4\xB8\xAD\xE6\x96\x87") << 1 << QStringLiteral("中\u2026");
  QTest::newRow("last character cut by the sender")
      << QByteArray("a\xE4\xB8") << 9 << QStringLiteral("a\uFFFD\uFFFD");
  QTest::newRow("none allowed") << QByteArray("x") << 0 << QStringLiteral("\u2026");
  QTest::newRow("a hidden character counts as one")
      << QByteArray("\xE2\x80\xAE\xE2\x80\xAE") << 1 << QStringLiteral("<U+202E>\u2026");
}

void TstVisibleText::previews() {
  QFETCH(QByteArray, bytes);
  QFETCH(int, most);
  QFETCH(QString, shown);
  const std::string given = bytes.toStdString();
  QCOMPARE(QString::fromStdString(previewText(asBytes(given), static_cast<std::size_t>(most))), shown);
}

void TstVisibleText::previewOfAHugePayloadIsBounded() {
  std::string huge(std::size_t{256} << 20, '\x1b');
  QCOMPARE(QString::fromStdString(previewText(asBytes(huge), 3)), QStringLiteral("\u241b\u241b\u241b\u2026"));
  // Reads only what it shows: a view whose tail is not there may be given.
  static constexpr char kFew[] = "\xF0\x9F\x98\x80\xF0\x9F\x98\x80";
  const ByteView longer(reinterpret_cast<const std::byte*>(kFew), std::size_t{1} << 40);
  QCOMPARE(QString::fromStdString(previewText(longer, 2)), QStringLiteral("😀😀\u2026"));
}

QTEST_APPLESS_MAIN(TstVisibleText)
#include "tst_visible_text.moc"
