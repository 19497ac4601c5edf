// `sockbench-cli run` and `record`: what is printed, and the exit status.
#include <signal.h>

#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include "live_program.h"

using namespace sockbench::test;

class TestCliRun : public QObject {
  Q_OBJECT
 private slots:
  void jsonHasALineForEachStep();
  void theExitStatusTells_data();
  void theExitStatusTells();
  void filesAreOnlyChecked();
  void aSignalStopsIt();
  void manyFilesRunInTurn();
  void recordSaysWhatIsWrong_data();
  void recordSaysWhatIsWrong();

 private:
  QString file(const QByteArray& text);
  QTemporaryDir folder_;
  int files_ = 0;
};

QString TestCliRun::file(const QByteArray& text) {
  const QString path = folder_.filePath(QStringLiteral("%1.toml").arg(++files_));
  QFile written(path);
  if (written.open(QIODevice::WriteOnly)) written.write(text);
  return path;
}

void TestCliRun::jsonHasALineForEachStep() {
  Program run(cliPath(), {QStringLiteral("run"), QStringLiteral("--json"),
                          QStringLiteral(SOCKBENCH_SCENARIOS "/own_server.toml")});
  QVERIFY2(run.waitForExit() == 0, run.out() + run.err());
  int steps = 0;
  QJsonObject last;
  for (const QByteArray& line : run.out().split('\n')) {
    if (line.isEmpty()) continue;
    last = QJsonDocument::fromJson(line).object();
    QVERIFY2(!last.isEmpty(), line);
    if (last.value(QLatin1String("kind")) != QLatin1String("step")) continue;
    ++steps;
    for (const char* key :
         {"scenario", "step", "line", "verb", "session", "ok", "elapsed_ms", "error", "client"})
      QVERIFY2(last.contains(QLatin1String(key)), key);
    QVERIFY2(last.value(QLatin1String("ok")).toBool(), line);
  }
  QCOMPARE(last.value(QLatin1String("kind")).toString(), QStringLiteral("summary"));
  QVERIFY(last.value(QLatin1String("ok")).toBool());
  QCOMPARE(last.value(QLatin1String("steps")).toInt(), steps);
  QCOMPARE(last.value(QLatin1String("sessions")).toInt(), 102);
}

void TestCliRun::theExitStatusTells_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QStringList>("options");
  QTest::addColumn<int>("status");
  QTest::addColumn<QByteArray>("words");
  const QStringList none;
  QTest::newRow("it holds") << QByteArray("version = 1\n[[steps]]\nset = { a = \"b\" }\n") << none << 0
                            << QByteArray("held");
  QTest::newRow("it does not hold") << QByteArray("version = 1\n[[steps]]\nconnect = \"tcp://127.0.0.1:1\"\n")
                                    << none << 1 << QByteArray("Connection refused");
  QTest::newRow("it is no scenario") << QByteArray("version = 1\n[[steps]]\nsned = \"a\"\n") << none << 2
                                     << QByteArray(
                                            "line 3, column 8: unknown key \"sned\"; did you mean \"send\"?");
  QTest::newRow("an unknown variable") << QByteArray("version = 1\n[variables]\nport = 1\n")
                                       << QStringList{QStringLiteral("--var"), QStringLiteral("prot=2")} << 2
                                       << QByteArray("did you mean \"port\"?");
  QTest::newRow("a variable without a value")
      << QByteArray("version = 1\n") << QStringList{QStringLiteral("--var"), QStringLiteral("port")} << 2
      << QByteArray("write it as --var port=6379");
  QTest::newRow("it is given up") << QByteArray("version = 1\n[[steps]]\nwait = \"1h\"\n")
                                  << QStringList{QStringLiteral("--for"), QStringLiteral("0.05")} << 1
                                  << QByteArray("the whole was not done within 50 ms");
  QTest::newRow("no waiting") << QByteArray("version = 1\n[[steps]]\nwait = \"1h\"\n")
                              << QStringList{QStringLiteral("--speed"), QStringLiteral("0")} << 0
                              << QByteArray("held");
  QTest::newRow("a speed that is none")
      << QByteArray("version = 1\n") << QStringList{QStringLiteral("--speed"), QStringLiteral("fast")} << 2
      << QByteArray("--speed");
}

