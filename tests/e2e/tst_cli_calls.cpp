#include <unistd.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryFile>
#include <QTest>
#include <csignal>

#include "live_program.h"

using namespace sockbench::test;

namespace {

QString s(const char* text) {
  return QString::fromUtf8(text);
}

// A run of a script from standard input.
class ScriptRun : public Program {
 public:
  explicit ScriptRun(const QByteArray& script, const QStringList& arguments = {s("--json")})
      : Program(cliPath(), QStringList{s("calls"), s("-")} + arguments) {
    process().write(script);
    process().closeWriteChannel();
  }

  QList<QJsonObject> calls() const {
    QList<QJsonObject> all;
    for (const QByteArray& line : out().split('\n')) {
      if (!line.isEmpty()) all << QJsonDocument::fromJson(line).object();
    }
    return all;
  }
};

const QByteArray kConversation =
    R"(s = socket(AF_INET, SOCK_STREAM)          # comments run to the end of the line
s.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
s.bind(("127.0.0.1", 0))
s.listen(5)
name = s.getsockname()
c = socket(AF_INET, SOCK_STREAM)
c.settimeout(2.5)
c.connect(name)
conn, addr = s.accept()
c.sendall(b"hello\x00")
data = conn.recv(1024, MSG_PEEK | MSG_DONTWAIT)
c.shutdown(SHUT_WR)
conn.recv(10)
)";

}  // namespace

class TstCliCalls : public QObject {
  Q_OBJECT
 private slots:
  void runsAScript();
  void jsonHasItsKeys();
  void theFirstFailureEndsIt();
  void keepsGoing();
  void kindsOfErrors_data();
  void kindsOfErrors();
  void refusesWhatItCannotRead_data();
  void refusesWhatItCannotRead();
  void readsAFile();
  void aFileThatIsNotThere();
  void aSignalInterruptsTheCallThatWaits();
  void commandLineIsWrong();
  void listsTheCalls();
  void listsTheExperiments();
  void runsAnExperiment();
  void anExperimentWithoutItsRight();
  void translates_data();
  void translates();
};

void TstCliCalls::runsAScript() {
  ScriptRun cli(kConversation);
  QCOMPARE(cli.waitForExit(), 0);
  const QList<QJsonObject> calls = cli.calls();
  QCOMPARE(calls.size(), 13);
  for (qsizetype i = 0; i < calls.size(); ++i) QCOMPARE(calls[i].value(s("line")).toInt(), int(i + 1));
  const QJsonArray name = calls[4].value(s("result")).toArray();
  QCOMPARE(name[0].toString(), s("127.0.0.1"));
  QVERIFY(name[1].toInt() > 0);
  const QJsonObject hello{{s("b"), s("aGVsbG8A")}};
  QCOMPARE(calls[10].value(s("result")).toObject(), hello);
  QCOMPARE(calls[12].value(s("result")).toObject(), hello);
  QCOMPARE(calls[8].value(s("handles")).toObject(), QJsonObject({{s("conn"), 3}}));
  ScriptRun people(kConversation, {});
  QCOMPARE(people.waitForExit(), 0);
  QVERIFY(people.out().startsWith("No.   Call"));
  QVERIFY2(people.out().contains("b'hello\\x00'\n"), people.out().constData());
  QCOMPARE(people.out().count('\n'), 14);
}

void TstCliCalls::jsonHasItsKeys() {
  ScriptRun cli("s = socket()\ns.connect((\"127.0.0.1\", 1))\n");
  QCOMPARE(cli.waitForExit(), 1);
  for (const QJsonObject& call : cli.calls()) {
    for (const char* key : {"line", "call", "result", "errno", "symbol", "message", "error_type",
                            "duration_us", "out", "kernel"}) {
      QVERIFY2(call.contains(s(key)), key);
    }
    const QJsonObject step = call.value(s("kernel")).toArray().at(0).toObject();
    for (const char* key : {"call", "result", "errno", "duration_us"}) QVERIFY2(step.contains(s(key)), key);
  }
  const QJsonObject failed = cli.calls().at(1);
  QVERIFY(failed.value(s("result")).isNull());
  QCOMPARE(failed.value(s("errno")).toInt(), 111);
  QCOMPARE(failed.value(s("symbol")).toString(), s("ECONNREFUSED"));
  QCOMPARE(failed.value(s("message")).toString(), s("Connection refused"));
  QCOMPARE(failed.value(s("error_type")).toString(), s("os"));
  QVERIFY(failed.value(s("duration_us")).toDouble() > 0);
}

void TstCliCalls::theFirstFailureEndsIt() {
  ScriptRun cli("s = socket()\ns.recv(1)\ns.close()\n");
  QCOMPARE(cli.waitForExit(), 1);
  QCOMPARE(cli.calls().size(), 2);
  ScriptRun people("s = socket()\ns.recv(1)\ns.close()\n", {});
  QCOMPARE(people.waitForExit(), 1);
  QVERIFY2(people.out().contains("ENOTCONN (107): Transport endpoint is not connected\n"),
           people.out().constData());
}

