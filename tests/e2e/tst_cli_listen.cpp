#include <signal.h>

#include <QTemporaryDir>
#include <QTest>

#include "live_program.h"

using namespace sockbench::test;

namespace {

QString s(const char* text) {
  return QString::fromUtf8(text);
}

// Sends "hello\n" to its first arguments, prints the answer, ends in good order.
const QByteArray kPythonDatagramPeer =
    "family, target = int(sys.argv[1]), sys.argv[2]\n"
    "c = socket(family, SOCK_DGRAM)\n"
    "if family == AF_UNIX:\n"
    "    c.bind(target + '.peer')\n"
    "c.connect(target if family == AF_UNIX else (target, int(sys.argv[3])))\n"
    "c.send(b'hello\\n')\n"
    "print(c.recv(100).decode(), end='')\n";

const QByteArray kPythonSeqpacketPeer =
    "c = socket(AF_UNIX, SOCK_SEQPACKET)\n"
    "c.connect(sys.argv[1])\n"
    "c.send(b'hello\\n')\n"
    "print(c.recv(100).decode(), end='')\n"
    "c.close()\n";

}  // namespace

class TstCliListen : public QObject {
  Q_OBJECT
 private slots:
  void init();
  void firstLineIsListening_data();
  void firstLineIsListening();
  void echoes_data();
  void echoes();
  void discards();
  void endsAfterCount();
  void countsDatagrams();
  void restWaitInTheBacklog();
  void endsWhenTheTimeIsOver();
  void endsBySignal_data();
  void endsBySignal();
  void tellsAReset();
  void tellsUrgentData();
  void setsOptions();
  void showsPayload_data();
  void showsPayload();
  void peopleSeeNothingHarmful();
  void warnsThatOthersCanReachIt();
  void writesReceivedBytes();
  void receivedBytesOnStandardOutput();
  void endsQuietlyWhenNobodyReads();
  void endsQuietlyWhenTheReaderGoesFirst();
  void endsBySignalWhileNobodyReads();

 private:
  QString fill(QString text, int port = 0) const {
    return text.replace(s("%PORT%"), QString::number(port)).replace(s("%PATH%"), path_);
  }
  std::unique_ptr<QTemporaryDir> folder_;
  QString path_;
};

void TstCliListen::init() {
  folder_ = std::make_unique<QTemporaryDir>();
  path_ = folder_->filePath(s("s"));
}

void TstCliListen::firstLineIsListening_data() {
  QTest::addColumn<QString>("endpoint");
  QTest::addColumn<QString>("local");  // a pattern
  QTest::newRow("IPv4") << s("tcp://127.0.0.1:0") << s("127\\.0\\.0\\.1:[1-9]\\d*");
  QTest::newRow("no host is loopback") << s("tcp://:0") << s("127\\.0\\.0\\.1:[1-9]\\d*");
  QTest::newRow("a name") << s("tcp://localhost:0") << s("(127\\.0\\.0\\.1|\\[::1\\]):[1-9]\\d*");
  QTest::newRow("IPv6") << s("tcp://[::1]:0") << s("\\[::1\\]:[1-9]\\d*");
  QTest::newRow("dual stack") << s("tcp://*:0") << s("\\[::\\]:[1-9]\\d*");
  QTest::newRow("UDP") << s("udp://127.0.0.1:0") << s("127\\.0\\.0\\.1:[1-9]\\d*");
  QTest::newRow("UDP over IPv6") << s("udp://[::1]:0") << s("\\[::1\\]:[1-9]\\d*");
  QTest::newRow("UNIX stream") << s("unix:%PATH%") << s("unix:%PATH%");
  QTest::newRow("UNIX datagram") << s("unix-dgram:%PATH%") << s("unix:%PATH%");
  QTest::newRow("UNIX seqpacket") << s("unix-seqpacket:%PATH%") << s("unix:%PATH%");
  QTest::newRow("abstract") << s("unix:@%PATH%") << s("unix:@%PATH%");
}

void TstCliListen::firstLineIsListening() {
  QFETCH(QString, endpoint);
  QFETCH(QString, local);
  JsonRun cli({s("listen"), fill(endpoint)});
  const QJsonObject listening = cli.waitFor(s("listening"));
  QCOMPARE(cli.records().value(0), listening);
  const QRegularExpression expected(QRegularExpression::anchoredPattern(fill(local)));
  QVERIFY2(expected.match(listening.value(s("local")).toString()).hasMatch(), cli.out().constData());
  QVERIFY(listening.value(s("session")).toInt() > 0);
  QVERIFY(listening.value(s("parent")).isNull());
  QCOMPARE(listening.value(s("peer")).toString(), QString());
  QVERIFY(listening.value(s("time")).toString().endsWith(QLatin1Char('Z')));
  cli.signal(SIGTERM);
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.complaint(), QString());
  QVERIFY(!QFile::exists(path_));
}

