// `bench` against our own `listen` and against other people's servers.
#include <signal.h>
#include <sys/resource.h>

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryFile>
#include <QTest>
#include <memory>

#include "live_program.h"

using namespace sockbench::test;

namespace {

QString s(const char* text) {
  return QString::fromUtf8(text);
}

struct Bench {
  int status = -1;
  QJsonObject json;
  QByteArray err;
};

Bench bench(const QStringList& arguments) {
  Program program(cliPath(), QStringList{s("bench"), s("--json")} + arguments);
  Bench result;
  result.status = program.waitForExit();
  result.json = QJsonDocument::fromJson(program.out()).object();
  result.err = program.err();
  return result;
}

QString tcp(int port) {
  return s("tcp://127.0.0.1:%1").arg(port);
}

// Prints the port that it serves, then echoes.
const QByteArray kPythonEcho =
    "import socketserver\n"
    "class Echo(socketserver.BaseRequestHandler):\n"
    "    def handle(self):\n"
    "        while True:\n"
    "            data = self.request.recv(65536)\n"
    "            if not data: return\n"
    "            self.request.sendall(data)\n"
    "class Server(socketserver.ThreadingTCPServer):\n"
    "    daemon_threads = True\n"
    "    request_queue_size = 100\n"
    "server = Server(('127.0.0.1', 0), Echo)\n"
    "print(server.server_address[1], flush=True)\n"
    "server.serve_forever()\n";

// A server by another program, and its port.
struct Peer {
  std::unique_ptr<Program> program;
  int port = 0;
};

Peer startPython() {
  Peer peer{std::make_unique<Program>(tool("python3"), pythonArguments(kPythonEcho)), 0};
  if (peer.program->waitForText("\n")) peer.port = peer.program->out().trimmed().toInt();
  return peer;
}

Peer startNcat() {
  Peer peer{nullptr, freePort()};
  peer.program = std::make_unique<Program>(
      tool("ncat"),
      QStringList{s("-vlk"), s("127.0.0.1"), QString::number(peer.port), s("--exec"), s("/bin/cat")});
  if (!peer.program->waitForText("Listening")) peer.port = 0;
  return peer;
}

Peer startSocat() {
  Peer peer{nullptr, freePort()};
  peer.program = std::make_unique<Program>(
      tool("socat"), QStringList{s("-dd"), s("TCP-LISTEN:%1,bind=127.0.0.1,fork,backlog=100").arg(peer.port),
                                 s("EXEC:/bin/cat")});
  if (!peer.program->waitForText("listening")) peer.port = 0;
  return peer;
}

}  // namespace

class TstCliBench : public QObject {
  Q_OBJECT
 private slots:
  void ourOwnEcho_data();
  void ourOwnEcho();
  void aThousandClients();
  void othersEcho_data();
  void othersEcho();
  void anAnswerByItsPattern();
  void columnsAreTheClients();
  void nobodyListens();
  void peopleGetTables();
  void aSignalEndsItInGoodOrder();
  void wrongValuesAreNamed_data();
  void wrongValuesAreNamed();
};

void TstCliBench::ourOwnEcho_data() {
  QTest::addColumn<QString>("listen");
  QTest::addColumn<QString>("rate");
  QTest::newRow("TCP, as fast as answers come") << s("tcp://127.0.0.1:0") << s("0");
  QTest::newRow("TCP, at a rate") << s("tcp://127.0.0.1:0") << s("20");
  QTest::newRow("UDP, at a rate") << s("udp://127.0.0.1:0") << s("20");
}

