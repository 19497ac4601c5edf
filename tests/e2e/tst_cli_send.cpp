// sockbench-cli send: what arrives at a foreign peer, what is printed, what is expected, and what is wrong.
#include <QJsonArray>
#include <QTcpServer>
#include <QTcpSocket>
#include <QtTest>

#include "live_program.h"

using namespace sockbench::test;

namespace {

QString s(const char* text) {
  return QString::fromUtf8(text);
}

// Takes what one client sends, and answers `answer` to the first of it.
class Peer {
 public:
  explicit Peer(QByteArray answer = {}) : answer_(std::move(answer)) {
    server_.listen(QHostAddress::LocalHost);
    QObject::connect(&server_, &QTcpServer::newConnection, &server_, [this] {
      QTcpSocket* socket = server_.nextPendingConnection();
      QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
        if (received_.isEmpty()) socket->write(answer_);
        received_ += socket->readAll();
      });
      QObject::connect(socket, &QTcpSocket::disconnected, socket, [this, socket] {
        received_ += socket->readAll();
        isOver_ = true;
      });
    });
  }
  QString endpoint() const { return s("tcp://127.0.0.1:%1").arg(server_.serverPort()); }
  const QByteArray& received() const { return received_; }
  bool isOver() const { return isOver_; }

 private:
  QTcpServer server_;
  QByteArray answer_;
  QByteArray received_;
  bool isOver_ = false;
};

}  // namespace

class TestCliSend : public QObject {
  Q_OBJECT

 private slots:
  void arrives_data();
  void arrives();
  void expects_data();
  void expects();
  void unknownVariableIsTold();
  void printsOnly();
  void printsForPrograms();
  void refuses_data();
  void refuses();
};

void TestCliSend::arrives_data() {
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<QByteArray>("bytes");
  const auto row = [](const char* name, const QStringList& arguments, const QByteArray& bytes) {
    QTest::newRow(name) << arguments << bytes;
  };
  row("text with an ending", {s("--text"), s("PING"), s("--ending"), s("crlf")}, "PING\r\n");
  row("a Modbus request", {s("--hex"), s("11 03 006b 0003"), s("--checksum"), s("modbus:little")},
      QByteArray::fromHex("1103006b00037687"));
  row("JSON behind its length", {s("--text"), s("{\"a\":1}"), s("--length"), s("4")},
      QByteArray("\0\0\0\7{\"a\":1}", 11));
  row("a length, then a sum over both",
      {s("--length"), s("1@0"), s("--checksum"), s("sum8"), s("--hex"), s("0102")},
      QByteArray::fromHex("02010205"));
  row("several in their order",
      {s("--text"), s("a"), s("--hex"), s("62"), s("--base64"), s("Yw=="), s("--text"), s("d")}, "abcd");
  row("counted", {s("--text"), s("{{counter 1}},"), s("--count"), s("3")}, "1,2,3,");
  row("with an interval and a jitter",
      {s("--text"), s("{{counter}}"), s("--count"), s("3"), s("--interval"), s("0.01"), s("--jitter"),
       s("0.005")},
      "012");
  row("a variable in an encoding",
      {s("--text"), s("{{name}}"), s("--var"), s("name=\u00e9=1"), s("--encoding"), s("latin-1")}, "\xE9=1");
  row("in pieces", {s("--text"), s("abcdefg"), s("--piece"), s("2:0.005")}, "abcdefg");
  row("at a rate", {s("--text"), s("abcdefg"), s("--count"), s("2"), s("--rate"), s("1000")},
      "abcdefgabcdefg");
}

void TestCliSend::arrives() {
  QFETCH(QStringList, arguments);
  QFETCH(QByteArray, bytes);
  Peer peer;
  JsonRun run(QStringList{s("send"), peer.endpoint()} + arguments);
  QCOMPARE(run.waitForExit(), 0);
  QTRY_VERIFY_WITH_TIMEOUT(peer.isOver(), kDeadlineMs);
  QCOMPARE(peer.received().toHex(), bytes.toHex());
  QVERIFY2(run.complaint().isEmpty(), qPrintable(run.complaint()));
  QCOMPARE(run.payload(s("out")).toHex(), bytes.toHex());
  QCOMPARE(run.summary().value(s("bytes_out")).toInteger(), bytes.size());
}

