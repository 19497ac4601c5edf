#include <unistd.h>

#include <QFile>
#include <QTcpServer>
#include <QTest>

#include "live_program.h"

using namespace sockbench::test;

namespace {

QString s(const char* text) {
  return QString::fromUtf8(text);
}

}  // namespace

class TstCliBadInput : public QObject {
  Q_OBJECT
 private slots:
  void commandLineIsWrong_data();
  void commandLineIsWrong();
  void addressInUse_data();
  void addressInUse();
  void addressOfAnotherMachine();
  void noRightForTheService();
  void outputThatCannotBeWritten();
};

void TstCliBadInput::commandLineIsWrong_data() {
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<QString>("says");
  const auto row = [](const char* name, QStringList arguments, const char* says) {
    QTest::newRow(name) << arguments << s(says);
  };
  const QString good = s("tcp://127.0.0.1:9");
  for (const QString& verb : {s("listen"), s("connect")}) {
    const auto both = [&](const char* name, QStringList rest, const char* says) {
      QTest::addRow("%s: %s", qPrintable(verb), name) << QStringList{verb} + rest << s(says);
    };
    both("no endpoint", {}, "ENDPOINT");
    both("an empty endpoint", {QString()}, "\"\"");
    both("no transport", {s("127.0.0.1:80")}, "column 1");
    both("unknown transport", {s("tcpp://127.0.0.1:80")}, "column 1");
    both("no port", {s("tcp://127.0.0.1")}, "column 16");
    both("port too large", {s("tcp://127.0.0.1:65536")}, "column 17");
    both("negative port", {s("tcp://127.0.0.1:-1")}, "column 17");
    both("unknown service", {s("tcp://127.0.0.1:nosuchservice")}, "column 17");
    both("IPv6 without brackets", {s("tcp://::1:80")}, "column 7");
    both("IPv6 that is none", {s("tcp://[::12345]:80")}, "column");
    both("unknown zone", {s("tcp://[fe80::1%nosuch0]:80")}, "column 16");
    both("path too long", {s("unix:/") + QString(200, QLatin1Char('x'))}, "column 6");
    both("no path", {s("unix:")}, "column 6");
    both("two endpoints", {good, good}, "");
    both("an unknown option", {good, s("--nosuch")}, "--nosuch");
    both("an unknown socket option", {good, s("--option"), s("TCP_NODELAI=1")},
         "--option \"TCP_NODELAI=1\", column 1");
    both("a socket option without a value", {good, s("--option"), s("TCP_NODELAY")},
         "--option \"TCP_NODELAY\"");
    both("a socket option's wrong value", {good, s("--option"), s("TCP_NODELAY=maybe")},
         "--option \"TCP_NODELAY=maybe\", column 13");
    both("a socket option that cannot be set", {good, s("--option"), s("SO_TYPE=1")},
         "--option \"SO_TYPE=1\"");
    both("no time", {good, s("--for"), s("soon")}, "--for \"soon\"");
    both("a negative time", {good, s("--for"), s("-1")}, "--for \"-1\"");
    both("an unknown form of payload", {good, s("--payload"), s("base64")}, "--payload \"base64\"");
    both("an empty time", {good, s("--for"), QString()}, "--for \"\"");
    both("an empty form of payload", {good, s("--payload"), QString()}, "--payload \"\"");
    both("an empty socket option", {good, s("--option"), QString()}, "--option \"\"");
    both("an option without its value", {good, s("--for")}, "--for");
  }
  row("an unknown responder", {s("listen"), good, s("--respond"), s("quote")}, "--respond \"quote\"");
  row("a responder in capitals", {s("listen"), good, s("--respond"), s("ECHO")}, "--respond \"ECHO\"");
  row("an unknown responder is told which there are", {s("listen"), good, s("--respond"), s("finger")},
      "none, echo, discard, chargen, daytime, time or qotd");
  row("a rate that is no number", {s("listen"), good, s("--chargen-rate"), s("64k")},
      "--chargen-rate \"64k\"");
  row("a negative rate", {s("listen"), good, s("--chargen-rate"), s("-1")}, "--chargen-rate \"-1\"");
  row("a rate beyond 64 bits", {s("listen"), good, s("--chargen-rate"), s("18446744073709551616")},
      "--chargen-rate");
  row("an empty rate", {s("listen"), good, s("--chargen-rate"), QString()}, "--chargen-rate \"\"");
  row("a backlog that is no number", {s("listen"), good, s("--backlog"), s("many")}, "--backlog \"many\"");
  row("a negative backlog", {s("listen"), good, s("--backlog"), s("-1")}, "--backlog \"-1\"");
  row("a backlog beyond int", {s("listen"), good, s("--backlog"), s("2147483648")}, "--backlog");
  const QString udp = s("udp://127.0.0.1:0");
  row("a receive buffer of nothing", {s("listen"), udp, s("--receive-buffer"), s("0")},
      "--receive-buffer \"0\"");
  row("a receive buffer beyond the kernel's", {s("connect"), udp, s("--receive-buffer"), s("1073741824")},
      "--receive-buffer");
  row("a receive buffer with a unit", {s("listen"), udp, s("--receive-buffer"), s("8M")},
      "--receive-buffer \"8M\"");
  row("a receive buffer of a stream", {s("listen"), good, s("--receive-buffer"), s("4096")},
      "only a udp:// endpoint has it");
  row("a peer's rest that is no time", {s("listen"), udp, s("--peer-idle"), s("soon")},
      "--peer-idle \"soon\"");
  row("a peer's rest below nothing", {s("listen"), udp, s("--peer-idle"), s("-1")}, "--peer-idle \"-1\"");
  row("a stream has no peers", {s("listen"), good, s("--peer-idle"), s("5")}, "only datagrams have peers");
  row("no sessions", {s("listen"), good, s("--max-sessions"), s("0")}, "--max-sessions");
  row("count nothing", {s("listen"), good, s("--count"), s("0")}, "--count");
  row("a number with a tail", {s("listen"), good, s("--count"), s("3x")}, "--count \"3x\"");
  row("an unknown escape", {s("connect"), good, s("--send"), s("ab\\q")}, "--send \"ab\\q\", column 3");
  row("columns count characters", {s("connect"), good, s("--send"), s("中文\\q")}, "column 3");
  row("an escape that is cut", {s("connect"), good, s("--send"), s("ok"), s("--send"), s("\\x4")},
      "--send \"\\x4\", column 1");
  row("a surrogate", {s("connect"), good, s("--send"), s("\\u{D800}")}, "column 1");
  row("half a byte", {s("connect"), good, s("--send-hex"), s("68 6")}, "--send-hex \"68 6\", column 4");
  row("no hexadecimal digit", {s("connect"), good, s("--send-hex"), s("68 6g")}, "column 5");
  row("expected bytes that are no number", {s("connect"), good, s("--expect-bytes"), s("1k")},
      "--expect-bytes");
  row("an empty count", {s("listen"), good, s("--count"), QString()}, "--count \"\"");
  row("an empty local end", {s("connect"), good, s("--bind"), QString()}, "--bind \"\"");
  row("no timeout", {s("connect"), good, s("--timeout"), s("x")}, "--timeout \"x\"");
  row("a local end without port", {s("connect"), good, s("--bind"), s("127.0.0.1")},
      "--bind \"127.0.0.1\", column 10");
  row("a local end's wrong port", {s("connect"), good, s("--bind"), s("127.0.0.1:99999")}, "column 11");
  row("control characters are not echoed", {s("connect"), s("tcp://\x1b[31m:1")}, "\u241b");
}

