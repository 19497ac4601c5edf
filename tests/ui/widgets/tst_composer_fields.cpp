// The composer's forms, fields, lengths and checksums: what is previewed is what goes.
#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include "core/payload/hex.h"
#include "core/payload/message/insertion_text.h"
#include "ui/bridge/core_types.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/insertion_form.h"
#include "ui/widgets/message_preview.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

QString s(const char* text) {
  return QString::fromUtf8(text);
}

struct Fixture {
  Composer composer{QStringLiteral("client")};
  QPlainTextEdit* edit = find<QPlainTextEdit>("ComposerEdit");
  QPushButton* send = find<QPushButton>("SendButton");
  MessagePreview* preview = find<MessagePreview>("PreviewLabel");
  InlineMessage* message = find<InlineMessage>("ComposerMessage");
  QSignalSpy requests{&composer, &Composer::sendRequested};

  Fixture() {
    composer.resize(1100, 160);
    static_cast<QWidget&>(composer).show();
    edit->setFocus();
  }
  template <class Widget>
  Widget* find(const char* name) const {
    return composer.findChild<Widget*>(s("client") + QLatin1String(name));
  }
  QString previewed() const { return preview->text().section(QStringLiteral("   "), 1); }
  QString sentHex(qsizetype index) const {
    return toQString(toHexSpaced(requests.at(index).at(0).value<Bytes>(), 4096));
  }
  InsertionForm* openForm() const { return qobject_cast<InsertionForm*>(QApplication::activePopupWidget()); }
  MessageSpec specOf(const char* text, std::initializer_list<const char*> sums = {}) const {
    MessageSpec spec;
    spec.body = text;
    for (const char* sum : sums) spec.insertions.push_back(*readChecksumInsertion(sum));
    return spec;
  }
};

}  // namespace

