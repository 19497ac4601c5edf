#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QInputMethodEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include "core/payload/hex.h"
#include "ui/bridge/core_types.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/inline_message.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

// Types as a person does: what is not ASCII comes from an input method.
void type(QWidget* widget, const QString& text) {
  for (const QChar c : text) {
    if (c.unicode() < 0x80) {
      QTest::keyClick(widget, c.toLatin1());
      continue;
    }
    QInputMethodEvent commit;
    commit.setCommitString(QString(c));
    QApplication::sendEvent(widget, &commit);
  }
}

struct Fixture {
  Composer composer{QStringLiteral("client")};
  QPlainTextEdit* edit = composer.findChild<QPlainTextEdit*>(QStringLiteral("clientComposerEdit"));
  QPushButton* send = composer.findChild<QPushButton*>(QStringLiteral("clientSendButton"));
  QToolButton* text = composer.findChild<QToolButton*>(QStringLiteral("clientModeTextButton"));
  QToolButton* hex = composer.findChild<QToolButton*>(QStringLiteral("clientModeHexButton"));
  QComboBox* ending = composer.findChild<QComboBox*>(QStringLiteral("clientEndingBox"));
  QComboBox* encoding = composer.findChild<QComboBox*>(QStringLiteral("clientEncodingBox"));
  QLabel* preview = composer.findChild<QLabel*>(QStringLiteral("clientPreviewLabel"));
  InlineMessage* message = composer.findChild<InlineMessage*>(QStringLiteral("clientComposerMessage"));
  QSignalSpy requests{&composer, &Composer::sendRequested};

  Fixture() {
    composer.resize(700, 160);
    static_cast<QWidget&>(composer).show();
    edit->setFocus();
  }
  QString sentHex(qsizetype index = 0) const {
    return toQString(toHexSpaced(requests.at(index).at(0).value<Bytes>(), 4096));
  }
  QString marked() const {
    const auto selections = edit->extraSelections();
    return selections.isEmpty() ? QString() : selections.first().cursor.selectedText();
  }
};

}  // namespace