void TstCliBadInput::commandLineIsWrong() {
  QFETCH(QStringList, arguments);
  QFETCH(QString, says);
  for (const QStringList& more : {QStringList(), QStringList{s("--json")}}) {
    Program cli(cliPath(), more + arguments);
    QCOMPARE(cli.waitForExit(), 2);
    QCOMPARE(cli.out(), QByteArray());
    const QString told = QString::fromUtf8(cli.err());
    QCOMPARE(told.count(QLatin1Char('\n')), 1);
    QVERIFY(told.endsWith(QLatin1Char('\n')));
    QVERIFY2(told.contains(says), cli.err().constData());
    for (const QChar c : told.chopped(1)) QVERIFY(c.category() != QChar::Other_Control);
  }
}

void TstCliBadInput::addressInUse_data() {
  QTest::addColumn<QString>("endpoint");
  QTest::newRow("IPv4") << s("tcp://127.0.0.1:%1");
  QTest::newRow("dual stack over IPv4") << s("tcp://*:%1");
}

void TstCliBadInput::addressInUse() {
  QFETCH(QString, endpoint);
  QTcpServer holder;
  QVERIFY(holder.listen(QHostAddress::LocalHost));
  JsonRun cli({s("listen"), endpoint.arg(holder.serverPort())});
  QCOMPARE(cli.waitForExit(), 1);
  QCOMPARE(cli.complaint(), QString());
  QCOMPARE(cli.records().value(0).value(s("kind")).toString(), s("error"));
  const QJsonObject error = cli.records().value(0).value(s("error")).toObject();
  QCOMPARE(error.value(s("symbol")).toString(), s("EADDRINUSE"));
  QCOMPARE(error.value(s("op")).toString(), s("bind"));
  QVERIFY(!error.value(s("hint")).toString().isEmpty());
  QVERIFY(!cli.summary().isEmpty());
  Program people(cliPath(), {s("listen"), endpoint.arg(holder.serverPort())});
  QCOMPARE(people.waitForExit(), 1);
  QVERIFY2(people.err().contains("EADDRINUSE"), people.err().constData());
}

