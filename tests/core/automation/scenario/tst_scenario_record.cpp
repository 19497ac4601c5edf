// Sessions become scenarios that hold against the same peer; a replay sends what was sent.
#include <QTest>

#include "core/automation/scenario/record.h"
#include "core/automation/scenario/replay.h"
#include "tests/core/automation/scenario/scenario_runner.h"

using namespace sockbench;
using namespace sockbench::test;
using What = RecordedTalk::What;

namespace {

constexpr WallNanos kMilli = 1'000'000;

RecordedTalk::Item bytes(bool byClient, std::string_view text, WallNanos time = 0) {
  return {What::bytes, byClient, time, toBytes(text)};
}

RecordedTalk talk(std::vector<RecordedTalk::Item> items) {
  RecordedTalk made;
  made.serverEndpoint = "tcp://127.0.0.1:6379";
  made.items = std::move(items);
  return made;
}

std::string stepsOf(const RecordedTalk& made, const RecordOptions& options) {
  const std::string text = recordScenario(made, options);
  return text.substr(text.find("[[steps]]"));
}

}  // namespace

class TestScenarioRecord : public QObject {
  Q_OBJECT
 private slots:
  void writesAClient();
  void writesAServer();
  void piecesAreOneMessage();
  void waitsStandBetween();
  void anyBytesComeBack_data();
  void anyBytesComeBack();
  void aSessionComesBack_data();
  void aSessionComesBack();
  void tellsWhatItCannot();
  void replaysASide();
};

