#include <signal.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "live_program.h"

using namespace sockbench::test;

namespace {

QString s(const char* text) {
  return QString::fromUtf8(text);
}

// A python server for one connection; its port is the first line that it prints.
const QByteArray kServer =
    "l = create_server(('127.0.0.1', 0))\n"
    "print(l.getsockname()[1])\n"
    "c, peer = l.accept()\n"
    "l.close()\n"
    "def everything():\n"
    "    parts = []\n"
    "    while part := c.recv(1 << 20):\n"
    "        parts.append(part)\n"
    "    return b''.join(parts)\n";

class Server : public Program {
 public:
  explicit Server(const QByteArray& body, const QByteArray& opening = kServer)
      : Program(tool("python3"), pythonArguments(opening + body)) {
    waitUntil([this] { return out().contains('\n') || !isRunning(); });
  }
  QString endpoint(const char* transport = "tcp") const {
    return s(transport) + s("://127.0.0.1:") + QString::fromLatin1(out().left(out().indexOf('\n')));
  }
  QByteArray said() const { return out().mid(out().indexOf('\n') + 1); }
};

}  // namespace

class TstCliConnect : public QObject {
  Q_OBJECT
 private slots:
  void init();
  void sendsInTheOrderGiven();
  void keepsValuesAsTheyAre();
  void sendsStandardInput();
  void endsWhenEnoughHasArrived();
  void sendsEverythingEvenIfEnoughArrivedFirst();
  void notEnoughArrived_data();
  void notEnoughArrived();
  void endsWhenThePeerCloses();
  void sendsOnAfterThePeerHasFinished();
  void endsWhenThePeerResets();
  void halfClosesAfterSending();
  void endsWhenTheTimeIsOver();
  void endsBySignal_data();
  void endsBySignal();
  void isRefused_data();
  void isRefused();
  void peopleAreToldWhyAndWhatToTry();
  void givesUpInTime();
  void triesEachAddress();
  void bindsItsOwnEnd();
  void reachesOtherPrograms_data();
  void reachesOtherPrograms();
  void keepsDatagramsWhole();
  void linesBecomeDatagrams();
  void talksSeqpacket();
  void fileThatCannotBeRead_data();
  void fileThatCannotBeRead();
  void setsOptions();

 private:
  QString write(const char* name, const QByteArray& content) const;
  std::unique_ptr<QTemporaryDir> folder_;
  QString path_;
};

void TstCliConnect::init() {
  folder_ = std::make_unique<QTemporaryDir>();
  path_ = folder_->filePath(s("s"));
}

QString TstCliConnect::write(const char* name, const QByteArray& content) const {
  QFile file(folder_->filePath(s(name)));
  file.open(QIODevice::WriteOnly);
  file.write(content);
  return file.fileName();
}

void TstCliConnect::sendsInTheOrderGiven() {
  Server server("print(everything())\n");
  JsonRun cli({s("connect"), server.endpoint(), s("--send-hex"), s("31 32"), s("--send"), s("3\\n"),
               s("--send-file"), write("four", "4"), s("--send"), s("5"), s("--send-hex"), s("36"),
               s("--stdin"), s("--half-close")});
  cli.process().write("7");
  cli.process().closeWriteChannel();
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.complaint(), QString());
  QCOMPARE(server.waitForExit(), 0);
  QCOMPARE(server.said(), QByteArray("b'123\\n4567'\n"));
  QCOMPARE(cli.payload(s("out")), QByteArray("123\n4567"));
  QCOMPARE(cli.summary().value(s("bytes_out")).toInt(), 8);
  QCOMPARE(cli.summary().value(s("sessions")).toInt(), 1);
}

void TstCliConnect::keepsValuesAsTheyAre() {
  Server server("print(everything())\n");
  JsonRun cli({s("connect"), server.endpoint(), s("--send"), s("[1,2]"), s("--send"), s("-1"), s("--send"),
               s("--json"), s("--send"), QString(), s("--send"), s("a b,c"), s("--send"),
               s("\\x00\\u{e9}\\\\"), s("--half-close")});
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(server.waitForExit(), 0);
  QCOMPARE(server.said(), QByteArray("b'[1,2]-1--jsona b,c\\x00\\xc3\\xa9\\\\'\n"));
}