class TestComposer : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() { qRegisterMetaType<Bytes>("sockbench::Bytes"); }

  void typedMessageGoesAsPreviewed_data() {
    QTest::addColumn<bool>("hex");
    QTest::addColumn<int>("ending");
    QTest::addColumn<QString>("encoding");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("bytes");
    const QString utf8 = QStringLiteral("UTF-8");
    QTest::newRow("plain text") << false << 0 << utf8 << QStringLiteral("hello")
                                << QStringLiteral("68 65 6c 6c 6f");
    QTest::newRow("escapes") << false << 0 << utf8 << QStringLiteral("a\\r\\n\\x00\\u{20ac}")
                             << QStringLiteral("61 0d 0a 00 e2 82 ac");
    QTest::newRow("LF added") << false << 1 << utf8 << QStringLiteral("a") << QStringLiteral("61 0a");
    QTest::newRow("CRLF added") << false << 2 << utf8 << QStringLiteral("a") << QStringLiteral("61 0d 0a");
    QTest::newRow("CR added") << false << 3 << utf8 << QStringLiteral("a") << QStringLiteral("61 0d");
    QTest::newRow("NUL added") << false << 4 << utf8 << QStringLiteral("a") << QStringLiteral("61 00");
    QTest::newRow("GBK") << false << 0 << QStringLiteral("GBK") << QStringLiteral("中")
                         << QStringLiteral("d6 d0");
    QTest::newRow("UTF-16LE writes its line ending in UTF-16LE")
        << false << 1 << QStringLiteral("UTF-16LE") << QStringLiteral("a") << QStringLiteral("61 00 0a 00");
    QTest::newRow("Latin-1") << false << 0 << QStringLiteral("Latin-1") << QStringLiteral("é")
                             << QStringLiteral("e9");
    QTest::newRow("hex") << true << 0 << utf8 << QStringLiteral("68 65:6c-6c,6f")
                         << QStringLiteral("68 65 6c 6c 6f");
    QTest::newRow("hex with an ending")
        << true << 2 << utf8 << QStringLiteral("00ff") << QStringLiteral("00 ff 0d 0a");
    QTest::newRow("nothing at all") << false << 0 << utf8 << QString() << QString();
  }
  void typedMessageGoesAsPreviewed() {
    QFETCH(bool, hex);
    QFETCH(int, ending);
    QFETCH(QString, encoding);
    QFETCH(QString, typed);
    QFETCH(QString, bytes);
    Fixture f;
    QTest::mouseClick(hex ? f.hex : f.text, Qt::LeftButton);
    f.ending->setCurrentIndex(ending);
    f.encoding->setCurrentText(encoding);
    type(f.edit, typed);
    QVERIFY2(f.preview->text().trimmed().endsWith(bytes), qPrintable(f.preview->text()));
    QTest::mouseClick(f.send, Qt::LeftButton);
    QCOMPARE(f.requests.size(), 1);
    QCOMPARE(f.sentHex(), bytes);
    QVERIFY(f.message->isHidden());
  }

  void controlEnterSends() {
    Fixture f;
    type(f.edit, QStringLiteral("hi"));
    QTest::keyClick(f.edit, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(f.sentHex(), QStringLiteral("68 69"));
    QTest::keyClick(f.edit, Qt::Key_Enter, Qt::ControlModifier | Qt::KeypadModifier);
    QCOMPARE(f.requests.size(), 2);
  }

  void wrongPartIsMarkedWhereItStands_data() {
    QTest::addColumn<bool>("hex");
    QTest::addColumn<QString>("encoding");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("symbol");
    QTest::addColumn<int>("position");
    const QString utf8 = QStringLiteral("UTF-8");
    QTest::newRow("not a hex digit") << true << utf8 << QStringLiteral("68 6g") << QStringLiteral("BAD_HEX")
                                     << 4;
    QTest::newRow("a digit without its partner")
        << true << utf8 << QStringLiteral("68 6") << QStringLiteral("BAD_HEX") << 3;
    QTest::newRow("unknown escape after wide characters")
        << false << utf8 << QStringLiteral("中文\\q") << QStringLiteral("BAD_ESCAPE") << 2;
    QTest::newRow("character that the encoding lacks")
        << false << QStringLiteral("Latin-1") << QStringLiteral("ab中") << QStringLiteral("BAD_ENCODING")
        << 2;
  }
  void wrongPartIsMarkedWhereItStands() {
    QFETCH(bool, hex);
    QFETCH(QString, encoding);
    QFETCH(QString, typed);
    QFETCH(QString, symbol);
    QFETCH(int, position);
    Fixture f;
    if (hex) QTest::mouseClick(f.hex, Qt::LeftButton);
    f.encoding->setCurrentText(encoding);
    type(f.edit, typed);
    QCOMPARE(f.preview->text(), symbol);
    QVERIFY(!f.marked().isEmpty());
    QCOMPARE(f.edit->extraSelections().first().cursor.selectionStart(), position);
    QTest::mouseClick(f.send, Qt::LeftButton);
    QCOMPARE(f.requests.size(), 0);
    QVERIFY(f.message->isVisible());
    QVERIFY(f.message->text().contains(symbol));
    QTest::keyClick(f.edit, Qt::Key_A, Qt::ControlModifier);
    type(f.edit, QStringLiteral("61"));
    QVERIFY(f.message->isHidden());
    QVERIFY(f.marked().isEmpty());
  }

  void messageAppearsByItselfAfterAPause() {
    Fixture f;
    type(f.edit, QStringLiteral("\\q"));
    QVERIFY(f.message->isHidden());
    QTRY_VERIFY(f.message->isVisible());
  }

  void changeOfModeKeepsTheBytes_data() {
    QTest::addColumn<QString>("encoding");
    QTest::addColumn<QString>("bytes");
    QTest::newRow("text") << QStringLiteral("UTF-8") << QStringLiteral("68 69 0d 0a");
    QTest::newRow("not UTF-8") << QStringLiteral("UTF-8") << QStringLiteral("ff fe 00 5c 80");
    QTest::newRow("bidi override") << QStringLiteral("UTF-8") << QStringLiteral("e2 80 ae 61");
    QTest::newRow("GBK") << QStringLiteral("GBK") << QStringLiteral("d6 d0 0a 5c");
    QTest::newRow("broken GBK") << QStringLiteral("GBK") << QStringLiteral("d6");
    QTest::newRow("UTF-16 with a control character")
        << QStringLiteral("UTF-16LE") << QStringLiteral("61 00 01 00 00 00");
    QTest::newRow("odd UTF-16") << QStringLiteral("UTF-16BE") << QStringLiteral("00 61 d8");
    QTest::newRow("every Latin-1 control")
        << QStringLiteral("Latin-1") << QStringLiteral("80 9f a0 ad ff 7f 1b");
  }
  void changeOfModeKeepsTheBytes() {
    QFETCH(QString, encoding);
    QFETCH(QString, bytes);
    Fixture f;
    f.encoding->setCurrentText(encoding);
    QTest::mouseClick(f.hex, Qt::LeftButton);
    f.composer.setText(bytes);
    const Bytes wanted = *parseHex(toUtf8(bytes));
    QTest::mouseClick(f.text, Qt::LeftButton);
    QVERIFY(f.text->isChecked());
    QVERIFY(f.composer.message().has_value());
    QVERIFY(*f.composer.message() == wanted);
    QTest::mouseClick(f.hex, Qt::LeftButton);
    QCOMPARE(f.composer.text(), bytes);
  }

  void modeAndBackRestoresWhatWasTyped() {
    Fixture f;
    type(f.edit, QStringLiteral("a\\x62c"));
    QTest::mouseClick(f.hex, Qt::LeftButton);
    QCOMPARE(f.composer.text(), QStringLiteral("61 62 63"));
    QTest::mouseClick(f.text, Qt::LeftButton);
    QCOMPARE(f.composer.text(), QStringLiteral("a\\x62c"));
  }

  void modeStaysWhileTheTextIsWrong() {
    Fixture f;
    type(f.edit, QStringLiteral("\\q"));
    QTest::mouseClick(f.hex, Qt::LeftButton);
    QVERIFY(f.text->isChecked());
    QVERIFY(f.message->isVisible());
    QCOMPARE(f.composer.text(), QStringLiteral("\\q"));
  }

  void historyIsWalkedByUpAndDown() {
    Fixture f;
    for (const auto* message : {"one", "two", "two"}) {
      type(f.edit, QLatin1String(message));
      f.composer.accepted();
    }
    QCOMPARE(f.composer.history(), QStringList({QStringLiteral("one"), QStringLiteral("two")}));
    type(f.edit, QStringLiteral("draft"));
    QTest::keyClick(f.edit, Qt::Key_Up);
    QCOMPARE(f.composer.text(), QStringLiteral("two"));
    QTest::keyClick(f.edit, Qt::Key_Up);
    QCOMPARE(f.composer.text(), QStringLiteral("one"));
    QTest::keyClick(f.edit, Qt::Key_Up);
    QCOMPARE(f.composer.text(), QStringLiteral("one"));
    QTest::keyClick(f.edit, Qt::Key_Down);
    QTest::keyClick(f.edit, Qt::Key_Down);
    QCOMPARE(f.composer.text(), QStringLiteral("draft"));
  }

  void upMovesInsideAMessageOfSeveralLines() {
    Fixture f;
    f.composer.setHistory({QStringLiteral("old")});
    type(f.edit, QStringLiteral("a"));
    QTest::keyClick(f.edit, Qt::Key_Return);
    type(f.edit, QStringLiteral("b"));
    QTest::keyClick(f.edit, Qt::Key_Up);
    QCOMPARE(f.composer.text(), QStringLiteral("a\nb"));
    QTest::keyClick(f.edit, Qt::Key_Up);
    QCOMPARE(f.composer.text(), QStringLiteral("old"));
  }

  void hexMessageIsRecalledAsHex() {
    Fixture f;
    QTest::mouseClick(f.hex, Qt::LeftButton);
    type(f.edit, QStringLiteral("00 ff"));
    f.composer.accepted();
    QTest::mouseClick(f.text, Qt::LeftButton);
    Fixture other;
    other.composer.setHistory(f.composer.history());
    QTest::keyClick(other.edit, Qt::Key_Up);
    QVERIFY(other.hex->isChecked());
    QCOMPARE(other.composer.text(), QStringLiteral("00 ff"));
  }

  void historyIsBounded() {
    Fixture f;
    QStringList many;
    for (int i = 0; i < 300; ++i) many += QStringLiteral("hex %1").arg(i);
    f.composer.setHistory(many);
    QCOMPARE(f.composer.history().size(), 200);
    QCOMPARE(f.composer.history().last(), QStringLiteral("hex 299"));
  }

  void pastedCharactersStayWhatTheyAre() {
    Fixture f;
    QApplication::clipboard()->setText(QStringLiteral("a\u00a0b\r\nc"));
    QTest::keyClick(f.edit, Qt::Key_V, Qt::ControlModifier);
    QVERIFY(f.composer.message().has_value());
    QVERIFY(*f.composer.message() == toBytes("a\u00a0b\r\nc"));
  }

  void hugePasteIsHeldAndGoesWhole() {
    Fixture f;
    const QString huge(16 << 20, QLatin1Char('x'));
    QApplication::clipboard()->setText(huge);
    type(f.edit, QStringLiteral("ab"));
    QTest::keyClick(f.edit, Qt::Key_V, Qt::ControlModifier);
    QVERIFY(f.edit->document()->characterCount() < 10'000);
    QCOMPARE(f.composer.text().size(), huge.size() + 2);
    QVERIFY(f.message->text().contains(QStringLiteral("kept whole")));
    QTRY_VERIFY(f.preview->text().startsWith(QStringLiteral("16,777,218 ")));
    QTest::keyClick(f.edit, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(f.requests.at(0).at(0).value<Bytes>().size(), std::size_t{16 << 20} + 2);
    QVERIFY(f.message->isHidden());
    QTest::keyClick(f.edit, Qt::Key_Backspace);
    QVERIFY(f.composer.text().isEmpty());
    QVERIFY(!f.edit->isReadOnly());
  }

  void disabledSendSaysWhy() {
    Fixture f;
    f.composer.setSendEnabled(false, QStringLiteral("connect first"));
    QVERIFY(!f.send->isEnabled());
    QVERIFY(f.send->toolTip().contains(QStringLiteral("connect first")));
    type(f.edit, QStringLiteral("x"));
    QTest::keyClick(f.edit, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(f.requests.size(), 0);
    QVERIFY(f.message->text().contains(QStringLiteral("connect first")));
    f.composer.setSendEnabled(true);
    QTest::keyClick(f.edit, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(f.requests.size(), 1);
  }

  void errorOfSendingStandsUntilTyping() {
    Fixture f;
    f.composer.showError(Error::fromErrno(Operation::send, EPIPE));
    QVERIFY(f.message->isVisible());
    QVERIFY(f.message->text().contains(QStringLiteral("EPIPE")));
    type(f.edit, QStringLiteral("x"));
    QVERIFY(f.message->isHidden());
  }

  void stateIsRemembered() {
    Fixture f;
    QTest::mouseClick(f.hex, Qt::LeftButton);
    f.composer.setLineEnding(Composer::LineEnding::crLf);
    f.composer.setEncoding(TextEncoding::gbk);
    Fixture other;
    other.composer.restoreState(f.composer.saveState());
    QCOMPARE(other.composer.saveState(), f.composer.saveState());
    QVERIFY(other.hex->isChecked());
    QCOMPARE(other.encoding->currentText(), QStringLiteral("GBK"));
    other.composer.restoreState("9 99 x");
    QCOMPARE(other.encoding->currentText(), QStringLiteral("GBK"));
  }
};

QTEST_MAIN(TestComposer)
#include "tst_composer.moc"