void TstCliBench::ourOwnEcho() {
  QFETCH(QString, listen);
  QFETCH(QString, rate);
  JsonRun server({s("listen"), listen, s("--respond"), s("echo"), s("--payload"), s("none")});
  const int port = server.port();
  QVERIFY(port > 0);
  const QString target = listen.left(listen.size() - 1) + QString::number(port);
  const Bench run =
      bench({target, s("--clients"), s("5"), s("--rate"), rate, s("--for"), s("1"), s("--size"), s("32")});
  QCOMPARE(run.status, 0);
  QCOMPARE(run.json[s("kind")].toString(), s("bench"));
  QCOMPARE(run.json[s("opened")].toInt(), 5);
  QCOMPARE(run.json[s("failed")].toInt(), 0);
  const double sent = run.json[s("messages_sent")].toDouble();
  QVERIFY(sent >= 5);
  QCOMPARE(run.json[s("bytes_out")].toDouble(), sent * 32);
  const QJsonObject latency = run.json[s("latency_us")].toObject();
  QCOMPARE(latency[s("count")].toDouble(), run.json[s("answered")].toDouble());
  double before = latency[s("min")].toDouble();
  for (const char* key : {"p50", "p90", "p99", "p99.9", "max"}) {
    QVERIFY2(latency[s(key)].toDouble() >= before, key);
    before = latency[s(key)].toDouble();
  }
  double counted = 0;
  for (const QJsonValue& bucket : run.json[s("histogram")].toArray())
    counted += bucket[s("count")].toDouble();
  QCOMPARE(counted, latency[s("count")].toDouble());
  QVERIFY(run.json[s("errors")].toArray().isEmpty());
}

void TstCliBench::aThousandClients() {
  rlimit limit{};
  QCOMPARE(::getrlimit(RLIMIT_NOFILE, &limit), 0);
  if (limit.rlim_max < 1200) QSKIP("a process may not have so many descriptors here");
  Peer peer{
      std::make_unique<Program>(
          s("/bin/sh"), QStringList{s("-c"),
                                    s("ulimit -n %1; exec \"$0\" listen tcp://127.0.0.1:0 --respond echo "
                                      "--payload none --json")
                                        .arg(limit.rlim_max),
                                    cliPath()}),
      0};
  QVERIFY(peer.program->waitForText("\"listening\""));
  const QByteArray first = peer.program->out().left(peer.program->out().indexOf('\n'));
  peer.port = portOf(QJsonDocument::fromJson(first)[s("local")].toString());
  QVERIFY(peer.port > 0);
  const Bench run = bench({tcp(peer.port), s("--clients"), s("1000"), s("--messages"), s("2"), s("--for"),
                           s("60"), s("--size"), s("10")});
  QCOMPARE(run.status, 0);
  QCOMPARE(run.json[s("opened")].toInt(), 1000);
  QCOMPARE(run.json[s("messages_sent")].toInt(), 2000);
  QCOMPARE(run.json[s("answered")].toInt(), 2000);
  QCOMPARE(run.json[s("connect_us")].toObject()[s("count")].toInt(), 1000);
}

void TstCliBench::othersEcho_data() {
  QTest::addColumn<QString>("program");
  for (const char* program : {"python3", "ncat", "socat"}) QTest::newRow(program) << s(program);
}

void TstCliBench::othersEcho() {
  QFETCH(QString, program);
  if (tool(program.toLatin1().constData()).isEmpty()) QSKIP("it is not installed");
  const Peer peer = program == s("python3") ? startPython()
                    : program == s("ncat")  ? startNcat()
                                            : startSocat();
  QVERIFY(peer.port > 0);
  const Bench run =
      bench({tcp(peer.port), s("--clients"), s("8"), s("--connecting"), s("2"), s("--messages"), s("20"),
             s("--for"), s("30"), s("--message"), s("client {{client}} says {{counter}}\\n")});
  QCOMPARE(run.status, 0);
  QCOMPARE(run.json[s("messages_sent")].toInt(), 160);
  QCOMPARE(run.json[s("answered")].toInt(), 160);
  QCOMPARE(run.json[s("bytes_in")].toInt(), run.json[s("bytes_out")].toInt());
}

void TstCliBench::anAnswerByItsPattern() {
  const Peer peer = startPython();
  QVERIFY(peer.port > 0);
  const Bench run = bench({tcp(peer.port), s("--messages"), s("5"), s("--message"), s("are you OK\\r\\n"),
                           s("--expect"), s("regex:O[A-Z]\\r\\n")});
  QCOMPARE(run.status, 0);
  QCOMPARE(run.json[s("answered")].toInt(), 5);
}

