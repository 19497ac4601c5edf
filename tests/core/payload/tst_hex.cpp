#include <QTest>

#include "core/payload/hex.h"

using namespace sockbench;

class TstHex : public QObject {
  Q_OBJECT
 private slots:
  void parses_data();
  void parses();
  void refuses_data();
  void refuses();
  void everyByteComesBack();
  void spaced_data();
  void spaced();
};

void TstHex::parses_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QByteArray>("bytes");
  QTest::newRow("empty text is no bytes") << QByteArray("") << QByteArray("");
  QTest::newRow("only separators") << QByteArray(" \t\r\n:-,;") << QByteArray("");
  QTest::newRow("run together") << QByteArray("68656c6c6f") << QByteArray("hello");
  QTest::newRow("every separator") << QByteArray("68 65:6c-6c,6f;21\n21\t21\r\n21")
                                   << QByteArray("hello!!!!");
  QTest::newRow("separators around") << QByteArray("  68 65  ") << QByteArray("he");
  QTest::newRow("0x before each pair") << QByteArray("0x68 0x65,0X6C") << QByteArray("hel");
  QTest::newRow("\\x before each pair") << QByteArray("\\x68\\x65") << QByteArray("he");
  QTest::newRow("one 0x before many pairs") << QByteArray("0x68656c") << QByteArray("hel");
  QTest::newRow("capitals") << QByteArray("FF fF Ff") << QByteArray("\xff\xff\xff");
  QTest::newRow("NUL bytes") << QByteArray("0000") << QByteArray(2, '\0');
  QTest::newRow("0 before a pair that is no prefix") << QByteArray("00 01") << QByteArray("\0\1", 2);
}

void TstHex::parses() {
  QFETCH(QByteArray, text);
  QFETCH(QByteArray, bytes);
  const Result<Bytes> parsed = parseHex(text.toStdString());
  QVERIFY(parsed.has_value());
  QCOMPARE(asChars(*parsed), std::string_view(bytes.data(), static_cast<std::size_t>(bytes.size())));
}

void TstHex::refuses_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<int>("offset");
  QTest::addColumn<int>("length");
  QTest::newRow("a letter that is no digit") << QByteArray("6g") << 1 << 1;
  QTest::newRow("a word") << QByteArray("68 hello") << 3 << 1;
  QTest::newRow("a lone digit at the end") << QByteArray("68 6") << 3 << 1;
  QTest::newRow("a digit cut off by a separator") << QByteArray("6:8") << 0 << 1;
  QTest::newRow("three digits") << QByteArray("686") << 2 << 1;
  QTest::newRow("a prefix without digits") << QByteArray("68 0x") << 3 << 2;
  QTest::newRow("a prefix before a space") << QByteArray("0x 68") << 0 << 2;
  QTest::newRow("two prefixes") << QByteArray("0x0x68") << 3 << 1;
  QTest::newRow("a lone backslash") << QByteArray("68\\") << 2 << 1;
  QTest::newRow("a whole UTF-8 character is marked") << QByteArray("68 \xE4\xB8\xAD") << 3 << 3;
  QTest::newRow("full-width digits are no digits") << QByteArray("\xEF\xBC\x96\xEF\xBC\x98") << 0 << 3;
  QTest::newRow("a byte that is not UTF-8") << QByteArray("68\xff") << 2 << 1;
  QTest::newRow("a NUL") << QByteArray(
                                "68\0"
                                "68",
                                5)
                         << 2 << 1;
}

void TstHex::refuses() {
  QFETCH(QByteArray, text);
  QFETCH(int, offset);
  QFETCH(int, length);
  const Result<Bytes> parsed = parseHex(text.toStdString());
  QVERIFY(!parsed.has_value());
  QVERIFY(parsed.error().isInput(InputFault::badHex));
  QCOMPARE(parsed.error().subject, text.toStdString());
  QVERIFY(parsed.error().where.has_value());
  QCOMPARE(static_cast<int>(parsed.error().where->offset), offset);
  QCOMPARE(static_cast<int>(parsed.error().where->length), length);
  QVERIFY(!parsed.error().message().empty());
}

void TstHex::everyByteComesBack() {
  Bytes all;
  for (int i = 0; i < 256; ++i) all.push_back(static_cast<std::byte>(i));
  const std::string text = toHex(all);
  QCOMPARE(text.size(), std::size_t{512});
  QCOMPARE(text.substr(0, 6), std::string("000102"));
  QCOMPARE(text.substr(506), std::string("fdfeff"));
  QCOMPARE(parseHex(text).value(), all);
  QCOMPARE(parseHex(toHexSpaced(all, all.size())).value(), all);
}

void TstHex::spaced_data() {
  QTest::addColumn<QByteArray>("bytes");
  QTest::addColumn<int>("most");
  QTest::addColumn<QString>("text");
  QTest::newRow("nothing") << QByteArray("") << 4 << QString();
  QTest::newRow("nothing, none allowed") << QByteArray("") << 0 << QString();
  QTest::newRow("all of it") << QByteArray("hel") << 3 << QStringLiteral("68 65 6c");
  QTest::newRow("cut") << QByteArray("hello") << 3 << QStringLiteral("68 65 6c \u2026");
  QTest::newRow("none allowed") << QByteArray("hello") << 0 << QStringLiteral("\u2026");
}

void TstHex::spaced() {
  QFETCH(QByteArray, bytes);
  QFETCH(int, most);
  QFETCH(QString, text);
  const std::string given = bytes.toStdString();
  QCOMPARE(QString::fromStdString(toHexSpaced(asBytes(given), static_cast<std::size_t>(most))), text);
}

QTEST_APPLESS_MAIN(TstHex)
#include "tst_hex.moc"
