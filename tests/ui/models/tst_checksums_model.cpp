#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include "ui/bridge/core_types.h"
#include "ui/models/checksums_model.h"
#include "ui/models/crc_text.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

PinnedBytes pinned(Bytes bytes) {
  auto owner = std::make_shared<const Bytes>(std::move(bytes));
  return {owner, *owner, 0};
}

}  // namespace

class TestChecksumsModel : public QObject {
  Q_OBJECT
 private slots:
  void everyValueIsTheOneOfTheCatalogue() {
    ChecksumsModel model;
    const QAbstractItemModelTester tester(&model);
    QVERIFY(model.rowCount() > 20);
    model.setBytes(pinned(toBytes("123456789")));
    QVERIFY(!model.isRunning());
    for (int row = 0; row < model.rowCount(); ++row)
      QCOMPARE(model.index(row, ChecksumsModel::Value).data().toString(),
               toQString(ChecksumsModel::info(row).check).toLower());
  }

  void manyBytesAreSummedBesideTheWindow() {
    ChecksumsModel model;
    const QAbstractItemModelTester tester(&model);
    model.setBytes(pinned(toBytes("123456789")));
    Bytes many(700'000);
    for (std::size_t i = 0; i < many.size(); ++i) many[i] = std::byte(i * 7 & 255);
    QSignalSpy progressed(&model, &ChecksumsModel::progressed);
    QSignalSpy done(&model, &ChecksumsModel::done);
    model.setBytes(pinned(many));
    QVERIFY(model.value(0).isEmpty());  // nothing stale stands there
    QTRY_COMPARE_WITH_TIMEOUT(done.size(), 1, 30'000);
    QVERIFY(progressed.size() > 2);
    for (int row = 0; row < model.rowCount(); ++row)
      QCOMPARE(model.value(row),
               QString::fromLatin1(QByteArray::fromStdString(
                                       std::string(asChars(checksumOf(ChecksumsModel::info(row), many))))
                                       .toHex()));
  }

  void whatIsCancelledTellsNothing() {
    ChecksumsModel model;
    QSignalSpy done(&model, &ChecksumsModel::done);
    model.setBytes(pinned(Bytes(5'000'000)));
    QVERIFY(model.isRunning());
    model.cancel();
    QCOMPARE(done.size(), 1);
    QVERIFY(!model.isRunning());
    model.setBytes(pinned(Bytes(5'000'000)));
    model.setBytes(pinned(toBytes("123456789")));
    QCOMPARE(done.size(), 2);
    const int crc = ChecksumsModel::rowNamed(QStringLiteral("CRC-32"));
    QVERIFY(crc >= 0);
    QTest::qWait(0);
    QCOMPARE(model.value(crc), QStringLiteral("cbf43926"));
  }

  void theFilterTakesNamesAliasesAndValues_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("found");
    QTest::newRow("a name without its signs") << "sha256"
                                              << "SHA-256";
    QTest::newRow("a name as it stands") << "CRC-16/MODBUS"
                                         << "CRC-16/MODBUS";
    QTest::newRow("a value") << "CBF4 3926"
                             << "CRC-32";
  }
  void theFilterTakesNamesAliasesAndValues() {
    QFETCH(QString, text);
    QFETCH(QString, found);
    ChecksumsModel model;
    ChecksumsFilter filter;
    const QAbstractItemModelTester tester(&filter);
    filter.setSourceModel(&model);
    model.setBytes(pinned(toBytes("123456789")));
    filter.setText(text);
    const int all = model.rowCount();
    QVERIFY(filter.rowCount() > 0 && filter.rowCount() < all);
    QStringList names;
    for (int row = 0; row < filter.rowCount(); ++row) names += filter.index(row, 0).data().toString();
    const int wanted = ChecksumsModel::rowNamed(found);
    QVERIFY2(names.contains(model.index(wanted, 0).data().toString()), qPrintable(names.join(u' ')));
    filter.setText(QStringLiteral("no such thing"));
    QCOMPARE(filter.rowCount(), 0);
    filter.setText({});
    QCOMPARE(filter.rowCount(), all);
  }

  void crcLines_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("value");  // of "123456789"; empty: refused
    const auto row = [](const char* name, const char* text, const char* value) {
      QTest::newRow(name) << QString::fromUtf8(text) << QString::fromLatin1(value);
    };
    row("MODBUS", "width=16 poly=0x8005 init=0xffff refin=true refout=true xorout=0x0000", "4b37");
    row("in another order, in capitals", "POLY=0x1021 WIDTH=16", "31c3");
    row("decimal", "width=8 poly=7 init=0 refin=0 refout=0 xorout=0", "f4");
    row("without a poly", "width=16", "");
    row("without a width", "poly=0x8005", "");
    row("too wide", "width=65 poly=1", "");
    row("a width beyond every number", "width=99999999999999999999 poly=1", "");
    row("a poly that does not fit", "width=8 poly=0x100", "");
    row("no such part", "width=16 poly=0x8005 reverse=true", "");
    row("neither true nor false", "width=16 poly=0x8005 refin=yes", "");
    row("hostile", "width=16 \xE2\x80\xAE", "");
    row("nothing", "", "");
  }
  void crcLines() {
    QFETCH(QString, text);
    QFETCH(QString, value);
    const auto crc = parseCrcText(text);
    QCOMPARE(crc.has_value(), !value.isEmpty());
    if (!crc) {
      QVERIFY(!crc.error().isEmpty());
      QVERIFY(!crc.error().contains(QChar(0x202E)));
      return;
    }
    const auto sum = makeCrc(*crc);
    QVERIFY(sum.has_value());
    (*sum)->update(asBytes("123456789"));
    const Bytes bytes = (*sum)->value();
    QCOMPARE(QString::fromLatin1(QByteArray::fromStdString(std::string(asChars(bytes))).toHex()), value);
    QCOMPARE(parseCrcText(crcText(*crc)), crc);
  }
};

QTEST_GUILESS_MAIN(TestChecksumsModel)
#include "tst_checksums_model.moc"