void TstCliBench::columnsAreTheClients() {
  QTemporaryFile csv;
  QVERIFY(csv.open());
  csv.write("name\nann\nbartholomew\n");
  csv.flush();
  const Peer peer = startPython();
  QVERIFY(peer.port > 0);
  const Bench run = bench({tcp(peer.port), s("--clients"), s("2"), s("--messages"), s("1"), s("--message"),
                           s("{{name}}"), s("--columns"), csv.fileName()});
  QCOMPARE(run.status, 0);
  QCOMPARE(run.json[s("bytes_out")].toInt(), 3 + 11);
}

void TstCliBench::nobodyListens() {
  const Bench run = bench({tcp(freePort()), s("--clients"), s("3"), s("--for"), s("5")});
  QCOMPARE(run.status, 1);
  QCOMPARE(run.json[s("failed")].toInt(), 3);
  QVERIFY(run.json[s("latency_us")].isNull());
  const QJsonObject error = run.json[s("errors")].toArray().first().toObject();
  QCOMPARE(error[s("symbol")].toString(), s("ECONNREFUSED"));
  QCOMPARE(error[s("count")].toInt(), 3);
}

void TstCliBench::peopleGetTables() {
  Program run(cliPath(), {s("bench"), tcp(freePort()), s("--clients"), s("2"), s("--for"), s("5")});
  QCOMPARE(run.waitForExit(), 1);
  for (const char* text :
       {"2 clients of tcp://127.0.0.1:", "0 opened, 2 failed", "P99.9", "connect", "ECONNREFUSED  2"})
    QVERIFY2(run.out().contains(text), text);
  QVERIFY(run.err().contains("2 of 2 clients failed"));
}

void TstCliBench::aSignalEndsItInGoodOrder() {
  const Peer peer = startPython();
  QVERIFY(peer.port > 0);
  Program run(cliPath(),
              {s("bench"), tcp(peer.port), s("--clients"), s("3"), s("--for"), s("600"), s("--json")});
  // The server has a thread for each of them now.
  const QString tasks = s("/proc/%1/task").arg(peer.program->process().processId());
  QVERIFY(peer.program->waitUntil(
      [&] { return QDir(tasks).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size() >= 4; }));
  run.signal(SIGINT);
  QCOMPARE(run.waitForExit(), 0);
  const QJsonObject json = QJsonDocument::fromJson(run.out()).object();
  QCOMPARE(json[s("kind")].toString(), s("bench"));
  QCOMPARE(json[s("failed")].toInt(), 0);
}

void TstCliBench::wrongValuesAreNamed_data() {
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<QByteArray>("told");
  const auto row = [](const char* name, const QStringList& arguments, const char* told) {
    QTest::newRow(name) << arguments << QByteArray(told);
  };
  row("no client", {s("--clients"), s("0")}, "--clients");
  row("a rate that is none", {s("--rate"), s("often")}, "--rate");
  row("an answer that there is not", {s("--expect"), s("maybe")}, "--expect");
  row("a regular expression that is none", {s("--expect"), s("regex:(")}, "--expect");
  row("a wrong escape", {s("--message"), s("a\\q")}, "--message");
  row("a field without a value", {s("--message"), s("{{name}}")}, "--message");
  row("half a byte", {s("--hex"), s("abc")}, "--hex");
  row("a file that there is not", {s("--columns"), s("/nowhere/at/all.csv")}, "--columns");
}

void TstCliBench::wrongValuesAreNamed() {
  QFETCH(QStringList, arguments);
  QFETCH(QByteArray, told);
  Program run(cliPath(), QStringList{s("bench"), s("tcp://127.0.0.1:9")} + arguments);
  QCOMPARE(run.waitForExit(), 2);
  QVERIFY2(run.err().contains(told), run.err().constData());
  QCOMPARE(run.err().count('\n'), 1);
}

QTEST_GUILESS_MAIN(TstCliBench)
#include "tst_cli_bench.moc"
