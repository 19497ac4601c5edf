// listen and connect with --capture and --filter, against python3, read by tshark.
#include <signal.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "live_program.h"
#include "tests/core/capture/block_walk.h"
#include "tests/core/capture/tshark.h"

using namespace sockbench::test;

namespace {

QString s(const char* text) {
  return QString::fromUtf8(text);
}

// Says two things to an echo server and reads them back, then ends in good order.
const QByteArray kPeer =
    "family, kind, target = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]\n"
    "c = socket(family, kind)\n"
    "if family == AF_UNIX and kind == SOCK_DGRAM:\n"
    "    c.bind(target + '.peer')\n"
    "c.connect(target if family == AF_UNIX else (target, int(sys.argv[4])))\n"
    "for said in (b'hello\\n', bytes(range(256)) * int(sys.argv[5])):\n"
    "    if kind == SOCK_STREAM:\n"
    "        c.sendall(said)\n"
    "    else:\n"
    "        c.send(said)\n"
    "    got = b''\n"
    "    while len(got) < len(said):\n"
    "        got += c.recv(1 << 20)\n"
    "    assert got == said\n"
    "c.close()\n";

QByteArray contentOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::vector<std::string> kindsIn(const QByteArray& capture) {
  std::vector<std::string> kinds;
  const WalkedFile file = walkBlocks(capture.toStdString());
  for (const WalkedPacket& packet : file.packets)
    if (!valueOf(packet, "k").empty()) kinds.push_back(valueOf(packet, "k"));
  return kinds;
}

}  // namespace

class TstCliCapture : public QObject {
  Q_OBJECT
 private slots:
  void init();
  void capturesEveryRecord_data();
  void capturesEveryRecord();
  void standardOutputIsTheCapture();
  void capturesWhatConnectDoes();
  void tellsWhereItCannotWrite_data();
  void tellsWhereItCannotWrite();
  void runGoesOnWithoutItsCapture();
  void filterChoosesLinesAndPackets();
  void wrongFilterPointsAtTheFault();

 private:
  std::unique_ptr<QTemporaryDir> folder_;
  QString capture_;
};

void TstCliCapture::init() {
  folder_ = std::make_unique<QTemporaryDir>();
  capture_ = folder_->filePath(s("c.pcapng"));
}

void TstCliCapture::capturesEveryRecord_data() {
  QTest::addColumn<QString>("endpoint");
  QTest::addColumn<QStringList>("peer");  // family, type, target
  const QString path = s("%PATH%");
  QTest::newRow("TCP over IPv4") << s("tcp://127.0.0.1:0") << QStringList{s("2"), s("1"), s("127.0.0.1")};
  QTest::newRow("TCP over IPv6") << s("tcp://[::1]:0") << QStringList{s("10"), s("1"), s("::1")};
  QTest::newRow("TCP, dual stack") << s("tcp://*:0") << QStringList{s("2"), s("1"), s("127.0.0.1")};
  QTest::newRow("UDP over IPv4") << s("udp://127.0.0.1:0") << QStringList{s("2"), s("2"), s("127.0.0.1")};
  QTest::newRow("UDP over IPv6") << s("udp://[::1]:0") << QStringList{s("10"), s("2"), s("::1")};
  QTest::newRow("UNIX stream") << s("unix:%PATH%") << QStringList{s("1"), s("1"), path};
  QTest::newRow("UNIX datagram") << s("unix-dgram:%PATH%") << QStringList{s("1"), s("2"), path};
  QTest::newRow("UNIX seqpacket") << s("unix-seqpacket:%PATH%") << QStringList{s("1"), s("5"), path};
}

void TstCliCapture::capturesEveryRecord() {
  QFETCH(QString, endpoint);
  QFETCH(QStringList, peer);
  const QString path = folder_->filePath(s("s"));
  const bool isStream = peer[1] == s("1");
  JsonRun cli({s("listen"), endpoint.replace(s("%PATH%"), path), s("--respond"), s("echo"), s("--capture"),
               capture_});
  cli.waitFor(s("listening"));
  const QString port = QString::number(cli.port());
  Program client(s("python3"), pythonArguments(kPeer, {peer[0], peer[1], peer[2].replace(s("%PATH%"), path),
                                                       port, isStream ? s("2000") : s("30")}));
  QCOMPARE(client.waitForExit(), 0);
  if (isStream || peer[1] == s("5")) QVERIFY(!cli.waitFor(s("closed")).isEmpty());
  cli.signal(SIGTERM);
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.complaint(), QString());

  const QByteArray content = contentOf(capture_);
  const WalkedFile file = walkBlocks(content.toStdString());
  QCOMPARE(file.complaint, "");
  QCOMPARE(file.left, 0U);
  QCOMPARE(cli.summary()[s("captured")].toInt(), cli.records().size() - 1);
  QCOMPARE(cli.summary()[s("capture_lost")].toInt(), 0);
  if (const QString missing = tsharkMissing(); !missing.isEmpty()) QSKIP(qPrintable(missing));
  QCOMPARE(tsharkObjections(capture_), "");
  if (peer[0] == s("1") || !isStream) return;
  const FollowedStream stream = followStream(capture_, 0);
  QVERIFY(stream.first == cli.payload(s("in")));
  QVERIFY(stream.second == cli.payload(s("out")));
  QCOMPARE(stream.first.size(), 6 + 256 * 2000);
}

