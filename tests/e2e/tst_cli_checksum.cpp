// sockbench-cli checksum: values, names, files of any size, and what is wrong.
#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

#include "cli_process.h"

class TestCliChecksum : public QObject {
  Q_OBJECT

 private slots:
  void computes_data();
  void computes();
  void listsAll();
  void streamsAFile();
  void readsStandardInput();
  void refuses_data();
  void refuses();
};

namespace {

QString s(const char* text) {
  return QString::fromUtf8(text);
}

}  // namespace

void TestCliChecksum::computes_data() {
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<QString>("algorithm");
  QTest::addColumn<int>("bits");
  QTest::addColumn<QString>("value");
  const auto row = [](const char* name, const QStringList& arguments, const char* algorithm, int bits,
                      const char* value) {
    QTest::newRow(name) << arguments << s(algorithm) << bits << s(value);
  };
  row("the contract's example", {s("CRC-16/MODBUS"), s("123456789")}, "CRC-16/MODBUS", 16, "4b37");
  row("an alias", {s("crc32"), s("123456789")}, "CRC-32/ISO-HDLC", 32, "cbf43926");
  row("escapes", {s("xor"), s("\\x0f\\xf0")}, "XOR-8", 8, "ff");
  row("bytes", {s("sum8"), s("--hex"), s("01 02 03")}, "SUM-8", 8, "06");
  row("nothing", {s("md5"), QString()}, "MD5", 128, "d41d8cd98f00b204e9800998ecf8427e");
  row("a CRC of one's own", {s("crc(16,0x1021,0xffff,false,false,0)"), s("123456789")},
      "crc(16,0x1021,0xffff,false,false,0x0)", 16, "29b1");
}

void TestCliChecksum::computes() {
  QFETCH(QStringList, arguments);
  QFETCH(QString, algorithm);
  QFETCH(int, bits);
  QFETCH(QString, value);
  const QStringList all = QStringList{s("checksum")} + arguments;
  const ProgramResult json = runCli(all + QStringList{s("--json")});
  QVERIFY2(json.exitCode == 0, json.err);
  const QJsonObject object = jsonLine(json.out);
  QCOMPARE(object.value(s("algorithm")).toString(), algorithm);
  QCOMPARE(object.value(s("bits")).toInt(), bits);
  QCOMPARE(object.value(s("value")).toString(), value);
  const ProgramResult people = runCli(all);
  QCOMPARE(people.exitCode, 0);
  QCOMPARE(QString::fromUtf8(people.out), value + s("  ") + algorithm + s("\n"));
}

void TestCliChecksum::listsAll() {
  const ProgramResult people = runCli({s("checksum"), s("--list")});
  QCOMPARE(people.exitCode, 0);
  QVERIFY(people.out.contains("CRC-32/MPEG-2"));
  const QJsonArray all =
      jsonLine(runCli({s("checksum"), s("--list"), s("--json")}).out).value(s("algorithms")).toArray();
  QVERIFY(all.size() > 100);
  for (const QJsonValue& one : all) {
    const QJsonObject entry = one.toObject();
    QCOMPARE((entry.value(s("bits")).toInt() + 7) / 8 * 2, entry.value(s("check")).toString().size());
  }
}

void TestCliChecksum::streamsAFile() {
  QTemporaryDir folder;
  QFile file(folder.filePath(s("large")));
  QVERIFY(file.open(QIODevice::ReadWrite));
  QVERIFY(file.resize(qint64{100} << 20));
  QVERIFY(file.seek(qint64{70} << 20));
  file.write("here");
  file.flush();
  file.seek(0);
  QCryptographicHash hash(QCryptographicHash::Sha256);
  QVERIFY(hash.addData(&file));
  // With less memory than the file has bytes.
  const ProgramResult result =
      runCliInShell(s("ulimit -d 60000; \"$0\" checksum sha256 --json --file '%1'").arg(file.fileName()));
  QVERIFY2(result.exitCode == 0, result.err);
  QCOMPARE(jsonLine(result.out).value(s("value")).toString(), QString::fromLatin1(hash.result().toHex()));
}

void TestCliChecksum::readsStandardInput() {
  const ProgramResult result = runCliInShell(s("printf 123456789 | \"$0\" checksum x25 --file -"));
  QCOMPARE(result.out, QByteArray("906e  CRC-16/IBM-SDLC\n"));
}

void TestCliChecksum::refuses_data() {
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<int>("exitCode");
  QTest::addColumn<QByteArray>("word");
  const auto row = [](const char* name, const QStringList& arguments, int exitCode, const char* word) {
    QTest::newRow(name) << arguments << exitCode << QByteArray(word);
  };
  row("no algorithm", {}, 2, "--list");
  row("an unknown algorithm", {s("CRC-16/MODBUSS"), s("x")}, 2, "CRC-16/MODBUS\"");
  row("nothing to sum", {s("crc32")}, 2, "TEXT");
  row("two things to sum", {s("crc32"), s("a"), s("--hex"), s("00")}, 2, "TEXT");
  row("hex that is none", {s("crc32"), s("--hex"), s("0g")}, 2, "column 2");
  row("an unknown escape", {s("crc32"), s("a\\q")}, 2, "column 2");
  row("a CRC that is none", {s("crc(65,1,0,0,0,0)"), s("x")}, 2, "3 to 64");
  row("a file that there is not", {s("crc32"), s("--file"), s("/no/such/file")}, 1, "ENOENT");
  row("a folder", {s("crc32"), s("--file"), s("/")}, 1, "EISDIR");
}

void TestCliChecksum::refuses() {
  QFETCH(QStringList, arguments);
  QFETCH(int, exitCode);
  QFETCH(QByteArray, word);
  const ProgramResult result = runCli(QStringList{s("checksum")} + arguments);
  QCOMPARE(result.exitCode, exitCode);
  QVERIFY2(result.err.contains(word), result.err);
  QVERIFY(result.out.isEmpty());
}

QTEST_GUILESS_MAIN(TestCliChecksum)
#include "tst_cli_checksum.moc"
