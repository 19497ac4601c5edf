// A run as a whole: its controls, what it tells, thousands of clients, back-pressure.
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "tests/core/automation/scenario/scenario_runner.h"

using namespace sockbench;
using namespace sockbench::test;

class TestScenarioRun : public QObject {
  Q_OBJECT
 private slots:
  void nothingRunsBeforeItIsStarted();
  void tellsItsSteps();
  void goesStepByStep();
  void isPausedAndResumed();
  void isStopped();
  void isStoppedByItsEnd();
  void variablesAreGiven();
  void waitsAreShorter();
  void aThousandClients();
  void failingClientsAreCounted();
  void aSlowReaderSlowsThePeer();
  void anExpectationMayBeLargerThanTheBuffer();
  void aFullBufferIsSaid();
  void whatStaysOpenIsClosed();
};

namespace {

constexpr const char* kThreeSteps = R"(
[[steps]]
set = { a = "1" }
[[steps]]
loop = 1
steps = [{ set = { a = "2" } }]
[[steps]]
wait = "1ms"
)";

bool becomes(const ToldSteps& told, const std::string& text) {
  return QTest::qWaitFor([&] { return told.text() == text; }, 20'000);
}

}  // namespace

void TestScenarioRun::nothingRunsBeforeItIsStarted() {
  Engine engine;
  ToldSteps told;
  {
    ScenarioRun run(engine, scenarioOf(kThreeSteps), {}, &told);
    QVERIFY(run.state() == ScenarioRunState::ready);
    run.waitUntilEnded();
    QVERIFY(!run.outcome());
  }
  QCOMPARE(told.text(), "");
}

void TestScenarioRun::tellsItsSteps() {
  ToldSteps told;
  const auto outcome = runToEnd(kThreeSteps, {}, &told);
  QVERIFY(outcome);
  QCOMPARE(told.text(), "(running) +set set +loop +set set loop +wait wait (ended)");
  QCOMPARE(outcome->stepsDone, 4U);
  QCOMPARE(outcome->stepsNever, 0U);
  const auto outcomes = told.outcomes();
  QCOMPARE(outcomes[0].begun.place().line, 3U);
  QCOMPARE(outcomes[0].remark, "a = \"1\" (1 byte)");
}

void TestScenarioRun::goesStepByStep() {
  Engine engine;
  ToldSteps told;
  ScenarioSettings settings;
  settings.paused = true;
  ScenarioRun run(engine, scenarioOf(kThreeSteps), settings, &told);
  run.start();
  QVERIFY(becomes(told, "(paused) ?set"));
  QVERIFY(run.state() == ScenarioRunState::paused);
  run.step();
  QVERIFY(becomes(told, "(paused) ?set +set set ?loop"));
  run.step();
  QVERIFY(becomes(told, "(paused) ?set +set set ?loop +loop ?set"));
  run.resume();
  run.waitUntilEnded();
  QCOMPARE(told.text(), "(paused) ?set +set set ?loop +loop ?set (running) +set set loop +wait wait (ended)");
  QVERIFY(run.outcome()->verdict == ScenarioOutcome::Verdict::held);
}