void TstCliConnect::sendsStandardInput() {
  Server server("print(len(everything()))\n");
  JsonRun cli({s("connect"), server.endpoint(), s("--stdin"), s("--half-close"), s("--payload"), s("none")});
  for (int i = 0; i < 10; ++i) cli.process().write(QByteArray(100000, 'x'));
  cli.process().closeWriteChannel();
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(server.waitForExit(), 0);
  QCOMPARE(server.said(), QByteArray("1000000\n"));
}

void TstCliConnect::endsWhenEnoughHasArrived() {
  Server server("c.send(c.recv(100)); everything()\n");
  JsonRun cli(
      {s("connect"), server.endpoint(), s("--send"), s("hello"), s("--stdin"), s("--expect-bytes"), s("5")});
  QCOMPARE(cli.waitForExit(), 0);  // its standard input is still open
  QCOMPARE(cli.complaint(), QString());
  QCOMPARE(cli.payload(s("in")), QByteArray("hello"));
  QCOMPARE(cli.all(s("closed")).value(0).value(s("by")).toString(), s("us"));
  QCOMPARE(server.waitForExit(), 0);
}

void TstCliConnect::sendsEverythingEvenIfEnoughArrivedFirst() {
  Server server("c.send(b'x'); time.sleep(0.3); print(len(everything()))\n");
  JsonRun cli({s("connect"), server.endpoint(), s("--send-file"), write("big", QByteArray(30'000'000, 'b')),
               s("--expect-bytes"), s("1"), s("--payload"), s("none")});
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(server.waitForExit(), 0);
  QCOMPARE(server.said(), QByteArray("30000000\n"));
}

void TstCliConnect::notEnoughArrived_data() {
  QTest::addColumn<QByteArray>("body");
  QTest::addColumn<QStringList>("more");
  QTest::newRow("the peer closes") << QByteArray("c.send(b'four'); c.close()\n") << QStringList();
  QTest::newRow("the peer resets")
      << QByteArray("c.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack('ii', 1, 0)); c.close()\n")
      << QStringList();
  QTest::newRow("the time is over") << QByteArray("everything()\n") << QStringList{s("--for"), s("0.2")};
}

void TstCliConnect::notEnoughArrived() {
  QFETCH(QByteArray, body);
  QFETCH(QStringList, more);
  Server server(body);
  JsonRun cli(QStringList{s("connect"), server.endpoint(), s("--expect-bytes"), s("5")} + more);
  QCOMPARE(cli.waitForExit(), 1);
  QCOMPARE(cli.complaint(), QString());
  QVERIFY(!cli.summary().isEmpty());
}

void TstCliConnect::endsWhenThePeerCloses() {
  Server server("c.send(b'bye'); c.close()\n");
  JsonRun cli({s("connect"), server.endpoint()});
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.complaint(), QString());
  QCOMPARE(cli.payload(s("in")), QByteArray("bye"));
  const QStringList kinds = cli.kinds();
  QVERIFY(kinds.indexOf(s("connecting")) < kinds.indexOf(s("connected")));
  QVERIFY(kinds.indexOf(s("connected")) < kinds.indexOf(s("in")));
  QVERIFY(kinds.indexOf(s("in")) < kinds.indexOf(s("half-closed")));
  QCOMPARE(cli.all(s("half-closed")).value(0).value(s("by")).toString(), s("peer"));
  QVERIFY(kinds.contains(s("closed")));
  QVERIFY(cli.all(s("connected")).value(0).value(s("local")).toString().startsWith(s("127.0.0.1:")));
}

void TstCliConnect::sendsOnAfterThePeerHasFinished() {
  Server server("c.shutdown(SHUT_WR); time.sleep(0.3); print(len(everything()))\n");
  JsonRun cli({s("connect"), server.endpoint(), s("--send-file"), write("big", QByteArray(30'000'000, 'b')),
               s("--payload"), s("none")});
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(server.waitForExit(), 0);
  QCOMPARE(server.said(), QByteArray("30000000\n"));
}

void TstCliConnect::endsWhenThePeerResets() {
  Server server("c.recv(100); c.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack('ii', 1, 0)); c.close()\n");
  JsonRun cli({s("connect"), server.endpoint(), s("--send"), s("x")});
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.complaint(), QString());
  QCOMPARE(cli.all(s("reset")).value(0).value(s("by")).toString(), s("peer"));
}

