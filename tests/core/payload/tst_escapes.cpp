#include <QTest>
#include <random>

#include "core/payload/escapes.h"

using namespace sockbench;

namespace {

std::string random(std::mt19937& source, std::string_view alphabet) {
  std::uniform_int_distribution<std::size_t> length(0, 64);
  std::uniform_int_distribution<int> any(0, 255);
  std::uniform_int_distribution<std::size_t> letter(0, alphabet.empty() ? 0 : alphabet.size() - 1);
  std::string text(length(source), '\0');
  for (char& c : text) c = alphabet.empty() ? static_cast<char>(any(source)) : alphabet[letter(source)];
  return text;
}

}  // namespace

class TstEscapes : public QObject {
  Q_OBJECT
 private slots:
  void unescapes_data();
  void unescapes();
  void refuses_data();
  void refuses();
  void escapes_data();
  void escapes();
  void escapedBytesComeBack_data();
  void escapedBytesComeBack();
  void splits_data();
  void splits();
  void piecesAreTheBytes();
};

void TstEscapes::unescapes_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QByteArray>("bytes");
  QTest::newRow("nothing") << QByteArray("") << QByteArray("");
  QTest::newRow("plain") << QByteArray("hello") << QByteArray("hello");
  QTest::newRow("letters") << QByteArray("a\\n\\r\\t\\0b") << QByteArray("a\n\r\t\0b", 6);
  QTest::newRow("backslash") << QByteArray("\\\\n") << QByteArray("\\n");
  QTest::newRow("bytes") << QByteArray("\\x00\\xff\\xFf\\x7e") << QByteArray("\0\xff\xff~", 4);
  QTest::newRow("a byte ends after two digits") << QByteArray("\\x414") << QByteArray("A4");
  QTest::newRow("NUL ends after one digit") << QByteArray("\\01")
                                            << QByteArray(
                                                   "\0"
                                                   "1",
                                                   2);
  QTest::newRow("a character") << QByteArray("\\u{1F600}") << QByteArray("\xF0\x9F\x98\x80");
  QTest::newRow("one digit") << QByteArray("\\u{9}") << QByteArray("\t");
  QTest::newRow("six digits") << QByteArray("\\u{00004E}") << QByteArray("N");
  QTest::newRow("the last character") << QByteArray("\\u{10FFFF}") << QByteArray("\xF4\x8F\xBF\xBF");
  QTest::newRow("around the surrogates")
      << QByteArray("\\u{D7FF}\\u{E000}") << QByteArray("\xED\x9F\xBF\xEE\x80\x80");
  QTest::newRow("UTF-8 stands") << QByteArray("\xE4\xB8\xAD\\n") << QByteArray("\xE4\xB8\xAD\n");
  QTest::newRow("other bytes stand") << QByteArray("\xff\xfe") << QByteArray("\xff\xfe");
  QTest::newRow("quotes and percents stand") << QByteArray("\"%41&'") << QByteArray("\"%41&'");
}

void TstEscapes::unescapes() {
  QFETCH(QByteArray, text);
  QFETCH(QByteArray, bytes);
  const Result<Bytes> read = unescape(text.toStdString());
  QVERIFY(read.has_value());
  QCOMPARE(QByteArray::fromStdString(std::string(asChars(*read))), bytes);
}

void TstEscapes::refuses_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<int>("offset");
  QTest::addColumn<int>("length");
  QTest::newRow("an unknown letter") << QByteArray("ab\\qcd") << 2 << 2;
  QTest::newRow("an unknown character") << QByteArray("\\\xE4\xB8\xAD") << 0 << 4;
  QTest::newRow("a backslash at the end") << QByteArray("abc\\") << 3 << 1;
  QTest::newRow("after an escaped backslash") << QByteArray("\\\\\\") << 2 << 1;
  QTest::newRow("\\x without digits") << QByteArray("a\\x") << 1 << 2;
  QTest::newRow("\\x with one digit") << QByteArray("\\x4") << 0 << 3;
  QTest::newRow("\\x with a wrong digit") << QByteArray("\\xZZ") << 0 << 3;
  QTest::newRow("\\x with a wrong second digit") << QByteArray("\\x4Zb") << 0 << 4;
  QTest::newRow("\\u without a brace") << QByteArray("\\u0041") << 0 << 3;
  QTest::newRow("\\u at the end") << QByteArray("\\u") << 0 << 2;
  QTest::newRow("\\u not closed") << QByteArray("\\u{41") << 0 << 5;
  QTest::newRow("\\u empty") << QByteArray("\\u{}x") << 0 << 4;
  QTest::newRow("\\u wrong digit") << QByteArray("\\u{4G}") << 0 << 5;
  QTest::newRow("\\u seven digits") << QByteArray("\\u{0000041}") << 0 << 10;
  QTest::newRow("\\u surrogate") << QByteArray(".\\u{D800}.") << 1 << 8;
  QTest::newRow("\\u last surrogate") << QByteArray("\\u{DFFF}") << 0 << 8;
  QTest::newRow("\\u beyond Unicode") << QByteArray("\\u{110000}") << 0 << 10;
  QTest::newRow("capital letters are other escapes") << QByteArray("\\N") << 0 << 2;
}

void TstEscapes::refuses() {
  QFETCH(QByteArray, text);
  QFETCH(int, offset);
  QFETCH(int, length);
  const Result<Bytes> read = unescape(text.toStdString());
  QVERIFY(!read.has_value());
  QVERIFY(read.error().isInput(InputFault::badEscape));
  QCOMPARE(read.error().subject, text.toStdString());
  QVERIFY(read.error().where.has_value());
  QCOMPARE(static_cast<int>(read.error().where->offset), offset);
  QCOMPARE(static_cast<int>(read.error().where->length), length);
  QCOMPARE(splitEscapes(text.toStdString()).error(), read.error());
}