void TestCliSend::expects_data() {
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<QByteArray>("answer");
  QTest::addColumn<int>("exitCode");
  const auto row = [](const char* name, const QStringList& arguments, const char* answer, int exitCode) {
    QTest::newRow(name) << arguments << QByteArray(answer) << exitCode;
  };
  row("text that comes", {s("--expect"), s("PONG\\r\\n")}, "+PONG\r\n", 0);
  row("bytes with any digit", {s("--expect-hex"), s("2b ?? 4f")}, "+PONG\r\n", 0);
  row("an expression", {s("--expect-regex"), s("P[A-Z]+G")}, "+PONG\r\n", 0);
  row("something else", {s("--expect"), s("PONG"), s("--within"), s("0.2")}, "-ERR\r\n", 1);
}

void TestCliSend::expects() {
  QFETCH(QStringList, arguments);
  QFETCH(QByteArray, answer);
  QFETCH(int, exitCode);
  Peer peer(answer);
  JsonRun run(QStringList{s("send"), peer.endpoint(), s("--text"), s("PING\\r\\n")} + arguments);
  QCOMPARE(run.waitForExit(), exitCode);
}

void TestCliSend::unknownVariableIsTold() {
  Peer peer;
  JsonRun run({s("send"), peer.endpoint(), s("--text"), s("{{nmae}}"), s("--var"), s("name=x")});
  QCOMPARE(run.waitForExit(), 1);
  QVERIFY2(run.out().contains("nmae"), run.out());
  QCOMPARE(run.payload(s("out")), QByteArray());
}

void TestCliSend::printsOnly() {
  Program run(s(SOCKBENCH_CLI), {s("send"), s("--print"), s("--text"), s("n={{counter}}"), s("--count"),
                                 s("2"), s("--checksum"), s("xor:hex")});
  QCOMPARE(run.waitForExit(), 0);
  QCOMPARE(run.out(), QByteArray("5 bytes  6e 3d 30 36 33\nn=063\n5 bytes  6e 3d 31 36 32\nn=162\n"));
}

void TestCliSend::printsForPrograms() {
  JsonRun run({s("send"), s("--print"), s("--text"), s("{{counter}}"), s("--ending"), s("lf"), s("--length"),
               s("1")});
  QCOMPARE(run.waitForExit(), 0);
  const QJsonObject object = QJsonDocument::fromJson(run.out()).object();
  QCOMPARE(object.value(s("hex")).toString(), s("02300a"));
  QCOMPARE(object.value(s("length")).toInt(), 3);
  QStringList parts;
  for (const QJsonValue& span : object.value(s("spans")).toArray())
    parts << span.toObject().value(s("part")).toString();
  QCOMPARE(parts, QStringList({s("length"), s("field"), s("ending")}));
  QCOMPARE(object.value(s("spans")).toArray()[1].toObject().value(s("source")).toString(), s("{{counter}}"));
}

void TestCliSend::refuses_data() {
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<QByteArray>("word");
  const auto row = [](const char* name, const QStringList& arguments, const char* word) {
    QTest::newRow(name) << arguments << QByteArray(word);
  };
  const QString endpoint = s("tcp://127.0.0.1:9");
  row("no endpoint", {s("--text"), s("a")}, "endpoint");
  row("nothing to send", {endpoint}, "nothing to send");
  row("a field that is not closed", {endpoint, s("--text"), s("ab{{counter")}, "column 3");
  row("hex that is none", {endpoint, s("--hex"), s("0g")}, "column 2");
  row("an unknown encoding", {endpoint, s("--text"), s("a"), s("--encoding"), s("utf-9")}, "utf-8");
  row("an unknown checksum", {endpoint, s("--text"), s("a"), s("--checksum"), s("modbuss")}, "MODBUS");
  row("a place that is none", {endpoint, s("--text"), s("a"), s("--length"), s("2@middle")}, "place");
  row("a variable without a value", {endpoint, s("--text"), s("a"), s("--var"), s("x")}, "NAME=VALUE");
  row("a jitter without an interval", {endpoint, s("--text"), s("a"), s("--jitter"), s("1")}, "interval");
  row("two messages with a count", {endpoint, s("--text"), s("a"), s("--text"), s("b"), s("--count"), s("2")},
      "one message");
  row("an expression that is none", {endpoint, s("--text"), s("a"), s("--expect-regex"), s("(")},
      "--expect-regex");
}

void TestCliSend::refuses() {
  QFETCH(QStringList, arguments);
  QFETCH(QByteArray, word);
  Program run(s(SOCKBENCH_CLI), QStringList{s("send")} + arguments);
  QCOMPARE(run.waitForExit(), 2);
  QVERIFY2(run.err().contains(word), run.err());
}

QTEST_GUILESS_MAIN(TestCliSend)
#include "tst_cli_send.moc"
