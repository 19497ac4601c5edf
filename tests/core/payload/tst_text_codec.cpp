#include <QTest>
#include <algorithm>
#include <random>

#include "core/payload/text_codec.h"
#include "core/payload/visible_text.h"

using namespace sockbench;

Q_DECLARE_METATYPE(sockbench::TextEncoding)

namespace {

QByteArray toByteArray(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())};
}

}  // namespace

class TstTextCodec : public QObject {
  Q_OBJECT
 private slots:
  void names();
  void encodes_data();
  void encodes();
  void refuses_data();
  void refuses();
  void encodesEscaped_data();
  void encodesEscaped();
  void refusesEscaped_data();
  void refusesEscaped();
  void decodes_data();
  void decodes();
  void whatWasEncodedComesBack_data();
  void whatWasEncodedComesBack();
  void anyBytesDecodeToGoodText_data();
  void anyBytesDecodeToGoodText();
};

void TstTextCodec::names() {
  QStringList all;
  for (const TextEncoding e : textEncodings()) all << QString::fromLatin1(textEncodingName(e).data());
  QCOMPARE(all.join(QLatin1Char(' ')), QStringLiteral("UTF-8 Latin-1 GBK UTF-16LE UTF-16BE"));
}

void TstTextCodec::encodes_data() {
  QTest::addColumn<QString>("text");
  QTest::addColumn<TextEncoding>("encoding");
  QTest::addColumn<QByteArray>("bytes");
  const auto row = [](const char* name, QString text, TextEncoding e, QByteArray hex) {
    QTest::newRow(name) << text << e << QByteArray::fromHex(hex);
  };
  row("UTF-8", QStringLiteral("aé中😀"), TextEncoding::utf8, "61c3a9e4b8adf09f9880");
  row("Latin-1", QStringLiteral("a\u00e9\u00ff\u0080"), TextEncoding::latin1, "61e9ff80");
  row("GBK", QStringLiteral("can 中文，你好"), TextEncoding::gbk, "63616e20d6d0cec4a3acc4e3bac3");
  row("GBK beyond GB 2312", QStringLiteral("鎔"), TextEncoding::gbk, "e667");
  row("UTF-16LE", QStringLiteral("a中"), TextEncoding::utf16le, "61002d4e");
  row("UTF-16BE", QStringLiteral("a中"), TextEncoding::utf16be, "00614e2d");
  row("UTF-16LE pair", QStringLiteral("😀"), TextEncoding::utf16le, "3dd800de");
  row("UTF-16BE pair", QStringLiteral("😀"), TextEncoding::utf16be, "d83dde00");
  row("no BOM is added", QString(), TextEncoding::utf16le, "");
  row("a BOM that was written stays", QStringLiteral("\uFEFF"), TextEncoding::utf16be, "feff");
}

void TstTextCodec::encodes() {
  QFETCH(QString, text);
  QFETCH(TextEncoding, encoding);
  QFETCH(QByteArray, bytes);
  const Result<Bytes> encoded = encodeText(text.toStdString(), encoding);
  QVERIFY(encoded.has_value());
  QCOMPARE(toByteArray(*encoded).toHex(), bytes.toHex());
  std::size_t invalid = 99;
  QCOMPARE(decodeText(*encoded, encoding, &invalid), text.toStdString());
  QCOMPARE(invalid, std::size_t{0});
}

void TstTextCodec::refuses_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<TextEncoding>("encoding");
  QTest::addColumn<int>("offset");
  QTest::addColumn<int>("length");
  QTest::newRow("Latin-1 lacks U+0100") << QByteArray("ab\xC4\x80") << TextEncoding::latin1 << 2 << 2;
  QTest::newRow("Latin-1 lacks Chinese")
      << QByteArray("\xC3\xA9\xE4\xB8\xAD") << TextEncoding::latin1 << 2 << 3;
  QTest::newRow("GBK lacks emoji") << QByteArray("\xE4\xB8\xAD\xF0\x9F\x98\x80") << TextEncoding::gbk << 3
                                   << 4;
  QTest::newRow("GBK lacks tags") << QByteArray("a\xF3\xA0\x81\x81") << TextEncoding::gbk << 1 << 4;
  QTest::newRow("the first of several") << QByteArray(
                                               "\xF0\x9F\x98\x80"
                                               "a\xF0\x9F\x98\x80")
                                        << TextEncoding::gbk << 0 << 4;
  for (const TextEncoding e : textEncodings()) {
    QTest::addRow("not UTF-8, to %s", textEncodingName(e).data()) << QByteArray("ab\xff") << e << 2 << 1;
    QTest::addRow("cut UTF-8, to %s", textEncodingName(e).data()) << QByteArray("ab\xE4\xB8") << e << 2 << 1;
    QTest::addRow("surrogate, to %s", textEncodingName(e).data())
        << QByteArray("\xED\xA0\x80") << e << 0 << 1;
  }
}

