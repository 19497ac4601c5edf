// sockbench-cli inspect: one address, many lines, and what is wrong with them.
#include <signal.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QtTest>

#include "cli_process.h"

class TestCliInspect : public QObject {
  Q_OBJECT

 private slots:
  void keysAreThoseOfTheContract_data();
  void keysAreThoseOfTheContract();
  void valuesOfTheContract_data();
  void valuesOfTheContract();
  void wrongAddressIsInput_data();
  void wrongAddressIsInput();
  void reportForPeople();
  void linesAreAnsweredOneByOne();
  void linesAreAnsweredAsTheyCome();
  void linesForPeople();
  void lineWithoutEnd();
  void manyLines();
  void unreadableInput();
  void signalEndsTheReading();
};

namespace {

QString s(const char* text) {
  return QString::fromUtf8(text);
}

// Feeds `input` to "inspect - ARGUMENTS...".
ProgramResult inspectLines(const QByteArray& input, const QStringList& arguments = {}) {
  QProcess process;
  process.start(s(SOCKBENCH_CLI), QStringList{s("inspect"), s("-")} + arguments);
  process.write(input);
  process.closeWriteChannel();
  ProgramResult result;
  if (process.waitForFinished(60'000) && process.exitStatus() == QProcess::NormalExit)
    result.exitCode = process.exitCode();
  result.out = process.readAllStandardOutput();
  result.err = process.readAllStandardError();
  return result;
}

QList<QJsonObject> objects(const QByteArray& out) {
  QList<QJsonObject> list;
  for (const QByteArray& line : out.trimmed().split('\n')) list << QJsonDocument::fromJson(line).object();
  return list;
}

QString symbolOf(const QJsonObject& object) {
  return object.value(s("error")).toObject().value(s("symbol")).toString();
}

}  // namespace

void TestCliInspect::keysAreThoseOfTheContract_data() {
  QTest::addColumn<QString>("address");
  for (const char* address : {"127.0.0.1", "192.0.2.1/24", "224.0.0.1", "::1", "fe80::1%lo/64", "ff02::1"}) {
    QTest::newRow(address) << s(address);
  }
}

void TestCliInspect::keysAreThoseOfTheContract() {
  QFETCH(QString, address);
  const QJsonObject json = jsonLine(runCli({s("inspect"), address, s("--json")}).out);
  for (const char* key : {"input", "family", "address", "zone", "packed", "integer", "class", "scope",
                          "multicast_scope", "ipv4_mapped", "reverse_pointer", "prefix", "netmask", "network",
                          "broadcast", "first_host", "last_host", "addresses"}) {
    QVERIFY2(json.contains(s(key)), key);
  }
  QCOMPARE(json.value(s("input")).toString(), address);
}

void TestCliInspect::valuesOfTheContract_data() {
  QTest::addColumn<QString>("address");
  QTest::addColumn<QByteArray>("expected");
  const auto row = [](const char* address, const char* expected) {
    QTest::newRow(address) << s(address) << QByteArray(expected);
  };
  row("10.1.2.3/255.255.0.0",
      R"({"family":"AF_INET","address":"10.1.2.3","zone":null,"packed":"0a010203","integer":"167838211",
          "class":"A","scope":"private","multicast_scope":null,"ipv4_mapped":null,
          "reverse_pointer":"3.2.1.10.in-addr.arpa","prefix":16,"netmask":"255.255.0.0","network":"10.1.0.0",
          "broadcast":"10.1.255.255","first_host":"10.1.0.1","last_host":"10.1.255.254","addresses":"65536"})");
  row("192.0.2.1",
      R"({"class":"C","scope":"documentation","prefix":null,"netmask":null,"network":null,"broadcast":null,
          "first_host":null,"last_host":null,"addresses":null})");
  row("10.0.0.1/31", R"({"broadcast":null,"first_host":"10.0.0.0","last_host":"10.0.0.1","addresses":"2"})");
  row("FE80::0211:22FF:FE33:4455%eth7/64",
      R"({"family":"AF_INET6","address":"fe80::211:22ff:fe33:4455","zone":"eth7","class":null,
          "scope":"link-local","prefix":64,"netmask":"ffff:ffff:ffff:ffff::","network":"fe80::",
          "broadcast":null,"first_host":"fe80::1","last_host":"fe80::ffff:ffff:ffff:ffff",
          "addresses":"18446744073709551616","mac":"00:11:22:33:44:55"})");
  row("::/0", R"({"scope":"unspecified","addresses":"340282366920938463463374607431768211456"})");
  row("::ffff:127.0.0.1", R"({"address":"::ffff:127.0.0.1","scope":"loopback","ipv4_mapped":"127.0.0.1"})");
  row("ff05::1:3", R"({"scope":"multicast","multicast_scope":"site-local"})");
  row("255.255.255.255/0.0.0.255", R"({"scope":"broadcast","class":"E","prefix":24})");
}