class TestComposerFields : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() {
    qRegisterMetaType<Bytes>("sockbench::Bytes");
    qRegisterMetaType<MessageSpec>("sockbench::MessageSpec");
  }

  void specStaysWhatItIs_data() {
    QTest::addColumn<int>("form");
    QTest::addColumn<QString>("body");
    QTest::newRow("text with fields") << 0 << s("a{{counter}}\\r\\n");
    QTest::newRow("hex") << 1 << s("68 65");
    QTest::newRow("base64") << 2 << s("aGU=");
    QTest::newRow("a file") << 3 << s("/no/such/file");
    QTest::newRow("text that cannot be read") << 0 << s("{{");
  }
  void specStaysWhatItIs() {
    QFETCH(int, form);
    QFETCH(QString, body);
    Fixture f;
    MessageSpec spec = f.specOf("", {"xor@end-1:hex", "crc(8,0x7,0x0,true,false,0xff):little"});
    spec.form = static_cast<MessageForm>(form);
    spec.body = toUtf8(body);
    spec.encoding = TextEncoding::gbk;
    spec.ending = LineEnding::crLf;
    f.composer.setSpec(spec);
    QCOMPARE(f.composer.spec(), spec);
    QSignalSpy saved(&f.composer, &Composer::saveRequested);
    QTest::mouseClick(f.find<QToolButton>("SaveButton"), Qt::LeftButton);
    QCOMPARE(saved.size(), 1);
    QCOMPARE(saved.at(0).at(0).value<MessageSpec>(), spec);
  }

  void base64IsAForm() {
    Fixture f;
    f.composer.setText(s("Hi"));
    QTest::mouseClick(f.find<QToolButton>("ModeBase64Button"), Qt::LeftButton);
    QCOMPARE(f.composer.text(), s("SGk="));
    QCOMPARE(f.previewed(), s("48 69"));
    QTest::mouseClick(f.find<QToolButton>("ModeHexButton"), Qt::LeftButton);
    QCOMPARE(f.composer.text(), s("48 69"));
  }

  void fieldsStandInThePreview() {
    Fixture f;
    Variables variables{{"name", "ab"}};
    f.composer.setFieldSource([&] {
      FieldValues values;
      values.variables = &variables;
      values.peerPort = 80;
      return values;
    });
    f.composer.setText(s("<{{name}}:{{peer.port}}>"));
    QCOMPARE(f.previewed(), s("3c 61 62 3a 38 30 3e"));
    variables["name"] = "c";
    f.composer.refreshFields();
    QCOMPARE(f.previewed(), s("3c 63 3a 38 30 3e"));
  }

  void whatIsPreviewedGoes() {
    Fixture f;
    f.composer.setText(s("{{random.hex 4}}{{counter}}"));
    const QString first = f.previewed();
    QTest::keyClick(f.edit, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(f.sentHex(0), first);
    f.composer.accepted(false);
    const QString second = f.previewed();
    QVERIFY(second != first);
    QTest::keyClick(f.edit, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(f.sentHex(1), second);
  }

  void countsTheSameMessageOnly() {
    Fixture f;
    f.composer.setText(s("{{counter}}"));
    QCOMPARE(f.previewed(), s("30"));
    f.composer.accepted(false);
    QCOMPARE(f.previewed(), s("31"));
    f.composer.accepted(true);
    QTest::keyClick(f.edit, Qt::Key_Up);
    QCOMPARE(f.previewed(), s("32"));
    f.composer.setText(s("{{counter}}!"));
    QCOMPARE(f.previewed(), s("30 21"));
  }

  void timeIsThatOfSending() {
    Fixture f;
    f.composer.setText(s("{{time.unix_ms}}"));
    const WallNanos before = wallNow() / 1'000'000;
    QTest::mouseClick(f.send, Qt::LeftButton);
    const Bytes sent = f.requests.at(0).at(0).value<Bytes>();
    QVERIFY(std::stoll(std::string(asChars(sent))) >= before);
  }

  void eachByteIsNamed() {
    Fixture f;
    f.composer.setSpec(f.specOf("{{counter}}-{{time.unix}}", {"CRC-16/MODBUS"}));
    f.composer.setLineEnding(LineEnding::lf);
    QStringList names;
    for (int x = 0; x < f.preview->width(); ++x) {
      const QString name = f.preview->nameAt(QPoint(x, f.preview->height() / 2));
      if (!name.isEmpty() && !names.contains(name)) names << name;
    }
    QCOMPARE(names.size(), 4);
    QCOMPARE(names[0], s("{{counter}}"));
    QVERIFY(names[1].startsWith(s("{{time.unix}}")) && names[1].contains(s("moment of sending")));
    QCOMPARE(names[2], s("Line ending"));
    QCOMPARE(names[3], s("CRC-16/MODBUS"));
    for (const QString& name : names) QVERIFY(f.preview->toolTip().contains(name.toHtmlEscaped()));
  }

  void theEndOfALongMessageIsNamedToo() {
    Fixture f;
    MessageSpec spec = f.specOf("", {"CRC-32"});
    spec.body = std::string(10'000, 'x');
    f.composer.setSpec(spec);
    QString last;
    for (int x = 0; x < f.preview->width(); ++x) {
      const QString name = f.preview->nameAt(QPoint(x, f.preview->height() / 2));
      if (!name.isEmpty()) last = name;
    }
    QCOMPARE(last, s("CRC-32"));
  }

  void unknownFieldIsMarked() {
    Fixture f;
    f.composer.setText(s("ab {{radnom.hex 4}}"));
    QCOMPARE(f.preview->text(), s("UNKNOWN_NAME"));
    QCOMPARE(f.edit->extraSelections().first().cursor.selectedText(), s("radnom.hex"));
    QTest::mouseClick(f.send, Qt::LeftButton);
    QCOMPARE(f.requests.size(), 0);
    QVERIFY(f.message->text().contains(s("random.hex")));
  }

  void formOfAMessageWithFieldsLeavesItsText() {
    Fixture f;
    f.composer.setText(s("01 {{counter.hex}}"));
    QTest::mouseClick(f.find<QToolButton>("ModeHexButton"), Qt::LeftButton);
    QCOMPARE(f.composer.text(), s("01 {{counter.hex}}"));
    QCOMPARE(f.previewed(), s("01 00"));
  }

  void bracesAreNoFieldAfterAChangeOfForm() {
    Fixture f;
    QTest::mouseClick(f.find<QToolButton>("ModeHexButton"), Qt::LeftButton);
    f.composer.setText(s("7b 7b 7b"));
    QTest::mouseClick(f.find<QToolButton>("ModeTextButton"), Qt::LeftButton);
    QCOMPARE(f.previewed(), s("7b 7b 7b"));
  }

  void lengthIsPutInFront() {
    Fixture f;
    f.composer.setText(s("abc"));
    QTest::mouseClick(f.find<QToolButton>("InsertLengthButton"), Qt::LeftButton);
    QCOMPARE(f.previewed(), s("00 03 61 62 63"));
    InsertionForm* form = f.openForm();
    QVERIFY(form);
    form->findChild<QSpinBox*>(s("insertionSizeSpin"))->setValue(1);
    form->findChild<QSpinBox*>(s("insertionAddSpin"))->setValue(1);
    QCOMPARE(f.previewed(), s("04 61 62 63"));
    form->close();
    QCOMPARE(f.find<QToolButton>("InsertionButton0")->text(), s("length 1:add=1"));
    QTest::mouseClick(f.send, Qt::LeftButton);
    QCOMPARE(f.sentHex(0), s("04 61 62 63"));
  }

  void checksumIsEditedAndTakenOut() {
    Fixture f;
    f.composer.setText(s("123456789"));
    QTest::mouseClick(f.find<QToolButton>("InsertChecksumButton"), Qt::LeftButton);
    QVERIFY(f.previewed().endsWith(s("cb f4 39 26")));
    InsertionForm* form = f.openForm();
    QVERIFY(form);
    auto* kind = form->findChild<QComboBox*>(s("insertionChecksumBox"));
    kind->setCurrentText(s("CRC-16/MODBUS"));
    form->findChild<QComboBox*>(s("insertionWrittenBox"))->setCurrentIndex(1);
    QVERIFY(f.previewed().endsWith(s("39 37 4b")));
    form->findChild<QSpinBox*>(s("insertionAtSpin"))->setValue(1);
    QVERIFY(f.previewed().endsWith(s("38 37 4b 39")));
    kind->setCurrentIndex(kind->count() - 1);
    form->findChild<QComboBox*>(s("insertionWrittenBox"))->setCurrentIndex(2);
    auto* crc = form->findChild<QLineEdit*>(s("insertionCrcEdit"));
    crc->setText(s("width=8 poly=0x07"));
    QVERIFY(f.previewed().endsWith(s("38 46 34 39")));
    crc->setText(s("width=8 poly=0x107"));
    QVERIFY(f.previewed().endsWith(s("38 46 34 39")) || f.preview->text() == s("BAD_SYNTAX"));
    QTest::mouseClick(form->findChild<QPushButton*>(s("insertionRemoveButton")), Qt::LeftButton);
    QCOMPARE(f.previewed(), s("31 32 33 34 35 36 37 38 39"));
    QVERIFY(!f.find<QToolButton>("InsertionButton0"));
    QVERIFY(f.find<QWidget>("InsertionBar")->isHidden());
  }

  void fileIsReadWhenItIsSent() {
    QTemporaryDir folder;
    QFile file(folder.filePath(s("message")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("\\n{{x}}") == 7);
    file.close();
    Fixture f;
    QTest::mouseClick(f.find<QToolButton>("ModeFileButton"), Qt::LeftButton);
    QVERIFY(f.find<QToolButton>("ChooseFileButton")->isVisible());
    f.composer.setText(file.fileName());
    QTRY_COMPARE(f.previewed(), s("5c 6e 7b 7b 78 7d 7d"));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("new") == 3);
    file.close();
    QTest::keyClick(f.edit, Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(f.requests.size(), 1);
    QCOMPARE(f.sentHex(0), s("6e 65 77"));
    f.composer.accepted();
    QCOMPARE(f.composer.text(), file.fileName());
    f.composer.setText(folder.filePath(s("none")));
    QTRY_COMPARE(f.preview->text(), s("ENOENT"));
  }

  void fieldsAreOffered() {
    Fixture f;
    const Variables variables{{"counterpart", "x"}};
    f.composer.setFieldSource([&] {
      FieldValues values;
      values.variables = &variables;
      return values;
    });
    QTest::keyClicks(f.edit, s("a{{cou"));
    auto* offers = f.composer.findChild<QAbstractItemView*>(s("fieldOffers"));
    if (!offers) offers = qobject_cast<QAbstractItemView*>(QApplication::activePopupWidget());
    QVERIFY(offers && offers->isVisible());
    QCOMPARE(offers->model()->rowCount(), 3);
    QCOMPARE(offers->model()->index(0, 0).data().toString(), s("counterpart"));
    QTest::keyClick(offers, Qt::Key_Down);
    QTest::keyClick(offers, Qt::Key_Return);
    QCOMPARE(f.composer.text(), s("a{{counter}}"));
    QVERIFY(!offers->isVisible());
    QTest::keyClicks(f.edit, s("!"));
    QCOMPARE(f.composer.text(), s("a{{counter}}!"));
  }

  void escapeClosesTheOffers() {
    Fixture f;
    QTest::keyClicks(f.edit, s("{{"));
    auto* offers = qobject_cast<QAbstractItemView*>(QApplication::activePopupWidget());
    QVERIFY(offers);
    QTest::keyClick(offers, Qt::Key_Escape);
    QVERIFY(!offers->isVisible());
    QCOMPARE(f.composer.text(), s("{{"));
  }

  void planBarHasItsPlace() {
    Fixture f;
    auto* bar = new QLabel(s("every second"));
    f.composer.setPlanBar(bar);
    bar->show();
    QVERIFY(f.composer.isAncestorOf(bar));
    QTRY_VERIFY(bar->y() > f.preview->y());
  }
};

QTEST_MAIN(TestComposerFields)
#include "tst_composer_fields.moc"
