// Scenarios as text: what is read, and where and how each mistake is told.
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "core/automation/scenario/scenario.h"

using namespace sockbench;

class TestScenarioReader : public QObject {
  Q_OBJECT
 private slots:
  void readsAll();
  void numbersSteps();
  void saysStepsInWords_data();
  void saysStepsInWords();
  void tellsMistakes_data();
  void tellsMistakes();
  void boundsItself_data();
  void boundsItself();
  void loadsFiles();
};

void TestScenarioReader::readsAll() {
  const auto read = readScenario(R"(version = 1
title = "All of it"
time-limit = "2s"
most-time = "1m"
most-steps = 500

[variables]
port = 6379
name = 'a\x00b'
quick = true
ratio = 0.5

[endpoints.server]
listen = "tcp://127.0.0.1:0"
options = ["TCP_NODELAY=1"]
backlog = 5
buffer = 4096

[endpoints.echo]
listen = "udp://127.0.0.1:0"
respond = "echo"

[endpoints.client]
connect = "tcp://127.0.0.1:{{port}}"
bind = "127.0.0.1:0"

[[sequences]]
name = "greet"
steps = [{ send = "hello" }, { expect = { regex = '(\w+)', ignore-case = true }, within = "100ms" }]

[[steps]]
listen = "server"
[[steps]]
connect = "client"
as = "c"
fails = "ECONNREFUSED"
[[steps]]
run = "greet"
on = "c"
[[steps]]
loop = 3
until = { hex = "01 ??" }
steps = [{ send = { hex = "01 02", ending = "crlf" } }]
[[steps]]
parallel = 10
every = "1ms"
[[steps.steps]]
set = { id = "{{client}}" }
[[steps]]
check = { session = "c", state = "closed", by = "peer", bytes-in = 3, within = "1s" }
[[steps]]
close = "c"

[[expectations]]
session = "server"
accepted = 10
)",
                                 "all.toml");
  QVERIFY2(read, read ? "" : read.error().line().c_str());
  const Scenario& scenario = **read;
  QCOMPARE(scenario.title, "All of it");
  QCOMPARE(scenario.timeLimit, std::chrono::nanoseconds(std::chrono::seconds(2)));
  QCOMPARE(scenario.mostTime, std::chrono::nanoseconds(std::chrono::minutes(1)));
  QCOMPARE(scenario.mostSteps, 500U);
  QCOMPARE(scenario.variable("port")->value, "6379");
  QCOMPARE(scenario.variable("quick")->value, "true");
  QCOMPARE(scenario.variable("ratio")->value, "0.5");
  QCOMPARE(scenario.endpoint("server")->bufferBytes, 4096U);
  QVERIFY(scenario.endpoint("echo")->responder == Responder::echo);
  QCOMPARE(scenario.endpoint("client")->bind, "127.0.0.1:0");
  QVERIFY(scenario.endpoint("nobody") == nullptr);
  QCOMPARE(scenario.sequences.size(), 1U);
  QVERIFY(!scenario.sequence("greet")->steps[1].expect.pattern.caseSensitive);
  QCOMPARE(scenario.steps.size(), 7U);
  QCOMPARE(scenario.steps[1].fails, "ECONNREFUSED");
  QVERIFY(scenario.steps[3].hasUntil);
  QVERIFY(scenario.steps[3].steps[0].message.form == MessageForm::hex);
  QVERIFY(scenario.steps[3].steps[0].message.ending == LineEnding::crLf);
  QCOMPARE(scenario.steps[4].count, 10U);
  QCOMPARE(scenario.steps[4].steps[0].values[0].second, "{{client}}");
  QVERIFY(scenario.steps[5].state.by == Party::peer);
  QCOMPARE(scenario.steps[5].within, std::optional(std::chrono::nanoseconds(std::chrono::seconds(1))));
  QCOMPARE(scenario.steps[1].place.line, 33U);
  QCOMPARE(scenario.expectations[0].accepted, std::optional<std::uint64_t>(10));
}