void TstCliListen::echoes_data() {
  QTest::addColumn<QString>("endpoint");
  QTest::addColumn<QString>("program");
  QTest::addColumn<QStringList>("arguments");
  const auto row = [](const char* name, const char* endpoint, const char* program, QStringList arguments) {
    QTest::newRow(name) << s(endpoint) << s(program) << arguments;
  };
  row("ncat over TCP", "tcp://127.0.0.1:0", "ncat", {s("127.0.0.1"), s("%PORT%")});
  row("ncat over IPv6", "tcp://[::1]:0", "ncat", {s("::1"), s("%PORT%")});
  row("dual stack from IPv4", "tcp://*:0", "ncat", {s("127.0.0.1"), s("%PORT%")});
  row("dual stack from IPv6", "tcp://*:0", "ncat", {s("::1"), s("%PORT%")});
  row("socat over TCP", "tcp://127.0.0.1:0", "socat", {s("-"), s("TCP:127.0.0.1:%PORT%")});
  row("ncat over UNIX", "unix:%PATH%", "ncat", {s("-U"), s("%PATH%")});
  row("socat over UNIX", "unix:%PATH%", "socat", {s("-"), s("UNIX-CONNECT:%PATH%")});
  row("socat over an abstract name", "unix:@%PATH%", "socat", {s("-"), s("ABSTRACT-CONNECT:%PATH%")});
  row("socat over UDP", "udp://127.0.0.1:0", "socat", {s("-"), s("UDP:127.0.0.1:%PORT%")});
  row("python over UDP", "udp://[::1]:0", "python3",
      pythonArguments(kPythonDatagramPeer, {s("10"), s("::1"), s("%PORT%")}));
  row("python over UNIX datagrams", "unix-dgram:%PATH%", "python3",
      pythonArguments(kPythonDatagramPeer, {s("1"), s("%PATH%")}));
  row("python over UNIX seqpacket", "unix-seqpacket:%PATH%", "python3",
      pythonArguments(kPythonSeqpacketPeer, {s("%PATH%")}));
}

void TstCliListen::echoes() {
  QFETCH(QString, endpoint);
  QFETCH(QString, program);
  QFETCH(QStringList, arguments);
  JsonRun cli({s("listen"), fill(endpoint), s("--respond"), s("echo"), s("--count"), s("1")});
  const int port = cli.port();
  for (QString& argument : arguments) argument = fill(argument, port);
  Program peer(tool(program.toLatin1().constData()), arguments);
  peer.process().write("hello\n");
  QVERIFY2(peer.waitForText("hello\n"), peer.err().constData());
  peer.process().closeWriteChannel();
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.complaint(), QString());
  QCOMPARE(cli.payload(s("in")), QByteArray("hello\n"));
  QCOMPARE(cli.payload(s("out")), QByteArray("hello\n"));
  const QJsonObject accepted = cli.all(s("accepted")).value(0);
  QCOMPARE(accepted.value(s("parent")), cli.records().value(0).value(s("session")));
  QCOMPARE(cli.all(s("in")).value(0).value(s("session")), accepted.value(s("session")));
  QCOMPARE(cli.all(s("in")).value(0).value(s("direction")).toString(), s("in"));
  QCOMPARE(cli.all(s("in")).value(0).value(s("length")).toInt(), 6);
  if (!endpoint.startsWith(s("udp")) && !endpoint.startsWith(s("unix-dgram"))) {
    const qsizetype end = cli.kinds().indexOf(s("half-closed"));
    QVERIFY2(end > cli.kinds().indexOf(s("in")), cli.out().constData());
    QCOMPARE(cli.records().value(end).value(s("by")).toString(), s("peer"));
    QVERIFY(cli.kinds().indexOf(s("closed")) > end);
  }
  QCOMPARE(cli.summary().value(s("sessions")).toInt(), 1);
  QCOMPARE(cli.summary().value(s("bytes_in")).toInt(), 6);
  QCOMPARE(cli.summary().value(s("bytes_out")).toInt(), 6);
  QCOMPARE(cli.summary().value(s("records")).toInt(), static_cast<int>(cli.records().size() - 1));
  QCOMPARE(cli.summary().value(s("evicted")).toInt(), 0);
}

