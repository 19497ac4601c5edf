// Checksums: the catalogue's check values, and python3's own for random bytes.
#include <QProcess>
#include <QTest>
#include <random>
#include <set>

#include "core/payload/checksum/checksum.h"
#include "core/payload/hex.h"

using namespace sockbench;

namespace {

Bytes randomBytes(std::mt19937_64& random, std::size_t size) {
  Bytes bytes(size);
  for (std::byte& byte : bytes) byte = static_cast<std::byte>(random() & 0xFF);
  return bytes;
}

std::string hexOf(std::string_view name, ByteView bytes) {
  return toHex(checksumOf(*findChecksum(name), bytes));
}

// Bit by bit, as the catalogue's model says it.
std::uint64_t plainCrc(const CrcParameters& crc, ByteView bytes) {
  const auto reversed = [](std::uint64_t value, unsigned width) {
    std::uint64_t result = 0;
    for (unsigned i = 0; i < width; ++i) result |= (value >> i & 1) << (width - 1 - i);
    return result;
  };
  const std::uint64_t top = std::uint64_t{1} << (crc.width - 1);
  std::uint64_t value = crc.init;
  for (const std::byte b : bytes) {
    auto byte = std::to_integer<std::uint64_t>(b);
    if (crc.refin) byte = reversed(byte, 8);
    for (unsigned bit = 8; bit-- > 0;) {
      const bool carries = ((value & top) != 0) != ((byte >> bit & 1) != 0);
      value = (value << 1 ^ (carries ? crc.poly : 0)) & (top | (top - 1));
    }
  }
  return (crc.refout ? reversed(value, crc.width) : value) ^ crc.xorout;
}

// What python3 knows by itself, one line of hexadecimal bytes after the other.
constexpr const char* kOracle = R"(
import binascii, hashlib, sys, zlib
def sums(b):
    even = b + b'\0' * (len(b) % 2)
    be = [even[i] << 8 | even[i + 1] for i in range(0, len(even), 2)]
    le = [even[i + 1] << 8 | even[i] for i in range(0, len(even), 2)]
    total = sum(be)
    while total >> 16: total = (total & 0xFFFF) + (total >> 16)
    lo = hi = 0
    for w in le: lo = (lo + w) % 65535; hi = (hi + lo) % 65535
    a = c = x = 0
    for v in b: a = (a + v) % 255; c = (c + a) % 255; x ^= v
    return ['%02x' % (sum(b) & 0xFF), '%04x' % (sum(b) & 0xFFFF), '%08x' % sum(b), '%04x' % (sum(be) & 0xFFFF),
            '%04x' % (sum(le) & 0xFFFF), '%02x' % x, '%02x' % (-sum(b) & 0xFF), '%04x' % (~total & 0xFFFF),
            '%02x%02x' % (c, a), '%04x%04x' % (hi, lo), '%08x' % zlib.adler32(b)]
for line in sys.stdin:
    b = bytes.fromhex(line)
    print(*sums(b), '%08x' % binascii.crc32(b), '%04x' % binascii.crc_hqx(b, 0),
          *(hashlib.new(n, b).hexdigest() for n in ('md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512')))
)";
constexpr std::array kOracleNames{
    "SUM-8",    "SUM-16",      "SUM-32",      "SUM-16/WORDS-BE", "SUM-16/WORDS-LE", "XOR-8",  "LRC",
    "INTERNET", "FLETCHER-16", "FLETCHER-32", "ADLER-32",        "CRC-32",          "XMODEM", "MD5",
    "SHA-1",    "SHA-224",     "SHA-256",     "SHA-384",         "SHA-512"};

}  // namespace

class TstChecksum : public QObject {
  Q_OBJECT
 private slots:
  void givesItsCheckValue_data();
  void givesItsCheckValue();
  void isFoundByItsNames_data();
  void isFoundByItsNames();
  void everyNameIsOne();
  void agreesWithPython();
  void crcsOfAllWidthsAgreeWithTheModel();
  void refusesParametersThatDoNotFit_data();
  void refusesParametersThatDoNotFit();
};

void TstChecksum::givesItsCheckValue_data() {
  QTest::addColumn<QByteArray>("name");
  for (const ChecksumInfo& info : checksums()) {
    const QByteArray name(info.name.data(), static_cast<qsizetype>(info.name.size()));
    QTest::newRow(name.constData()) << name;
  }
}

void TstChecksum::givesItsCheckValue() {
  QFETCH(QByteArray, name);
  const ChecksumInfo* info = findChecksum(name.toStdString());
  QVERIFY(info);
  QCOMPARE(info->check.size(), std::size_t{(info->bits + 7) / 8 * 2});
  const std::string check(info->check);
  QCOMPARE(toHex(checksumOf(*info, asBytes("123456789"))), check);
  // Piece by piece, asked in between, from places that are not aligned.
  for (std::size_t size = 1; size < 9; ++size) {
    const auto sum = makeChecksum(*info);
    for (std::size_t at = 0; at < 9; at += size) {
      sum->update(asBytes(std::string_view("123456789").substr(at, size)));
      QVERIFY(!sum->value().empty());
    }
    QCOMPARE(toHex(sum->value()), check);
  }
}

