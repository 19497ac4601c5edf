// Framings as text, there and back, and what a wrong one is told.
#include <QTest>

#include "core/payload/framing/framing.h"

using namespace sockbench;

class TstFramingSpec : public QObject {
  Q_OBJECT
 private slots:
  void isReadAndWritten_data();
  void isReadAndWritten();
  void everyKindIsReadByItsName();
  void refuses_data();
  void refuses();
};

void TstFramingSpec::isReadAndWritten_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<FramingSpec>("spec");
  QTest::addColumn<QByteArray>("written");
  const auto row = [](const char* text, FramingSpec spec, const char* written = nullptr) {
    QTest::newRow(text) << QByteArray(text) << spec << QByteArray(written ? written : text);
  };
  row("per-read", {});
  row("line", {.kind = FramingKind::line});
  row("delimiter:0d0a", {.kind = FramingKind::delimiter, .delimiter = toBytes("\r\n")});
  row("delimiter:0d:0a", {.kind = FramingKind::delimiter, .delimiter = toBytes("\r\n")}, "delimiter:0d0a");
  row("length", {.kind = FramingKind::lengthPrefix}, "length:2");
  row("length:8", {.kind = FramingKind::lengthPrefix, .lengthBytes = 8});
  row("length:4:le:-4",
      {.kind = FramingKind::lengthPrefix, .lengthBytes = 4, .littleEndian = true, .adjust = -4});
  row("length:1:be:3", {.kind = FramingKind::lengthPrefix, .lengthBytes = 1, .adjust = 3}, "length:1:+3");
  row("length:1:+3", {.kind = FramingKind::lengthPrefix, .lengthBytes = 1, .adjust = 3});
  row("fixed:67108864", {.kind = FramingKind::fixedSize, .size = 67108864});
  row("fixed-size", {.kind = FramingKind::fixedSize}, "fixed:16");
  row("gap", {.kind = FramingKind::idleGap}, "gap:20ms");
  row("gap:1500us", {.kind = FramingKind::idleGap, .gapNanos = 1'500'000});
  row("gap:2000ms", {.kind = FramingKind::idleGap, .gapNanos = 2'000'000'000}, "gap:2s");
  row("gap:7ns", {.kind = FramingKind::idleGap, .gapNanos = 7});
  row("cobs", {.kind = FramingKind::cobs});
  row("slip", {.kind = FramingKind::slip});
  row("http", {.kind = FramingKind::http1});
  row("dns-tcp", {.kind = FramingKind::dnsTcp});
  row("json-lines", {.kind = FramingKind::jsonLines});
  row("modbus-tcp", {.kind = FramingKind::modbusTcp});
}

void TstFramingSpec::isReadAndWritten() {
  QFETCH(QByteArray, text);
  QFETCH(FramingSpec, spec);
  QFETCH(QByteArray, written);
  const Result<FramingSpec> read = FramingSpec::parse(text.toStdString());
  QVERIFY2(read.has_value(), read ? "" : read.error().line().c_str());
  QVERIFY(*read == spec);
  QCOMPARE(QByteArray::fromStdString(read->text()), written);
  QVERIFY(FramingSpec::parse(read->text()) == spec);
}

void TstFramingSpec::everyKindIsReadByItsName() {
  for (const FramingKind kind : framingKinds()) {
    std::string text(framingKindName(kind));
    if (kind == FramingKind::delimiter) text += ":00";
    const Result<FramingSpec> read = FramingSpec::parse(text);
    QVERIFY2(read && read->kind == kind, text.c_str());
  }
}

void TstFramingSpec::refuses_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<int>("offset");
  QTest::addColumn<int>("length");
  const auto row = [](const char* name, const char* text, int offset, int length) {
    QTest::newRow(name) << QByteArray(text) << offset << length;
  };
  row("nothing", "", 0, 0);
  row("an unknown word", "lines", 0, 5);
  row("more than is expected", "line:2", 4, 2);
  row("no delimiter", "delimiter", 9, 0);
  row("an empty delimiter", "delimiter:", 10, 0);
  row("a delimiter that is no hex", "delimiter:0d0g", 13, 1);
  row("three bytes of length", "length:3", 7, 1);
  row("an unknown order", "length:2:xe", 9, 2);
  row("no adjustment", "length:2:le:", 12, 0);
  row("two signs", "length:2:+-3", 9, 3);
  row("an adjustment beyond the bound", "length:2:le:67108865", 12, 8);
  row("a fourth part", "length:2:le:1:2", 13, 2);
  row("a size of 0", "fixed:0", 6, 1);
  row("a size beyond the bound", "fixed:67108865", 6, 8);
  row("a size that is no number", "fixed:a", 6, 1);
  row("a pause of 0", "gap:0ms", 4, 3);
  row("a pause without a unit", "gap:20", 4, 2);
  row("a pause without a number", "gap:ms", 4, 2);
  row("a pause that no clock counts", "gap:9223372037s", 4, 11);
}

void TstFramingSpec::refuses() {
  QFETCH(QByteArray, text);
  QFETCH(int, offset);
  QFETCH(int, length);
  const Result<FramingSpec> read = FramingSpec::parse(text.toStdString());
  QVERIFY(!read);
  QVERIFY(read.error().isInput(InputFault::badSyntax));
  QCOMPARE(static_cast<int>(read.error().where->offset), offset);
  QCOMPARE(static_cast<int>(read.error().where->length), length);
}

QTEST_GUILESS_MAIN(TstFramingSpec)
#include "tst_framing_spec.moc"
