// sockbench-cli's name verbs with a host database and interfaces made for the test, in namespaces of their
// own.
#include <QJsonArray>
#include <QTemporaryDir>
#include <QtTest>

#include "cli_process.h"

class TestCliOwnNames : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase();
  void answersAsPythonDoes_data();
  void answersAsPythonDoes();
  void aliasesAreListed();
  void withoutANameServer_data();
  void withoutANameServer();
  void interfacesOfEveryKind();

 private:
  ProgramResult runWithOwnFiles(const QStringList& command) const;

  QTemporaryDir files_;
};

namespace {

const QByteArray kHosts =
    "127.0.0.1 localhost\n"
    "192.0.2.10 bench.test bench www.bench.test\n"
    "192.0.2.11 bench.test\n"
    "2001:db8::10 bench.test\n"
    "2001:db8::11 six.test\n";

void write(const QString& path, const QByteArray& content) {
  QFile file(path);
  QVERIFY(file.open(QIODevice::WriteOnly));
  QCOMPARE(file.write(content), content.size());
}

ProgramResult runUnshared(const QString& namespaces, const QString& script, const QStringList& arguments) {
  return runProgram(QStringLiteral("unshare"),
                    QStringList{namespaces, QStringLiteral("/bin/sh"), QStringLiteral("-ec"), script,
                                QStringLiteral("sh")} +
                        arguments);
}

QJsonObject named(const QJsonArray& interfaces, const QString& name) {
  for (const QJsonValue& one : interfaces) {
    if (one.toObject().value(QStringLiteral("name")) == name) return one.toObject();
  }
  return {};
}

}  // namespace

void TestCliOwnNames::initTestCase() {
  if (runUnshared(QStringLiteral("-rmn"), QStringLiteral("true"), {}).exitCode != 0) {
    QSKIP("this user may not make namespaces here");
  }
  write(files_.filePath(QStringLiteral("hosts")), kHosts);
  write(files_.filePath(QStringLiteral("nsswitch.conf")),
        "hosts: files\nservices: files\nprotocols: files\n");
}

ProgramResult TestCliOwnNames::runWithOwnFiles(const QStringList& command) const {
  const QString script = QStringLiteral(
      "mount --bind \"$1/hosts\" /etc/hosts; mount --bind \"$1/nsswitch.conf\" /etc/nsswitch.conf; "
      "shift; exec \"$@\"");
  return runUnshared(QStringLiteral("-rm"), script, QStringList{files_.path()} + command);
}

void TestCliOwnNames::answersAsPythonDoes_data() {
  QTest::addColumn<QStringList>("arguments");
  const char* const rows[] = {
      "resolve bench.test 80",
      "resolve bench.test 80 --type stream --flags canonname",
      "resolve bench.test --family inet6",
      "resolve bench --flags canonname",
      "resolve bench.test 80 --family inet6 --flags v4mapped,all",
      "resolve six.test 80 --type dgram",
      "resolve six.test --family inet",
      "resolve nosuch.test",
      "hostinfo bench.test",
      "hostinfo bench",
      "hostinfo www.bench.test",
      "hostinfo 192.0.2.10",
      "hostinfo 192.0.2.11",
      "hostinfo 2001:db8::10",
      "nameinfo 192.0.2.10 80",
      "nameinfo 2001:db8::11 22 --name-required",
      "nameinfo 192.0.2.99 80",
      "nameinfo 192.0.2.99 80 --name-required",
  };
  for (const char* arguments : rows) QTest::newRow(arguments) << words(arguments);
}

void TestCliOwnNames::answersAsPythonDoes() {
  QFETCH(QStringList, arguments);
  const ProgramResult oracle = runWithOwnFiles(
      QStringList{QStringLiteral("python3"), QStringLiteral(SOCKBENCH_NAMES_ORACLE)} + arguments);
  const QJsonObject expected = jsonLine(oracle.out);
  QVERIFY2(!expected.isEmpty(), oracle.err);
  const ProgramResult ours =
      runWithOwnFiles(QStringList{QStringLiteral(SOCKBENCH_CLI), QStringLiteral("--json")} + arguments);
  QVERIFY2(covers(jsonLine(ours.out), expected), ours.out + ours.err + "python: " + oracle.out);
  QCOMPARE(ours.exitCode, expected.contains(QStringLiteral("error")) ? 1 : 0);
}

