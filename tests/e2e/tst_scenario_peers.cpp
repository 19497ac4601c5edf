// Scenarios against other people's servers: redis, nginx, mosquitto.
#include <QTemporaryDir>
#include <QTest>
#include <map>

#include "peer_server.h"

using namespace sockbench::test;

namespace {

QString scenarioFile(const QString& name) {
  return QStringLiteral(SOCKBENCH_SCENARIOS "/") + name;
}

QString portOption(const PeerServer& server) {
  return QStringLiteral("port=%1").arg(server.port());
}

}  // namespace

class TestScenarioPeers : public QObject {
  Q_OBJECT
 private slots:
  void holds_data();
  void holds();
  void aWrongAnswerIsShown();
  void junitIsRead();
  void aRecordedSessionHolds();

 private:
  // Skips the test where it is not installed; nullptr: it does not run, and has been told.
  PeerServer* server(const QString& name);
  std::map<QString, std::unique_ptr<PeerServer>> servers_;
};

PeerServer* TestScenarioPeers::server(const QString& name) {
  std::unique_ptr<PeerServer>& known = servers_[name];
  if (!known) known = std::make_unique<PeerServer>(name);
  if (!known->isInstalled()) return nullptr;
  if (!known->isRunning()) qWarning("%s", known->words().constData());
  return known.get();
}

#define NEED_SERVER(pointer, name)                                                                \
  PeerServer* pointer = server(name);                                                             \
  if (pointer == nullptr) QSKIP(qPrintable(QString(name) + QStringLiteral(" is not installed"))); \
  QVERIFY2(pointer->isRunning(), "it does not run")

void TestScenarioPeers::holds_data() {
  QTest::addColumn<QString>("peer");
  QTest::addColumn<QString>("file");
  QTest::newRow("redis: PING, SET and GET")
      << QStringLiteral("redis-server") << QStringLiteral("redis_ping.toml");
  QTest::newRow("nginx: HTTP/1.1 keep-alive")
      << QStringLiteral("nginx") << QStringLiteral("nginx_keep_alive.toml");
  QTest::newRow("mosquitto: CONNECT, SUBSCRIBE, PUBLISH")
      << QStringLiteral("mosquitto") << QStringLiteral("mosquitto_publish.toml");
}

void TestScenarioPeers::holds() {
  QFETCH(const QString, peer);
  QFETCH(const QString, file);
  NEED_SERVER(there, peer);
  Program run(cliPath(),
              {QStringLiteral("run"), scenarioFile(file), QStringLiteral("--var"), portOption(*there)});
  const int status = run.waitForExit();
  QVERIFY2(status == 0, run.out() + run.err());
  QVERIFY2(run.out().contains("\nheld \xc2\xb7 "), run.out());
}

void TestScenarioPeers::aWrongAnswerIsShown() {
  NEED_SERVER(redis, QStringLiteral("redis-server"));
  Program run(cliPath(), {QStringLiteral("run"), scenarioFile(QStringLiteral("redis_wrong_answer.toml")),
                          QStringLiteral("--var"), portOption(*redis)});
  QCOMPARE(run.waitForExit(), 1);
  QVERIFY2(run.out().contains("  FAIL  line 17  expect exactly \"+PANG\\r\\n\""), run.out());
  QVERIFY2(
      run.out().contains("first difference at byte 2\n"
                         "      expected  0000  2b 50 41 4e 47 0d 0a                             +PANG..\n"
                         "      came      0000  2b 50 4f 4e 47 0d 0a                             +PONG..\n"
                         "                            ^^\n"),
      run.out());
  QVERIFY2(run.out().contains("1 failed \xc2\xb7 1 never begun"), run.out());
}

// Python's parser counts what JUnit's XML has.
void TestScenarioPeers::junitIsRead() {
  NEED_SERVER(redis, QStringLiteral("redis-server"));
  if (tool("python3").isEmpty()) QSKIP("python3 is not installed");
  const QTemporaryDir folder;
  const QString junit = folder.filePath(QStringLiteral("junit.xml"));
  Program run(cliPath(), {QStringLiteral("run"), scenarioFile(QStringLiteral("redis_wrong_answer.toml")),
                          scenarioFile(QStringLiteral("own_server.toml")), QStringLiteral("--var"),
                          portOption(*redis), QStringLiteral("--junit"), junit});
  QCOMPARE(run.waitForExit(), 1);
  Program read(
      tool("python3"),
      pythonArguments("import xml.etree.ElementTree as tree\n"
                      "root = tree.parse(sys.argv[1]).getroot()\n"
                      "print(root.tag, root.get('tests'), root.get('failures'), root.get('skipped'))\n"
                      "for case in root.iter('testcase'):\n"
                      "  for failure in case.iter('failure'):\n"
                      "    print(case.get('name'), case.get('line'), failure.get('message'))\n"
                      "    print(failure.text)\n"
                      "print([suite.get('name') for suite in root])\n",
                      {junit}));
  QCOMPARE(read.waitForExit(), 0);
  QVERIFY2(read.out().startsWith("testsuites "), read.out());
  QVERIFY2(read.out().contains(" 1 1\n"), read.out());
  QVERIFY2(read.out().contains(
               "line 17: <PING> & \"pong\": expect exactly \"+PANG\\r\\n\" 17 something else came"),
           read.out());
  QVERIFY2(read.out().contains("2b 50 41 4e 47 0d 0a"), read.out());
  QVERIFY2(read.out().contains("['redis: a wrong answer', 'a server and its clients']"), read.out());
}

// What somebody did by hand is captured, becomes a scenario, and holds against the same server.
void TestScenarioPeers::aRecordedSessionHolds() {
  NEED_SERVER(redis, QStringLiteral("redis-server"));
  const QTemporaryDir folder;
  const QString capture = folder.filePath(QStringLiteral("talk.pcapng"));
  JsonRun talk({QStringLiteral("connect"), QStringLiteral("tcp://127.0.0.1:%1").arg(redis->port()),
                QStringLiteral("--send"), QStringLiteral("PING\\r\\n"), QStringLiteral("--send"),
                QStringLiteral("ECHO recorded\\r\\n"), QStringLiteral("--expect-bytes"), QStringLiteral("21"),
                QStringLiteral("--capture"), capture});
  QVERIFY2(talk.waitForExit() == 0, talk.out() + talk.err());
  const QString session =
      QString::number(talk.waitFor(QStringLiteral("connected")).value(QLatin1String("session")).toInt());
  const QString scenario = folder.filePath(QStringLiteral("recorded.toml"));
  Program record(cliPath(), {QStringLiteral("record"), capture, QStringLiteral("--session"), session,
                             QStringLiteral("--waits"), QStringLiteral("-o"), scenario});
  QVERIFY2(record.waitForExit() == 0, record.out() + record.err());
  Program run(cliPath(), {QStringLiteral("run"), scenario, QStringLiteral("--speed"), QStringLiteral("10")});
  QVERIFY2(run.waitForExit() == 0, run.out() + run.err());
  QVERIFY2(run.out().contains("$8\\r\\nrecorded\\r\\n"), run.out());
}

QTEST_GUILESS_MAIN(TestScenarioPeers)
#include "tst_scenario_peers.moc"