void TstCliBadInput::addressOfAnotherMachine() {
  JsonRun cli({s("listen"), s("tcp://192.0.2.1:0")});
  QCOMPARE(cli.waitForExit(), 1);
  const QJsonObject error = cli.records().value(0).value(s("error")).toObject();
  QCOMPARE(error.value(s("symbol")).toString(), s("EADDRNOTAVAIL"));
}

void TstCliBadInput::noRightForTheService() {
  QFile start(s("/proc/sys/net/ipv4/ip_unprivileged_port_start"));
  if (start.open(QIODevice::ReadOnly) && start.readAll().trimmed().toInt() <= 80) {
    QSKIP("this kernel lets everybody bind port 80");
  }
  if (tool("setpriv").isEmpty() || ::geteuid() != 0)
    QSKIP("needs root and setpriv to become an ordinary user");
  Program test(tool("setpriv"), {s("--reuid=65534"), s("--clear-groups"), s("--bounding-set=-all"), s("test"),
                                 s("-x"), cliPath()});
  if (test.waitForExit() != 0) QSKIP("an ordinary user cannot reach the program where it was built");
  Program cli(tool("setpriv"), {s("--reuid=65534"), s("--clear-groups"), s("--bounding-set=-all"),
                                s("--inh-caps=-all"), cliPath(), s("listen"), s("tcp://127.0.0.1:80")});
  QCOMPARE(cli.waitForExit(), 1);
  QVERIFY2(cli.err().contains("EACCES"), cli.err().constData());
  QVERIFY(cli.err().contains("CAP_NET_BIND_SERVICE"));
}

void TstCliBadInput::outputThatCannotBeWritten() {
  JsonRun cli({s("listen"), s("tcp://127.0.0.1:0"), s("--output"), s("/nonexistent/file")});
  QCOMPARE(cli.waitForExit(), 1);
  QCOMPARE(cli.kinds(), QStringList({s("error"), s("summary")}));
  QCOMPARE(cli.records().value(0).value(s("error")).toObject().value(s("symbol")).toString(), s("ENOENT"));
}

QTEST_GUILESS_MAIN(TstCliBadInput)
#include "tst_cli_bad_input.moc"