void TestCliInspect::valuesOfTheContract() {
  QFETCH(QString, address);
  QFETCH(QByteArray, expected);
  const ProgramResult result = runCli({s("inspect"), address, s("--json")});
  QCOMPARE(result.exitCode, 0);
  const QJsonObject wanted = QJsonDocument::fromJson(expected).object();
  QVERIFY(!wanted.isEmpty());
  QVERIFY2(covers(jsonLine(result.out), wanted), result.out);
}

void TestCliInspect::wrongAddressIsInput_data() {
  QTest::addColumn<QString>("address");
  QTest::addColumn<QString>("symbol");
  QTest::addColumn<QString>("hint");
  const auto row = [](const char* address, const char* symbol, const char* hint) {
    QTest::newRow(*address == '\0' ? "empty" : address) << s(address) << s(symbol) << s(hint);
  };
  row("127.1", "BAD_ADDRESS", "127.0.0.1");
  row("0x7f.1", "BAD_ADDRESS", "127.0.0.1");
  row("0177.0.0.1", "BAD_ADDRESS", "127.0.0.1");
  row("256.1.1.1", "BAD_ADDRESS", "from 0 to 255");
  row("", "BAD_ADDRESS", "from 0 to 255");
  row("fe80::1%", "BAD_ZONE", "interface");
  row("1.2.3.4/33", "BAD_PREFIX", "/24");
  row("1.2.3.4/255.0.255.0", "BAD_PREFIX", "netmask");
}

void TestCliInspect::wrongAddressIsInput() {
  QFETCH(QString, address);
  QFETCH(QString, symbol);
  QFETCH(QString, hint);
  const ProgramResult json = runCli({s("inspect"), s("--json"), address});
  QCOMPARE(json.exitCode, 1);
  QCOMPARE(json.err, QByteArray());
  const QJsonObject error = jsonLine(json.out).value(s("error")).toObject();
  QCOMPARE(error.value(s("symbol")).toString(), symbol);
  QCOMPARE(error.value(s("domain")).toString(), s("input"));
  QCOMPARE(error.value(s("subject")).toString(), address);
  QVERIFY2(error.value(s("hint")).toString().contains(hint), json.out);
  const ProgramResult table = runCli({s("inspect"), address});
  QCOMPARE(table.exitCode, 1);
  QCOMPARE(table.out, QByteArray());
  QVERIFY2(table.err.contains(symbol.toUtf8()), table.err);
}

void TestCliInspect::reportForPeople() {
  const ProgramResult result = runCli(words("inspect 10.1.2.3/16"));
  QCOMPARE(result.exitCode, 0);
  for (const char* line :
       {"Forms\n  Address                 10.1.2.3\n", "\nPurpose\n", "\nNetwork\n",
        "\n  Netmask                 255.255.0.0\n", "\n  Scope                   private\n"}) {
    QVERIFY2(result.out.contains(line), result.out);
  }
}

void TestCliInspect::linesAreAnsweredOneByOne() {
  const ProgramResult result =
      inspectLines("10.0.0.1/8\n127.1\r\n\n::1\r\n\xff\nff02::1%eth0", {s("--json")});
  QCOMPARE(result.exitCode, 0);
  QCOMPARE(result.err, QByteArray());
  const QList<QJsonObject> answers = objects(result.out);
  QCOMPARE(answers.size(), 6);
  QCOMPARE(answers[0].value(s("network")).toString(), s("10.0.0.0"));
  QCOMPARE(answers[1].value(s("input")).toString(), s("127.1"));
  QCOMPARE(symbolOf(answers[1]), s("BAD_ADDRESS"));
  QCOMPARE(answers[2].value(s("input")).toString(), QString());
  QCOMPARE(symbolOf(answers[2]), s("BAD_ADDRESS"));
  QCOMPARE(answers[3].value(s("address")).toString(), s("::1"));
  QCOMPARE(answers[4].value(s("input")).toString(), s("\\xff"));
  QCOMPARE(answers[5].value(s("zone")).toString(), s("eth0"));
}

