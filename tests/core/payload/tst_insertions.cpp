// Lengths and checksums in messages: known frames, places, ranges, and python3's word on random ones.
#include <QProcess>
#include <QTest>
#include <random>

#include "core/payload/hex.h"
#include "core/payload/message/insertion_text.h"
#include "core/payload/message/message.h"

using namespace sockbench;

namespace {

std::string_view view(const QByteArray& bytes) {
  return {bytes.data(), static_cast<std::size_t>(bytes.size())};
}

// "length 2@0", "checksum xor@end"; separated by blanks otherwise.
std::vector<Insertion> insertionsOf(const QByteArray& text) {
  std::vector<Insertion> all;
  for (const QByteArray& one : text.split(' ')) {
    if (one.isEmpty()) continue;
    const bool isLength = one.at(0) >= '0' && one.at(0) <= '9';
    const auto read = isLength ? readLengthInsertion(view(one)) : readChecksumInsertion(view(one));
    if (!read) qFatal("%s", read.error().line().c_str());
    all.push_back(*read);
  }
  return all;
}

Result<ExpandedMessage> expand(MessageForm form, std::string_view body, std::vector<Insertion> insertions,
                               LineEnding ending = LineEnding::none) {
  MessageSpec spec;
  spec.form = form;
  spec.body = body;
  spec.ending = ending;
  spec.insertions = std::move(insertions);
  const auto message = Message::read(std::move(spec));
  if (!message) return std::unexpected(message.error());
  return message->expand({});
}

// Each line: the message in hexadecimal digits (or "-"), then what is put in at the end by name.
constexpr const char* kOracle = R"(
import binascii, sys, zlib
def modbus(b):
    crc = 0xFFFF
    for v in b:
        crc ^= v
        for _ in range(8): crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc
for line in sys.stdin:
    b = b'' if line.strip() == '-' else bytes.fromhex(line)
    framed = len(b).to_bytes(2, 'big') + b
    framed += modbus(framed).to_bytes(2, 'little')
    x = 0
    for v in b: x ^= v
    print(framed.hex(), (b + b'%02X' % x).hex(), (b + zlib.crc32(b).to_bytes(4, 'little')).hex(),
          (b + binascii.crc_hqx(b, 0).to_bytes(2, 'big')).hex(), (b'%d:' % len(b) + b + b',').hex())
)";

}  // namespace

class TstInsertions : public QObject {
  Q_OBJECT
 private slots:
  void makes_data();
  void makes();
  void refuses_data();
  void refuses();
  void agreesWithPython();
  void textIsReadAsItWasWritten_data();
  void textIsReadAsItWasWritten();
  void textIsRefused_data();
  void textIsRefused();
  void crcByItsParameters();
};

void TstInsertions::makes_data() {
  QTest::addColumn<QByteArray>("hex");
  QTest::addColumn<QByteArray>("insertions");
  QTest::addColumn<QByteArray>("made");
  const auto row = [](const char* name, const char* hex, const char* insertions, const char* made) {
    QTest::newRow(name) << QByteArray(hex) << QByteArray(insertions) << QByteArray(made);
  };
  const auto text = [](const char* name, const char* body, const char* insertions, const QByteArray& made) {
    QTest::newRow(name) << QByteArray(body).toHex() << QByteArray(insertions) << made.toHex();
  };
  // The request of the Modbus specification: read holding registers 107 to 109 of unit 17.
  row("Modbus RTU: CRC behind, low byte first", "1103006b0003", "CRC-16/MODBUS:little", "1103006b00037687");
  row("Modbus TCP: length of what follows at byte 4", "000100001103006b0003", "2@4:4..end",
      "000100000006"
      "1103006b0003");
  text("NMEA 0183: XOR between $ and *", "$GPGLL,5300.97914,N,00259.98174,E,125926,A*\r\n",
       "xor@end-2:1..end-3:hex", "$GPGLL,5300.97914,N,00259.98174,E,125926,A*28\r\n");
  text("a netstring", "hello world!,", "1@0:0..end-1:decimal:add=0", "12hello world!,");
  text("a netstring's colon is of the message", ":hello world!,", "1@0:1..end-1:decimal", "12:hello world!,");
  text("JSON behind its length", "{\"a\":1}", "4@0", QByteArray("\0\0\0\7{\"a\":1}", 11));
  text("four digits of length", "0800", "4@0:decimal", "00040800");
  text("FIX: three digits of sum",
       "8=FIX.4.2\x01"
       "9=5\x01"
       "35=0\x01"
       "10=\x01",
       "sum8@end-1:0..end-4:decimal",
       "8=FIX.4.2\x01"
       "9=5\x01"
       "35=0\x01"
       "10=161\x01");
  row("a length little-endian", "aabb", "2@0:little", "0200aabb");
  row("a length with its own bytes", "aabb", "2@0:add=2", "0004aabb");
  row("a length less one", "aabb", "1@0:add=-1", "01aabb");
  row("a length of eight bytes", "aabb", "8@0", "0000000000000002aabb");
  row("a length as hexadecimal text", "aabb", "2@0:hex", "30303032aabb");
  row("a length as hexadecimal text, little-endian", "aabb", "2@0:hex:little", "30323030aabb");
  row("a length of a part", "aabbccdd", "1@1:2..end-1", "aa01bbccdd");
  row("a length of nothing", "", "2@0", "0000");
  row("length, then a sum over both", "0102", "1@0 sum8", "02010205");
  row("sum first, then a length that counts it", "0102", "sum8 1@0", "03010203");
  row("sum first, and a length that does not", "0102", "sum8 1@0:add=-1", "02010203");
  row("two at the beginning stand in their order", "ff", "1@0 2@0:add=1", "010003ff");
  row("the second in front", "ff", "1@0 2@0:front", "000201ff");
  row("two at the end stand in their order", "01", "sum8 xor:0..0", "010100");
  row("a sum of the header alone", "01", "2@0 sum8@0:0..0", "00010101");
  row("a sum of the header alone of an empty message", "", "sum16 2@0:add=-2 sum8@0:0..0", "0000000000");
  row("places from the beginning come first in an empty message", "", "1@end:add=7 1@0:add=-1", "0007");
  row("a range is of the message as it was", "010203", "4@0 sum8@end:1..2", "0000000301020302");
  row("a digest", "616263", "md5", "616263900150983cd24fb0d6963f7d28e17f72");
  row("a sum little-endian", "616263", "CRC-32:little", "616263c2412435");
  row("internet checksum of ICMP's echo",
      "08000001"
      "0001",
      "internet@2", "0800f7fd00010001");
}

