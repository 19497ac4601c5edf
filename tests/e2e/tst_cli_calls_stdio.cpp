// sockbench-cli calls --stdio: the machine's way to the calls.
#include <sys/socket.h>
#include <unistd.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>

#include "live_program.h"

using namespace sockbench::test;

namespace {

QString s(const char* text) {
  return QString::fromUtf8(text);
}

// An array of one array; braces alone would copy it.
QJsonArray only(const QJsonArray& value) {
  QJsonArray array;
  array.append(value);
  return array;
}

// The program under test: requests go in, answers are kept by id.
class Stdio : public Program {
 public:
  Stdio() : Program(cliPath(), {s("calls"), s("--stdio")}) {}
  // With settings ("NAME=VALUE") in its environment.
  explicit Stdio(const QStringList& settings)
      : Program(s("env"), settings + QStringList{cliPath(), s("calls"), s("--stdio")}) {}

  void raw(const QByteArray& line) { process().write(line + '\n'); }

  // Sends a request with the next id, which it answers.
  int send(QJsonObject request) {
    request[s("id")] = ++last_;
    raw(QJsonDocument(request).toJson(QJsonDocument::Compact));
    return last_;
  }
  int method(int handle, const char* op, const QJsonArray& args = {}) {
    return send({{s("op"), s(op)}, {s("h"), handle}, {s("args"), args}});
  }
  int function(const char* name, const QJsonArray& args = {}) {
    return send({{s("op"), s("fn")}, {s("name"), s(name)}, {s("args"), args}});
  }

  QJsonObject wait(int id) {
    waitUntil([&] { return answers_.contains(id); });
    return answers_.value(id);
  }
  QJsonValue ok(int id) { return wait(id).value(s("ok")); }
  QString errorType(int id) { return wait(id).value(s("err")).toObject().value(s("type")).toString(); }
  int errorNumber(int id) { return wait(id).value(s("err")).toObject().value(s("errno")).toInt(-1); }
  const QList<QByteArray>& lines() const { return lines_; }
  bool waitForLines(qsizetype count) {
    return waitUntil([&] { return lines_.size() >= count; });
  }

  int open() { return ok(send({{s("op"), s("socket")}})).toObject().value(s("h")).toInt(); }
  std::pair<int, int> pair() {
    const QJsonArray ends = ok(send({{s("op"), s("socketpair")}, {s("args"), QJsonArray{1, 1, 0}}}))
                                .toObject()
                                .value(s("h"))
                                .toArray();
    return {ends.at(0).toInt(), ends.at(1).toInt()};
  }
  // A listener and where it listens.
  std::pair<int, QJsonArray> listening() {
    const int listener = open();
    method(listener, "bind", only(QJsonArray{s("127.0.0.1"), 0}));
    method(listener, "listen", {8});
    return {listener, ok(method(listener, "getsockname")).toArray()};
  }

 protected:
  void outGrew() override {
    for (qsizetype end = out().indexOf('\n', parsed_); end >= 0; end = out().indexOf('\n', parsed_)) {
      const QByteArray line = out().mid(parsed_, end - parsed_);
      parsed_ = end + 1;
      lines_ += line;
      const QJsonObject answer = QJsonDocument::fromJson(line).object();
      if (answer.value(s("id")).isDouble()) answers_[answer.value(s("id")).toInt()] = answer;
    }
  }

 private:
  qsizetype parsed_ = 0;
  int last_ = 0;
  QList<QByteArray> lines_;
  QMap<int, QJsonObject> answers_;
};

QJsonObject bytes(const QByteArray& data) {
  return {{s("b"), QString::fromLatin1(data.toBase64())}};
}

}  // namespace

class TstCliCallsStdio : public QObject {
  Q_OBJECT
 private slots:
  void theExampleOfTheContract();
  void namesStandForNumbers();
  void keywordsAreTaken();
  void bytesGoBothWays();
  void abstractNamesAndOddPathsGoBothWays();
  void aBufferIsFilled();
  void refusals_data();
  void refusals();
  void hugeIntegersOverflow_data();
  void hugeIntegersOverflow();
  void idsComeBackAsTheyWere_data();
  void idsComeBackAsTheyWere();
  void anUnknownHandleIsBad();
  void closeEndsWhatWaits();
  void aLookupThatHangsIsLeftBehind();
  void whatWaitsHoldsUpNobody();
  void manyWaitSideBySide();
  void pipelinedRequestsKeepTheirOrder();
  void aSlowReaderHoldsUpNoCall();
  void aLineThatIsTooLongIsRefused();
  void theEndOfInputClosesEverything();
  void whatNeedsNobodysHelpIsAnsweredBeforeTheEnd();
  void aSignalEndsIt_data();
  void aSignalEndsIt();
  void aClosedOutputEndsIt();
};