void TstCliCalls::keepsGoing() {
  ScriptRun cli("s = socket()\ns.recv(1)\nwhat.close()\ns.close()\n", {s("--json"), s("--keep-going")});
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.calls().size(), 4);
}

void TstCliCalls::kindsOfErrors_data() {
  QTest::addColumn<QByteArray>("line");
  QTest::addColumn<QString>("type");
  QTest::addColumn<QString>("says");
  const auto row = [](const char* name, const char* line, const char* type, const char* says) {
    QTest::newRow(name) << QByteArray(line) << s(type) << s(says);
  };
  row("an errno", "s.listen(1)\ns.accept4(SOCK_STREAM)", "os", "Invalid argument");
  row("a time-out", "s.bind(('127.0.0.1', 0))\ns.listen(1)\ns.settimeout(0.01)\ns.accept()", "timeout",
      "timed out");
  row("a look-up", "getaddrinfo('256.256.256.256', 1, flags=AI_NUMERICHOST)", "gai", "not known");
  row("a wrong value", "s.recv(-1)", "value", "negative");
  row("a number that does not fit", "s.listen(99999999999)", "overflow", "");
  row("a wrong type", "s.send('text')", "type", "bytes-like");
  row("an unknown call", "s.frobnicate()", "type", "frobnicate");
  row("an unknown name", "s.bind(nothing)", "type", "nothing is named nothing");
  row("a result that does not fit", "a, b = htons(1)", "type", "unpack");
}

void TstCliCalls::kindsOfErrors() {
  QFETCH(QByteArray, line);
  QFETCH(QString, type);
  QFETCH(QString, says);
  ScriptRun cli("s = socket()\n" + line);
  QCOMPARE(cli.waitForExit(), 1);
  const QJsonObject last = cli.calls().last();
  QCOMPARE(last.value(s("error_type")).toString(), type);
  QVERIFY2(last.value(s("message")).toString().contains(says), cli.out().constData());
}

void TstCliCalls::refusesWhatItCannotRead_data() {
  QTest::addColumn<QByteArray>("script");
  QTest::addColumn<int>("line");
  QTest::addColumn<int>("column");
  QTest::addColumn<QString>("says");
  QTest::newRow("no end") << QByteArray("s = socket()\n\ns.recv(10\n") << 3 << 10 << s("end with )");
  QTest::newRow("columns are characters") << QByteArray("f('\xe4\xb8\xad', $)") << 1 << 8 << s("$");
  QTest::newRow("not UTF-8") << QByteArray("f(\xff)") << 1 << 3 << s("UTF-8");
  QTest::newRow("not our Python") << QByteArray("while True:\n") << 1 << 1 << s("only assignments and calls");
}

void TstCliCalls::refusesWhatItCannotRead() {
  QFETCH(QByteArray, script);
  QFETCH(int, line);
  QFETCH(int, column);
  QFETCH(QString, says);
  ScriptRun cli(script);
  QCOMPARE(cli.waitForExit(), 1);
  QCOMPARE(cli.calls().size(), 1);
  const QJsonObject error = cli.calls().at(0).value(s("error")).toObject();
  QCOMPARE(error.value(s("domain")).toString(), s("input"));
  QCOMPARE(error.value(s("line")).toInt(), line);
  QCOMPARE(error.value(s("column")).toInt(), column);
  ScriptRun people(script, {});
  QCOMPARE(people.waitForExit(), 1);
  QCOMPARE(people.out(), QByteArray());
  QVERIFY2(QString::fromUtf8(people.err()).contains(says), people.err().constData());
  QVERIFY(
      people.err().contains("line " + QByteArray::number(line) + ", column " + QByteArray::number(column)));
  QVERIFY(people.err().endsWith(QByteArray(column + 1, ' ') + "^\n"));
}

void TstCliCalls::readsAFile() {
  QTemporaryFile file;
  QVERIFY(file.open());
  file.write("import socket\r\ns = socket.socket(socket.AF_INET)\r\ns.fileno()\r\n");
  file.close();
  Program cli(cliPath(), {s("calls"), file.fileName(), s("--json")});
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.out().count('\n'), 2);
  QVERIFY(cli.out().startsWith("{\"line\":2,\"call\":\"s = socket(AF_INET)\","));
}

void TstCliCalls::aFileThatIsNotThere() {
  Program cli(cliPath(), {s("calls"), s("/nonexistent/script"), s("--json")});
  QCOMPARE(cli.waitForExit(), 1);
  QVERIFY2(cli.out().contains("\"ENOENT\""), cli.out().constData());
}

void TstCliCalls::aSignalInterruptsTheCallThatWaits() {
  ScriptRun cli("a, b = socketpair()\na.recv(1)\nb.close()\n");
  QVERIFY(cli.waitForText("\"line\":1"));
  cli.signal(SIGINT);
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.calls().size(), 2);
  QCOMPARE(cli.calls().at(1).value(s("symbol")).toString(), s("EINTR"));
}

void TstCliCalls::commandLineIsWrong() {
  Program cli(cliPath(), {s("calls")});
  QCOMPARE(cli.waitForExit(), 2);
  QVERIFY2(cli.err().contains("a script is missing"), cli.err().constData());
  Program two(cliPath(), {s("calls"), s("--stdio"), s("--list")});
  QCOMPARE(two.waitForExit(), 2);
  QVERIFY2(two.err().contains("only one thing"), two.err().constData());
}

