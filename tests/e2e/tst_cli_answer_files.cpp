// `listen --answer`, `--delay-echo`, `--http-answer`, `--serve-file` and `--throttle`, asked by other
// people's programs.
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "live_program.h"

using namespace sockbench::test;

namespace {

QString s(const char* text) {
  return QString::fromUtf8(text);
}

}  // namespace

class TstCliAnswerFiles : public QObject {
  Q_OBJECT
 private slots:
  void answersPython_data();
  void answersPython();
  void servesAFileToNcat();
  void answersCurl();
  void refuses_data();
  void refuses();

 private:
  QString write(const char* name, const QByteArray& content);
  QTemporaryDir folder_;
};

QString TstCliAnswerFiles::write(const char* name, const QByteArray& content) {
  QFile file(folder_.filePath(s(name)));
  if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
    qFatal("a file cannot be written");
  return file.fileName();
}

void TstCliAnswerFiles::answersPython_data() {
  QTest::addColumn<QByteArray>("option");
  QTest::addColumn<QByteArray>("value");
  QTest::addColumn<QByteArray>("conversation");
  QTest::newRow("rules, cut into pieces") << QByteArray("--answer")
                                          << QByteArray(
                                                 "[[rule]]\n"
                                                 "name = \"login\"\n"
                                                 "when = { regex = 'USER (\\w+)\\r\\n' }\n"
                                                 "then = [{ send = \"331 {{1}}\\r\\n\" }]\n"
                                                 "[[rule]]\n"
                                                 "when = { text = \"QUIT\" }\n"
                                                 "then = [{ send = \"221\\r\\n\" }, { close = true }]\n")
                                          << QByteArray(
                                                 "c.send(b'USER al'); c.send(b'ice\\r\\nQUIT')\n"
                                                 "got = b''\n"
                                                 "while True:\n"
                                                 "    part = c.recv(100)\n"
                                                 "    if not part: break\n"
                                                 "    got += part\n"
                                                 "assert got == b'331 alice\\r\\n221\\r\\n', got\n");
  QTest::newRow("an echo after a time") << QByteArray("--delay-echo") << QByteArray("0.05")
                                        << QByteArray(
                                               "begun = time.monotonic()\n"
                                               "c.send(b'hello')\n"
                                               "assert c.recv(100) == b'hello'\n"
                                               "assert time.monotonic() - begun >= 0.05\n");
  QTest::newRow("a sink that reads slowly")
      << QByteArray("--throttle") << QByteArray("1000") << QByteArray("c.send(b'x' * 100)\n");
}

void TstCliAnswerFiles::answersPython() {
  QFETCH(const QByteArray, option);
  QFETCH(const QByteArray, value);
  QFETCH(const QByteArray, conversation);
  const QString given = option == "--answer" ? write("rules.toml", value) : QString::fromUtf8(value);
  JsonRun cli(
      {s("listen"), s("tcp://127.0.0.1:0"), QString::fromLatin1(option), given, s("--count"), s("1")});
  Program peer(tool("python3"),
               pythonArguments("c = create_connection(('127.0.0.1', int(sys.argv[1])), 20)\n" + conversation +
                                   "c.close()\n"
                                   "print('well')\n",
                               {QString::number(cli.port())}));
  QVERIFY2(peer.waitForText("well\n"), peer.err().constData());
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.complaint(), QString());
  QVERIFY(!cli.all(s("automatic")).isEmpty());
}

void TstCliAnswerFiles::servesAFileToNcat() {
  QByteArray content(300'000, Qt::Uninitialized);
  for (qsizetype i = 0; i < content.size(); ++i) content[i] = static_cast<char>(i % 251);
  JsonRun cli({s("listen"), s("tcp://127.0.0.1:0"), s("--serve-file"), write("file", content), s("--count"),
               s("1"), s("--payload"), s("none")});
  Program peer(tool("ncat"), {s("--recv-only"), s("127.0.0.1"), QString::number(cli.port())});
  QCOMPARE(peer.waitForExit(), 0);
  QVERIFY(peer.out() == content);
  QCOMPARE(cli.waitForExit(), 0);
}

void TstCliAnswerFiles::answersCurl() {
  if (tool("curl").isEmpty()) QSKIP("curl is not installed");
  JsonRun cli({s("listen"), s("tcp://127.0.0.1:0"), s("--http-answer"),
               write("answer.toml", "status = 418\nheaders = [\"X-Pot: tea\"]\nbody = \"short and stout\"\n"),
               s("--count"), s("1")});
  const QString url = s("http://127.0.0.1:%1/pot").arg(cli.port());
  Program curl(tool("curl"), {s("-sS"), s("--noproxy"), s("*"), s("-i"), url, url});
  QCOMPARE(curl.waitForExit(), 0);
  const QByteArray answer =
      "HTTP/1.1 418 I'm a teapot\r\nX-Pot: tea\r\nContent-Length: 15\r\nConnection: keep-alive\r\n\r\n"
      "short and stout";
  QCOMPARE(curl.out(), answer + answer);
  QCOMPARE(cli.waitForExit(), 0);
}

void TstCliAnswerFiles::refuses_data() {
  QTest::addColumn<QString>("option");
  QTest::addColumn<QString>("value");
  QTest::addColumn<QByteArray>("said");
  QTest::newRow("rules with a slip") << s("--answer")
                                     << write("slip.toml", "[[rule]]\nwhen = \"any\"\nlsat = true\n")
                                     << QByteArray("line 3");
  QTest::newRow("rules that cannot be read")
      << s("--answer") << s("/nonexistent") << QByteArray("No such file");
  QTest::newRow("a message with a slip")
      << s("--answer") << write("escape.toml", "[[rule]]\nwhen = \"any\"\nthen = [{ send = '\\q' }]\n")
      << QByteArray("--answer");
  QTest::newRow("a file that is none") << s("--serve-file") << s("/") << QByteArray("--serve-file");
  QTest::newRow("no time") << s("--delay-echo") << s("soon") << QByteArray("--delay-echo");
  QTest::newRow("no rate") << s("--throttle") << s("0") << QByteArray("--throttle");
  QTest::newRow("no status") << s("--http-answer") << write("status.toml", "status = 9\n")
                             << QByteArray("status");
}

void TstCliAnswerFiles::refuses() {
  QFETCH(const QString, option);
  QFETCH(const QString, value);
  QFETCH(const QByteArray, said);
  Program cli(cliPath(), {s("listen"), s("tcp://127.0.0.1:0"), option, value});
  QCOMPARE(cli.waitForExit(), 2);
  QVERIFY2(cli.err().contains(said), cli.err().constData());
  QCOMPARE(cli.err().count('\n'), 1);
}

QTEST_GUILESS_MAIN(TstCliAnswerFiles)
#include "tst_cli_answer_files.moc"
