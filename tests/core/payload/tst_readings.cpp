// What bytes mean, compared with what python3 reads in them, and the edges by hand.
#include <QProcess>
#include <QTest>
#include <random>

#include "core/payload/hex.h"
#include "core/payload/readings.h"

using namespace sockbench;

namespace {

Bytes bytesOf(const char* hex) {
  return *parseHex(hex);
}

std::string readingOf(ByteView bytes, std::string_view name, ByteOrder order) {
  for (const Reading& reading : readingsAt(bytes)) {
    if (reading.name == name && reading.order == order) return reading.text;
  }
  return "none";
}

// As the oracle writes it. How a character looks is another test's.
QByteArray lineOf(ByteView bytes) {
  QByteArrayList fields;
  for (const Reading& reading : readingsAt(bytes)) {
    std::string text = reading.text;
    if (reading.name == "UTF-8") text.resize(text.find(' '));
    fields << QByteArray::fromStdString(std::string(reading.name) + '|' +
                                        std::string(byteOrderName(reading.order)) + '|' +
                                        std::to_string(reading.length) + '|' + text);
  }
  return fields.join('\t');
}

std::vector<Bytes> inputs() {
  std::vector<Bytes> all;
  std::mt19937_64 random(5);
  for (std::size_t turn = 0; turn < 4000; ++turn) {
    Bytes bytes(turn % 20);
    for (std::byte& byte : bytes) byte = static_cast<std::byte>(random() & 0xFF);
    // Small numbers, long LEBs, extreme exponents.
    if (turn % 3 == 0)
      std::fill(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(random() % (bytes.size() + 1)),
                std::byte{0});
    if (turn % 5 == 0)
      std::fill(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(random() % (bytes.size() + 1)),
                std::byte{0xFF});
    if (turn % 7 == 0 && bytes.size() > 8) std::fill(bytes.begin() + 4, bytes.begin() + 8, std::byte{0});
    all.push_back(std::move(bytes));
  }
  for (std::uint64_t time : {1'795'300'000ULL, 1'795'300'000'123ULL, 1'795'300'000'123'456ULL,
                             1'795'300'000'123'456'789ULL, 134'397'736'001'234'567ULL}) {
    Bytes bytes;
    for (unsigned shift = 0; shift < 64; shift += 8)
      bytes.push_back(static_cast<std::byte>(time >> shift & 0xFF));
    all.push_back(bytes);
    std::ranges::reverse(bytes);
    all.push_back(bytes);
  }
  return all;
}

}  // namespace

class TstReadings : public QObject {
  Q_OBJECT
 private slots:
  void agreesWithPython();
  void reads_data();
  void reads();
};

void TstReadings::agreesWithPython() {
  QProcess python;
  python.start(QStringLiteral("python3"), {QStringLiteral(SOCKBENCH_READINGS_ORACLE)});
  if (!python.waitForStarted()) QSKIP("needs python3");
  const std::vector<Bytes> all = inputs();
  for (const Bytes& bytes : all) python.write(QByteArray::fromStdString(toHex(bytes)) + '\n');
  python.closeWriteChannel();
  QVERIFY(python.waitForFinished(60'000));
  QVERIFY2(python.exitCode() == 0, python.readAllStandardError());
  for (const Bytes& bytes : all) {
    QByteArray theirs = python.readLine();
    theirs.chop(1);
    QVERIFY2(lineOf(bytes) == theirs,
             toHex(bytes).c_str() + QByteArray("\n") + lineOf(bytes) + '\n' + theirs);
  }
}

void TstReadings::reads_data() {
  QTest::addColumn<QByteArray>("hex");
  QTest::addColumn<QByteArray>("name");
  QTest::addColumn<int>("order");
  QTest::addColumn<QByteArray>("text");
  const auto row = [](const char* title, const char* hex, const char* name, ByteOrder order,
                      const char* text) {
    QTest::newRow(title) << QByteArray(hex) << QByteArray(name) << static_cast<int>(order)
                         << QByteArray(text);
  };
  const auto none = ByteOrder::none;
  const auto big = ByteOrder::big;
  row("bits", "a5", "bits", none, "10100101");
  row("a tenth", "3fb999999999999a", "f64", big, "0.1");
  row("a tenth, single", "3dcccccd", "f32", big, "0.1");
  row("the smallest double", "0000000000000001", "f64", big, "5e-324");
  row("below zero", "8000000000000000", "f64", big, "-0");
  row("infinite half", "fc00", "f16", big, "-inf");
  row("the smallest half", "0001", "f16", big, "5.9604645e-08");
  row("the largest half", "7bff", "f16", big, "65504");
  row("the largest ULEB128", "ffffffffffffffffff01", "ULEB128", none, "18446744073709551615");
  row("a ULEB128 that is too large", "ffffffffffffffffff02", "ULEB128", none, "none");
  row("a ULEB128 without an end", "ffff", "ULEB128", none, "none");
  row("the smallest SLEB128", "8080808080808080807f", "SLEB128", none, "-9223372036854775808");
  row("a character", "c3a9", "UTF-8", none, "U+00E9 \xC3\xA9");
  row("a character that deceives", "e280ae", "UTF-8", none, "U+202E <U+202E>");
  row("no character", "c080", "UTF-8", none, "none");
  row("the last second of 32 bits", "ffffffff", "Unix time, 32 bits", big, "2106-02-07T06:28:15Z");
  row("the last time of 2200", "00000001b27f4c7f", "Unix time, 64 bits", big, "2200-12-31T23:59:59Z");
  row("the first time of 2201", "00000001b27f4c80", "Unix time, 64 bits", big, "none");
  row("NTP of 1970", "83aa7e8080000000", "NTP", big, "1970-01-01T00:00:00.500000000Z");
  row("NTP before 1970", "83aa7e7fffffffff", "NTP", big, "none");
  row("NTP of the next era", "0000000000000001", "NTP", big, "2036-02-07T06:28:16.000000000Z");
  row("NTP that is no time", "0000000000000000", "NTP", big, "none");
  row("FILETIME of 1970", "019db1ded53e8001", "FILETIME", big, "1970-01-01T00:00:00.0000001Z");
  row("a DOS date", "5b7562a9", "DOS date and time", big, "2025-11-21 12:21:18");
  row("a DOS date that is none", "5b7fbf7d", "DOS date and time", big, "none");
}

void TstReadings::reads() {
  QFETCH(QByteArray, hex);
  QFETCH(QByteArray, name);
  QFETCH(int, order);
  QFETCH(QByteArray, text);
  QCOMPARE(QByteArray::fromStdString(
               readingOf(bytesOf(hex.constData()), name.toStdString(), static_cast<ByteOrder>(order))),
           text);
}

QTEST_GUILESS_MAIN(TstReadings)
#include "tst_readings.moc"