void TstInsertions::makes() {
  QFETCH(QByteArray, hex);
  QFETCH(QByteArray, insertions);
  QFETCH(QByteArray, made);
  const auto expanded = expand(MessageForm::hex, view(hex), insertionsOf(insertions));
  QVERIFY2(expanded.has_value(), expanded ? "" : expanded.error().line().c_str());
  QCOMPARE(QByteArray::fromStdString(toHex(expanded->bytes)), made);
}

void TstInsertions::refuses_data() {
  QTest::addColumn<QByteArray>("insertions");
  QTest::addColumn<int>("fault");
  QTest::addColumn<QByteArray>("word");
  const auto row = [](const char* name, const QByteArray& insertions, InputFault fault, const char* word) {
    QTest::newRow(name) << insertions << static_cast<int>(fault) << QByteArray(word);
  };
  row("a place behind the end", "2@3", InputFault::badSyntax, "3 bytes from the beginning");
  row("a place before the beginning", "sum8@end-3", InputFault::badSyntax, "3 bytes from the end");
  row("a range that lies outside", "sum8:0..3", InputFault::badSyntax, "outside");
  row("a range that ends before it begins", "sum8:2..1", InputFault::badSyntax, "before it begins");
  row("a length that does not fit", "1@0:add=254", InputFault::badSyntax, "256 does not fit 1 byte");
  row("a length below zero", "1@0:add=-3", InputFault::badSyntax, "no length");
  row("no size", "0@0", InputFault::badSyntax, "1 to 8");
  row("nine bytes", "9@0", InputFault::badSyntax, "1 to 8");
  row("an unknown checksum", "CRC-16/MODBUSS", InputFault::unknownName, "\"CRC-16/MODBUS\"");
  row("a digest in decimal", "sha256:decimal", InputFault::badSyntax, "decimal");
  row("a CRC of two bits", "crc(2,1,0,false,false,0)", InputFault::badSyntax, "width");
  row("too many", QByteArray("1@0 ").repeated(65), InputFault::tooLarge, "64");
}

void TstInsertions::refuses() {
  QFETCH(QByteArray, insertions);
  QFETCH(int, fault);
  QFETCH(QByteArray, word);
  const auto expanded = expand(MessageForm::hex, "0102", insertionsOf(insertions));
  QVERIFY(!expanded.has_value());
  QVERIFY2(expanded.error().isInput(static_cast<InputFault>(fault)), expanded.error().line().c_str());
  QVERIFY2(expanded.error().message().contains(view(word)), expanded.error().message().c_str());
}