void TestScenarioReader::numbersSteps() {
  const auto read = readScenario(R"(version = 1
[endpoints.s]
connect = "tcp://127.0.0.1:9"
[[sequences]]
name = "one"
steps = [{ wait = "1ms" }, { wait = "2ms" }]
[[steps]]
loop = 2
steps = [{ wait = "3ms" }, { loop = 2, steps = [{ wait = "4ms" }] }]
[[steps]]
run = "one"
)",
                                 "numbers.toml");
  QVERIFY(read);
  QCOMPARE((*read)->stepCount, 7U);
  for (std::size_t i = 0; i < 7; ++i) {
    const ScenarioStep* step = (*read)->step(i);
    QVERIFY(step != nullptr);
    QCOMPARE(step->index, i);
  }
  QVERIFY((*read)->step(5)->time == std::chrono::milliseconds(4));
  QVERIFY((*read)->step(7) == nullptr);
}

void TestScenarioReader::saysStepsInWords_data() {
  QTest::addColumn<QByteArray>("step");
  QTest::addColumn<QString>("words");
  QTest::newRow("text whose escapes are TOML's")
      << QByteArray("send = \"PING\\r\\n\"") << QStringLiteral("send \"PING\\r\\n\"");
  QTest::newRow("text whose escapes are its own")
      << QByteArray("send = 'PING\\r\\n'") << QStringLiteral("send \"PING\\r\\n\"");
  QTest::newRow("what would mislead the eye")
      << QByteArray("send = \"a\\u202Eb\"") << QStringLiteral("send \"a\\u{202e}b\"");
  QTest::newRow("hex") << QByteArray("send = { hex = \"01 02\" }") << QStringLiteral("send hex \"01 02\"");
  QTest::newRow("an expectation") << QByteArray("expect = { regex = 'a+' }")
                                  << QStringLiteral("expect regex \"a+\"");
  QTest::newRow("nothing") << QByteArray("expect = { nothing = \"50ms\" }")
                           << QStringLiteral("expect nothing for 50ms");
  QTest::newRow("a wait") << QByteArray("wait = \"1.5s\"") << QStringLiteral("wait 1.5s");
  QTest::newRow("a loop") << QByteArray("loop = 1\nsteps = []") << QStringLiteral("loop 1 time");
  QTest::newRow("clients") << QByteArray("parallel = 5\nsteps = []") << QStringLiteral("parallel 5 clients");
}

void TestScenarioReader::saysStepsInWords() {
  QFETCH(const QByteArray, step);
  QFETCH(const QString, words);
  const auto read = readScenario("version = 1\n[[steps]]\n" + step.toStdString(), "words.toml");
  QVERIFY2(read, read ? "" : read.error().line().c_str());
  QCOMPARE(QString::fromStdString(stepText((*read)->steps[0])).toLower(), words.toLower());
}