// As it is piped into Wireshark.
void TstCliCapture::standardOutputIsTheCapture() {
  Program cli(cliPath(), {s("--json"), s("listen"), s("tcp://127.0.0.1:0"), s("--capture"), s("-")});
  QVERIFY(cli.waitForText("\"listening\""));
  QVERIFY(cli.err().contains("\"listening\""));
  QVERIFY(cli.waitUntil([&] { return kindsIn(cli.out()) == std::vector<std::string>{"listening"}; }));
  cli.signal(SIGTERM);
  QCOMPARE(cli.waitForExit(), 0);
  QVERIFY(cli.err().contains("\"summary\""));
  QCOMPARE(walkBlocks(cli.out().toStdString()).complaint, "");
  QCOMPARE(kindsIn(cli.out()), (std::vector<std::string>{"listening", "closed"}));
}

void TstCliCapture::capturesWhatConnectDoes() {
  JsonRun server({s("listen"), s("tcp://127.0.0.1:0"), s("--respond"), s("echo"), s("--count"), s("1")});
  server.waitFor(s("listening"));
  JsonRun cli({s("connect"), s("tcp://127.0.0.1:%1").arg(server.port()), s("--send"), s("ping"),
               s("--expect-bytes"), s("4"), s("--capture"), capture_});
  QCOMPARE(cli.waitForExit(), 0);
  QStringList kinds;
  for (const std::string& kind : kindsIn(contentOf(capture_))) kinds << QString::fromStdString(kind);
  QCOMPARE(kinds + QStringList{s("summary")}, cli.kinds());
}

void TstCliCapture::tellsWhereItCannotWrite_data() {
  QTest::addColumn<QString>("path");
  QTest::addColumn<QString>("symbol");
  QTest::newRow("no folder") << s("/nowhere/at/all/f.pcapng") << s("ENOENT");
  QTest::newRow("a folder") << s("/tmp") << s("EISDIR");
}

void TstCliCapture::tellsWhereItCannotWrite() {
  QFETCH(QString, path);
  QFETCH(QString, symbol);
  JsonRun cli({s("listen"), s("tcp://127.0.0.1:0"), s("--capture"), path});
  QCOMPARE(cli.waitForExit(), 1);
  QCOMPARE(cli.waitFor(s("error"))[s("error")][s("symbol")].toString(), symbol);
}

void TstCliCapture::runGoesOnWithoutItsCapture() {
  JsonRun cli({s("listen"), s("tcp://127.0.0.1:0"), s("--respond"), s("echo"), s("--capture"), capture_},
              {s("bash"), s("-c"), s("ulimit -f 100; exec \"$@\""), s("bash")});
  cli.waitFor(s("listening"));
  const QStringList peer{s("2"), s("1"), s("127.0.0.1"), QString::number(cli.port()), s("2000")};
  Program client(s("python3"), pythonArguments(kPeer, peer));
  QCOMPARE(client.waitForExit(), 0);
  QCOMPARE(cli.waitFor(s("error"))[s("error")][s("symbol")].toString(), s("EFBIG"));
  QCOMPARE(cli.waitFor(s("error"))[s("detail")].toString(), s("the capture stopped"));
  QVERIFY(cli.err().contains("EFBIG"));
  Program another(s("python3"), pythonArguments(kPeer, peer));
  QCOMPARE(another.waitForExit(), 0);
  cli.signal(SIGTERM);
  QCOMPARE(cli.waitForExit(), 1);
  const WalkedFile file = walkBlocks(contentOf(capture_).toStdString());
  QCOMPARE(file.complaint, "");
  QCOMPARE(file.left, 0U);
  QVERIFY(!file.packets.empty());
}

void TstCliCapture::filterChoosesLinesAndPackets() {
  JsonRun cli({s("listen"), s("tcp://127.0.0.1:0"), s("--respond"), s("echo"), s("--capture"), capture_,
               s("--filter"), s("kind == listening or (kind == in and len < 10)")});
  cli.waitFor(s("listening"));
  Program client(s("python3"), pythonArguments(kPeer, {s("2"), s("1"), s("127.0.0.1"),
                                                       QString::number(cli.port()), s("100")}));
  QCOMPARE(client.waitForExit(), 0);
  QVERIFY(!cli.waitFor(s("in")).isEmpty());
  cli.signal(SIGTERM);
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.kinds(), (QStringList{s("listening"), s("in"), s("summary")}));
  QCOMPARE(kindsIn(contentOf(capture_)), (std::vector<std::string>{"listening", "in"}));
  QCOMPARE(cli.payload(s("in")), "hello\n");
}

void TstCliCapture::wrongFilterPointsAtTheFault() {
  Program cli(cliPath(), {s("listen"), s("tcp://127.0.0.1:0"), s("--filter"), s("kind == nonsense")});
  QCOMPARE(cli.waitForExit(), 2);
  QVERIFY(cli.err().contains("--filter"));
  QVERIFY(cli.err().contains("nonsense"));
}

QTEST_GUILESS_MAIN(TstCliCapture)
#include "tst_cli_capture.moc"