void TstCliCallsStdio::theExampleOfTheContract() {
  Stdio cli;
  cli.raw(R"({"id":101,"op":"socket","family":2,"type":1,"proto":0})");
  const int listener = cli.ok(101).toObject().value(s("h")).toInt();
  QVERIFY(listener > 0);
  QCOMPARE(cli.ok(cli.method(listener, "bind", only(QJsonArray{s("127.0.0.1"), 0}))), QJsonValue());
  QVERIFY(cli.wait(1).contains(s("ok")));
  QVERIFY(cli.wait(cli.method(listener, "listen", {5})).contains(s("ok")));
  const QJsonArray name = cli.ok(cli.method(listener, "getsockname")).toArray();
  const int client = cli.open();
  const int accept = cli.method(listener, "accept");
  QVERIFY(cli.wait(cli.method(client, "connect", only(name))).contains(s("ok")));
  const QJsonObject accepted = cli.ok(accept).toObject();
  const int server = accepted.value(s("h")).toInt();
  QVERIFY(server > 0);
  QCOMPARE(accepted.value(s("peer")), cli.ok(cli.method(client, "getsockname")));
  QVERIFY(cli.wait(cli.method(client, "sendall", {bytes("hello")})).contains(s("ok")));
  QCOMPARE(cli.ok(cli.method(server, "recv", {1024, 0})), QJsonValue(QJsonObject{{s("b"), s("aGVsbG8=")}}));
  const QJsonArray pair = cli.ok(cli.send({{s("op"), s("socketpair")}, {s("args"), QJsonArray{1, 1, 0}}}))
                              .toObject()
                              .value(s("h"))
                              .toArray();
  QCOMPARE(pair.size(), 2);
  QCOMPARE(cli.ok(cli.function("inet_pton", {2, s("1.2.3.4")})), QJsonValue(bytes("\x01\x02\x03\x04")));
  const QJsonArray found = cli.ok(cli.send({{s("op"), s("fn")},
                                            {s("name"), s("getaddrinfo")},
                                            {s("args"), QJsonArray{s("127.0.0.1"), 80}},
                                            {s("kw"), QJsonObject{{s("type"), 1}}}}))
                               .toArray();
  QCOMPARE(found, only(QJsonArray{2, 1, 6, s(""), QJsonArray{s("127.0.0.1"), 80}}));
  const int refused = cli.method(cli.open(), "connect", only(QJsonArray{s("127.0.0.1"), freePort()}));
  const QJsonObject error = cli.wait(refused).value(s("err")).toObject();
  QCOMPARE(error.value(s("type")), QJsonValue(s("os")));
  QCOMPARE(error.value(s("errno")), QJsonValue(111));
  QCOMPARE(error.value(s("msg")), QJsonValue(s("Connection refused")));
}

void TstCliCallsStdio::namesStandForNumbers() {
  Stdio cli;
  const int socket =
      cli.ok(cli.send({{s("op"), s("socket")}, {s("family"), s("AF_INET")}, {s("type"), s("SOCK_DGRAM")}}))
          .toObject()
          .value(s("h"))
          .toInt();
  QVERIFY(socket > 0);
  QVERIFY(
      cli.wait(cli.method(socket, "setsockopt", {s("SOL_SOCKET"), s("SO_REUSEADDR"), 1})).contains(s("ok")));
  QCOMPARE(cli.ok(cli.method(socket, "getsockopt", {s("SOL_SOCKET"), s("SO_REUSEADDR")})), QJsonValue(1));
  QCOMPARE(cli.errorNumber(cli.method(socket, "recv", {1, s("MSG_DONTWAIT")})), EAGAIN);
}