void TestCliInspect::linesAreAnsweredAsTheyCome() {
  QProcess process;
  process.start(s(SOCKBENCH_CLI), {s("inspect"), s("-"), s("--json")});
  for (const char* address : {"192.0.2.1", "2001:db8::1"}) {
    process.write(QByteArray(address) + '\n');
    while (!process.canReadLine()) QVERIFY(process.waitForReadyRead(30'000));
    QCOMPARE(QJsonDocument::fromJson(process.readLine()).object().value(s("address")).toString(), s(address));
  }
  process.closeWriteChannel();
  QVERIFY(process.waitForFinished(30'000));
  QCOMPARE(process.exitCode(), 0);
}

void TestCliInspect::linesForPeople() {
  const ProgramResult result = inspectLines("10.0.0.1/24\n127.1\n\x1b[31m\n");
  QCOMPARE(result.exitCode, 0);
  const QByteArrayList lines = result.out.split('\n');
  QCOMPARE(lines.size(), 5);
  QVERIFY(lines[0].startsWith("ADDRESS "));
  QVERIFY2(lines[1].startsWith("10.0.0.1/24 ") && lines[1].contains("10.0.0.1 - 10.0.0.254"), lines[1]);
  QVERIFY2(lines[2].contains("error: ") && lines[2].contains("127.0.0.1"), lines[2]);
  QVERIFY2(lines[3].startsWith("␛[31m "), lines[3]);
}

void TestCliInspect::lineWithoutEnd() {
  const ProgramResult result =
      inspectLines(QByteArray(1'000'000, '1') + "\n::1\n" + QByteArray(5'000, '2'), {s("--json")});
  QCOMPARE(result.exitCode, 0);
  const QList<QJsonObject> answers = objects(result.out);
  QCOMPARE(answers.size(), 3);
  QCOMPARE(symbolOf(answers[0]), s("TOO_LARGE"));
  QCOMPARE(answers[0].value(s("input")).toString().size(), 4096);
  QCOMPARE(answers[1].value(s("address")).toString(), s("::1"));
  QCOMPARE(symbolOf(answers[2]), s("TOO_LARGE"));
}

void TestCliInspect::manyLines() {
#ifdef __SANITIZE_THREAD__
  constexpr int kLines = 10'000;
#else
  constexpr int kLines = 100'000;
#endif
  QByteArray input;
  for (int i = 0; i < kLines; ++i)
    input += "10." + QByteArray::number(i / 1000) + ".7." + QByteArray::number(i % 250) + "/24\n";
  const ProgramResult result = inspectLines(input, {s("--json")});
  QCOMPARE(result.exitCode, 0);
  QCOMPARE(result.out.count('\n'), kLines);
  QVERIFY(result.out.endsWith("}\n"));
}

void TestCliInspect::unreadableInput() {
  const ProgramResult result = runCliInShell(s("exec \"$0\" inspect --json - </"));
  QCOMPARE(result.exitCode, 1);
  QCOMPARE(symbolOf(jsonLine(result.out)), s("EISDIR"));
}

void TestCliInspect::signalEndsTheReading() {
  QProcess process;
  process.start(s(SOCKBENCH_CLI), {s("inspect"), s("-"), s("--json")});
  process.write("192.0.2.1\n");
  while (!process.canReadLine()) QVERIFY(process.waitForReadyRead(30'000));
  QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
  QVERIFY(process.waitForFinished(30'000));
  QCOMPARE(process.exitStatus(), QProcess::NormalExit);
  QCOMPARE(process.exitCode(), 0);
}

QTEST_GUILESS_MAIN(TestCliInspect)
#include "tst_cli_inspect.moc"
