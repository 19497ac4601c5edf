#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "core/payload/base64.h"
#include "core/payload/escapes.h"
#include "ui/bridge/core_types.h"
#include "ui/widgets/byte_copy.h"
#include "ui/widgets/english_plurals.h"
#include "ui/widgets/hex_view.h"
#include "ui/widgets/theme.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

PinnedBytes pinned(Bytes bytes) {
  auto owner = std::make_shared<const Bytes>(std::move(bytes));
  return {owner, *owner, 0};
}

QString clipboard() {
  return QApplication::clipboard()->text();
}

}  // namespace

class TestByteCopy : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() {
    theme::apply(*qApp, theme::Mode::light);
    QCoreApplication::installTranslator(&english_);
  }

  void formsAreThoseOfCore_data() {
    QTest::addColumn<QString>("action");
    QTest::addColumn<int>("format");
    const auto row = [](const char* name, const char* action, ByteFormat format) {
      QTest::newRow(name) << QString::fromLatin1(action) << int(format);
    };
    row("hex", "hexCopyHexAction", ByteFormat::hex);
    row("escaped text", "hexCopyTextAction", ByteFormat::escaped);
    row("a C array", "hexCopyCAction", ByteFormat::cArray);
    row("Python bytes", "hexCopyPythonAction", ByteFormat::python);
    row("base64", "hexCopyBase64Action", ByteFormat::base64);
  }
  void formsAreThoseOfCore() {
    QFETCH(QString, action);
    QFETCH(int, format);
    const Bytes all = toBytes("hello\r\n\x01\xff world");
    const Bytes part(all.begin() + 3, all.begin() + 9);
    HexView view;
    view.setBytes(pinned(all));
    QSignalSpy told(view.copier(), &ByteCopy::told);
    auto* chosen = view.findChild<QAction*>(action);
    QVERIFY(chosen != nullptr);
    chosen->trigger();
    QCOMPARE(clipboard(), toQString(formatBytes(all, ByteFormat(format))));
    QCOMPARE(told.last().first().toString(), QStringLiteral("15 bytes copied"));
    view.select(8, 3);
    chosen->trigger();
    QCOMPARE(clipboard(), toQString(formatBytes(part, ByteFormat(format))));
    QVERIFY(view.actions().contains(chosen));  // so it stands in the menu
  }

  void theKeyCopiesHexadecimal() {
    HexView view;
    view.setBytes(pinned(toBytes("hello\r\n\x01\xff world")));
    view.select(3, 8);
    QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(clipboard(), QStringLiteral("6c 6f 0d 0a 01 ff"));
  }

  void aDumpKeepsItsOffsets() {
    HexView view;
    view.setBytes(pinned(Bytes(100, std::byte{0x41})));
    view.select(32, 35);
    view.copier()->copy(ByteFormat::hexDump);
    QVERIFY2(clipboard().startsWith(QStringLiteral("00000020  41 41 41 41")), qPrintable(clipboard()));
    QVERIFY(clipboard().contains(QStringLiteral("|AAAA|")));
  }

  void whatIsLeftOutIsSaid() {
    HexView view;
    view.setBytes(pinned(Bytes(ByteCopy::kMost + 5)));
    QSignalSpy told(view.copier(), &ByteCopy::told);
    QApplication::clipboard()->setText(QStringLiteral("before"));
    view.copier()->copy(ByteFormat::base64);
    QTRY_VERIFY_WITH_TIMEOUT(clipboard() != QStringLiteral("before"), 30'000);
    QCOMPARE(clipboard(), toQString(toBase64(Bytes(ByteCopy::kMost))));
    QCOMPARE(told.last().first().toString(),
             QStringLiteral("The first 16,777,216 of 16,777,221 bytes copied: a file holds all"));
  }

  void aFileHoldsTheVeryBytes() {
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("bytes.bin"));
    HexView view;
    Bytes bytes(300'000);
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = std::byte(i * 31 & 255);
    view.setBytes(pinned(bytes));
    view.select(1, 299'999);
    QSignalSpy told(view.copier(), &ByteCopy::told);
    view.copier()->save(path);
    QTRY_VERIFY(told.last().first().toString().startsWith(QStringLiteral("299,999 bytes saved")));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray read = file.readAll();
    QCOMPARE(read.size(), qsizetype{299'999});
    QVERIFY(std::equal(read.begin(), read.end(), bytes.begin() + 1,
                       [](char a, std::byte b) { return std::byte(a) == b; }));
  }

  void aFileThatCannotBeMadeIsRefused() {
    const QTemporaryDir folder;
    HexView view;
    view.setBytes(pinned(toBytes("x")));
    QSignalSpy refused(view.copier(), &ByteCopy::refused);
    view.copier()->save(folder.filePath(QStringLiteral("no/such/folder/bytes.bin")));
    QTRY_COMPARE(refused.size(), 1);
    const auto error = refused.first().first().value<Error>();
    QCOMPARE(toQString(error.symbol()), QStringLiteral("ENOENT"));
  }

  void withoutBytesNothingIsCopied() {
    HexView view;
    QApplication::clipboard()->setText(QStringLiteral("before"));
    view.copier()->copy(ByteFormat::cArray);
    QCOMPARE(clipboard(), QStringLiteral("before"));
  }

 private:
  EnglishPlurals english_;
};

QTEST_MAIN(TestByteCopy)
#include "tst_byte_copy.moc"
