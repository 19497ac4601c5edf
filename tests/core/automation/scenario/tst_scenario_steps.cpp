// Each kind of step, over loopback: scenarios that hold, and scenarios that fail as they should.
#include <QTemporaryDir>
#include <QTest>

#include "tests/core/automation/scenario/scenario_runner.h"

using namespace sockbench;
using namespace sockbench::test;

class TestScenarioSteps : public QObject {
  Q_OBJECT
 private slots:
  void holds_data();
  void holds();
  void fails_data();
  void fails();
  void overUnixSockets_data();
  void overUnixSockets();
  void readsFilesBesideItself();
};

namespace {

// A connection whose both ends are the scenario's: "s" accepted, "c" connected.
constexpr const char* kPair = R"(
[endpoints.server]
listen = "tcp://127.0.0.1:0"
[[steps]]
listen = "server"
[[steps]]
connect = "server"
as = "c"
[[steps]]
accept = "server"
as = "s"
)";

std::string steps(std::initializer_list<const char*> each) {
  std::string text;
  for (const char* one : each) text += "\n[[steps]]\n" + std::string(one) + "\n";
  return text;
}

}  // namespace

void TestScenarioSteps::holds_data() {
  QTest::addColumn<QByteArray>("text");
  const auto row = [](const char* name, const std::string& text) {
    QTest::newRow(name) << QByteArray::fromStdString(text);
  };
  const auto pair = [&](const char* name, std::initializer_list<const char*> each, const char* rest = "") {
    row(name, kPair + steps(each) + rest);
  };
  row("an echo", R"(
[endpoints.echo]
listen = "tcp://127.0.0.1:0"
respond = "echo"
[[steps]]
listen = "echo"
[[steps]]
connect = "tcp://127.0.0.1:{{echo.port}}"
as = "c"
[[steps]]
send = 'hello\r\n'
[[steps]]
expect = { exactly = 'hello\r\n' }
[[expectations]]
session = "c"
bytes-in = 7
bytes-out = 7
state = "connected"
)");
  pair("what came early counts",
       {"send = \"first second third\"\non = \"s\"", "wait = \"50ms\"", "expect = \"second\"\non = \"c\"",
        "expect = { exactly = \" third\" }\non = \"c\""});
  pair("both ways", {"send = \"ping\"\non = \"c\"", "expect = { exactly = \"ping\" }\non = \"s\"",
                     "send = \"pong\"\non = \"s\"", "expect = \"pong\"\non = \"c\""});
  pair("a group becomes a variable",
       {"send = 'id=42;\\r\\n'\non = \"s\"", "expect = { regex = 'id=(\\d+);' }\non = \"c\"",
        "set = { id = \"{{1}}\" }", "send = 'got {{id}}'\non = \"c\"",
        "expect = { exactly = \"got 42\" }\non = \"s\""});
  pair("bytes as hex",
       {"send = { hex = \"00 01 ff\" }\non = \"c\"", "expect = { hex = \"01 f?\" }\non = \"s\""});
  pair("so many bytes", {"send = \"abcdef\"\non = \"c\"", "expect = { length = 4 }\non = \"s\"",
                         "expect = { exactly = \"ef\" }\non = \"s\""});
  pair("the peer closes its side",
       {"send = \"bye\"\non = \"s\"", "close = \"s\"", "expect = \"bye\"\non = \"c\"",
        "expect = { closed = true }\non = \"c\""});
  pair("a half-closed side still receives", {"half-close = \"c\"", "expect = { closed = true }\non = \"s\"",
                                             "send = \"late\"\non = \"s\"", "expect = \"late\"\non = \"c\""});
  pair("the peer resets", {"reset = \"s\"", "expect = { reset = true }\non = \"c\""},
       "[[expectations]]\nsession = \"c\"\nstate = \"reset\"\nby = \"peer\"\n");
  pair("nothing comes", {"expect = { nothing = \"50ms\" }\non = \"c\""});
  pair("nobody reads for a while",
       {"stop-reading = \"c\"", "send = \"waits\"\non = \"s\"", "expect = { nothing = \"50ms\" }\non = \"c\"",
        "resume-reading = \"c\"", "expect = \"waits\"\non = \"c\""});
  pair("a loop", {"loop = 3\nsteps = [{ send = \"ab\", on = \"c\" }]",
                  "expect = { exactly = \"ababab\" }\non = \"s\""});
  pair("a loop until something comes",
       {"send = \"one two\"\non = \"s\"",
        "loop = 1000\nuntil = \"two\"\non = \"c\"\nsteps = [{ wait = \"1ms\" }]", "send = \"x\"\non = \"s\"",
        "expect = { exactly = \"x\" }\non = \"c\""});
  pair("a loop whose rounds take what was looked at",
       {"send = \"long long item\"\non = \"s\"", "wait = \"50ms\"",
        "loop = 100\nuntil = \"end\"\non = \"c\"\nsteps = [{ expect = \"item\", on = \"c\" }, "
        "{ send = \"end item\", on = \"s\" }, { wait = \"50ms\" }]",
        "expect = { exactly = \" item\" }\non = \"c\""});
  pair("a sequence on a session",
       {"run = \"greet\"\non = \"c\"", "expect = { exactly = \"hi there\" }\non = \"s\""},
       "[[sequences]]\nname = \"greet\"\nsteps = [{ send = \"hi\" }, { run = \"more\" }]\n"
       "[[sequences]]\nname = \"more\"\nsteps = [{ send = \" there\" }]\n");
  pair("the session that was opened last is meant", {"send = \"from s\"", "expect = \"from s\"\non = \"c\""});
  pair("a listener's count", {},
       "[[expectations]]\nsession = \"server\"\naccepted = 1\nstate = \"listening\"\n");
  pair("a state that comes to be",
       {"close = \"s\"", "close = \"c\"", "check = { session = \"c\", state = \"closed\" }"});
  row("nobody listens", "[[steps]]\nconnect = \"tcp://127.0.0.1:1\"\nfails = \"ECONNREFUSED\"\n");
  row("datagrams", R"(
[endpoints.server]
listen = "udp://127.0.0.1:0"
[[steps]]
listen = "server"
[[steps]]
connect = "server"
as = "c"
[[steps]]
send = "one"
[[steps]]
send = "two"
[[steps]]
accept = "server"
as = "s"
[[steps]]
expect = { exactly = "one" }
[[steps]]
expect = { length = 3 }
[[steps]]
send = "answer to {{peer.port}}"
[[steps]]
expect = { regex = 'answer to \d+' }
on = "c"
)");
  row("each client has its own variables", R"(
[endpoints.echo]
listen = "tcp://127.0.0.1:0"
respond = "echo"
[[steps]]
listen = "echo"
[[steps]]
parallel = 20
every = "1ms"
steps = [
  { connect = "echo", as = "c" },
  { set = { mine = "client {{client}};" } },
  { send = "{{mine}}" },
  { expect = { exactly = "client {{client}};" } },
  { close = true },
]
[[expectations]]
session = "echo"
accepted = 20
[[expectations]]
session = "c"
bytes-in-least = 9
)");
}