void TestScenarioReader::tellsMistakes_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QString>("message");
  const auto row = [](const char* name, const char* text, const char* message) {
    QTest::newRow(name) << QByteArray(text) << QString::fromUtf8(message);
  };
  row("no version", "title = \"a\"\n", "line 1, column 1: \"version\" is missing");
  row("a newer version", "version = 2\n",
      "line 1, column 11: this is a scenario of version 2; only version 1 can be read");
  row("a file of another kind", "format = \"sockbench-workspace\"\nversion = 1\n",
      "line 1, column 10: this is \"sockbench-workspace\", not a scenario");
  row("no TOML", "version = 1\n[[steps]\n", "line 2");
  row("an unknown key", "version = 1\ntitel = \"a\"\n",
      "line 2, column 9: unknown key \"titel\"; did you mean \"title\"?");
  row("an unknown key of a step", "version = 1\n[[steps]]\nwait = \"1s\"\nwithin = \"1s\"\n",
      "line 4, column 10: unknown key \"within\"");
  row("an unknown verb", "version = 1\n[[steps]]\nsned = \"a\"\n",
      "line 3, column 8: unknown key \"sned\"; did you mean \"send\"?");
  row("two verbs", "version = 1\n[[steps]]\nsend = \"a\"\nwait = \"1s\"\n",
      "line 4, column 8: one step does one thing: send or wait");
  row("no verb", "version = 1\n[[steps]]\nname = \"a\"\n",
      "line 2, column 1: a step needs a verb: send, expect, connect, ...");
  row("a wrong type", "version = 1\ntitle = 3\n", "line 2, column 9: \"title\" must be text, not an integer");
  row("a number for a time", "version = 1\n[[steps]]\nwait = 3\n",
      "line 3, column 8: \"wait\" must be a length of time as text, as in \"100ms\", not an integer");
  row("too long a time", "version = 1\n[[steps]]\nwait = \"25h\"\n",
      "line 3, column 8: \"wait\" is at most 24h");
  row("a name that there is not",
      "version = 1\n[endpoints.server]\nlisten = \"tcp://127.0.0.1:0\"\n[[steps]]\nlisten = \"sevrer\"\n",
      "line 5, column 10: there is no endpoint that listens named \"sevrer\"; did you mean \"server\"?");
  row("an endpoint that does not listen",
      "version = 1\n[endpoints.a]\nconnect = \"tcp://127.0.0.1:9\"\n[[steps]]\nlisten = \"a\"\n",
      "line 5, column 10: there is no endpoint that listens named \"a\"");
  row("an endpoint that connects to nothing", "version = 1\n[[steps]]\nconnect = \"redis\"\n",
      "line 3, column 11: there is no endpoint named \"redis\"");
  row("an endpoint that is none", "version = 1\n[endpoints.a]\nconnect = \"tcp//127.0.0.1\"\n",
      "line 3, column 11: ");
  row("a name that hides behind a field", "version = 1\n[endpoints.peer]\nlisten = \"tcp://127.0.0.1:0\"\n",
      "line 2, column 1: an endpoint cannot be named \"peer\"");
  row("neither listen nor connect", "version = 1\n[endpoints.a]\nbacklog = 3\n",
      "line 2, column 1: an endpoint has either \"listen\" or \"connect\"");
  row("an unknown option",
      "version = 1\n[endpoints.a]\nlisten = \"tcp://127.0.0.1:0\"\noptions = [\"TCP_NODELY=1\"]\n",
      "line 4, column 12: ");
  row("an unknown responder",
      "version = 1\n[endpoints.a]\nlisten = \"tcp://127.0.0.1:0\"\nrespond = \"ecco\"\n",
      "there is no responder \"ecco\"; there is none, echo, discard, chargen, daytime, time, qotd");
  row("a session that a responder answers",
      "version = 1\n[endpoints.a]\nlisten = \"tcp://127.0.0.1:0\"\nrespond = \"echo\"\n[[steps]]\naccept = "
      "\"a\"\n",
      "line 6, column 10: what \"a\" accepts is answered by its responder, and is not for steps");
  row("a session that nobody names", "version = 1\n[[steps]]\nsend = \"x\"\non = \"c\"\n",
      "line 4, column 6: there is no session named \"c\"");
  row("a wrong escape", "version = 1\n[[steps]]\nsend = 'a\\q'\n", "line 3, column 8: \"send\": ");
  row("a wrong expression", "version = 1\n[[steps]]\nexpect = { regex = '(' }\n",
      "line 3, column 20: \"regex\": ");
  row("wrong hex", "version = 1\n[[steps]]\nexpect = { hex = \"4g\" }\n", "line 3, column 18: \"hex\": ");
  row("two expectations in one", "version = 1\n[[steps]]\nexpect = { text = \"a\", length = 3 }\n",
      "an expectation is one thing: text or length");
  row("an unknown expectation", "version = 1\n[[steps]]\nexpect = { txt = \"a\" }\n",
      "unknown key \"txt\"; did you mean \"text\"?");
  row("closed is not false", "version = 1\n[[steps]]\nexpect = { closed = false }\n",
      "\"closed\" is true, or it is left out");
  row("a field that is not closed", "version = 1\n[[steps]]\nsend = \"{{port\"\n",
      "line 3, column 8: \"send\": ");
  row("a variable with a bad name", "version = 1\n[variables]\n\"a b\" = \"c\"\n",
      "a variable cannot be named \"a b\"");
  row("the clients' own variable", "version = 1\n[variables]\nclient = \"c\"\n",
      "a variable cannot be named \"client\"");
  row("no clients", "version = 1\n[[steps]]\nparallel = 0\nsteps = []\n",
      "line 3, column 12: \"parallel\" must be from 1 to 20000, not 0");
  row("a loop without steps", "version = 1\n[[steps]]\nloop = 2\n", "line 2, column 1: \"steps\" is missing");
  row("a loop until nothing", "version = 1\n[[steps]]\nloop = 2\nuntil = { nothing = \"1s\" }\nsteps = []\n",
      "a loop cannot wait until nothing comes");
  row("an unknown sequence",
      "version = 1\n[[sequences]]\nname = \"log-in\"\nsteps = []\n[[steps]]\nrun = \"login\"\n",
      "line 6, column 7: there is no sequence named \"login\"; did you mean \"log-in\"?");
  row("a sequence that runs itself",
      "version = 1\n[[sequences]]\nname = \"a\"\nsteps = [{ run = \"b\" }]\n"
      "[[sequences]]\nname = \"b\"\nsteps = [{ run = \"a\" }]\n",
      "line 2, column 1: the sequence \"a\" runs itself");
  row("two sequences of a name",
      "version = 1\n[[sequences]]\nname = \"a\"\nsteps = []\n[[sequences]]\nname = \"a\"\nsteps = []\n",
      "line 6, column 8: there are two sequences \"a\"");
  row("an expectation of nothing",
      "version = 1\n[endpoints.a]\nlisten = \"tcp://127.0.0.1:0\"\n[[steps]]\nlisten = "
      "\"a\"\n[[expectations]]\nsession = \"a\"\n",
      "nothing is expected: state, by, bytes-in, bytes-in-least, bytes-out or accepted");
  row("an unknown state",
      "version = 1\n[endpoints.a]\nlisten = \"tcp://127.0.0.1:0\"\n[[steps]]\nlisten = "
      "\"a\"\n[[expectations]]\nsession = \"a\"\nstate = \"close\"\n",
      "line 8, column 9: \"state\" cannot be \"close\"; did you mean \"closed\"?");
}