void TstCliListen::discards() {
  JsonRun cli({s("listen"), s("tcp://127.0.0.1:0"), s("--respond"), s("discard"), s("--count"), s("1")});
  Program peer(tool("ncat"), {s("127.0.0.1"), QString::number(cli.port())});
  peer.process().write("hello");
  peer.process().closeWriteChannel();
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.payload(s("in")), QByteArray("hello"));
  QVERIFY(cli.all(s("out")).isEmpty());
  QCOMPARE(peer.waitForExit(), 0);
  QCOMPARE(peer.out(), QByteArray());
}

void TstCliListen::endsAfterCount() {
  JsonRun cli({s("listen"), s("tcp://127.0.0.1:0"), s("--count"), s("3")});
  const int port = cli.port();
  for (int i = 0; i < 3; ++i) {
    QVERIFY(cli.isRunning());
    Program peer(tool("ncat"), {s("--send-only"), s("127.0.0.1"), QString::number(port)});
    peer.process().write(QByteArray::number(i));
    peer.process().closeWriteChannel();
    QVERIFY(!cli.waitFor(s("closed"), i).isEmpty());
  }
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.summary().value(s("sessions")).toInt(), 3);
  QCOMPARE(cli.payload(s("in")), QByteArray("012"));
}

void TstCliListen::countsDatagrams() {
  JsonRun cli({s("listen"), s("udp://127.0.0.1:0"), s("--count"), s("4")});
  Program peer(tool("python3"), pythonArguments("for i in range(4):\n"
                                                "    c = socket(AF_INET, SOCK_DGRAM)\n"
                                                "    c.sendto(bytes(i), ('127.0.0.1', int(sys.argv[1])))\n",
                                                {QString::number(cli.port())}));
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.complaint(), QString());
  QCOMPARE(cli.all(s("in")).size(), 4);
  QCOMPARE(cli.all(s("in")).value(0).value(s("length")).toInt(), 0);
  QCOMPARE(cli.all(s("accepted")).size(), 4);
  QCOMPARE(cli.summary().value(s("sessions")).toInt(), 4);
  QCOMPARE(cli.summary().value(s("bytes_in")).toInt(), 6);
}

void TstCliListen::restWaitInTheBacklog() {
  JsonRun cli({s("listen"), s("tcp://127.0.0.1:0"), s("--respond"), s("echo"), s("--max-sessions"), s("1"),
               s("--count"), s("2")});
  Program peer(tool("python3"), pythonArguments("where = ('127.0.0.1', int(sys.argv[1]))\n"
                                                "a, b = create_connection(where), create_connection(where)\n"
                                                "b.send(b'second')\n"
                                                "a.send(b'first')\n"
                                                "a.recv(100)\n"
                                                "b.settimeout(0.3)\n"
                                                "try:\n"
                                                "    b.recv(100)\n"
                                                "except TimeoutError:\n"
                                                "    print('waits')\n"
                                                "a.close()\n"
                                                "b.settimeout(20)\n"
                                                "print(b.recv(100).decode())\n",
                                                {QString::number(cli.port())}));
  QCOMPARE(peer.waitForExit(), 0);
  QCOMPARE(peer.out(), QByteArray("waits\nsecond\n"));
  QCOMPARE(cli.waitForExit(), 0);
  const QStringList kinds = cli.kinds();
  QVERIFY(kinds.lastIndexOf(s("accepted")) > kinds.indexOf(s("closed")));
}

void TstCliListen::endsWhenTheTimeIsOver() {
  JsonRun cli({s("listen"), s("tcp://127.0.0.1:0"), s("--for"), s("0.2")});
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.complaint(), QString());
  QVERIFY(cli.summary().value(s("elapsed_ms")).toInt() >= 200);
}

void TstCliListen::endsBySignal_data() {
  QTest::addColumn<int>("number");
  QTest::newRow("SIGINT") << SIGINT;
  QTest::newRow("SIGTERM") << SIGTERM;
}

void TstCliListen::endsBySignal() {
  QFETCH(int, number);
  JsonRun cli({s("listen"), s("tcp://127.0.0.1:0")});
  Program peer(tool("ncat"), {s("127.0.0.1"), QString::number(cli.port())});
  peer.process().write("hello");
  QVERIFY(!cli.waitFor(s("in")).isEmpty());
  cli.signal(number);
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.complaint(), QString());
  QCOMPARE(cli.summary().value(s("bytes_in")).toInt(), 5);
  const QJsonObject closed = cli.all(s("closed")).value(0);
  QCOMPARE(closed.value(s("by")).toString(), s("us"));
  peer.process().closeWriteChannel();
  QCOMPARE(peer.waitForExit(), 0);
}