void TstCliConnect::halfClosesAfterSending() {
  Server server("data = everything(); c.send(b'got ' + data); c.close()\n");
  JsonRun cli({s("connect"), server.endpoint(), s("--send"), s("all"), s("--half-close")});
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.payload(s("in")), QByteArray("got all"));
  const QJsonObject half = cli.all(s("half-closed")).value(0);
  QCOMPARE(half.value(s("by")).toString(), s("us"));
  const QStringList kinds = cli.kinds();
  QVERIFY(kinds.indexOf(s("out")) < kinds.indexOf(s("half-closed")));
  QVERIFY(kinds.indexOf(s("half-closed")) < kinds.indexOf(s("in")));
}

void TstCliConnect::endsWhenTheTimeIsOver() {
  Server server("everything()\n");
  JsonRun cli({s("connect"), server.endpoint(), s("--for"), s("0.2")});
  QCOMPARE(cli.waitForExit(), 0);
  QVERIFY(cli.summary().value(s("elapsed_ms")).toInt() >= 200);
  QCOMPARE(server.waitForExit(), 0);
}

void TstCliConnect::endsBySignal_data() {
  QTest::addColumn<int>("number");
  QTest::newRow("SIGINT") << SIGINT;
  QTest::newRow("SIGTERM") << SIGTERM;
}

void TstCliConnect::endsBySignal() {
  QFETCH(int, number);
  Server server("print(everything())\n");
  JsonRun cli({s("connect"), server.endpoint(), s("--send"), s("x"), s("--expect-bytes"), s("9")});
  QVERIFY(!cli.waitFor(s("out")).isEmpty());
  cli.signal(number);
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.summary().value(s("bytes_out")).toInt(), 1);
  QCOMPARE(server.waitForExit(), 0);
  QCOMPARE(server.said(), QByteArray("b'x'\n"));
}

void TstCliConnect::isRefused_data() {
  QTest::addColumn<QString>("endpoint");
  QTest::addColumn<QString>("op");
  QTest::addColumn<QString>("symbol");
  QTest::addColumn<QString>("domain");
  const auto row = [](const char* name, QString endpoint, const char* op, const char* symbol,
                      const char* domain) {
    QTest::newRow(name) << endpoint << s(op) << s(symbol) << s(domain);
  };
  const QString port = QString::number(freePort());
  row("nobody listens", s("tcp://127.0.0.1:") + port, "connect", "ECONNREFUSED", "errno");
  row("nobody listens, IPv6", s("tcp://[::1]:") + port, "connect", "ECONNREFUSED", "errno");
  row("no such path", s("unix:/nonexistent/s"), "connect", "ENOENT", "errno");
  row("no such abstract name", s("unix:@sockbench-nobody"), "connect", "ECONNREFUSED", "errno");
  row("not a socket", s("unix:/dev/null"), "connect", "ECONNREFUSED", "errno");
  row("no such name", s("tcp://no-such-host.invalid:1"), "getaddrinfo", "EAI_NONAME", "eai");
}

void TstCliConnect::isRefused() {
  QFETCH(QString, endpoint);
  QFETCH(QString, op);
  QFETCH(QString, symbol);
  QFETCH(QString, domain);
  JsonRun cli({s("connect"), endpoint, s("--timeout"), s("15"), s("--send"), s("x")});
  QCOMPARE(cli.waitForExit(), 1);
  QCOMPARE(cli.complaint(), QString());
  QVERIFY2(!cli.all(s("error")).isEmpty(), cli.out().constData());
  const QJsonObject error = cli.all(s("error")).last().value(s("error")).toObject();
  QCOMPARE(error.value(s("op")).toString(), op);
  if (symbol == s("EAI_NONAME")) {
    // Without a name server at hand it is the asking that fails.
    QVERIFY(QStringList({s("EAI_NONAME"), s("EAI_AGAIN")}).contains(error.value(s("symbol")).toString()));
  } else {
    QCOMPARE(error.value(s("symbol")).toString(), symbol);
  }
  QCOMPARE(error.value(s("domain")).toString(), domain);
  QVERIFY(!error.value(s("hint")).toString().isEmpty());
  QVERIFY(!cli.summary().isEmpty());
  QCOMPARE(cli.summary().value(s("sessions")).toInt(), 0);
  QCOMPARE(cli.err(), QByteArray());
}

void TstCliConnect::peopleAreToldWhyAndWhatToTry() {
  const QString port = QString::number(freePort());
  Program cli(cliPath(), {s("connect"), s("tcp://127.0.0.1:") + port});
  QCOMPARE(cli.waitForExit(), 1);
  QVERIFY2(cli.err().contains("ECONNREFUSED"), cli.err().constData());
  QVERIFY(cli.err().contains("Connection refused"));
  QVERIFY(cli.err().contains("nothing listens on 127.0.0.1:"));
}