void TstEscapes::escapes_data() {
  QTest::addColumn<QByteArray>("bytes");
  QTest::addColumn<QByteArray>("text");
  QTest::newRow("plain") << QByteArray("hello \"'") << QByteArray("hello \"'");
  QTest::newRow("letters") << QByteArray("\n\r\t\0\\", 5) << QByteArray("\\n\\r\\t\\0\\\\");
  QTest::newRow("controls") << QByteArray("\x1b\x7f\x01") << QByteArray("\\x1b\\x7f\\x01");
  QTest::newRow("UTF-8 stands") << QByteArray("\xE4\xB8\xAD\xF0\x9F\x98\x80")
                                << QByteArray("\xE4\xB8\xAD\xF0\x9F\x98\x80");
  QTest::newRow("not UTF-8") << QByteArray("\xff\xC0\xAF\xE4\xB8") << QByteArray("\\xff\\xc0\\xaf\\xe4\\xb8");
  QTest::newRow("a surrogate in UTF-8") << QByteArray("\xED\xA0\x80") << QByteArray("\\xed\\xa0\\x80");
  QTest::newRow("C1") << QByteArray("\xC2\x9B") << QByteArray("\\u{9B}");
  QTest::newRow("bidi override") << QByteArray("\xE2\x80\xAE") << QByteArray("\\u{202E}");
  QTest::newRow("BOM") << QByteArray("\xEF\xBB\xBF") << QByteArray("\\u{FEFF}");
  QTest::newRow("noncharacter") << QByteArray("\xEF\xBF\xBF") << QByteArray("\\u{FFFF}");
  QTest::newRow("private use") << QByteArray("\xEE\x80\x80\xF3\xB0\x80\x80")
                               << QByteArray("\\u{E000}\\u{F0000}");
  QTest::newRow("plane 16") << QByteArray("\xF4\x8F\xBF\xBF") << QByteArray("\\u{10FFFF}");
}

void TstEscapes::escapes() {
  QFETCH(QByteArray, bytes);
  QFETCH(QByteArray, text);
  const std::string given = bytes.toStdString();
  QCOMPARE(QByteArray::fromStdString(escape(asBytes(given))), text);
}

void TstEscapes::escapedBytesComeBack_data() {
  QTest::addColumn<QByteArray>("alphabet");
  QTest::newRow("any bytes") << QByteArray();
  QTest::newRow("backslashes, braces and digits") << QByteArray("\\{}xu0nrt419AF");
  QTest::newRow("pieces of UTF-8") << QByteArray("a\xC2\x80\xE2\xAE\xAF\xF0\x9F\xED\xA0\xEF\xBB\xBF\xF4\x8F");
}

void TstEscapes::escapedBytesComeBack() {
  QFETCH(QByteArray, alphabet);
  std::mt19937 source(20261121);
  for (int i = 0; i < 20000; ++i) {
    const std::string bytes = random(source, alphabet.toStdString());
    const Result<Bytes> back = unescape(escape(asBytes(bytes)));
    QVERIFY(back.has_value());
    if (asChars(*back) != bytes) QFAIL(QByteArray::fromStdString(bytes).toHex().constData());
  }
}

void TstEscapes::splits_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QStringList>("pieces");  // "c" characters or "b" bytes, then the text in Latin-1
  QTest::newRow("nothing") << QByteArray("") << QStringList();
  QTest::newRow("plain") << QByteArray("ab") << QStringList{QStringLiteral("cab")};
  QTest::newRow("letters are characters")
      << QByteArray("a\\n\\r\\t\\\\b") << QStringList{QStringLiteral("ca\n\r\t\\b")};
  QTest::newRow("a code point is a character")
      << QByteArray("\\u{e9}") << QStringList{QStringLiteral("c\u00c3\u00a9")};
  QTest::newRow("bytes between characters")
      << QByteArray("a\\xff\\0b")
      << QStringList{QStringLiteral("ca"), QStringLiteral("b\u00ff") + QChar(0), QStringLiteral("cb")};
}

void TstEscapes::splits() {
  QFETCH(QByteArray, text);
  QFETCH(QStringList, pieces);
  const Result<std::vector<EscapedPiece>> split = splitEscapes(text.toStdString());
  QVERIFY(split.has_value());
  QStringList got;
  for (const EscapedPiece& piece : *split) {
    got << QLatin1Char(piece.isByte ? 'b' : 'c') +
               QString::fromLatin1(piece.text.data(), static_cast<qsizetype>(piece.text.size()));
  }
  QCOMPARE(got, pieces);
}

void TstEscapes::piecesAreTheBytes() {
  std::mt19937 source(7);
  for (int i = 0; i < 20000; ++i) {
    const std::string text = random(source, "\\\\\\xu{}0nA1f");
    const Result<Bytes> bytes = unescape(text);
    const Result<std::vector<EscapedPiece>> pieces = splitEscapes(text);
    QCOMPARE(pieces.has_value(), bytes.has_value());
    if (!bytes) continue;
    std::string joined;
    for (const EscapedPiece& piece : *pieces) joined += piece.text;
    QCOMPARE(joined, std::string(asChars(*bytes)));
  }
}

QTEST_APPLESS_MAIN(TstEscapes)
#include "tst_escapes.moc"