void TestCliRun::theExitStatusTells() {
  QFETCH(const QByteArray, text);
  QFETCH(const QStringList, options);
  QFETCH(const int, status);
  QFETCH(const QByteArray, words);
  Program run(cliPath(), QStringList{QStringLiteral("run"), file(text)} + options);
  QCOMPARE(run.waitForExit(), status);
  QVERIFY2((run.out() + run.err()).contains(words), run.out() + run.err());
}

void TestCliRun::filesAreOnlyChecked() {
  const QString good = file("version = 1\n[[steps]]\nconnect = \"tcp://127.0.0.1:1\"\n");
  Program check(cliPath(), {QStringLiteral("run"), QStringLiteral("--check"), good});
  QCOMPARE(check.waitForExit(), 0);
  QVERIFY2(check.out().contains(": 1 steps"), check.out());
  Program missing(cliPath(), {QStringLiteral("run"), QStringLiteral("--check"), QStringLiteral("--json"),
                              good, folder_.filePath(QStringLiteral("missing"))});
  QCOMPARE(missing.waitForExit(), 2);
  QVERIFY2(missing.out().contains("ENOENT"), missing.out());
}

void TestCliRun::aSignalStopsIt() {
  const QString junit = folder_.filePath(QStringLiteral("stopped.xml"));
  Program run(cliPath(), {QStringLiteral("run"),
                          file("version = 1\n[[steps]]\nset = { a = \"b\" }\n[[steps]]\nwait = \"1h\"\n"),
                          QStringLiteral("--junit"), junit});
  QVERIFY(run.waitForText("set a = "));
  run.signal(SIGTERM);
  QCOMPARE(run.waitForExit(), 1);
  QVERIFY2(run.out().contains("stopped"), run.out());
  QFile written(junit);
  QVERIFY(written.open(QIODevice::ReadOnly));
  QVERIFY(written.readAll().contains("<skipped message=\"stopped\"/>"));
}

void TestCliRun::manyFilesRunInTurn() {
  const QString good = file("version = 1\ntitle = \"good\"\n");
  const QString bad = file("version = 1\ntitle = \"bad\"\n[[steps]]\nconnect = \"tcp://127.0.0.1:1\"\n");
  Program run(cliPath(), {QStringLiteral("run"), bad, good});
  QCOMPARE(run.waitForExit(), 1);
  QVERIFY2(run.out().indexOf("bad") < run.out().indexOf("good"), run.out());
}

void TestCliRun::recordSaysWhatIsWrong_data() {
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<int>("status");
  QTest::newRow("no such file") << QStringList{QStringLiteral("/nowhere.pcapng"), QStringLiteral("--session"),
                                               QStringLiteral("1")}
                                << 1;
  QTest::newRow("no session is said") << QStringList{QStringLiteral("/nowhere.pcapng")} << 2;
  QTest::newRow("no number") << QStringList{QStringLiteral("/nowhere.pcapng"), QStringLiteral("--session"),
                                            QStringLiteral("x")}
                             << 2;
  QTest::newRow("no such side") << QStringList{QStringLiteral("/nowhere.pcapng"), QStringLiteral("--session"),
                                               QStringLiteral("1"), QStringLiteral("--as"),
                                               QStringLiteral("both")}
                                << 2;
}

void TestCliRun::recordSaysWhatIsWrong() {
  QFETCH(const QStringList, arguments);
  QFETCH(const int, status);
  Program record(cliPath(), QStringList{QStringLiteral("record")} + arguments);
  QCOMPARE(record.waitForExit(), status);
  QVERIFY(!record.err().isEmpty());
}

QTEST_GUILESS_MAIN(TestCliRun)
#include "tst_cli_run.moc"