void TstCliCallsStdio::keywordsAreTaken() {
  Stdio cli;
  const QJsonArray found =
      cli.ok(cli.send(
                 {{s("op"), s("fn")},
                  {s("name"), s("getaddrinfo")},
                  {s("args"), QJsonArray{}},
                  {s("kw"), QJsonObject{{s("host"), s("127.0.0.1")}, {s("port"), s("7")}, {s("type"), 2}}}}))
          .toArray();
  QCOMPARE(found.at(0).toArray().at(4).toArray(), (QJsonArray{s("127.0.0.1"), 7}));
  QCOMPARE(
      cli.errorType(cli.send(
          {{s("op"), s("fn")}, {s("name"), s("getaddrinfo")}, {s("kw"), QJsonObject{{s("nonsense"), 1}}}})),
      s("type"));
}

void TstCliCallsStdio::bytesGoBothWays() {
  Stdio cli;
  const auto [one, other] = cli.pair();
  QByteArray all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  QCOMPARE(cli.ok(cli.method(one, "send", {bytes(all)})), QJsonValue(256));
  QCOMPARE(cli.ok(cli.method(other, "recv", {1000})), QJsonValue(bytes(all)));
}

void TstCliCallsStdio::abstractNamesAndOddPathsGoBothWays() {
  Stdio cli;
  const QTemporaryDir folder;
  const int named =
      cli.ok(cli.send({{s("op"), s("socket")}, {s("family"), 1}})).toObject().value(s("h")).toInt();
  const QByteArray path = folder.path().toUtf8() + R"(/\udc80\udcffx)";
  cli.raw("{\"id\":201,\"op\":\"bind\",\"h\":" + QByteArray::number(named) + ",\"args\":[\"" + path + "\"]}");
  QVERIFY(cli.wait(201).contains(s("ok")));
  cli.raw("{\"id\":202,\"op\":\"getsockname\",\"h\":" + QByteArray::number(named) + "}");
  QVERIFY(cli.waitForText("{\"id\":202,\"ok\":\"" + path + "\"}\n"));
  QCOMPARE(::access((folder.path().toUtf8() + "/\x80\xffx").constData(), F_OK), 0);
  const int hidden =
      cli.ok(cli.send({{s("op"), s("socket")}, {s("family"), 1}})).toObject().value(s("h")).toInt();
  const QByteArray name =
      QByteArray("\0sockbench-", 11) + QByteArray::number(QCoreApplication::applicationPid());
  QVERIFY(cli.wait(cli.method(hidden, "bind", {bytes(name)})).contains(s("ok")));
  QCOMPARE(cli.ok(cli.method(hidden, "getsockname")), QJsonValue(bytes(name)));
}

void TstCliCallsStdio::aBufferIsFilled() {
  Stdio cli;
  const auto [one, other] = cli.pair();
  cli.method(one, "send", {bytes("hello")});
  const QJsonObject answer = cli.wait(cli.method(other, "recv_into", {QJsonObject{{s("buffer"), 8}}}));
  QCOMPARE(answer.value(s("ok")), QJsonValue(5));
  QCOMPARE(answer.value(s("filled")), QJsonValue(bytes(QByteArray("hello\0\0\0", 8))));
}