void TstChecksum::isFoundByItsNames_data() {
  QTest::addColumn<QByteArray>("name");
  QTest::addColumn<QByteArray>("found");
  const auto row = [](const char* name, const char* found) {
    QTest::newRow(name) << QByteArray(name) << QByteArray(found);
  };
  row("crc32", "CRC-32/ISO-HDLC");
  row("CRC-32C", "CRC-32/ISCSI");
  row("crc_16 modbus", "CRC-16/MODBUS");
  row("Modbus", "CRC-16/MODBUS");
  row("ccitt", "");
  row("CCITT-FALSE", "CRC-16/IBM-3740");
  row("arc", "CRC-16/ARC");
  row("dnp", "CRC-16/DNP");
  row("X-25", "CRC-16/IBM-SDLC");
  row("kermit", "CRC-16/KERMIT");
  row("xmodem", "CRC-16/XMODEM");
  row("MPEG-2", "CRC-32/MPEG-2");
  row("CRC-8", "CRC-8/SMBUS");
  row("sum8", "SUM-8");
  row("xor", "XOR-8");
  row("lrc", "LRC");
  row("adler32", "ADLER-32");
  row("Fletcher", "FLETCHER-16");
  row("Internet checksum", "INTERNET");
  row("md5", "MD5");
  row("SHA1", "SHA-1");
  row("CRC16/CCITT-FALSE", "CRC-16/IBM-3740");
  row("x25", "CRC-16/IBM-SDLC");
  row("sha256", "SHA-256");
  row("bcc", "XOR-8");
  row("", "");
}

void TstChecksum::isFoundByItsNames() {
  QFETCH(QByteArray, name);
  QFETCH(QByteArray, found);
  const ChecksumInfo* info = findChecksum(name.toStdString());
  QCOMPARE(info ? QByteArray::fromStdString(std::string(info->name)) : QByteArray(), found);
}

void TstChecksum::everyNameIsOne() {
  std::set<const ChecksumInfo*> seen;
  for (const ChecksumInfo& info : checksums()) {
    QCOMPARE(findChecksum(info.name), &info);
    for (const std::string_view alias : info.aliases) QCOMPARE(findChecksum(alias), &info);
    QVERIFY(seen.insert(&info).second);
  }
  ChecksumInfo unknown = checksums().front();
  unknown.name = "NONE";
  QVERIFY(makeChecksum(unknown) == nullptr);
}

void TstChecksum::agreesWithPython() {
  QProcess python;
  python.start(QStringLiteral("python3"), {QStringLiteral("-c"), QString::fromLatin1(kOracle)});
  if (!python.waitForStarted()) QSKIP("needs python3");
  std::mt19937_64 random(7);
  std::vector<Bytes> inputs;
  for (std::size_t size = 0; size < 300; ++size) inputs.push_back(randomBytes(random, size));
  inputs.push_back(Bytes(200'000, std::byte{0xFF}));
  for (const Bytes& input : inputs) python.write(QByteArray::fromStdString(toHex(input)) + '\n');
  python.closeWriteChannel();
  QVERIFY(python.waitForFinished(60'000));
  QVERIFY2(python.exitCode() == 0, python.readAllStandardError());
  for (const Bytes& input : inputs) {
    const QByteArrayList theirs = python.readLine().trimmed().split(' ');
    QCOMPARE(theirs.size(), static_cast<qsizetype>(kOracleNames.size()));
    for (std::size_t i = 0; i < kOracleNames.size(); ++i)
      QCOMPARE(QByteArray::fromStdString(hexOf(kOracleNames.at(i), input)),
               theirs[static_cast<qsizetype>(i)]);
  }
}

void TstChecksum::crcsOfAllWidthsAgreeWithTheModel() {
  std::mt19937_64 random(11);
  for (unsigned width = 3; width <= 64; ++width) {
    const std::uint64_t most = ~std::uint64_t{0} >> (64 - width);
    for (unsigned turn = 0; turn < 8; ++turn) {
      const CrcParameters crc{width,           random() & most, random() & most,
                              (turn & 1) != 0, (turn & 2) != 0, random() & most};
      const Bytes bytes = randomBytes(random, 1 + random() % 70);
      const auto sum = makeCrc(crc);
      QVERIFY(sum.has_value());
      (*sum)->update(ByteView(bytes).first(1));
      (*sum)->update(ByteView(bytes).subspan(1));
      std::uint64_t value = 0;
      for (const std::byte byte : (*sum)->value()) value = value << 8 | std::to_integer<std::uint64_t>(byte);
      QCOMPARE(value, plainCrc(crc, bytes));
    }
  }
}

void TstChecksum::refusesParametersThatDoNotFit_data() {
  QTest::addColumn<CrcParameters>("crc");
  QTest::newRow("two bits") << CrcParameters{.width = 2};
  QTest::newRow("65 bits") << CrcParameters{.width = 65};
  QTest::newRow("a polynomial that is too wide") << CrcParameters{.width = 8, .poly = 0x107};
  QTest::newRow("an initial value that is too wide") << CrcParameters{.width = 16, .init = 0x10000};
  QTest::newRow("a final value that is too wide") << CrcParameters{.width = 63, .xorout = ~std::uint64_t{0}};
}

void TstChecksum::refusesParametersThatDoNotFit() {
  QFETCH(CrcParameters, crc);
  const auto sum = makeCrc(crc);
  QVERIFY(!sum && sum.error().isInput(InputFault::badSyntax));
}

QTEST_GUILESS_MAIN(TstChecksum)
#include "tst_checksum.moc"
