// Bytes as text, read back by the programs that the text is for: hexdump, a C compiler, python3.
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <random>

#include "core/payload/base64.h"
#include "core/payload/byte_format.h"
#include "core/payload/escapes.h"
#include "core/payload/hex.h"

using namespace sockbench;

namespace {

// All byte values, quotes of each kind alone and together, and random ones of many lengths.
std::vector<Bytes> inputs() {
  std::vector<Bytes> all{{},
                         toBytes("it's"),
                         toBytes("\"quoted\""),
                         toBytes("'\"\\"),
                         toBytes("\\x41\n\r\t?"
                                 "?/")};
  std::mt19937_64 random(3);
  for (std::size_t size = 1; size < 70; ++size) {
    Bytes bytes(size);
    for (std::byte& byte : bytes) byte = static_cast<std::byte>(random() & 0xFF);
    all.push_back(std::move(bytes));
  }
  Bytes values(256);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<std::byte>(i);
  all.push_back(std::move(values));
  return all;
}

QByteArray text(const std::string& from) {
  return QByteArray::fromStdString(from);
}

struct Ran {
  bool isThere = false;
  int code = -1;
  QByteArray output{};
  QByteArray errors{};
};

Ran run(const char* program, const QStringList& arguments, const QByteArray& input) {
  QProcess process;
  process.start(QString::fromLatin1(program), arguments);
  if (!process.waitForStarted()) return {};
  process.write(input);
  process.closeWriteChannel();
  if (!process.waitForFinished(60'000)) return {.isThere = true, .errors = "does not finish"};
  return {true, process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

}  // namespace

class TstByteFormat : public QObject {
  Q_OBJECT
 private slots:
  void writes_data();
  void writes();
  void everyFormatHasAName();
  void isReadBack();
  void dumpsAsHexdumpDoes();
  void offsetsGoOn();
  void pythonReadsTheSameBytes();
  void aCompilerReadsTheSameBytes();
};

void TstByteFormat::writes_data() {
  QTest::addColumn<int>("format");
  QTest::addColumn<QByteArray>("written");
  const auto row = [](const char* name, ByteFormat format, const char* written) {
    QTest::newRow(name) << static_cast<int>(format) << QByteArray(written);
  };
  row("hex", ByteFormat::hex, "68 69 00 ff");
  row("hex dump", ByteFormat::hexDump,
      "00000000  68 69 00 ff                                       |hi..|\n");
  row("escaped", ByteFormat::escaped, "hi\\0\\xFF");
  row("C", ByteFormat::cArray, "const unsigned char data[] = {\n    0x68, 0x69, 0x00, 0xff\n};\n");
  row("Python", ByteFormat::python, "b'hi\\x00\\xff'");
  row("Base64", ByteFormat::base64, "aGkA/w==");
}

void TstByteFormat::writes() {
  QFETCH(int, format);
  QFETCH(QByteArray, written);
  const Bytes bytes = *parseHex("686900ff");
  QCOMPARE(text(formatBytes(bytes, static_cast<ByteFormat>(format))).toLower(), written.toLower());
}

void TstByteFormat::everyFormatHasAName() {
  std::vector<std::string_view> names;
  for (const ByteFormat format : byteFormats()) names.push_back(byteFormatName(format));
  const std::vector<std::string_view> expected{"hex", "hex-dump", "escaped", "c", "python", "base64"};
  QCOMPARE(names, expected);
}

void TstByteFormat::isReadBack() {
  for (const Bytes& bytes : inputs()) {
    QCOMPARE(*parseHex(formatBytes(bytes, ByteFormat::hex)), bytes);
    QCOMPARE(*unescape(formatBytes(bytes, ByteFormat::escaped)), bytes);
    QCOMPARE(*fromBase64(formatBytes(bytes, ByteFormat::base64)), bytes);
  }
}

void TstByteFormat::dumpsAsHexdumpDoes() {
  for (const Bytes& bytes : inputs()) {
    if (bytes.empty()) continue;
    const std::string_view input = asChars(bytes);
    const Ran theirs = run("hexdump", {QStringLiteral("-C"), QStringLiteral("-v")},
                           QByteArray(input.data(), static_cast<qsizetype>(input.size())));
    if (!theirs.isThere) QSKIP("needs hexdump");
    const qsizetype lastLine = theirs.output.lastIndexOf('\n', -2) + 1;
    QCOMPARE(text(hexDump(bytes)), theirs.output.first(lastLine));
  }
}

void TstByteFormat::offsetsGoOn() {
  QVERIFY(hexDump(toBytes("a"), 0x12340).starts_with("00012340  61 "));
  QVERIFY(hexDump(toBytes("a"), 0xFFFFFFFF0).starts_with("ffffffff0  61 "));
  const std::string two = hexDump(Bytes(17), 0xFFFFFFF0);
  QVERIFY(two.starts_with("fffffff0  "));
  QVERIFY(two.contains("\n100000000  "));
  QVERIFY(hexDump(toBytes("a"), ~std::uint64_t{0}).starts_with("ffffffffffffffff  61"));
  QVERIFY(hexDump({}).empty());
}

void TstByteFormat::pythonReadsTheSameBytes() {
  QByteArray lines;
  for (const Bytes& bytes : inputs()) lines += text(toHex(bytes)) + '\t' + text(pythonBytes(bytes)) + '\n';
  const Ran python =
      run("python3",
          {QStringLiteral("-c"), QStringLiteral("import ast, sys\n"
                                                "for line in sys.stdin:\n"
                                                "  h, t = line.rstrip('\\n').split('\\t', 1)\n"
                                                "  b = bytes.fromhex(h)\n"
                                                "  assert ast.literal_eval(t) == b and repr(b) == t, line\n"
                                                "print('same')\n")},
          lines);
  if (!python.isThere) QSKIP("needs python3");
  QVERIFY2(python.code == 0, python.errors);
  QCOMPARE(python.output.trimmed(), QByteArray("same"));
}

void TstByteFormat::aCompilerReadsTheSameBytes() {
  if (QStandardPaths::findExecutable(QStringLiteral("cc")).isEmpty()) QSKIP("needs cc");
  QByteArray source = "#include <stdio.h>\n";
  QByteArray calls;
  QByteArray expected;
  int count = 0;
  for (const Bytes& bytes : inputs()) {
    const std::string name = "data" + std::to_string(count++);
    source += text(cArray(bytes, name));
    calls += "  for (unsigned i = 0; i < sizeof " + text(name) + "; ++i) printf(\"%02x\", " + text(name) +
             "[i]);\n  puts(\"\");\n";
    expected += (bytes.empty() ? QByteArray("00") : text(toHex(bytes))) + '\n';
  }
  source += "int main(void) {\n" + calls + "  return 0;\n}\n";
  QTemporaryDir folder;
  const QString program = folder.filePath(QStringLiteral("program"));
  const Ran compiler = run("cc",
                           {QStringLiteral("-std=c99"), QStringLiteral("-pedantic-errors"),
                            QStringLiteral("-Wall"), QStringLiteral("-Werror"), QStringLiteral("-x"),
                            QStringLiteral("c"), QStringLiteral("-o"), program, QStringLiteral("-")},
                           source);
  QVERIFY2(compiler.code == 0, compiler.errors);
  QCOMPARE(run(program.toLocal8Bit().constData(), {}, {}).output, expected);
}

QTEST_GUILESS_MAIN(TstByteFormat)
#include "tst_byte_format.moc"