void TstCliCallsStdio::refusals_data() {
  QTest::addColumn<QByteArray>("line");
  QTest::addColumn<QString>("type");
  const auto row = [](const char* name, const QByteArray& line, const char* type) {
    QTest::newRow(name) << line << s(type);
  };
  row("no JSON", "{\"id\":1,garbage", "value");
  row("half an object", "{\"id\":1,\"op\":", "value");
  row("something behind it", "{\"id\":1,\"op\":\"fn\"} x", "value");
  row("a key twice", "{\"id\":1,\"op\":\"fn\",\"op\":\"fn\"}", "value");
  row("no UTF-8", "{\"id\":1,\"op\":\"\xff\"}", "value");
  row("a raw surrogate", "{\"id\":1,\"op\":\"\xed\xa0\x80\"}", "value");
  row("a control character", "{\"id\":1,\"op\":\"\x01\"}", "value");
  row("half an escape", "{\"id\":1,\"op\":\"\\u12\"}", "value");
  row("a number that begins with 0", "{\"id\":1,\"h\":01}", "value");
  row("nested too deeply", "{\"id\":1,\"op\":\"fn\",\"args\":" + QByteArray(100'000, '[') + "}", "value");
  row(
      "too many keys",
      "{\"id\":1,\"kw\":{" +
          [] {
            QByteArray keys;
            for (int i = 0; i < 1000; ++i) keys += "\"k" + QByteArray::number(i) + "\":1,";
            return keys + "\"k\":1}}";
          }(),
      "value");
  row("no operation", "{\"id\":1}", "type");
  row("an operation that is no text", "{\"id\":1,\"op\":7}", "type");
  row("an unknown function", R"({"id":1,"op":"fn","name":"system","args":["ls"]})", "type");
  row("a function without a name", R"({"id":1,"op":"fn"})", "type");
  row("an unknown method", R"({"id":1,"op":"explode","h":7})", "type");
  row("a method without a socket", R"({"id":1,"op":"bind","args":[["127.0.0.1",0]]})", "type");
  row("an unknown key", R"({"id":1,"op":"socket","famly":2})", "type");
  row("arguments that are no array", R"({"id":1,"op":"fn","name":"htons","args":7})", "type");
  row("keywords that are no object", R"({"id":1,"op":"fn","name":"htons","kw":[1]})", "type");
  row("a handle that is no number", R"({"id":1,"op":"close","h":"7"})", "type");
  row("an object that is no value", R"({"id":1,"op":"fn","name":"htons","args":[{"x":1}]})", "type");
  row("bytes with white space", R"({"id":1,"op":"fn","name":"inet_ntoa","args":[{"b":"AQID BA=="}]})",
      "type");
  row("bytes without padding", R"({"id":1,"op":"fn","name":"inet_ntoa","args":[{"b":"AQIDBA"}]})", "type");
}

void TstCliCallsStdio::refusals() {
  QFETCH(QByteArray, line);
  QFETCH(QString, type);
  Stdio cli;
  cli.raw(line);
  QCOMPARE(cli.errorType(1), type);
  QVERIFY(!cli.wait(1).value(s("err")).toObject().value(s("msg")).toString().isEmpty());
  cli.raw(R"({"id":2,"op":"fn","name":"htons","args":[1]})");
  QCOMPARE(cli.ok(2), QJsonValue(256));
}

void TstCliCallsStdio::hugeIntegersOverflow_data() {
  QTest::addColumn<QByteArray>("number");
  for (const char* number : {"9223372036854775808", "18446744073709551616", "-9223372036854775809",
                             "123456789012345678901234567890123456789012345678901234567890"})
    QTest::newRow(number) << QByteArray(number);
}

void TstCliCallsStdio::hugeIntegersOverflow() {
  QFETCH(QByteArray, number);
  Stdio cli;
  cli.raw("{\"id\":1,\"op\":\"fn\",\"name\":\"htons\",\"args\":[" + number + "]}");
  QCOMPARE(cli.errorType(1), s("overflow"));
  cli.raw("{\"id\":2,\"op\":\"fn\",\"name\":\"CMSG_LEN\",\"args\":[" + number + "]}");
  QCOMPARE(cli.errorType(2), s("overflow"));
  const int socket = cli.open();
  cli.raw("{\"id\":101,\"op\":\"settimeout\",\"h\":" + QByteArray::number(socket) + ",\"args\":[" + number +
          "]}");
  QCOMPARE(cli.errorType(101), s("overflow"));
  cli.raw("{\"id\":102,\"op\":\"close\",\"h\":" + number + "}");
  QCOMPARE(cli.errorNumber(102), EBADF);
}

void TstCliCallsStdio::idsComeBackAsTheyWere_data() {
  QTest::addColumn<QByteArray>("id");
  for (const char* id :
       {"0", "-5", "1.5", "null", "true", "\"text\"", "\"\\ud800\"", "123456789012345678901234567890"})
    QTest::newRow(id) << QByteArray(id);
}

void TstCliCallsStdio::idsComeBackAsTheyWere() {
  QFETCH(QByteArray, id);
  Stdio cli;
  cli.raw("{\"id\":" + id + ",\"op\":\"fn\",\"name\":\"htons\",\"args\":[1]}");
  QVERIFY2(cli.waitForText("{\"id\":" + id + ",\"ok\":256}\n"), cli.out().constData());
}

void TstCliCallsStdio::anUnknownHandleIsBad() {
  Stdio cli;
  const int socket = cli.open();
  QVERIFY(cli.wait(cli.method(socket, "close")).contains(s("ok")));
  for (const int handle : {socket, 4711, 0, -1}) {
    const int id = cli.method(handle, "getsockname");
    QCOMPARE(cli.errorType(id), s("os"));
    QCOMPARE(cli.errorNumber(id), EBADF);
  }
}

void TstCliCallsStdio::closeEndsWhatWaits() {
  Stdio cli;
  const auto [listener, name] = cli.listening();
  const int accept = cli.method(listener, "accept");
  QVERIFY(cli.wait(cli.method(listener, "close")).contains(s("ok")));
  QCOMPARE(cli.errorType(accept), s("os"));
  QCOMPARE(cli.errorNumber(accept), EBADF);
}

void TstCliCallsStdio::aLookupThatHangsIsLeftBehind() {
  Stdio cli(
      {s("LD_PRELOAD=") + s(SOCKBENCH_HANGING_GETADDRINFO), s("ASAN_OPTIONS=verify_asan_link_order=0")});
  const int lookup = cli.function("getaddrinfo", {s("localhost"), 80});
  QVERIFY(cli.waitForText("hanging\n"));
  const int socket = cli.open();
  const int connect = cli.method(socket, "connect", only(QJsonArray{s("localhost"), 9}));
  QVERIFY(cli.waitUntil([&] { return cli.err().count("hanging\n") == 2; }));
  QVERIFY(cli.wait(cli.function("htons", {1})).contains(s("ok")));
  QVERIFY(cli.wait(cli.method(socket, "close")).contains(s("ok")));
  QCOMPARE(cli.errorNumber(connect), EBADF);
  cli.process().closeWriteChannel();
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.errorNumber(lookup), EINTR);
}

void TstCliCallsStdio::whatWaitsHoldsUpNobody() {
  Stdio cli;
  const auto [one, other] = cli.pair();
  const int recv = cli.method(one, "recv", {5});
  QVERIFY(cli.wait(cli.method(one, "send", {bytes("out")})).contains(s("ok")));
  QVERIFY(cli.wait(cli.function("gethostname")).contains(s("ok")));
  cli.method(other, "send", {bytes("in")});
  QCOMPARE(cli.ok(recv), QJsonValue(bytes("in")));
}

void TstCliCallsStdio::manyWaitSideBySide() {
  Stdio cli;
  constexpr int kMany = 100;
  QList<std::pair<int, int>> pairs;
  QList<int> calls;
  for (int i = 0; i < kMany; ++i) {
    pairs += cli.pair();
    calls += cli.method(pairs.last().first, "recv", {10});
  }
  for (int i = kMany; i-- > 0;) cli.method(pairs[i].second, "send", {bytes(QByteArray::number(i))});
  for (int i = 0; i < kMany; ++i) QCOMPARE(cli.ok(calls[i]), QJsonValue(bytes(QByteArray::number(i))));
}

void TstCliCallsStdio::pipelinedRequestsKeepTheirOrder() {
  Stdio cli;
  const auto [one, other] = cli.pair();
  constexpr int kMany = 10'000;
  QByteArray sent;
  int last = 0;
  for (int i = 0; i < kMany; ++i) {
    const QByteArray text = QByteArray::number(i) + ",";
    sent += text;
    last = cli.method(one, "sendall", {bytes(text)});
  }
  cli.method(one, "shutdown", {SHUT_WR});
  QByteArray got;
  while (got.size() < sent.size()) {
    const QJsonObject part = cli.ok(cli.method(other, "recv", {1 << 20})).toObject();
    const QByteArray bytes = QByteArray::fromBase64(part.value(s("b")).toString().toLatin1());
    QVERIFY(!bytes.isEmpty());
    got += bytes;
  }
  QVERIFY(got == sent);
  QVERIFY(cli.wait(last).contains(s("ok")));
}

// Ten thousand answers that are not read at first: all of them come.
void TstCliCallsStdio::aSlowReaderHoldsUpNoCall() {
  QProcess cli;
  cli.start(cliPath(), {s("calls"), s("--stdio")});
  QVERIFY(cli.waitForStarted());
  constexpr int kMany = 10'000;
  QByteArray requests;
  for (int i = 0; i < kMany; ++i)
    requests += "{\"id\":" + QByteArray::number(i) + ",\"op\":\"fn\",\"name\":\"htons\",\"args\":[1]}\n";
  cli.write(requests);
  while (cli.bytesToWrite() > 0) QVERIFY(cli.waitForBytesWritten(kDeadlineMs));
  cli.closeWriteChannel();
  QVERIFY(cli.waitForFinished(kDeadlineMs));
  QCOMPARE(cli.exitCode(), 0);
  QCOMPARE(cli.readAllStandardOutput().count('\n'), kMany);
}

void TstCliCallsStdio::aLineThatIsTooLongIsRefused() {
  // Made by a shell: a pipe of its own is faster than a QProcess.
  Program cli(s("sh"), {s("-c"), s(R"({ printf '{"id":1,"op":"fn","name":"htons","args":["'
          head -c 68157440 /dev/zero | tr '\0' x
          printf '"]}\n{"id":2,"op":"fn","name":"htons","args":[1]}\n'; } | "$0" calls --stdio)"),
                        cliPath()});
  QCOMPARE(cli.waitForExit(), 0);
  QVERIFY2(cli.out().startsWith("{\"id\":1,\"err\":{\"type\":\"value\""), cli.out().constData());
  QVERIFY2(cli.out().endsWith("{\"id\":2,\"ok\":256}\n"), cli.out().constData());
}

void TstCliCallsStdio::theEndOfInputClosesEverything() {
  Stdio cli;
  const auto [listener, name] = cli.listening();
  const int accept = cli.method(listener, "accept");
  const auto [one, other] = cli.pair();
  const int recv = cli.method(one, "recv", {5, s("MSG_WAITALL")});
  const int send = cli.method(one, "sendall", {bytes(QByteArray(8 << 20, 'x'))});
  QVERIFY(cli.wait(cli.function("gethostname")).contains(s("ok")));
  cli.process().closeWriteChannel();
  QCOMPARE(cli.waitForExit(), 0);
  for (const int id : {accept, recv, send}) QCOMPARE(cli.errorNumber(id), EINTR);
}

void TstCliCallsStdio::whatNeedsNobodysHelpIsAnsweredBeforeTheEnd() {
  Stdio cli;
  const auto [one, other] = cli.pair();
  const int recv = cli.method(one, "recv", {5, s("MSG_WAITALL")});
  QList<int> sends;
  for (const char letter : {'h', 'e', 'l', 'l', 'o'})
    sends += cli.method(other, "send", {bytes(QByteArray(1, letter))});
  const int name = cli.function("gethostname");
  cli.process().closeWriteChannel();
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.ok(recv), QJsonValue(bytes("hello")));
  for (const int send : sends) QCOMPARE(cli.ok(send), QJsonValue(1));
  QVERIFY(cli.wait(name).contains(s("ok")));
}

void TstCliCallsStdio::aSignalEndsIt_data() {
  QTest::addColumn<int>("number");
  QTest::newRow("SIGINT") << SIGINT;
  QTest::newRow("SIGTERM") << SIGTERM;
}

void TstCliCallsStdio::aSignalEndsIt() {
  QFETCH(int, number);
  Stdio cli;
  const int accept = cli.method(cli.listening().first, "accept");
  QVERIFY(cli.wait(cli.function("gethostname")).contains(s("ok")));
  cli.signal(number);
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.errorNumber(accept), EINTR);
}

void TstCliCallsStdio::aClosedOutputEndsIt() {
  // Its input stays open: that its reader has gone is all that ends it.
  Program cli(s("sh"), {s("-c"), s("\"$0\" calls --stdio | head -n 1"), cliPath()});
  cli.process().write("{\"id\":1,\"op\":\"fn\",\"name\":\"htons\",\"args\":[1]}\n");
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.out(), QByteArray("{\"id\":1,\"ok\":256}\n"));
  QCOMPARE(cli.err(), QByteArray());
}

QTEST_GUILESS_MAIN(TstCliCallsStdio)
#include "tst_cli_calls_stdio.moc"