void TstCliListen::tellsAReset() {
  JsonRun cli({s("listen"), s("tcp://127.0.0.1:0"), s("--count"), s("1")});
  Program peer(tool("python3"),
               pythonArguments("c = create_connection(('127.0.0.1', int(sys.argv[1])))\n"
                               "c.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack('ii', 1, 0))\n"
                               "c.close()\n",
                               {QString::number(cli.port())}));
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.complaint(), QString());
  QCOMPARE(cli.all(s("reset")).size(), 1);
  QCOMPARE(cli.all(s("reset")).value(0).value(s("by")).toString(), s("peer"));
}

void TstCliListen::tellsUrgentData() {
  JsonRun cli({s("listen"), s("tcp://127.0.0.1:0"), s("--count"), s("1"), s("--payload"), s("text")});
  Program peer(tool("python3"), pythonArguments("c = create_connection(('127.0.0.1', int(sys.argv[1])))\n"
                                                "c.send(b'before')\n"
                                                "c.send(b'!', MSG_OOB)\n"
                                                "c.send(b'after')\n"
                                                "c.close()\n",
                                                {QString::number(cli.port())}));
  QCOMPARE(cli.waitForExit(), 0);
  QString told;
  for (const QJsonObject& row : cli.all(s("in"))) {
    const bool urgent = row.value(s("urgent")).toBool();
    QCOMPARE(row.contains(s("urgent")), urgent);
    told += urgent ? s("[%1]").arg(row.value(s("text")).toString()) : row.value(s("text")).toString();
  }
  QCOMPARE(told, s("before[!]after"));
}

void TstCliListen::setsOptions() {
  JsonRun cli({s("listen"), s("tcp://127.0.0.1:0"), s("--option"), s("SO_KEEPALIVE=1"), s("--option"),
               s("SO_LINGER=on,5"), s("--backlog"), s("7")});
  QVERIFY(!cli.waitFor(s("listening")).isEmpty());
  QVERIFY(!cli.waitFor(s("option"), 1).isEmpty());
  QCOMPARE(cli.records().value(0).value(s("kind")).toString(), s("listening"));
  cli.signal(SIGTERM);
  QCOMPARE(cli.waitForExit(), 0);
}

void TstCliListen::showsPayload_data() {
  QTest::addColumn<QString>("form");
  QTest::addColumn<QString>("key");
  QTest::addColumn<QString>("value");
  QTest::newRow("hex") << s("hex") << s("hex") << s("61ff1b00e4b8ad0a");
  QTest::newRow("text") << s("text") << s("text") << s("a\\xff\x1b") + QChar(0) + s("中\n");
  QTest::newRow("none") << s("none") << QString() << QString();
}

void TstCliListen::showsPayload() {
  QFETCH(QString, form);
  QFETCH(QString, key);
  QFETCH(QString, value);
  JsonRun cli({s("listen"), s("tcp://127.0.0.1:0"), s("--count"), s("1"), s("--payload"), form});
  Program peer(tool("ncat"), {s("--send-only"), s("127.0.0.1"), QString::number(cli.port())});
  peer.process().write(QByteArray("a\xff\x1b\0\xe4\xb8\xad\n", 8));
  peer.process().closeWriteChannel();
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.complaint(), QString());
  const QJsonObject in = cli.all(s("in")).value(0);
  QCOMPARE(in.value(s("length")).toInt(), 8);
  for (const QString& each : {s("hex"), s("text")}) QCOMPARE(in.contains(each), each == key);
  if (!key.isEmpty()) QCOMPARE(in.value(key).toString(), value);
  for (const char c : cli.out()) QVERIFY(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
}

void TstCliListen::peopleSeeNothingHarmful() {
  Program cli(cliPath(), {s("listen"), s("tcp://127.0.0.1:0"), s("--count"), s("1")});
  QVERIFY(cli.waitForText("listening"));
  const QRegularExpressionMatch port =
      QRegularExpression(s("127\\.0\\.0\\.1:(\\d+)")).match(QString::fromUtf8(cli.out()));
  Program peer(tool("ncat"), {s("--send-only"), s("127.0.0.1"), port.captured(1)});
  peer.process().write("hello \x1b[31m\x1b]52;c;AAAA\a \xe2\x80\xae \xc2\x9b \xff" + QByteArray(100000, 'x'));
  peer.process().closeWriteChannel();
  QCOMPARE(cli.waitForExit(), 0);
  const QString text = QString::fromUtf8(cli.out());
  QVERIFY(text.contains(s("hello ␛[31m␛]52;c;AAAA␇ <U+202E> <U+009B> \uFFFD")));
  for (const QChar c : text) QVERIFY(c == QLatin1Char('\n') || c.category() != QChar::Other_Control);
  for (const QString& line : text.split(QLatin1Char('\n'))) QVERIFY(line.size() < 250);
  QVERIFY(text.contains(s("1 session")));
  QCOMPARE(cli.err(), QByteArray());
}

