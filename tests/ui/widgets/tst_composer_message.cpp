#include <QTest>

#include "ui/widgets/composer_message.h"
#include "ui/widgets/wrong_mark.h"

using namespace sockbench;
using namespace sockbench::ui;

class TestComposerMessage : public QObject {
  Q_OBJECT
 private slots:
  void wrongPartInCharacters_data() {
    QTest::addColumn<QByteArray>("subject");
    QTest::addColumn<int>("offset");
    QTest::addColumn<int>("length");
    QTest::addColumn<int>("position");
    QTest::addColumn<int>("characters");
    QTest::newRow("in ASCII") << QByteArray("abcd") << 1 << 2 << 1 << 2;
    QTest::newRow("behind wide characters") << QByteArray("中文x") << 6 << 1 << 2 << 1;
    QTest::newRow("a surrogate pair") << QByteArray("\xF0\x9F\x98\x80z") << 0 << 4 << 0 << 2;
    QTest::newRow("missing at the end") << QByteArray("ab") << 2 << 0 << 1 << 1;
    QTest::newRow("beyond the end") << QByteArray("ab") << 9 << 9 << 1 << 1;
    QTest::newRow("nothing to mark") << QByteArray("") << 0 << 0 << 0 << 0;
  }
  void wrongPartInCharacters() {
    QFETCH(QByteArray, subject);
    QFETCH(int, offset);
    QFETCH(int, length);
    QFETCH(int, position);
    QFETCH(int, characters);
    const Error error = Error::fromInput(
        InputFault::badHex, subject.toStdString(),
        TextSpan{static_cast<std::size_t>(offset), static_cast<std::size_t>(length)}, "wrong");
    const TextRange range = wrongPart(error, QString::fromUtf8(subject).size());
    QCOMPARE(range.position, position);
    QCOMPARE(range.length, characters);
  }

  void everyByteSurvivesTheWayThroughText_data() {
    QTest::addColumn<int>("encoding");
    for (const TextEncoding encoding : textEncodings()) {
      QTest::newRow(std::string(textEncodingName(encoding)).c_str()) << static_cast<int>(encoding);
    }
  }
  void everyByteSurvivesTheWayThroughText() {
    QFETCH(int, encoding);
    const auto e = static_cast<TextEncoding>(encoding);
    Bytes content;
    for (int round = 0; round < 4; ++round) {
      for (int byte = 0; byte < 256; ++byte)
        content.push_back(static_cast<std::byte>((byte * (2 * round + 1)) & 255));
    }
    for (const auto mode : {Composer::Mode::text, Composer::Mode::hex}) {
      const Result<Bytes> again = contentBytes(contentText(content, mode, e), mode, e);
      QVERIFY(again.has_value());
      QVERIFY(*again == content);
    }
  }

  void editorKeepsLineBreaksOfAllKinds() {
    const QString text = QStringLiteral("a\r\nb\rc\u2029d") + QChar(0);
    const QString edited = editableText(text, Composer::Mode::text);
    const Result<Bytes> bytes = contentBytes(edited, Composer::Mode::text, TextEncoding::utf8);
    QVERIFY(bytes.has_value());
    QVERIFY(*bytes == toBytes(text.toStdString()));
    QVERIFY(!edited.contains(QLatin1Char('\r')));
  }
};

QTEST_APPLESS_MAIN(TestComposerMessage)
#include "tst_composer_message.moc"