void TestCliOwnNames::aliasesAreListed() {
  const ProgramResult result =
      runWithOwnFiles(QStringList{QStringLiteral(SOCKBENCH_CLI)} + words("hostinfo bench"));
  QCOMPARE(result.out, QByteArray("name     bench.test\n"
                                  "alias    bench\n"
                                  "alias    www.bench.test\n"
                                  "address  192.0.2.10\n"));
}

void TestCliOwnNames::withoutANameServer_data() {
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<QString>("symbol");
  QTest::newRow("resolve") << words("resolve nosuch.test") << QStringLiteral("EAI_AGAIN");
  QTest::newRow("hostinfo") << words("hostinfo nosuch.test") << QStringLiteral("TRY_AGAIN");
  QTest::newRow("hostinfo of an address") << words("hostinfo 192.0.2.99") << QStringLiteral("TRY_AGAIN");
}

// A network without an interface: the name server cannot be reached, which is not "no such name".
void TestCliOwnNames::withoutANameServer() {
  QFETCH(QStringList, arguments);
  QFETCH(QString, symbol);
  write(files_.filePath(QStringLiteral("dns.conf")), "hosts: files dns\n");
  write(files_.filePath(QStringLiteral("resolv.conf")),
        "nameserver 192.0.2.53\noptions timeout:1 attempts:1\n");
  const QString script = QStringLiteral(
      "mount --bind \"$1/dns.conf\" /etc/nsswitch.conf; mount --bind \"$1/resolv.conf\" /etc/resolv.conf; "
      "shift; exec \"$@\"");
  const ProgramResult result = runUnshared(
      QStringLiteral("-rmn"), script,
      QStringList{files_.path(), QStringLiteral(SOCKBENCH_CLI), QStringLiteral("--json")} + arguments);
  QCOMPARE(result.exitCode, 1);
  const QJsonObject error = jsonLine(result.out).value(QStringLiteral("error")).toObject();
  QCOMPARE(error.value(QStringLiteral("symbol")).toString(), symbol);
}

void TestCliOwnNames::interfacesOfEveryKind() {
  const QString script = QStringLiteral(
      "ip link set lo up; "
      "ip link add veth0 address 02:00:00:00:00:0a mtu 1400 type veth peer name veth1; "
      "ip link set veth0 up; "
      "ip addr add 192.0.2.33/28 broadcast 192.0.2.47 label veth0:x dev veth0; "
      "ip addr add 2001:db8::33/64 dev veth0 nodad; "
      "ip tuntap add tun0 mode tun && ip addr add 192.0.2.1 peer 192.0.2.9/32 dev tun0 || true; "
      "exec \"$0\" interfaces --json");
  const ProgramResult result =
      runProgram(QStringLiteral("unshare"), {QStringLiteral("-rn"), QStringLiteral("/bin/sh"),
                                             QStringLiteral("-ec"), script, QStringLiteral(SOCKBENCH_CLI)});
  QCOMPARE(result.exitCode, 0);
  const QJsonArray all = jsonLine(result.out).value(QStringLiteral("interfaces")).toArray();
  const QJsonObject veth = named(all, QStringLiteral("veth0"));
  QVERIFY2(
      covers(
          veth,
          jsonLine(
              R"({"up":true,"loopback":false,"multicast":true,"mtu":1400,"mac":"02:00:00:00:00:0a",)"
              R"("addresses":[{"address":"192.0.2.33","prefix":28,"broadcast":"192.0.2.47","scope":"documentation"},)"
              R"({"address":"2001:db8::33","prefix":64,"broadcast":null,"scope":"documentation"}]})"
              "\n")),
      result.out);
  QVERIFY2(covers(named(all, QStringLiteral("veth1")), jsonLine("{\"up\":false,\"addresses\":[]}\n")),
           result.out);
  const QJsonObject tunnel = named(all, QStringLiteral("tun0"));
  if (tunnel.isEmpty()) QSKIP("no tun device may be made here; the rest was tested");
  QVERIFY2(
      covers(tunnel, jsonLine(R"({"up":false,"mac":null,"addresses":[{"address":"192.0.2.1","prefix":32,)"
                              R"("broadcast":"192.0.2.9","peer":"192.0.2.9"}]})"
                              "\n")),
      result.out);
}

QTEST_GUILESS_MAIN(TestCliOwnNames)
#include "tst_cli_own_names.moc"
