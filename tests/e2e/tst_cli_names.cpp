// sockbench-cli's name verbs as a user meets them: answers against Python's socket module, errors, exit
// status.
#include <signal.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QtTest>

#include "cli_process.h"

class TestCliNames : public QObject {
  Q_OBJECT

 private slots:
  void answersAsPythonDoes_data();
  void answersAsPythonDoes();
  void printsATable_data();
  void printsATable();
  void keysAreThoseOfTheContract_data();
  void keysAreThoseOfTheContract();
  void jsonStandsBeforeOrAfterTheVerb();
  void saysNo_data();
  void saysNo();
  void wrongCommandLine_data();
  void wrongCommandLine();
  void lastValueOfAnOptionCounts();
  void flagsMayBeGivenOneByOne();
  void helpAndVersion_data();
  void helpAndVersion();
  void unprintableNamesAreEscaped();
  void endsQuietlyWithoutAReader_data();
  void endsQuietlyWithoutAReader();
  void fullDeviceIsAnError();
  void signalEndsALookupThatHangs_data();
  void signalEndsALookupThatHangs();
  void limitEndsALookupThatHangs();
  void linksNoQt();
};

namespace {

QByteArray show(const ProgramResult& result) {
  return "exit " + QByteArray::number(result.exitCode) + "\nout: " + result.out + "\nerr: " + result.err;
}

QProcessEnvironment hangingEnvironment() {
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  environment.insert(QStringLiteral("LD_PRELOAD"), QStringLiteral(SOCKBENCH_HANGING_GETADDRINFO));
  environment.insert(QStringLiteral("ASAN_OPTIONS"), QStringLiteral("verify_asan_link_order=0"));
  return environment;
}

// Starts a look-up that never answers, and comes back when it is under way.
void startHanging(QProcess& process, const QStringList& more) {
  process.setProcessEnvironment(hangingEnvironment());
  process.setReadChannel(QProcess::StandardError);
  process.start(QStringLiteral(SOCKBENCH_CLI),
                QStringList{QStringLiteral("resolve"), QStringLiteral("hang.example")} + more);
  QByteArray said;
  while (!said.contains("hanging\n")) {
    if (!process.waitForReadyRead(30'000)) break;
    said += process.readAllStandardError();
  }
  QCOMPARE(said, QByteArray("hanging\n"));
}

void row(const char* arguments) {
  QTest::newRow(arguments) << words(arguments);
}

}  // namespace

void TestCliNames::answersAsPythonDoes_data() {
  QTest::addColumn<QStringList>("arguments");
  row("resolve localhost");
  row("resolve localhost 80");
  row("resolve localhost http --type stream");
  row("resolve localhost domain --type dgram");
  row("resolve localhost --family inet");
  row("resolve localhost --flags canonname");
  row("resolve 127.0.0.1 0");
  row("resolve 127.0.0.1 65535 --type raw");
  row("resolve ::1 53 --type dgram --flags numerichost,numericserv");
  row("resolve * 80");
  row("resolve * 80 --flags passive");
  row("resolve * 80 --flags passive --family inet6");
  row("resolve 127.0.0.1 80 --family inet6 --flags v4mapped,all");
  row("resolve localhost 80 --flags addrconfig");
  row("resolve fe80::1%lo 80");
  row("resolve 127.1 80");
  row("resolve *");
  row("resolve localhost nosuch");
  row("resolve localhost ssh --type dgram");
  row("resolve localhost --flags numerichost");
  row("resolve localhost http --flags numericserv");
  row("resolve ::1 --family inet");
  row("resolve * 80 --flags canonname");
  row("hostinfo localhost");
  row("hostinfo 127.0.0.1");
  row("nameinfo 127.0.0.1 80");
  row("nameinfo 127.0.0.1 80 --numeric");
  row("nameinfo ::1 22 --numeric");
  row("nameinfo 127.0.0.1 514");
  row("nameinfo 127.0.0.1 514 --dgram");
  row("nameinfo 127.0.0.1 1024");
  row("nameinfo 127.0.0.1 80 --numeric --name-required");
  row("service http");
  row("service www");
  row("service domain --protocol udp");
  row("service 53");
  row("service 53 --protocol udp");
  row("service 22 --protocol tcp");
  row("protocol tcp");
  row("protocol UDP");
  row("protocol ipv6-icmp");
  row("hostname");
  row("interfaces");
}

void TestCliNames::answersAsPythonDoes() {
  QFETCH(QStringList, arguments);
  const ProgramResult oracle =
      runProgram(QStringLiteral("python3"), QStringList{QStringLiteral(SOCKBENCH_NAMES_ORACLE)} + arguments);
  const QJsonObject expected = jsonLine(oracle.out);
  QVERIFY2(!expected.isEmpty(), show(oracle));
  const ProgramResult ours = runCli(arguments + QStringList{QStringLiteral("--json")});
  QVERIFY2(covers(jsonLine(ours.out), expected), show(ours) + "\npython: " + oracle.out);
  QCOMPARE(ours.exitCode, expected.contains(QStringLiteral("error")) ? 1 : 0);
  QCOMPARE(ours.err, QByteArray());
}

void TestCliNames::printsATable_data() {
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<QByteArray>("expected");
  const auto table = [](const char* arguments, const char* expected) {
    QTest::newRow(arguments) << words(arguments) << QByteArray(expected);
  };
  table("resolve 127.0.0.1 80 --type stream",
        "FAMILY   TYPE         PROTOCOL  ADDRESS    PORT\n"
        "AF_INET  SOCK_STREAM  tcp       127.0.0.1  80\n");
  table("resolve fe80::1%lo --type dgram --flags canonname",
        "canonical name: fe80::1%lo\n"
        "FAMILY    TYPE        PROTOCOL  ADDRESS     PORT\n"
        "AF_INET6  SOCK_DGRAM  udp       fe80::1%lo  0\n");
  table("hostinfo 127.0.0.1",
        "name     localhost\n"
        "address  127.0.0.1\n");
  table("nameinfo 127.0.0.1 80 --numeric",
        "HOST       SERVICE\n"
        "127.0.0.1  80\n");
  table("nameinfo ::1 http --numeric",
        "HOST  SERVICE\n"
        "::1   80\n");
  table("service http",
        "NAME  PORT  PROTOCOL  ALIASES\n"
        "http  80    tcp       www\n");
  table("protocol 6",
        "NAME  NUMBER  ALIASES\n"
        "tcp   6       TCP\n");
}

void TestCliNames::printsATable() {
  QFETCH(QStringList, arguments);
  QFETCH(QByteArray, expected);
  const ProgramResult result = runCli(arguments);
  QCOMPARE(result.out, expected);
  QCOMPARE(result.err, QByteArray());
  QCOMPARE(result.exitCode, 0);
}

void TestCliNames::keysAreThoseOfTheContract_data() {
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<QByteArray>("beginning");
  const auto keys = [](const char* arguments, const char* beginning) {
    QTest::newRow(arguments) << words(arguments) << QByteArray(beginning);
  };
  keys("resolve ::1 80 --type stream", R"({"host":"::1","service":"80","canonname":"","elapsed_ms":)");
  keys("resolve ::1 --type stream", R"({"host":"::1","service":null,"canonname":"","elapsed_ms":)");
  keys("hostinfo 127.0.0.1", R"({"name":"localhost","aliases":[],"addresses":["127.0.0.1"]})");
  keys("nameinfo ::1 80 --numeric", R"({"host":"::1","service":"80"})");
  keys("service http", R"({"name":"http","port":80,"protocol":"tcp","aliases":["www"]})");
  keys("protocol 17", R"({"name":"udp","number":17,"aliases":["UDP"]})");
  keys(
      "interfaces",
      R"({"interfaces":[{"index":1,"name":"lo","up":true,"loopback":true,"multicast":false,"mtu":65536,)"
      R"("mac":"00:00:00:00:00:00","addresses":[{"address":"127.0.0.1","prefix":8,"broadcast":null,"scope":"loopback",)"
      R"("peer":null)");
}

void TestCliNames::keysAreThoseOfTheContract() {
  QFETCH(QStringList, arguments);
  QFETCH(QByteArray, beginning);
  const ProgramResult result = runCli(arguments + QStringList{QStringLiteral("--json")});
  QCOMPARE(result.out.left(beginning.size()), beginning);
  const QJsonArray results = jsonLine(result.out).value(QStringLiteral("results")).toArray();
  if (arguments.contains(QStringLiteral("80")) && arguments[0] == QStringLiteral("resolve")) {
    QVERIFY2(result.out.endsWith(
                 R"("results":[{"family":"AF_INET6","type":"SOCK_STREAM","protocol":6,"protocol_name":"tcp",)"
                 R"("address":"::1","port":80,"flowinfo":0,"scope_id":0}]})"
                 "\n"),
             result.out);
  }
}

void TestCliNames::jsonStandsBeforeOrAfterTheVerb() {
  const ProgramResult before = runCli(words("--json service http"));
  const ProgramResult between = runCli(words("service --json http"));
  const ProgramResult after = runCli(words("service http --json"));
  QVERIFY(!jsonLine(before.out).isEmpty());
  QCOMPARE(between.out, before.out);
  QCOMPARE(after.out, before.out);
}

void TestCliNames::saysNo_data() {
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<QString>("op");
  QTest::addColumn<QString>("domain");
  QTest::addColumn<QString>("symbol");  // empty: it depends on the machine's name servers
  QTest::addColumn<QString>("subject");
  const auto no = [](const char* arguments, const char* op, const char* domain, const char* symbol,
                     const char* subject) {
    QTest::newRow(arguments) << words(arguments) << QString::fromLatin1(op) << QString::fromLatin1(domain)
                             << QString::fromLatin1(symbol) << QString::fromLatin1(subject);
  };
  no("resolve *", "getaddrinfo", "eai", "EAI_NONAME", "*");
  no("resolve nosuch.invalid", "getaddrinfo", "eai", "", "nosuch.invalid");
  no("resolve localhost nosuch", "getaddrinfo", "eai", "EAI_SERVICE", "nosuch");
  no("resolve localhost --flags numerichost", "getaddrinfo", "eai", "EAI_NONAME", "localhost");
  no("resolve ::1 --family inet", "getaddrinfo", "eai", "EAI_ADDRFAMILY", "::1");
  no("resolve * 80 --flags canonname", "getaddrinfo", "eai", "EAI_BADFLAGS", "*");
  no("resolve fe80::1%nosuch 80", "getaddrinfo", "eai", "EAI_NONAME", "fe80::1%nosuch");
  no("hostinfo nosuch.invalid", "gethostbyname", "h_errno", "", "nosuch.invalid");
  no("hostinfo 999.1.1.1", "gethostbyname", "h_errno", "", "999.1.1.1");
  no("hostinfo [1,2]", "gethostbyname", "h_errno", "", "[1,2]");
  no("nameinfo 127.0.0.1 80 --numeric --name-required", "getnameinfo", "eai", "EAI_NONAME", "127.0.0.1:80");
  no("service nosuch", "getservbyname", "input", "UNKNOWN_NAME", "nosuch");
  no("service ssh --protocol udp", "getservbyname", "input", "UNKNOWN_NAME", "ssh");
  no("service 1 --protocol udp", "getservbyport", "input", "UNKNOWN_NAME", "1");
  no("protocol nosuch", "getprotobyname", "input", "UNKNOWN_NAME", "nosuch");
  no("protocol 254", "getprotobynumber", "input", "UNKNOWN_NAME", "254");
  QTest::newRow("an empty host") << QStringList{QStringLiteral("resolve"), QString()}
                                 << QStringLiteral("getaddrinfo") << QStringLiteral("eai")
                                 << QStringLiteral("EAI_NONAME") << QString();
}

void TestCliNames::saysNo() {
  QFETCH(QStringList, arguments);
  QFETCH(QString, op);
  QFETCH(QString, domain);
  QFETCH(QString, symbol);
  QFETCH(QString, subject);
  const ProgramResult json = runCli(arguments + QStringList{QStringLiteral("--json")});
  QCOMPARE(json.exitCode, 1);
  QCOMPARE(json.err, QByteArray());
  QVERIFY2(json.out.startsWith("{\"error\":{\"op\":"), json.out);
  const QJsonObject error = jsonLine(json.out).value(QStringLiteral("error")).toObject();
  QStringList keys = error.keys();
  QCOMPARE(keys, words("code domain hint message op subject symbol"));
  QCOMPARE(error.value(QStringLiteral("op")).toString(), op);
  QCOMPARE(error.value(QStringLiteral("domain")).toString(), domain);
  QCOMPARE(error.value(QStringLiteral("subject")).toString(), subject);
  QVERIFY(!error.value(QStringLiteral("message")).toString().isEmpty());
  const QString given = error.value(QStringLiteral("symbol")).toString();
  if (!symbol.isEmpty()) QCOMPARE(given, symbol);

  const ProgramResult table = runCli(arguments);
  QCOMPARE(table.exitCode, 1);
  QCOMPARE(table.out, QByteArray());
  QVERIFY2(table.err.startsWith("sockbench-cli: " + op.toLatin1()), table.err);
  QVERIFY2(table.err.contains(given.toLatin1()), table.err);
}

void TestCliNames::wrongCommandLine_data() {
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<QByteArray>("named");  // what the message must point at
  const auto wrong = [](const char* arguments, const char* named) {
    QTest::newRow(*arguments == '\0' ? "nothing at all" : arguments) << words(arguments) << QByteArray(named);
  };
  wrong("", "a verb is missing; the verbs are resolve, hostinfo,");
  wrong("--json", "a verb is missing");
  wrong("nosuch", "no verb is named \"nosuch\"; the verbs are resolve, hostinfo,");
  wrong("--nosuch", "no option is named \"--nosuch\"");
  wrong("resolve", "HOST is required; see sockbench-cli resolve --help");
  wrong("resolve localhost 80 more", "more; see sockbench-cli resolve --help");
  wrong("resolve localhost --nosuch", "--nosuch");
  wrong("resolve localhost 65536", "SERVICE: \"65536\" is not a port from 0 to 65535");
  wrong("resolve localhost -1", "\"-1\" is not a port from 0 to 65535");
  wrong("resolve localhost 99999999999999999999", "SERVICE");
  wrong("resolve localhost --family inet4", "--family: \"inet4\" is none of any, inet, inet6");
  wrong("resolve localhost --type seqpacket", "--type: \"seqpacket\" is none of any, stream, dgram, raw");
  wrong("resolve localhost --flags nosuch", "--flags: \"nosuch\" is none of passive,canonname");
  wrong("resolve localhost --flags passive,,all", "--flags: \"\" is none of");
  wrong("resolve localhost --flags", "--flags");
  wrong("resolve localhost --timeout", "--timeout");
  wrong("resolve localhost --timeout 0", "--timeout: \"0\" is not a number of seconds above 0");
  wrong("resolve localhost --timeout -1", "--timeout: \"-1\"");
  wrong("resolve localhost --timeout nan", "--timeout: \"nan\"");
  wrong("resolve localhost --timeout inf", "--timeout: \"inf\"");
  wrong("resolve localhost --timeout 1e3", "--timeout: \"1e3\"");
  wrong("resolve localhost --timeout 5s", "--timeout: \"5s\"");
  wrong("resolve localhost --timeout 99999999999", "--timeout: \"99999999999\"");
  wrong("hostinfo", "NAME is required");
  wrong("hostinfo a b", "b; see sockbench-cli hostinfo --help");
  wrong("nameinfo 127.0.0.1", "PORT is required");
  wrong("nameinfo localhost 80", "ADDRESS: \"localhost\"");
  wrong("nameinfo 999.1.1.1 80", "ADDRESS: \"999.1.1.1\"");
  wrong("nameinfo fe80::1%nosuch 80", "ADDRESS: \"fe80::1%nosuch\"");
  wrong("nameinfo 127.0.0.1 65536", "PORT: \"65536\"");
  wrong("nameinfo 127.0.0.1 nosuch", "PORT: \"nosuch\"");
  wrong("service 65536", "\"65536\" is not a port from 0 to 65535");
  wrong("service http --protocol sctp", "--protocol: \"sctp\" is none of tcp, udp");
  wrong("protocol -1", "\"-1\" is not a protocol");
  wrong("protocol 99999999999", "\"99999999999\" is not a protocol");
  wrong("hostname more", "more; see sockbench-cli hostname --help");
  wrong("interfaces --json=abc", "--json");
}

void TestCliNames::wrongCommandLine() {
  QFETCH(QStringList, arguments);
  QFETCH(QByteArray, named);
  const ProgramResult result = runCli(arguments);
  QCOMPARE(result.exitCode, 2);
  QCOMPARE(result.out, QByteArray());
  QVERIFY2(result.err.startsWith("sockbench-cli: ") && result.err.endsWith('\n'), result.err);
  QCOMPARE(result.err.count('\n'), 1);
  QVERIFY2(result.err.contains(named), result.err);
}

void TestCliNames::lastValueOfAnOptionCounts() {
  const ProgramResult result =
      runCli(words("resolve ::1 80 --type raw --type stream --timeout 1 --timeout 20 --json"));
  const QJsonArray results = jsonLine(result.out).value(QStringLiteral("results")).toArray();
  QCOMPARE(results.size(), 1);
  QCOMPARE(results[0].toObject().value(QStringLiteral("type")).toString(), QStringLiteral("SOCK_STREAM"));
}

void TestCliNames::flagsMayBeGivenOneByOne() {
  const auto results = [](const char* arguments) {
    return jsonLine(runCli(words(arguments)).out).value(QStringLiteral("results")).toArray();
  };
  const QJsonArray list = results("resolve 127.0.0.1 80 --family inet6 --flags v4mapped,all --json");
  QVERIFY(!list.isEmpty());
  QCOMPARE(results("resolve 127.0.0.1 80 --family inet6 --flags v4mapped --flags all --json"), list);
}

void TestCliNames::helpAndVersion_data() {
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<QByteArray>("expected");
  const auto help = [](const char* arguments, const char* expected) {
    QTest::newRow(arguments) << words(arguments) << QByteArray(expected);
  };
  help("--help", "Usage: sockbench-cli");
  help("-h", "Usage: sockbench-cli");
  help("--version", "sockbench-cli ");
  help("resolve --help", "--flags");
  help("hostinfo --help", "NAME");
  help("nameinfo --help", "--name-required");
  help("service --help", "--protocol");
  help("protocol --help", "NAME");
  help("hostname --help", "--json");
  help("interfaces --help", "--json");
}

void TestCliNames::helpAndVersion() {
  QFETCH(QStringList, arguments);
  QFETCH(QByteArray, expected);
  const ProgramResult result = runCli(arguments);
  QCOMPARE(result.exitCode, 0);
  QCOMPARE(result.err, QByteArray());
  QVERIFY2(result.out.contains(expected), result.out);
}

void TestCliNames::unprintableNamesAreEscaped() {
  const QString name = QStringLiteral("\"$(printf 'caf\\303\\251\\377\\033x')\"");
  const ProgramResult json = runCliInShell(QStringLiteral("exec \"$0\" --json service ") + name);
  QCOMPARE(json.exitCode, 1);
  const QJsonObject error = jsonLine(json.out).value(QStringLiteral("error")).toObject();
  QCOMPARE(error.value(QStringLiteral("subject")).toString(), QStringLiteral("café\\xff\x1bx"));
  const ProgramResult table = runCliInShell(QStringLiteral("exec \"$0\" service ") + name);
  QVERIFY2(table.err.contains("café\\xff␛x"), table.err);
  QVERIFY(!table.err.contains('\x1b'));
  const ProgramResult usage = runCliInShell(QStringLiteral("exec \"$0\" hostname ") + name);
  QCOMPARE(usage.exitCode, 2);
  QVERIFY2(usage.err.contains("café\\xff␛x"), usage.err);
}

void TestCliNames::endsQuietlyWithoutAReader_data() {
  QTest::addColumn<QString>("script");
  QTest::newRow("closed by the parent") << QStringLiteral("exec \"$0\" interfaces >&-");
  QTest::newRow("closed by the parent, JSON") << QStringLiteral("exec \"$0\" interfaces --json >&-");
  QTest::newRow("all three closed") << QStringLiteral("exec \"$0\" interfaces <&- >&- 2>&-");
  // The reading end is closed before the program begins.
  const QString pipe = QStringLiteral(
      "import os, subprocess, sys; r, w = os.pipe(); os.close(r); "
      "sys.exit(subprocess.run(sys.argv[1:], stdout=w).returncode)");
  const QString python = QStringLiteral("exec python3 -c '") + pipe + QStringLiteral("' \"$0\" ");
  QTest::newRow("a pipe that nobody reads") << python + QStringLiteral("interfaces");
  QTest::newRow("a pipe that nobody reads, JSON") << python + QStringLiteral("interfaces --json");
  QTest::newRow("a pipe that nobody reads, help") << python + QStringLiteral("--help");
}

void TestCliNames::endsQuietlyWithoutAReader() {
  QFETCH(QString, script);
  const ProgramResult result = runCliInShell(script);
  QCOMPARE(result.err, QByteArray());
  QCOMPARE(result.out, QByteArray());
  QCOMPARE(result.exitCode, 0);
}

void TestCliNames::fullDeviceIsAnError() {
  const ProgramResult result = runCliInShell(QStringLiteral("exec \"$0\" hostname --json >/dev/full"));
  QCOMPARE(result.exitCode, 1);
  QVERIFY2(result.err.contains("ENOSPC"), result.err);
}

void TestCliNames::signalEndsALookupThatHangs_data() {
  QTest::addColumn<int>("number");
  QTest::newRow("SIGINT") << SIGINT;
  QTest::newRow("SIGTERM") << SIGTERM;
}

void TestCliNames::signalEndsALookupThatHangs() {
  QFETCH(int, number);
  QProcess process;
  startHanging(process, {});
  if (QTest::currentTestFailed()) return;
  QCOMPARE(::kill(static_cast<pid_t>(process.processId()), number), 0);
  QVERIFY(process.waitForFinished(30'000));
  QCOMPARE(process.exitStatus(), QProcess::NormalExit);
  QCOMPARE(process.exitCode(), 0);
  QCOMPARE(process.readAllStandardOutput(), QByteArray());
}

void TestCliNames::limitEndsALookupThatHangs() {
  QProcess process;
  startHanging(process, words("--timeout 0.05 --json"));
  if (QTest::currentTestFailed()) return;
  QVERIFY(process.waitForFinished(30'000));
  QCOMPARE(process.exitStatus(), QProcess::NormalExit);
  QCOMPARE(process.exitCode(), 1);
  const QJsonObject error =
      jsonLine(process.readAllStandardOutput()).value(QStringLiteral("error")).toObject();
  QCOMPARE(error.value(QStringLiteral("op")).toString(), QStringLiteral("getaddrinfo"));
  QCOMPARE(error.value(QStringLiteral("symbol")).toString(), QStringLiteral("ETIMEDOUT"));
  QCOMPARE(error.value(QStringLiteral("subject")).toString(), QStringLiteral("hang.example"));
}

void TestCliNames::linksNoQt() {
  const ProgramResult result = runProgram(QStringLiteral("ldd"), {QStringLiteral(SOCKBENCH_CLI)});
  QCOMPARE(result.exitCode, 0);
  QVERIFY(result.out.contains("libc.so"));
  QVERIFY2(!result.out.contains("Qt"), result.out);
}

QTEST_GUILESS_MAIN(TestCliNames)
#include "tst_cli_names.moc"
