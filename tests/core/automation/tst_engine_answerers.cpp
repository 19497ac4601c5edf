#include <QElapsedTimer>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryFile>
#include <QTest>

#include "core/automation/answerers/answerer.h"
#include "core/automation/answerers/answerer_desk.h"
#include "tests/core/engine/answer_peer.h"

using namespace sockbench;
using sockbench::test::EngineFixture;
using sockbench::test::waitFor;
using Kind = AnswererSpec::Kind;

namespace {

SessionRules rulesOf(const AnswererSpec& spec) {
  SessionRules rules;
  rules.agents = std::make_shared<const AgentMakers>(AgentMakers{makeAnswerer(spec).value()});
  return rules;
}

AnswererSpec httpOf(const char* toml) {
  AnswererSpec spec;
  spec.kind = Kind::http;
  spec.http = readHttpAnswer(toml, "answer.toml").value();
  return spec;
}

// What curl says to a server with the answer; `%1` of its arguments is the server's address.
QByteArray curl(const AnswererSpec& spec, QStringList arguments) {
  test::AnswerDesk server("tcp", rulesOf(spec));
  const QString place = QString::fromStdString(server.f.now(server.listener()).local.text());
  for (QString& argument : arguments) argument.replace(QStringLiteral("%1"), place);
  QProcess process;
  process.start(QStringLiteral("curl"),
                QStringList{QStringLiteral("-sS"), QStringLiteral("--noproxy"), QStringLiteral("*"),
                            QStringLiteral("--max-time"), QStringLiteral("30")} +
                    arguments);
  if (!waitFor([&] { return process.state() == QProcess::NotRunning; })) process.kill();
  process.waitForFinished();
  return process.readAllStandardOutput() + process.readAllStandardError();
}

}  // namespace

class TestEngineAnswerers : public QObject {
  Q_OBJECT
 private slots:
  void echoesAfterADelay_data();
  void echoesAfterADelay();
  void echoesWhatWaitsWhenThePeerIsDone();
  void readsSlowly();
  void servesAFile_data();
  void servesAFile();
  void saysThatThereIsNoFile();
  void answersCurl_data();
  void answersCurl();
  void answersNonsenseWith400();
  void anotherAnswererTakesOver();
  void refusesAnAnswer_data();
  void refusesAnAnswer();
};

void TestEngineAnswerers::echoesAfterADelay_data() {
  QTest::addColumn<QByteArray>("transport");
  for (const char* transport : {"tcp", "udp", "unix-seqpacket"})
    QTest::newRow(transport) << QByteArray(transport);
}

void TestEngineAnswerers::echoesAfterADelay() {
  QFETCH(const QByteArray, transport);
  AnswererSpec spec;
  spec.kind = Kind::delayedEcho;
  spec.delay = std::chrono::milliseconds(20);
  test::AnswerDesk server(transport.toStdString(), rulesOf(spec));
  Socket peer = server.dial();
  QVERIFY(peer.isOpen());
  QElapsedTimer timer;
  timer.start();
  QVERIFY(peer.send(asBytes("hello")));
  QCOMPARE(test::receive(peer), "hello");
  QVERIFY(timer.nsecsElapsed() >= 20'000'000);
}

void TestEngineAnswerers::echoesWhatWaitsWhenThePeerIsDone() {
  AnswererSpec spec;
  spec.kind = Kind::delayedEcho;
  spec.delay = std::chrono::hours(1);
  test::AnswerDesk server("tcp", rulesOf(spec));
  Socket peer = server.dial();
  QVERIFY(peer.send(asBytes("hello")));
  QVERIFY(peer.shutdown(ShutdownHow::write));
  QCOMPARE(test::receive(peer), "hello");
  QCOMPARE(test::receive(peer), "");
}

void TestEngineAnswerers::readsSlowly() {
  AnswererSpec spec;
  spec.kind = Kind::throttledSink;
  spec.bytesPerSecond = 100;
  test::AnswerDesk server("tcp", rulesOf(spec));
  Socket peer = server.dial();
  QElapsedTimer timer;
  timer.start();
  QVERIFY(peer.send(asBytes(std::string(30, 'a'))));
  const SessionId child = server.child();
  QVERIFY(waitFor([&] { return server.f.now(child).bytesIn == 30; }));
  // What comes now waits in the kernel until those are paid for.
  QVERIFY(peer.send(asBytes("b")));
  QVERIFY(waitFor([&] { return server.f.now(child).bytesIn == 31; }));
  QVERIFY(timer.nsecsElapsed() >= 300'000'000);
}

void TestEngineAnswerers::servesAFile_data() {
  QTest::addColumn<QByteArray>("transport");
  QTest::addColumn<int>("size");
  QTest::newRow("tcp") << QByteArray("tcp") << 3'000'000;
  QTest::newRow("unix") << QByteArray("unix") << 1000;
  QTest::newRow("an empty file") << QByteArray("tcp") << 0;
  QTest::newRow("records") << QByteArray("unix-seqpacket") << 40'000;
}

void TestEngineAnswerers::servesAFile() {
  QFETCH(const QByteArray, transport);
  QFETCH(const int, size);
  QByteArray content(size, Qt::Uninitialized);
  for (qsizetype i = 0; i < content.size(); ++i) content[i] = static_cast<char>(i * 7 / 3);
  QTemporaryFile file;
  QVERIFY(file.open());
  QCOMPARE(file.write(content), content.size());
  QVERIFY(file.flush());
  AnswererSpec spec;
  spec.kind = Kind::file;
  spec.path = file.fileName().toStdString();
  test::AnswerDesk server(transport.toStdString(), rulesOf(spec));
  Socket peer = server.dial();
  QVERIFY(peer.isOpen());
  std::string got;
  for (std::string piece = test::receive(peer); !piece.empty(); piece = test::receive(peer)) got += piece;
  QVERIFY(got == content.toStdString());
}