void TstTextCodec::refuses() {
  QFETCH(QByteArray, text);
  QFETCH(TextEncoding, encoding);
  QFETCH(int, offset);
  QFETCH(int, length);
  const Result<Bytes> encoded = encodeText(text.toStdString(), encoding);
  QVERIFY(!encoded.has_value());
  QVERIFY(encoded.error().isInput(InputFault::badEncoding));
  QCOMPARE(encoded.error().subject, text.toStdString());
  QCOMPARE(static_cast<int>(encoded.error().where.value().offset), offset);
  QCOMPARE(static_cast<int>(encoded.error().where.value().length), length);
  QVERIFY(!encoded.error().message().empty());
}

void TstTextCodec::encodesEscaped_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<TextEncoding>("encoding");
  QTest::addColumn<QByteArray>("bytes");
  QTest::newRow("UTF-8") << QByteArray("\xC3\xA9\\n\\xff") << TextEncoding::utf8
                         << QByteArray("\xC3\xA9\n\xff");
  QTest::newRow("new lines are characters")
      << QByteArray("a\\n") << TextEncoding::utf16be << QByteArray("\0a\0\n", 4);
  QTest::newRow("bytes stay bytes") << QByteArray("a\\xff\\0") << TextEncoding::utf16le
                                    << QByteArray("a\0\xff\0", 4);
  QTest::newRow("code points are encoded")
      << QByteArray("\\u{4E2D}") << TextEncoding::gbk << QByteArray("\xd6\xd0");
}

void TstTextCodec::encodesEscaped() {
  QFETCH(QByteArray, text);
  QFETCH(TextEncoding, encoding);
  QFETCH(QByteArray, bytes);
  const Result<Bytes> encoded = encodeEscapedText(text.toStdString(), encoding);
  QVERIFY(encoded.has_value());
  QCOMPARE(toByteArray(*encoded).toHex(), bytes.toHex());
}

void TstTextCodec::refusesEscaped_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<TextEncoding>("encoding");
  QTest::addColumn<int>("fault");
  QTest::addColumn<int>("offset");
  QTest::addColumn<int>("length");
  const int badEncoding = static_cast<int>(InputFault::badEncoding);
  const int badEscape = static_cast<int>(InputFault::badEscape);
  QTest::newRow("a character behind an escape")
      << QByteArray("\\n\\n\xF0\x9F\x98\x80") << TextEncoding::gbk << badEncoding << 4 << 4;
  QTest::newRow("an escaped character is marked whole")
      << QByteArray("ab\\u{1F600}") << TextEncoding::latin1 << badEncoding << 2 << 9;
  QTest::newRow("a wrong escape") << QByteArray("ab\\q") << TextEncoding::latin1 << badEscape << 2 << 2;
  QTest::newRow("the first error wins")
      << QByteArray("\xE4\xB8\xAD\\q") << TextEncoding::latin1 << badEncoding << 0 << 3;
  QTest::newRow("the first error wins, the other way")
      << QByteArray("\\q\xE4\xB8\xAD") << TextEncoding::latin1 << badEscape << 0 << 2;
}

void TstTextCodec::refusesEscaped() {
  QFETCH(QByteArray, text);
  QFETCH(TextEncoding, encoding);
  QFETCH(int, fault);
  QFETCH(int, offset);
  QFETCH(int, length);
  const Result<Bytes> encoded = encodeEscapedText(text.toStdString(), encoding);
  QVERIFY(!encoded.has_value());
  QCOMPARE(encoded.error().domain, ErrorDomain::input);
  QCOMPARE(encoded.error().code, fault);
  QCOMPARE(encoded.error().subject, text.toStdString());
  QCOMPARE(static_cast<int>(encoded.error().where.value().offset), offset);
  QCOMPARE(static_cast<int>(encoded.error().where.value().length), length);
}