void TestScenarioReader::tellsMistakes() {
  QFETCH(const QByteArray, text);
  QFETCH(const QString, message);
  const auto read = readScenario(text.toStdString(), "wrong.toml");
  QVERIFY(!read);
  const QString said = QString::fromStdString(read.error().message());
  QVERIFY2(said.contains(message), qPrintable(said));
  QCOMPARE(read.error().subject, "wrong.toml");
}

void TestScenarioReader::boundsItself_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QString>("message");
  QByteArray deep = "version = 1\n[[steps]]\nloop = 1\n";
  QByteArray path = "steps";
  for (int i = 0; i < 17; ++i) deep += "[[" + (path += ".steps") + "]]\nloop = 1\n";
  QTest::newRow("loops within loops") << deep << QStringLiteral("steps stand at most 16 deep in each other");
  QByteArray chain = "version = 1\n";
  for (int i = 0; i < 40; ++i)
    chain += "[[sequences]]\nname = \"s" + QByteArray::number(i) + "\"\nsteps = [{ run = \"s" +
             QByteArray::number(i + 1) + "\" }]\n";
  chain += "[[sequences]]\nname = \"s40\"\nsteps = []\n";
  QTest::newRow("sequences that run sequences")
      << chain << QStringLiteral("stand more than 16 deep in each other");
  QByteArray many = "version = 1\n[variables]\n";
  for (int i = 0; i < 1100; ++i) many += "v" + QByteArray::number(i) + " = 1\n";
  QTest::newRow("variables") << many << QStringLiteral("there are more than 1000 variables");
  QTest::newRow("bytes") << "version = 1\n#" + QByteArray(int(kMostScenarioBytes), 'x')
                         << QStringLiteral("a scenario has at most 16 MiB");
}

void TestScenarioReader::boundsItself() {
  QFETCH(const QByteArray, text);
  QFETCH(const QString, message);
  const auto read = readScenario(text.toStdString(), "large.toml");
  QVERIFY(!read);
  QVERIFY2(read.error().message().contains(message.toStdString()), read.error().message().c_str());
}

void TestScenarioReader::loadsFiles() {
  const QTemporaryDir folder;
  const std::string path = folder.filePath(QStringLiteral("a.toml")).toStdString();
  QVERIFY(loadScenario(path).error().isErrno(ENOENT));
  QFile file(QString::fromStdString(path));
  QVERIFY(file.open(QIODevice::WriteOnly));
  file.write("version = 1\n");
  file.close();
  const auto read = loadScenario(path);
  QVERIFY(read);
  QCOMPARE((*read)->folder(), folder.path().toStdString());
  QVERIFY(!loadScenario(folder.path().toStdString()));
}

QTEST_GUILESS_MAIN(TestScenarioReader)
#include "tst_scenario_reader.moc"