void TestEngineAnswerers::saysThatThereIsNoFile() {
  AnswererSpec spec;
  spec.kind = Kind::file;
  spec.path = "/nonexistent/file";
  const auto maker = makeAnswerer(spec);
  QVERIFY(!maker);
  QCOMPARE(maker.error().symbol(), "ENOENT");
}

void TestEngineAnswerers::answersCurl_data() {
  QTest::addColumn<QByteArray>("answer");
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<QByteArray>("output");
  const auto row = [](const char* name, const char* answer, const char* arguments, const char* output) {
    QTest::newRow(name) << QByteArray(answer) << QString::fromLatin1(arguments).split(QLatin1Char(' '))
                        << QByteArray(output);
  };
  row("get", "body = \"hello\"", "http://%1/a", "hello");
  row("two requests on one connection", "body = \"hello\"", "http://%1/a http://%1/b -w [%{num_connects}]",
      "hello[1]hello[0]");
  row("head", "body = \"hello\"\nheaders = [\"X-A: b\"]", "-I http://%1/a",
      "HTTP/1.1 200 OK\r\nX-A: b\r\nContent-Length: 5\r\nConnection: keep-alive\r\n\r\n");
  row("no content", "status = 204", "-i http://%1/a",
      "HTTP/1.1 204 No Content\r\nConnection: keep-alive\r\n\r\n");
  row("a body is sent", "status = 201\nbody = \"ok\"", "-d data http://%1/a -w %{http_code}", "ok201");
  row("a body in chunks, which waits for 100", "body = \"ok\"",
      "-H Expect:100-continue -H Transfer-Encoding:chunked -d data http://%1/a http://%1/b", "okok");
  row("1.0", "body = \"x\"", "-0 -i http://%1/a",
      "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx");
  row("another reason", "status = 404\nreason = \"Not here\"", "-i http://%1/a",
      "HTTP/1.1 404 Not here\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n");
}

void TestEngineAnswerers::answersCurl() {
  if (QStandardPaths::findExecutable(QStringLiteral("curl")).isEmpty()) QSKIP("curl is not installed");
  QFETCH(const QByteArray, answer);
  QFETCH(const QStringList, arguments);
  QTEST(curl(httpOf(answer.constData()), arguments), "output");
}

void TestEngineAnswerers::answersNonsenseWith400() {
  test::AnswerDesk server("tcp", rulesOf(httpOf("body = \"x\"")));
  Socket peer = server.dial();
  QVERIFY(peer.send(asBytes("EHLO example\r\n")));
  std::string got;
  for (std::string piece = test::receive(peer); !piece.empty(); piece = test::receive(peer)) got += piece;
  QCOMPARE(got, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

void TestEngineAnswerers::anotherAnswererTakesOver() {
  const auto desk = AnswererDesk::make();
  SessionRules rules;
  rules.agents = std::make_shared<const AgentMakers>(AgentMakers{desk->maker()});
  test::AnswerDesk server("tcp", rules);
  Socket peer = server.dial();
  QVERIFY(peer.send(asBytes("nobody")));
  QVERIFY(waitFor([&] { return server.f.now(server.child()).bytesIn == 6; }));
  AnswererSpec spec;
  spec.kind = Kind::delayedEcho;
  spec.delay = std::chrono::milliseconds(1);
  const auto put = [&](const AnswererSpec& other) {
    desk->setMaker(makeAnswerer(other).value());
    const auto errands = desk->errands();
    QCOMPARE(errands.size(), std::size_t{1});
    for (const auto& [id, errand] : errands) server.f.engine().attach(id, errand);
  };
  put(spec);
  QVERIFY(waitFor([&] { return server.f.story(server.child()).contains("automatic"); }));
  QVERIFY(peer.send(asBytes("echo")));
  QCOMPARE(test::receive(peer), "echo");
  put(httpOf("body = \"x\""));
  QVERIFY(waitFor([&] { return server.f.story(server.child()).ends_with("automatic automatic"); }));
  QVERIFY(peer.send(asBytes("GET / HTTP/1.0\r\n\r\n")));
  QVERIFY(test::receive(peer).starts_with("HTTP/1.1 200 OK"));
}

void TestEngineAnswerers::refusesAnAnswer_data() {
  QTest::addColumn<QByteArray>("answer");
  QTest::newRow("status") << QByteArray("status = 99");
  QTest::newRow("a header without a name") << QByteArray("headers = [\": x\"]");
  QTest::newRow("a header of two lines") << QByteArray("headers = [\"a: b\\r\\nc: d\"]");
  QTest::newRow("body and file") << QByteArray("body = \"x\"\nfile = \"/etc/hosts\"");
  QTest::newRow("a file that is not there") << QByteArray("file = \"/nonexistent\"");
  QTest::newRow("an unknown key") << QByteArray("stauts = 200");
}

void TestEngineAnswerers::refusesAnAnswer() {
  QFETCH(const QByteArray, answer);
  const auto read = readHttpAnswer(answer.toStdString(), "answer.toml");
  QVERIFY(!read);
  QVERIFY(read.error().line().find("answer.toml") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestEngineAnswerers)
#include "tst_engine_answerers.moc"