void TestScenarioSteps::holds() {
  QFETCH(const QByteArray, text);
  const auto outcome = runToEnd(text.toStdString());
  QCOMPARE(QString::fromStdString(failureOf(outcome)), QString());
  QVERIFY(outcome->verdict == ScenarioOutcome::Verdict::held);
}

void TestScenarioSteps::fails_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QString>("failure");
  const auto row = [](const char* name, const std::string& text, const char* failure) {
    QTest::newRow(name) << QByteArray::fromStdString(text) << QString::fromUtf8(failure);
  };
  const auto pair = [&](const char* name, std::initializer_list<const char*> each, const char* failure) {
    row(name, kPair + steps(each), failure);
  };
  pair("nothing came", {"expect = \"x\"\non = \"c\"\nwithin = \"20ms\""},
       "line 14: nothing came, expected \"x\" (1 byte), came nothing");
  pair("something else came", {"send = \"-ERR\"\non = \"s\"", "expect = { exactly = \"+PONG\" }\non = \"c\""},
       "line 18: something else came, expected exactly \"+PONG\" (5 bytes), came \"-");
  pair("it came no further",
       {"send = \"+PO\"\non = \"s\"", "expect = \"+PONG\"\non = \"c\"\nwithin = \"20ms\""},
       "expected \"+PONG\" (5 bytes), came");
  pair("the peer closed first", {"close = \"s\"", "expect = \"x\"\non = \"c\""},
       "line 17: the peer has closed its side, and nothing came before");
  pair("it is not closed", {"expect = { closed = true }\non = \"c\"\nwithin = \"20ms\""},
       "the peer did not close its side");
  pair("something came", {"send = \"x\"\non = \"s\"", "expect = { nothing = \"10s\" }\non = \"c\""},
       "something came");
  pair("nobody connects", {"accept = \"server\"\nwithin = \"20ms\""}, "line 14: nobody has connected");
  pair("a loop that waits in vain", {"loop = 3\nuntil = \"x\"\non = \"c\"\nsteps = [{ wait = \"1ms\" }]"},
       "it did not come in 3 rounds");
  pair("a state that does not come", {"check = { session = \"c\", state = \"reset\", within = \"20ms\" }"},
       "the session does not stand as it should, expected state reset, came state connected");
  pair("an unknown variable", {"send = \"{{nothing}}\"\non = \"c\""}, "there is no variable \"nothing\"");
  pair("a group that there is not", {"send = \"{{1}}\"\non = \"c\""}, "the message: ");
  row("nobody listens", "[[steps]]\nconnect = \"tcp://127.0.0.1:1\"\n",
      "line 2: cannot connect: Connection refused");
  row("it connects instead of failing",
      "[endpoints.s]\nlisten = \"tcp://127.0.0.1:0\"\n[[steps]]\nlisten = \"s\"\n[[steps]]\nconnect = "
      "\"s\"\nas = \"c\"\nfails = \"ECONNREFUSED\"\n",
      "it connected instead of failing with ECONNREFUSED");
  row("the place is taken",
      "[endpoints.a]\nlisten = \"tcp://127.0.0.1:0\"\n[endpoints.b]\nlisten = "
      "\"tcp://127.0.0.1:{{a.port}}\"\n"
      "[[steps]]\nlisten = \"a\"\n[[steps]]\nlisten = \"b\"\n",
      "Address already in use");
  row("no session yet", "[endpoints.a]\nconnect = \"tcp://127.0.0.1:1\"\n[[steps]]\nsend = \"x\"\n",
      "line 4: there is no session yet");
  row("an expectation of the whole",
      std::string(kPair) + "[[expectations]]\nsession = \"c\"\nbytes-in = 3\nwithin = \"20ms\"\n",
      "line 13: the session does not stand as it should, expected bytes-in 3, came bytes-in 0");
  row("a variable of the file", "[variables]\na = \"{{nobody}}\"\n",
      "the variable \"a\": line 3, column 5: there is no variable \"nobody\"");
  row("too many steps", "most-steps = 10\n[[steps]]\nloop = 20\nsteps = [{ set = { a = \"b\" } }]\n",
      "more than 10 steps were done (most-steps)");
  row("an endless loop of nothing", "most-steps = 1000\n[[steps]]\nloop = 1000000000\nsteps = []\n",
      "more than 1000 steps were done (most-steps)");
  row("the whole takes too long", "most-time = \"50ms\"\n[[steps]]\nwait = \"1h\"\n",
      "the whole was not done within 50 ms");
}