void TestScenarioRecord::writesAClient() {
  const auto made = talk({bytes(true, "PING\r\n"),
                          bytes(false, "+PONG\r\n"),
                          bytes(true, std::string("\0\1", 2)),
                          {What::halfClosed, true, 0, {}},
                          {What::closed, false, 0, {}}});
  QCOMPARE(QByteArray::fromStdString(recordScenario(made, {})), QByteArray(R"(version = 1
title = "A client of tcp://127.0.0.1:6379"

[endpoints.server]
connect = "tcp://127.0.0.1:6379"

[[steps]]
connect = "server"

[[steps]]
send = "PING\r\n"

[[steps]]
expect.exactly = "+PONG\r\n"

[[steps]]
send.hex = "00 01"

[[steps]]
half-close = true

[[steps]]
expect = { closed = true }

[[steps]]
close = true
)"));
}

void TestScenarioRecord::writesAServer() {
  const auto made = talk(
      {bytes(true, "GET / HTTP/1.1\r\nHost: a\r\n\r\n"), bytes(false, "no"), {What::closed, false, 0, {}}});
  RecordOptions options;
  options.role = RecordRole::server;
  QCOMPARE(QByteArray::fromStdString(stepsOf(made, options)), QByteArray(R"([[steps]]
listen = "server"

[[steps]]
accept = "server"
as = "client"
within = "1m"

[[steps]]
expect.exactly = """
GET / HTTP/1.1\r
Host: a\r
\r
"""

[[steps]]
send = "no"

[[steps]]
close = true
)"));
}

void TestScenarioRecord::piecesAreOneMessage() {
  auto made = talk({bytes(false, "a"), bytes(false, "b", 50 * kMilli), bytes(true, "c"), bytes(false, "d")});
  QVERIFY(stepsOf(made, {}).contains("expect.exactly = \"ab\""));
  made.transport = Transport::udp;
  QVERIFY(stepsOf(made, {}).contains("expect.exactly = \"a\"\n"));
}

void TestScenarioRecord::waitsStandBetween() {
  const auto made = talk(
      {bytes(true, "a", 1000 * kMilli), bytes(true, "b", 1005 * kMilli), bytes(true, "c", 1255 * kMilli)});
  RecordOptions options;
  options.waits = true;
  const std::string text = stepsOf(made, options);
  QVERIFY2(text.contains("send = \"ab\"\n\n[[steps]]\nwait = \"250ms\"\n\n[[steps]]\nsend = \"c\"\n"),
           text.c_str());
}

void TestScenarioRecord::anyBytesComeBack_data() {
  QTest::addColumn<QByteArray>("bytes");
  QByteArray all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  QTest::newRow("every byte") << all;
  QTest::newRow("backslashes and quotes") << QByteArray("a\\r\"b\"'\\\\");
  QTest::newRow("braces") << QByteArray("{{{{name}} {a} {{");
  QTest::newRow("three quotes in lines") << QByteArray("a\n\"\"\"\nb\n");
  QTest::newRow("lines that begin with a new line") << QByteArray("\n\n\r\na");
  QTest::newRow("an end with a backslash") << QByteArray("line\nanother\\\n");
  QTest::newRow("other languages") << QByteArray("日本\tgrün\n");
  QTest::newRow("what hides") << QByteArray("a\xe2\x80\xaez");
  QTest::newRow("long") << QByteArray(1000, '\x80');
}

// As it is sent, and as it is expected.
void TestScenarioRecord::anyBytesComeBack() {
  QFETCH(const QByteArray, bytes);
  const auto made = talk({::bytes(true, bytes.toStdString()), ::bytes(false, bytes.toStdString())});
  const std::string text = recordScenario(made, {});
  const auto read = readScenario(text, "recorded.toml");
  QVERIFY2(read, read ? "" : (read.error().line() + "\n" + text).c_str());
  const auto valueOf = [](const MessageSpec& message) {
    const auto expanded = Message::read(message).value().expand({}).value();
    return QByteArray::fromStdString(std::string(asChars(expanded.bytes)));
  };
  QCOMPARE(valueOf((*read)->steps[1].message), bytes);
  QCOMPARE(valueOf((*read)->steps[2].expect.bytes), bytes);
}

void TestScenarioRecord::aSessionComesBack_data() {
  QTest::addColumn<bool>("ofTheAccepted");
  QTest::newRow("of the client's session") << false;
  QTest::newRow("of the accepted session") << true;
}

// A talk between two sessions is recorded, and its client and its server, as scenarios, talk to each other.
void TestScenarioRecord::aSessionComesBack() {
  QFETCH(const bool, ofTheAccepted);
  Engine engine;
  ScenarioRun run(engine, scenarioOf(R"(
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
[[steps]]
send = 'hello\r\n'
on = "c"
[[steps]]
expect = 'hello\r\n'
on = "s"
[[steps]]
send = { hex = "00 ff 7b 7b" }
on = "s"
[[steps]]
expect = { length = 4 }
on = "c"
[[steps]]
close = "c"
[[steps]]
expect = { closed = true }
on = "s"
[[steps]]
close = "s"
)"));
  run.start();
  run.waitUntilEnded();
  QCOMPARE(QString::fromStdString(failureOf(run.outcome())), QString());
  QVERIFY(QTest::qWaitFor([&] { return engine.openSessions() == 0; }, 20'000));
  SessionId id;
  for (const SessionSnapshot& session : engine.snapshots())
    if (session.role == (ofTheAccepted ? SessionRole::accepted : SessionRole::client)) id = session.id;
  const auto recorded = recordTalk(engine.log(), id);
  QVERIFY2(recorded, recorded ? "" : recorded.error().line().c_str());

  RecordedTalk again = *recorded;
  again.serverEndpoint = "tcp://127.0.0.1:0";
  RecordOptions asServer;
  asServer.role = RecordRole::server;
  const auto server = readScenario(recordScenario(again, asServer), "server.toml");
  QVERIFY2(server, server ? "" : server.error().line().c_str());
  Engine other;
  ScenarioRun mock(other, *server);
  mock.start();
  std::uint16_t port = 0;
  QVERIFY(QTest::qWaitFor(
      [&] {
        for (const SessionSnapshot& session : other.snapshots()) port = session.local.port();
        return port != 0;
      },
      20'000));
  again.serverEndpoint = "tcp://127.0.0.1:" + std::to_string(port);
  const auto client = readScenario(recordScenario(again, {}), "client.toml");
  QVERIFY2(client, client ? "" : client.error().line().c_str());
  ScenarioRun real(other, *client);
  real.start();
  real.waitUntilEnded();
  mock.waitUntilEnded();
  QCOMPARE(QString::fromStdString(failureOf(real.outcome())), QString());
  QCOMPARE(QString::fromStdString(failureOf(mock.outcome())), QString());
}

void TestScenarioRecord::tellsWhatItCannot() {
  const auto log = TrafficLog::create();
  QVERIFY(recordTalk(*log, SessionId{7}).error().isInput(InputFault::unknownName));
  const auto writer = log->makeWriter();
  Flow flow;
  flow.session = SessionId{7};
  const auto shared = std::make_shared<const Flow>(flow);
  Record row;
  row.session = flow.session;
  row.kind = RecordKind::in;
  row.direction = Direction::in;
  row.flags = kRecordTruncated;
  row.value = 9000;
  writer->append(row, shared, asBytes("beginning"));
  writer->publish();
  QVERIFY(recordTalk(*log, SessionId{7}).error().isInput(InputFault::tooLarge));
  QVERIFY(recordTalk(*log, SessionId{7}, [](std::uint64_t) { return false; })
              .error()
              .isInput(InputFault::unknownName));
  std::stop_source stop;
  stop.request_stop();
  QVERIFY(recordTalk(*log, SessionId{7}, {}, stop.get_token()).error().isErrno(ECANCELED));
}

void TestScenarioRecord::replaysASide() {
  Engine engine;
  const auto made =
      talk({bytes(true, "one ", kMilli), bytes(false, "never"), bytes(true, "two", 3 * kMilli)});
  ConnectSpec spec;
  ListenSpec listening;
  listening.endpoint = Endpoint::parse("tcp://127.0.0.1:0").value();
  listening.rules.responder = Responder::echo;
  const SessionId server = engine.listen(listening);
  QVERIFY(QTest::qWaitFor([&] { return engine.snapshot(server)->local.port() != 0; }, 20'000));
  spec.endpoint =
      Endpoint::parse("tcp://127.0.0.1:" + std::to_string(engine.snapshot(server)->local.port())).value();
  const SessionId id = engine.connect(spec);
  const auto replay = std::make_shared<ReplayAgent>(made, ReplaySpec{});
  QCOMPARE(replay->total(), 2U);
  engine.attach(id, replay);
  QVERIFY(QTest::qWaitFor([&] { return replay->state() == ReplayAgent::State::done; }, 20'000));
  QCOMPARE(replay->sent(), 2U);
  QVERIFY(QTest::qWaitFor([&] { return engine.snapshot(id)->bytesIn == 7; }, 20'000));
  QCOMPARE(engine.snapshot(id)->bytesOut, 7U);
}

QTEST_GUILESS_MAIN(TestScenarioRecord)
#include "tst_scenario_record.moc"