void TstTextCodec::decodes_data() {
  QTest::addColumn<QByteArray>("bytes");
  QTest::addColumn<TextEncoding>("encoding");
  QTest::addColumn<QString>("text");
  QTest::addColumn<int>("invalid");
  const auto row = [](const char* name, QByteArray hex, TextEncoding e, QString text, int invalid) {
    QTest::newRow(name) << QByteArray::fromHex(hex) << e << text << invalid;
  };
  const QString r = QStringLiteral("\uFFFD");
  row("UTF-8 with a bad byte", "61ff62", TextEncoding::utf8, QStringLiteral("a\uFFFDb"), 1);
  row("UTF-8 overlong", "c0af", TextEncoding::utf8, r + r, 2);
  row("UTF-8 surrogate", "eda080", TextEncoding::utf8, r + r + r, 3);
  row("UTF-8 cut short", "e4b8", TextEncoding::utf8, r + r, 2);
  row("a replacement character that was sent is valid", "efbfbd", TextEncoding::utf8, r, 0);
  row("a BOM stays", "efbbbf61", TextEncoding::utf8, QStringLiteral("\uFEFFa"), 0);
  row("every Latin-1 byte is valid", "00807fff", TextEncoding::latin1,
      QString(QChar(0)) + QStringLiteral("\u0080\u007f\u00ff"), 0);
  row("GBK with a bad trail", "d620d6d0", TextEncoding::gbk, QStringLiteral("\uFFFD 中"), 1);
  row("GBK cut short", "d6d0d6", TextEncoding::gbk, QStringLiteral("中\uFFFD"), 1);
  row("GBK FF", "61ff62", TextEncoding::gbk, QStringLiteral("a\uFFFDb"), 1);
  row("UTF-16LE odd byte", "610062", TextEncoding::utf16le, QStringLiteral("a\uFFFD"), 1);
  row("UTF-16LE lone high", "3dd86100", TextEncoding::utf16le, QStringLiteral("\uFFFD\uFFFDa"), 2);
  row("UTF-16BE lone low", "de000061", TextEncoding::utf16be, QStringLiteral("\uFFFD\uFFFDa"), 2);
  row("UTF-16BE pair cut short", "d83dde", TextEncoding::utf16be, r + r + r, 3);
  row("UTF-16BE high at the end", "d83d", TextEncoding::utf16be, r + r, 2);
  row("nothing", "", TextEncoding::utf16be, QString(), 0);
}

void TstTextCodec::decodes() {
  QFETCH(QByteArray, bytes);
  QFETCH(TextEncoding, encoding);
  QFETCH(QString, text);
  QFETCH(int, invalid);
  const std::string given = bytes.toStdString();
  std::size_t count = 99;
  QCOMPARE(decodeText(asBytes(given), encoding, &count), text.toStdString());
  QCOMPARE(static_cast<int>(count), invalid);
  QCOMPARE(decodeText(asBytes(given), encoding), text.toStdString());
}

void TstTextCodec::whatWasEncodedComesBack_data() {
  QTest::addColumn<TextEncoding>("encoding");
  for (const TextEncoding e : textEncodings()) QTest::addRow("%s", textEncodingName(e).data()) << e;
}

// Every character by itself: the encodings of Unicode have them all, the others have some, and what they have
// comes back.
void TstTextCodec::whatWasEncodedComesBack() {
  QFETCH(TextEncoding, encoding);
  const bool hasAll = encoding != TextEncoding::latin1 && encoding != TextEncoding::gbk;
  std::size_t had = 0;
  std::string all;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text;
    appendUtf8(text, c);
    const Result<Bytes> encoded = encodeText(text, encoding);
    if (!encoded) continue;
    ++had;
    all += text;
    if (decodeText(*encoded, encoding) != text) QFAIL(qPrintable(QString::number(c, 16)));
  }
  if (hasAll) QCOMPARE(had, std::size_t{0x10FFFF + 1 - 0x800});
  if (encoding == TextEncoding::latin1) QCOMPARE(had, std::size_t{256});
  if (encoding == TextEncoding::gbk) QVERIFY(had > 21000 && had < 25000);
  std::size_t invalid = 99;
  const Result<Bytes> together = encodeText(all, encoding);
  QVERIFY(together.has_value());
  QVERIFY(decodeText(*together, encoding, &invalid) == all);
  QCOMPARE(invalid, std::size_t{0});
}

void TstTextCodec::anyBytesDecodeToGoodText_data() {
  whatWasEncodedComesBack_data();
}

void TstTextCodec::anyBytesDecodeToGoodText() {
  QFETCH(TextEncoding, encoding);
  std::mt19937 source(42);
  std::uniform_int_distribution<int> any(0, 255);
  for (int round = 0; round < 200; ++round) {
    Bytes bytes(static_cast<std::size_t>(round) * 7);
    std::ranges::generate(bytes, [&] { return static_cast<std::byte>(any(source)); });
    std::size_t invalid = 0;
    const std::string text = decodeText(bytes, encoding, &invalid);
    QVERIFY(invalid <= bytes.size());
    for (std::size_t at = 0; at < text.size();) QVERIFY(nextUtf8(text, at) != kInvalidUtf8);
  }
}

QTEST_APPLESS_MAIN(TstTextCodec)
#include "tst_text_codec.moc"