void TstCliConnect::givesUpInTime() {
  // A backlog that is full: the kernel answers no further SYN.
  Server server("time.sleep(60)\n",
                "l = socket(); l.bind(('127.0.0.1', 0)); l.listen(0)\n"
                "fill = [socket() for i in range(4)]\n"
                "for f in fill:\n"
                "    f.setblocking(False)\n"
                "    f.connect_ex(l.getsockname())\n"
                "time.sleep(0.2)\n"
                "print(l.getsockname()[1])\n");
  JsonRun cli({s("connect"), server.endpoint(), s("--timeout"), s("0.3")});
  QCOMPARE(cli.waitForExit(), 1);
  QCOMPARE(cli.all(s("error")).last().value(s("error")).toObject().value(s("symbol")).toString(),
           s("ETIMEDOUT"));
  QVERIFY(cli.summary().value(s("elapsed_ms")).toInt() >= 300);
}

void TstCliConnect::triesEachAddress() {
  Server server("c.send(b'hi'); c.close()\n");
  const QString port = server.endpoint().section(QLatin1Char(':'), -1);
  JsonRun cli({s("connect"), s("tcp://localhost:") + port});
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.payload(s("in")), QByteArray("hi"));
  const QStringList kinds = cli.kinds();
  QVERIFY(kinds.contains(s("resolving")));
  QVERIFY(kinds.indexOf(s("resolved")) > kinds.indexOf(s("resolving")));
  QVERIFY(kinds.indexOf(s("connecting")) > kinds.indexOf(s("resolved")));
}

void TstCliConnect::bindsItsOwnEnd() {
  Server server("print(peer[0]); c.close()\n");
  JsonRun cli({s("connect"), server.endpoint(), s("--bind"), s("127.0.0.2:0")});
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(server.waitForExit(), 0);
  QCOMPARE(server.said(), QByteArray("127.0.0.2\n"));
  QVERIFY(cli.all(s("connected")).value(0).value(s("local")).toString().startsWith(s("127.0.0.2:")));
}

void TstCliConnect::reachesOtherPrograms_data() {
  QTest::addColumn<QString>("program");
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<QString>("endpoint");
  const auto row = [](const char* name, const char* program, QStringList arguments, const char* endpoint) {
    QTest::newRow(name) << s(program) << arguments << s(endpoint);
  };
  row("ncat over TCP", "ncat", {s("-v"), s("-l"), s("127.0.0.1"), s("%PORT%"), s("-e"), s("/bin/cat")},
      "tcp://127.0.0.1:%PORT%");
  row("ncat over IPv6", "ncat", {s("-v"), s("-6"), s("-l"), s("::1"), s("%PORT%"), s("-e"), s("/bin/cat")},
      "tcp://[::1]:%PORT%");
  row("ncat over UNIX", "ncat", {s("-v"), s("-l"), s("-U"), s("%PATH%"), s("-e"), s("/bin/cat")},
      "unix:%PATH%");
  row("socat over TCP", "socat", {s("-d"), s("-d"), s("TCP-LISTEN:%PORT%,bind=127.0.0.1"), s("EXEC:cat")},
      "tcp://127.0.0.1:%PORT%");
  row("socat over UNIX", "socat", {s("-d"), s("-d"), s("UNIX-LISTEN:%PATH%"), s("EXEC:cat")}, "unix:%PATH%");
  row("socat over an abstract name", "socat", {s("-d"), s("-d"), s("ABSTRACT-LISTEN:%PATH%"), s("EXEC:cat")},
      "unix:@%PATH%");
  row("socat over UDP", "socat", {s("-d"), s("-d"), s("UDP-RECVFROM:%PORT%,bind=127.0.0.1"), s("EXEC:cat")},
      "udp://127.0.0.1:%PORT%");
}

void TstCliConnect::reachesOtherPrograms() {
  QFETCH(QString, program);
  QFETCH(QStringList, arguments);
  QFETCH(QString, endpoint);
  const QString port = QString::number(freePort());
  const auto fill = [&](QString text) { return text.replace(s("%PORT%"), port).replace(s("%PATH%"), path_); };
  for (QString& argument : arguments) argument = fill(argument);
  Program server(tool(program.toLatin1().constData()), arguments);
  // socat tells of a datagram socket by "receiving on".
  QVERIFY(server.waitUntil([&] {
    const QByteArray said = server.err().toLower();
    return said.contains("listening on") || said.contains("receiving on");
  }));
  JsonRun cli({s("connect"), fill(endpoint), s("--send"), s("hello\\n"), s("--expect-bytes"), s("6")});
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.complaint(), QString());
  QCOMPARE(cli.payload(s("in")), QByteArray("hello\n"));
  QCOMPARE(cli.payload(s("out")), QByteArray("hello\n"));
}