void TstInsertions::agreesWithPython() {
  QProcess python;
  python.start(QStringLiteral("python3"), {QStringLiteral("-c"), QString::fromLatin1(kOracle)});
  if (!python.waitForStarted()) QSKIP("needs python3");
  std::mt19937_64 random(5);
  std::vector<std::string> inputs;
  for (std::size_t size = 0; size < 200; ++size) {
    Bytes bytes(size);
    for (std::byte& byte : bytes) byte = static_cast<std::byte>(random() & 0xFF);
    inputs.push_back(toHex(bytes));
    python.write(size == 0 ? "-\n" : QByteArray::fromStdString(inputs.back()) + '\n');
  }
  python.closeWriteChannel();
  QVERIFY(python.waitForFinished(60'000));
  QVERIFY2(python.exitCode() == 0, python.readAllStandardError());
  const QByteArrayList ours{"2@0 modbus:little", "xor:hex", "CRC-32:little", "xmodem"};
  for (const std::string& input : inputs) {
    const QByteArrayList theirs = python.readLine().trimmed().split(' ');
    QCOMPARE(theirs.size(), 5);
    for (qsizetype i = 0; i < ours.size(); ++i)
      QCOMPARE(
          QByteArray::fromStdString(toHex(expand(MessageForm::hex, input, insertionsOf(ours[i]))->bytes)),
          theirs[i]);
    const auto netstring =
        expand(MessageForm::hex, "3a" + input + "2c", insertionsOf("1@0:1..end-1:decimal"));
    QCOMPARE(QByteArray::fromStdString(toHex(netstring->bytes)), theirs[4]);
  }
}

void TstInsertions::textIsReadAsItWasWritten_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QByteArray>("written");
  const auto row = [](const char* text, const char* written) {
    QTest::newRow(text) << QByteArray(text) << QByteArray(written);
  };
  row("2", "2");
  row("2@0:big", "2");
  row("2:little@4", "2@4:little");
  row("4@end-2:front:hex:2..end:add=-6", "4@end-2:2..end:hex:front:add=-6");
  row("CRC-16/MODBUS@end:little", "CRC-16/MODBUS:little");
  row("xor@end-2:1..end-3:hex", "xor@end-2:1..end-3:hex");
  row("crc(16, 4129, 0XFFFF, 0, 1, 0)", "crc(16,0x1021,0xffff,false,true,0x0)");
}

void TstInsertions::textIsReadAsItWasWritten() {
  QFETCH(QByteArray, text);
  QFETCH(QByteArray, written);
  const bool isLength = text.at(0) >= '0' && text.at(0) <= '9';
  const auto read = [&](std::string_view from) {
    return isLength ? readLengthInsertion(from) : readChecksumInsertion(from);
  };
  const auto insertion = read(view(text));
  QVERIFY2(insertion.has_value(), insertion ? "" : insertion.error().line().c_str());
  QCOMPARE(QByteArray::fromStdString(insertionText(*insertion)), written);
  const auto again = read(view(written));
  QVERIFY(again && *again == *insertion);
}

void TstInsertions::textIsRefused_data() {
  QTest::addColumn<bool>("isLength");
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<std::size_t>("offset");
  const auto row = [](const char* name, bool isLength, const char* text, std::size_t offset) {
    QTest::newRow(name) << isLength << QByteArray(text) << offset;
  };
  row("no size", true, "two", 0);
  row("nothing", false, "", 0);
  row("no place", true, "2@middle", 2);
  row("a place of nothing", true, "2@", 2);
  row("half a range", true, "2:0..", 5);
  row("an unknown word", true, "2:tiny", 2);
  row("a checksum has nothing to add", false, "xor:add=1", 4);
  row("a CRC of five numbers", false, "crc(16,1,2,0,0)", 0);
  row("a CRC that is not closed", false, "crc(16,1,2,0,0,0", 0);
  row("a place beyond all numbers", true, "2@99999999999999999999", 2);
}

void TstInsertions::textIsRefused() {
  QFETCH(bool, isLength);
  QFETCH(QByteArray, text);
  QFETCH(std::size_t, offset);
  const auto read = isLength ? readLengthInsertion(view(text)) : readChecksumInsertion(view(text));
  QVERIFY(!read && read.error().isInput(InputFault::badSyntax));
  QVERIFY(read.error().where.has_value());
  QCOMPARE(read.error().where->offset, offset);
  QCOMPARE(read.error().subject, text.toStdString());
}

void TstInsertions::crcByItsParameters() {
  for (const ChecksumInfo& info : checksums()) {
    if (!info.crc) continue;
    Insertion insertion;
    insertion.what = Insertion::What::checksum;
    insertion.crc = *info.crc;
    const auto again = readChecksumInsertion(insertionText(insertion));
    QVERIFY(again && again->crc == *info.crc);
    const auto expanded = expand(MessageForm::text, "123456789", {*again});
    QVERIFY(expanded.has_value());
    QCOMPARE(toHex(ByteView(expanded->bytes).subspan(9)), std::string(info.check));
  }
}

QTEST_GUILESS_MAIN(TstInsertions)
#include "tst_insertions.moc"