void TstCliCalls::listsTheCalls() {
  Program cli(cliPath(), {s("calls"), s("--list"), s("--json")});
  QCOMPARE(cli.waitForExit(), 0);
  const QJsonArray calls = QJsonDocument::fromJson(cli.out()).object().value(s("calls")).toArray();
  QVERIFY(calls.size() > 40);
  QStringList names;
  for (const QJsonValue& call : calls) names << call.toObject().value(s("name")).toString();
  for (const char* name : {"socket", "bind", "recvmsg", "getaddrinfo", "CMSG_SPACE"})
    QVERIFY2(names.contains(s(name)), name);
  Program people(cliPath(), {s("calls"), s("--list")});
  QCOMPARE(people.waitForExit(), 0);
  QVERIFY(people.out().contains("s.recv(bufsize, flags=0)"));
}

void TstCliCalls::listsTheExperiments() {
  Program cli(cliPath(), {s("calls"), s("--experiments"), s("--json")});
  QCOMPARE(cli.waitForExit(), 0);
  const QJsonArray all = QJsonDocument::fromJson(cli.out()).object().value(s("experiments")).toArray();
  QVERIFY(all.size() >= 16);
  for (const QJsonValue& one : all) {
    for (const char* key : {"id", "title", "look_for", "script"})
      QVERIFY2(!one.toObject().value(s(key)).toString().isEmpty(), key);
  }
  Program people(cliPath(), {s("calls"), s("--experiments")});
  QCOMPARE(people.waitForExit(), 0);
  QVERIFY(people.out().contains("half-close"));
}

void TstCliCalls::runsAnExperiment() {
  Program cli(cliPath(), {s("calls"), s("--experiment"), s("half-close"), s("--json")});
  QCOMPARE(cli.waitForExit(), 0);
  const QList<QByteArray> lines = cli.out().trimmed().split('\n');
  QVERIFY(lines.size() > 10);
  QCOMPARE(QJsonDocument::fromJson(lines.first()).object().value(s("line")).toInt(), 1);
  const QJsonObject last = QJsonDocument::fromJson(lines.last()).object();
  QCOMPARE(last.value(s("experiment")).toString(), s("half-close"));
  QCOMPARE(last.value(s("verdict")).toString(), s("as-expected"));
  QVERIFY(last.value(s("conclusion")).toArray().size() > 3);
  Program people(cliPath(), {s("calls"), s("--experiment"), s("half-close")});
  QCOMPARE(people.waitForExit(), 0);
  for (const char* part :
       {"Look for: ", "c.shutdown(SHUT_WR)", "What happened, as expected:", "- After b'question'"})
    QVERIFY2(people.out().contains(part), people.out().constData());
  Program unknown(cliPath(), {s("calls"), s("--experiment"), s("nope")});
  QCOMPARE(unknown.waitForExit(), 2);
  QVERIFY2(unknown.err().contains("there is no experiment named nope"), unknown.err().constData());
}

void TstCliCalls::anExperimentWithoutItsRight() {
  const QStringList plain{cliPath(), s("calls"), s("--experiment"), s("raw-icmp")};
  const bool isRoot = ::geteuid() == 0;
  const QStringList dropped{s("--inh-caps=-all"), s("--bounding-set=-all")};
  Program cli(isRoot ? s("setpriv") : plain.first(), isRoot ? dropped + plain : plain.mid(1));
  if (!isRoot && cli.waitForExit() == 0) QSKIP("this user has CAP_NET_RAW");
  QCOMPARE(cli.waitForExit(), 1);
  for (const char* part : {"It cannot be made here:", "EPERM", "CAP_NET_RAW", "sudo setcap cap_net_raw+ep"})
    QVERIFY2(cli.out().contains(part), cli.out().constData());
}

void TstCliCalls::translates_data() {
  QTest::addColumn<QString>("option");
  QTest::addColumn<QByteArray>("begin");
  QTest::addColumn<QByteArray>("leftOut");
  QTest::newRow("to Python") << s("--python") << QByteArray("#!/usr/bin/env python3\n")
                             << QByteArray("line 2: Python has no frobnicate\n");
  QTest::newRow("to C") << s("--c") << QByteArray("// Calls on sockets")
                        << QByteArray(
                               "line 2: not translated to C: frobnicate is not known to the translation\n");
}

void TstCliCalls::translates() {
  QFETCH(QString, option);
  QFETCH(QByteArray, begin);
  QFETCH(QByteArray, leftOut);
  QTemporaryFile file;
  QVERIFY(file.open());
  file.write("s = socket()\ns.frobnicate()\n");
  file.close();
  Program cli(cliPath(), {s("calls"), option, file.fileName()});
  QCOMPARE(cli.waitForExit(), 0);
  QVERIFY(cli.out().startsWith(begin));
  QCOMPARE(cli.err(), leftOut);
}

QTEST_GUILESS_MAIN(TstCliCalls)
#include "tst_cli_calls.moc"