void TstCliListen::warnsThatOthersCanReachIt() {
  JsonRun open({s("listen"), s("tcp://0.0.0.0:0"), s("--for"), s("0.1")});
  QCOMPARE(open.waitForExit(), 0);
  QVERIFY2(open.err().contains("other machines can reach 0.0.0.0:"), open.err().constData());
  JsonRun closed({s("listen"), s("tcp://127.0.0.1:0"), s("--for"), s("0.1")});
  QCOMPARE(closed.waitForExit(), 0);
  QCOMPARE(closed.err(), QByteArray());
}

void TstCliListen::writesReceivedBytes() {
  const QString file = folder_->filePath(s("received"));
  JsonRun cli({s("listen"), s("tcp://127.0.0.1:0"), s("--count"), s("1"), s("--payload"), s("none"),
               s("--output"), file});
  const QByteArray sent("\0\xff\r\n\x1b hello", 11);
  Program peer(tool("ncat"), {s("--send-only"), s("127.0.0.1"), QString::number(cli.port())});
  peer.process().write(sent);
  peer.process().closeWriteChannel();
  QCOMPARE(cli.waitForExit(), 0);
  QFile received(file);
  QVERIFY(received.open(QIODevice::ReadOnly));
  QCOMPARE(received.readAll(), sent);
}

void TstCliListen::receivedBytesOnStandardOutput() {
  Program cli(cliPath(), {s("listen"), s("unix:") + path_, s("--count"), s("1"), s("--output"), s("-")});
  QVERIFY(cli.waitForText("listening"));
  Program peer(tool("ncat"), {s("--send-only"), s("-U"), path_});
  peer.process().write("hello\n");
  peer.process().closeWriteChannel();
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.out(), QByteArray("hello\n"));
  QVERIFY(cli.err().contains("1 session"));
}

void TstCliListen::endsQuietlyWhenNobodyReads() {
  Program shell(s("/bin/sh"), {s("-c"), s("{ \"$0\" --json listen \"$1\"; echo status $? >&2; } | head -n 1"),
                               cliPath(), s("unix:") + path_});
  QVERIFY(shell.waitForText("listening"));
  Program peer(tool("ncat"), {s("--send-only"), s("-U"), path_});
  peer.process().closeWriteChannel();
  QCOMPARE(shell.waitForExit(), 0);
  QVERIFY(shell.waitForText("status 0\n"));
  QCOMPARE(shell.err(), QByteArray("status 0\n"));
}

// Nothing happens on the socket any more, so nothing is written that could fail.
void TstCliListen::endsQuietlyWhenTheReaderGoesFirst() {
  Program shell(s("/bin/sh"), {s("-c"), s("{ \"$0\" --json listen \"$1\"; echo status $? >&2; } | head -n 1"),
                               cliPath(), s("unix:") + path_});
  QCOMPARE(shell.waitForExit(), 0);
  QVERIFY(shell.waitForText("status 0\n"));
  QCOMPARE(shell.err(), QByteArray("status 0\n"));
  QVERIFY(!QFile::exists(path_));
}

// Standard output is a pipe that is full and stays so.
void TstCliListen::endsBySignalWhileNobodyReads() {
  QProcess cli;
  QProcess sleeper;
  cli.setStandardOutputProcess(&sleeper);
  sleeper.start(s("sleep"), {s("60")});
  cli.start(cliPath(), {s("--json"), s("listen"), s("unix:") + path_});
  QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path_), kDeadlineMs);
  Program peer(s("/bin/sh"),
               {s("-c"), s("head -c 2000000 /dev/zero | \"$0\" --send-only -U \"$1\""), tool("ncat"), path_});
  QCOMPARE(peer.waitForExit(), 0);
  ::kill(static_cast<pid_t>(cli.processId()), SIGTERM);
  QTRY_COMPARE_WITH_TIMEOUT(cli.state(), QProcess::NotRunning, kDeadlineMs);
  QCOMPARE(cli.exitStatus(), QProcess::NormalExit);
  QCOMPARE(cli.exitCode(), 0);
  QVERIFY(!QFile::exists(path_));
  sleeper.kill();
  sleeper.waitForFinished();
}

QTEST_GUILESS_MAIN(TstCliListen)
#include "tst_cli_listen.moc"