void TstCliConnect::keepsDatagramsWhole() {
  Server server(
      "for i in range(5):\n"
      "    data, peer = l.recvfrom(70000)\n"
      "    print(len(data))\n"
      "l.sendto(b'', peer); l.sendto(b'answer', peer)\n",
      "l = socket(AF_INET, SOCK_DGRAM); l.bind(('127.0.0.1', 0)); print(l.getsockname()[1])\n");
  JsonRun cli({s("connect"), server.endpoint("udp"), s("--send"), s("one"), s("--send"), QString(),
               s("--send-hex"), s("0102"), s("--send-file"), write("file", QByteArray(65510, 'f')),
               s("--expect-bytes"), s("6")});
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.complaint(), QString());
  QCOMPARE(server.waitForExit(), 0);
  QCOMPARE(server.said(), QByteArray("3\n0\n2\n65507\n3\n"));
  QCOMPARE(cli.all(s("in")).size(), 2);
  QCOMPARE(cli.all(s("out")).size(), 5);
}

void TstCliConnect::linesBecomeDatagrams() {
  Server server(
      "while (data := l.recv(70000)) != b'end':\n"
      "    print(len(data))\n",
      "l = socket(AF_INET, SOCK_DGRAM); l.bind(('127.0.0.1', 0)); print(l.getsockname()[1])\n");
  JsonRun cli({s("connect"), server.endpoint("udp"), s("--stdin"), s("--for"), s("30")});
  cli.process().write("a\nbc\n\n" + QByteArray(65508, 'x') + "\nend");
  cli.process().closeWriteChannel();
  QCOMPARE(server.waitForExit(), 0);
  QCOMPARE(server.said(), QByteArray("2\n3\n1\n65507\n2\n"));
  cli.signal(SIGTERM);
  QCOMPARE(cli.waitForExit(), 0);
}

void TstCliConnect::talksSeqpacket() {
  Server server("print(c.recv(100), c.recv(100)); c.send(b'a'); c.send(b'bc'); c.close()\n",
                "l = socket(AF_UNIX, SOCK_SEQPACKET); l.bind('" + path_.toUtf8() +
                    "'); l.listen()\n"
                    "print('ready'); c, peer = l.accept()\n");
  JsonRun cli({s("connect"), s("unix-seqpacket:") + path_, s("--send"), s("one"), s("--send"), s("two")});
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.complaint(), QString());
  QCOMPARE(server.waitForExit(), 0);
  QCOMPARE(server.said(), QByteArray("b'one' b'two'\n"));
  QCOMPARE(cli.all(s("in")).size(), 2);
  QCOMPARE(cli.payload(s("in")), QByteArray("abc"));
}

void TstCliConnect::fileThatCannotBeRead_data() {
  QTest::addColumn<QString>("path");
  QTest::addColumn<QString>("symbol");
  QTest::newRow("is not there") << s("/nonexistent/file") << s("ENOENT");
  QTest::newRow("is a folder") << s("/tmp") << s("EISDIR");
}

void TstCliConnect::fileThatCannotBeRead() {
  QFETCH(QString, path);
  QFETCH(QString, symbol);
  JsonRun cli({s("connect"), s("tcp://127.0.0.1:9"), s("--send-file"), path});
  QCOMPARE(cli.waitForExit(), 1);
  QCOMPARE(cli.complaint(), QString());
  QCOMPARE(cli.kinds(), QStringList({s("error"), s("summary")}));
  const QJsonObject error = cli.records().value(0).value(s("error")).toObject();
  QCOMPARE(error.value(s("symbol")).toString(), symbol);
  QCOMPARE(error.value(s("subject")).toString(), path);
}

void TstCliConnect::setsOptions() {
  Server server("c.close()\n");
  JsonRun cli({s("connect"), server.endpoint(), s("--option"), s("TCP_NODELAY=1"), s("--option"),
               s("SO_KEEPALIVE=on")});
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.complaint(), QString());
  QCOMPARE(cli.all(s("option")).size(), 2);
}

QTEST_GUILESS_MAIN(TstCliConnect)
#include "tst_cli_connect.moc"