void TestScenarioSteps::fails() {
  QFETCH(const QByteArray, text);
  QFETCH(const QString, failure);
  const auto outcome = runToEnd(text.toStdString());
  QVERIFY(outcome);
  QVERIFY(outcome->verdict == ScenarioOutcome::Verdict::failed);
  const QString said = QString::fromStdString(failureOf(outcome));
  QVERIFY2(said.contains(failure), qPrintable(said));
}

void TestScenarioSteps::overUnixSockets_data() {
  QTest::addColumn<QString>("transport");
  QTest::newRow("stream") << QStringLiteral("unix");
  QTest::newRow("records") << QStringLiteral("unix-seqpacket");
}

void TestScenarioSteps::overUnixSockets() {
  QFETCH(const QString, transport);
  const QTemporaryDir folder;
  const std::string endpoint =
      (transport + QLatin1Char(':') + folder.filePath(QStringLiteral("s"))).toStdString();
  const auto outcome =
      runToEnd("[endpoints.server]\nlisten = \"" + endpoint + "\"\n" +
               steps({"listen = \"server\"", "connect = \"server\"\nas = \"c\"", "send = \"hello\"",
                      "accept = \"server\"\nas = \"s\"", "expect = { exactly = \"hello\" }"}));
  QCOMPARE(QString::fromStdString(failureOf(outcome)), QString());
}

void TestScenarioSteps::readsFilesBesideItself() {
  const QTemporaryDir folder;
  QFile file(folder.filePath(QStringLiteral("body.bin")));
  QVERIFY(file.open(QIODevice::WriteOnly));
  file.write("from a file");
  file.close();
  const auto scenario = readScenario("version = 1\n" + std::string(kPair) +
                                         steps({"send = { file = \"body.bin\" }\non = \"c\"",
                                                "expect = { exactly = \"from a file\" }\non = \"s\""}),
                                     folder.filePath(QStringLiteral("a.toml")).toStdString());
  QVERIFY(scenario);
  Engine engine;
  ScenarioRun run(engine, *scenario);
  run.start();
  run.waitUntilEnded();
  QCOMPARE(QString::fromStdString(failureOf(run.outcome())), QString());
}

QTEST_GUILESS_MAIN(TestScenarioSteps)
#include "tst_scenario_steps.moc"
