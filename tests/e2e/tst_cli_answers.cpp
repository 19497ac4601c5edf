// `listen --respond chargen|daytime|time|qotd`, asked by other people's programs.
#include <signal.h>
#include <algorithm>

#include <QTemporaryDir>
#include <QTest>

#include "live_program.h"

using namespace sockbench::test;

namespace {

QString s(const char* text) {
  return QString::fromUtf8(text);
}

// What all peers share: `dial(kind)` connects to the second and third argument; `check_*` end the program
// with what is wrong.
const QByteArray kPeer =
    "import re\n"
    "kind, responder, target = sys.argv[1], sys.argv[2], sys.argv[3]\n"
    "kinds = {'tcp': (AF_INET, SOCK_STREAM), 'udp': (AF_INET, SOCK_DGRAM), 'unix': (AF_UNIX, SOCK_STREAM),\n"
    "         'unix-dgram': (AF_UNIX, SOCK_DGRAM), 'unix-seqpacket': (AF_UNIX, SOCK_SEQPACKET)}\n"
    "c = socket(*kinds[kind])\n"
    "c.settimeout(20)\n"
    "if kind == 'unix-dgram': c.bind(target + '.peer')\n"
    "c.connect(target if c.family == AF_UNIX else ('127.0.0.1', int(sys.argv[4])))\n"
    "day = 86400\n"
    "ring = bytes(range(32, 127)) * 3\n"
    "def pattern(n):\n"
    "    return b''.join(ring[i % 95:i % 95 + 72] + b'\\r\\n' for i in range(n // 74 + 1))[:n]\n"
    "def check(answer):\n"
    "    if responder == 'time':\n"
    "        assert len(answer) == 4, answer\n"
    "        seconds = struct.unpack('!I', answer)[0]\n"
    "        now = int(time.time()) + 2208988800\n"
    "        assert (seconds - now + day) % 2**32 < 2 * day, (seconds, now)\n"
    "    elif responder == 'daytime':\n"
    "        text = answer.decode('ascii')\n"
    "        assert text.endswith('-UTC\\r\\n'), text\n"
    "        import calendar\n"
    "        told = calendar.timegm(time.strptime(text[:-6], '%A, %B %d, %Y %H:%M:%S'))\n"
    "        assert abs(told - time.time()) < day, text\n"
    "    elif responder == 'qotd':\n"
    "        assert len(answer) <= 512 and re.fullmatch(rb'[ -~]+\\r\\n', answer), answer\n"
    "    else:\n"
    "        assert answer == pattern(len(answer)), answer\n";

const QByteArray kStreamPeer = kPeer +
                               "got = b''\n"
                               "while len(got) < 200000:\n"
                               "    part = c.recv(4096)\n"
                               "    if not part: break\n"
                               "    got += part\n"
                               "assert (len(got) < 200000) == (responder != 'chargen'), len(got)\n"
                               "check(got)\n"
                               "print('well')\n";

const QByteArray kDatagramPeer = kPeer +
                                 "for question in (b'', b'what?', b'x' * 1000):\n"
                                 "    c.send(question)\n"
                                 "    answer = c.recv(4096)\n"
                                 "    assert len(answer) <= 512\n"
                                 "    check(answer)\n"
                                 "print('well')\n";

}  // namespace

class TstCliAnswers : public QObject {
  Q_OBJECT
 private slots:
  void init();
  void pythonIsAnswered_data();
  void pythonIsAnswered();
  void othersAreAnswered_data();
  void othersAreAnswered();
  void endlessToOthers_data();
  void endlessToOthers();
  void tellsWhatItDoesNotAnswer();

 private:
  std::unique_ptr<QTemporaryDir> folder_;
  QString path_;
};

void TstCliAnswers::init() {
  folder_ = std::make_unique<QTemporaryDir>();
  path_ = folder_->filePath(s("s"));
}

void TstCliAnswers::pythonIsAnswered_data() {
  QTest::addColumn<QString>("transport");
  QTest::addColumn<QString>("responder");
  for (const char* transport : {"tcp", "udp", "unix", "unix-dgram", "unix-seqpacket"})
    for (const char* responder : {"chargen", "daytime", "time", "qotd"})
      QTest::addRow("%s, %s", responder, transport) << s(transport) << s(responder);
}