void TestScenarioRun::isPausedAndResumed() {
  Engine engine;
  ToldSteps told;
  ScenarioRun run(engine, scenarioOf("[[steps]]\nloop = 1000000\nsteps = [{ wait = \"1ms\" }]\n"), {}, &told);
  run.start();
  QVERIFY(QTest::qWaitFor([&] { return told.text().contains("wait wait"); }, 20'000));
  run.pause();
  QVERIFY(QTest::qWaitFor(
      [&] { return told.text().ends_with("(paused) ?wait") || told.text().ends_with("wait ?wait"); },
      20'000));
  const std::size_t before = told.text().size();
  run.resume();
  QVERIFY(QTest::qWaitFor([&] { return told.text().substr(before).starts_with(" (running) +wait wait"); },
                          20'000));
  run.stop();
  run.waitUntilEnded();
  QVERIFY(run.outcome()->verdict == ScenarioOutcome::Verdict::stopped);
}

void TestScenarioRun::isStopped() {
  Engine engine;
  ToldSteps told;
  ScenarioRun run(
      engine, scenarioOf("[[steps]]\nparallel = 2\nsteps = [{ wait = \"1h\" }]\n[[steps]]\nwait = \"1h\"\n"),
      {}, &told);
  run.start();
  QVERIFY(becomes(told, "(running) +parallel +wait +wait"));
  run.stop();
  run.waitUntilEnded();
  QCOMPARE(told.text(), "(running) +parallel +wait +wait ~wait ~wait ~parallel (ended)");
  QCOMPARE(run.outcome()->stepsNever, 1U);
}

void TestScenarioRun::isStoppedByItsEnd() {
  Engine engine;
  ToldSteps told;
  {
    ScenarioRun run(engine, scenarioOf("[[steps]]\nwait = \"1h\"\n"), {}, &told);
    run.start();
    QVERIFY(becomes(told, "(running) +wait"));
  }
  QCOMPARE(told.text(), "(running) +wait ~wait (ended)");
}

void TestScenarioRun::variablesAreGiven() {
  ToldSteps told;
  ScenarioSettings settings;
  settings.variables = {{"a", "given \\n"}, {"unknown", "x"}};
  const auto outcome =
      runToEnd("[variables]\na = \"file\"\nb = '{{a}}, then b'\n[[steps]]\nset = { c = \"{{b}}\" }\n",
               settings, &told);
  QCOMPARE(QString::fromStdString(failureOf(outcome)), QString());
  QCOMPARE(told.outcomes()[0].remark, "c = \"given \\\\n, then b\" (16 bytes)");
}

void TestScenarioRun::waitsAreShorter() {
  for (const double speed : {0.0, 1e6}) {
    ScenarioSettings settings;
    settings.speed = speed;
    const auto outcome = runToEnd("[[steps]]\nwait = \"1h\"\n", settings);
    QCOMPARE(QString::fromStdString(failureOf(outcome)), QString());
  }
}

void TestScenarioRun::aThousandClients() {
  ToldSteps told;
  const auto outcome = runToEnd(R"(
time-limit = "30s"
[endpoints.echo]
listen = "tcp://127.0.0.1:0"
respond = "echo"
backlog = 2000
[[steps]]
listen = "echo"
[[steps]]
parallel = 1000
steps = [
  { connect = "echo", as = "c" },
  { loop = 3, steps = [
    { send = "I am {{client}};" },
    { expect = { exactly = "I am {{client}};" } },
  ] },
]
[[expectations]]
session = "echo"
accepted = 1000
)",
                                {}, &told);
  QCOMPARE(QString::fromStdString(failureOf(outcome)), QString());
  QCOMPARE(outcome->stepsDone, 1U + 1 + 1000 * (1 + 1 + 6) + 1);
  QCOMPARE(outcome->sessions, 1000U);
}

void TestScenarioRun::failingClientsAreCounted() {
  ToldSteps told;
  const auto outcome = runToEnd(R"(
[[steps]]
parallel = 200
steps = [{ connect = "tcp://127.0.0.1:1", as = "c" }, { send = "never" }]
[[steps]]
wait = "1h"
)",
                                {}, &told);
  QVERIFY(outcome);
  QVERIFY(outcome->verdict == ScenarioOutcome::Verdict::failed);
  QCOMPARE(outcome->stepsFailed, 200U);
  QCOMPARE(outcome->failures.size(), 100U);
  QCOMPARE(outcome->stepsNever, 2U);
  const StepOutcome last = told.outcomes().back();
  QCOMPARE(last.remark, "200 of 200 clients failed");
  QVERIFY(last.problem.empty());
}

// The client keeps 64 KiB at a time; all of what the server sends arrives all the same, once it is expected.
void TestScenarioRun::aSlowReaderSlowsThePeer() {
  const QTemporaryDir folder;
  QFile file(folder.filePath(QStringLiteral("large")));
  QVERIFY(file.open(QIODevice::WriteOnly));
  file.write(QByteArray(6 << 20, 'x') + "the end");
  file.close();
  const auto scenario = readScenario(R"(version = 1
[endpoints.server]
listen = "tcp://127.0.0.1:0"
[endpoints.client]
connect = "tcp://127.0.0.1:{{server.port}}"
buffer = 65536
options = ["SO_RCVBUF=65536"]
[[steps]]
listen = "server"
[[steps]]
connect = "client"
as = "c"
[[steps]]
accept = "server"
as = "s"
[[steps]]
send = { file = "large" }
[[steps]]
check = { session = "c", bytes-in-least = 65536 }
[[steps]]
loop = 96
steps = [{ expect = { length = 65536 }, on = "c" }]
[[steps]]
expect = { exactly = "the end" }
on = "c"
[[expectations]]
session = "c"
bytes-in = 6291463
)",
                                     folder.filePath(QStringLiteral("a.toml")).toStdString());
  QVERIFY2(scenario, scenario ? "" : scenario.error().line().c_str());
  Engine engine;
  ScenarioRun run(engine, *scenario);
  run.start();
  QVERIFY(QTest::qWaitFor([&] { return run.outcome().has_value(); }, 60'000));
  QCOMPARE(QString::fromStdString(failureOf(run.outcome())), QString());
}

void TestScenarioRun::anExpectationMayBeLargerThanTheBuffer() {
  const auto outcome = runToEnd(R"(
[endpoints.server]
listen = "tcp://127.0.0.1:0"
[endpoints.client]
connect = "tcp://127.0.0.1:{{server.port}}"
buffer = 1000
[[steps]]
listen = "server"
[[steps]]
connect = "client"
as = "c"
[[steps]]
accept = "server"
as = "s"
[[steps]]
loop = 10
steps = [{ send = { hex = "{{random.hex 1000}}" } }]
[[steps]]
expect = { length = 10000 }
on = "c"
)");
  QCOMPARE(QString::fromStdString(failureOf(outcome)), QString());
}

void TestScenarioRun::aFullBufferIsSaid() {
  const auto outcome = runToEnd(R"(
[endpoints.server]
listen = "tcp://127.0.0.1:0"
[endpoints.client]
connect = "tcp://127.0.0.1:{{server.port}}"
buffer = 1000
[[steps]]
listen = "server"
[[steps]]
connect = "client"
as = "c"
[[steps]]
accept = "server"
as = "s"
[[steps]]
send = { hex = "{{random.hex 5000}}" }
[[steps]]
expect = { regex = 'never (a match)' }
on = "c"
)");
  QVERIFY(outcome);
  const QString said = QString::fromStdString(failureOf(outcome));
  QVERIFY2(said.contains(QStringLiteral("that is all there is room for (buffer)")), qPrintable(said));
}

void TestScenarioRun::whatStaysOpenIsClosed() {
  Engine engine;
  ScenarioRun run(engine, scenarioOf(R"(
[endpoints.server]
listen = "tcp://127.0.0.1:0"
[[steps]]
listen = "server"
[[steps]]
connect = "server"
as = "c"
)"));
  run.start();
  run.waitUntilEnded();
  QCOMPARE(QString::fromStdString(failureOf(run.outcome())), QString());
  QVERIFY(QTest::qWaitFor(
      [&] {
        for (const SessionSnapshot& session : engine.snapshots())
          if (session.isOpen()) return false;
        return true;
      },
      20'000));
}

QTEST_GUILESS_MAIN(TestScenarioRun)
#include "tst_scenario_run.moc"