void TstCliAnswers::pythonIsAnswered() {
  QFETCH(QString, transport);
  QFETCH(QString, responder);
  const bool isUnix = transport.startsWith(s("unix"));
  const bool datagrams = transport == s("udp") || transport == s("unix-dgram");
  const QString endpoint = transport + (isUnix ? QLatin1Char(':') + path_ : s("://127.0.0.1:0"));
  JsonRun cli({s("listen"), endpoint, s("--respond"), responder, s("--chargen-rate"), s("0"), s("--count"),
               datagrams ? s("3") : s("1")});
  const QString port = isUnix ? QString() : QString::number(cli.port());
  QVERIFY(!cli.waitFor(s("listening")).isEmpty());
  Program peer(tool("python3"),
               pythonArguments(datagrams ? kDatagramPeer : kStreamPeer, {transport, responder, path_, port}));
  QVERIFY2(peer.waitForText("well\n"), peer.err().constData());
  QCOMPARE(peer.waitForExit(), 0);
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.complaint(), QString());
}

void TstCliAnswers::othersAreAnswered_data() {
  QTest::addColumn<QString>("program");
  QTest::addColumn<QStringList>("arguments");
  QTest::newRow("ncat") << s("ncat") << QStringList{s("--recv-only"), s("127.0.0.1"), s("%1")};
  QTest::newRow("socat") << s("socat") << QStringList{s("-u"), s("TCP:127.0.0.1:%1"), s("-")};
}

void TstCliAnswers::othersAreAnswered() {
  QFETCH(QString, program);
  QFETCH(QStringList, arguments);
  JsonRun cli({s("listen"), s("tcp://127.0.0.1:0"), s("--respond"), s("qotd"), s("--count"), s("1")});
  const int port = cli.port();
  for (QString& argument : arguments) argument.replace(s("%1"), QString::number(port));
  Program peer(tool(program.toLatin1().constData()), arguments);
  QCOMPARE(peer.waitForExit(), 0);
  QCOMPARE(cli.waitForExit(), 0);
  QVERIFY(peer.out().endsWith("\r\n"));
  QCOMPARE(cli.payload(s("out")), peer.out());
  QCOMPARE(cli.kinds(), (QStringList{s("listening"), s("accepted"), s("out"), s("half-closed"), s("closed"),
                                     s("closed"), s("summary")}));
}

void TstCliAnswers::endlessToOthers_data() {
  othersAreAnswered_data();
}

void TstCliAnswers::endlessToOthers() {
  QFETCH(QString, program);
  QFETCH(QStringList, arguments);
  JsonRun cli({s("listen"), s("tcp://127.0.0.1:0"), s("--respond"), s("chargen"), s("--payload"), s("none")});
  const int port = cli.port();
  for (QString& argument : arguments) argument.replace(s("%1"), QString::number(port));
  {
    Program peer(tool(program.toLatin1().constData()), arguments);
    QVERIFY(peer.waitUntil([&] { return peer.out().size() > 20'000; }));
    QVERIFY(peer.out().startsWith(" !\"#$%&'()*+,-./0123456789"));
    const QList<QByteArray> lines = peer.out().split('\n');
    for (qsizetype line = 0; line + 1 < lines.size(); ++line) {
      QCOMPARE(lines[line].size(), 73);
      QCOMPARE(lines[line][0], static_cast<char>(' ' + line % 95));
    }
  }
  QVERIFY(cli.waitUntil([&] { return cli.all(s("closed")).size() + cli.all(s("reset")).size() > 0; }));
  cli.signal(SIGTERM);
  QCOMPARE(cli.waitForExit(), 0);
}

void TstCliAnswers::tellsWhatItDoesNotAnswer() {
  JsonRun cli({s("listen"), s("udp://127.0.0.1:0"), s("--respond"), s("time"), s("--chargen-rate"), s("1"),
               s("--count"), s("200")});
  Program peer(tool("python3"), pythonArguments("c = socket(AF_INET, SOCK_DGRAM)\n"
                                                "c.connect(('127.0.0.1', int(sys.argv[1])))\n"
                                                "for i in range(200): c.send(b'')\n",
                                                {QString::number(cli.port())}));
  QCOMPARE(peer.waitForExit(), 0);
  QCOMPARE(cli.waitForExit(), 0);
  // Answers that come after the peer has gone are refused by its machine, which is told besides.
  QCOMPARE(std::ranges::count_if(cli.all(s("error")),
                                 [](const QJsonObject& row) {
                                   const QJsonObject error = row.value(s("error")).toObject();
                                   return error.value(s("symbol")).toString() == s("RATE_LIMIT");
                                 }),
           1);
  const qsizetype unanswered = 200 - cli.all(s("out")).size();
  QVERIFY(unanswered > 0);
  QCOMPARE(cli.all(s("closed")).first().value(s("detail")).toString(),
           s("%1 datagrams were not answered").arg(unanswered));
}

QTEST_GUILESS_MAIN(TstCliAnswers)
#include "tst_cli_answers.moc"
