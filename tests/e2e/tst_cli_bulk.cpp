#include <QCryptographicHash>
#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include "file_digest.h"
#include "live_program.h"

using namespace sockbench::test;

namespace {

constexpr qint64 kBytes = 300'000'000;

QString s(const char* text) {
  return QString::fromUtf8(text);
}

}  // namespace

// 300 MB each way at once between sockbench-cli and ncat arrive as they were sent.
class TstCliBulk : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase();
  void connectsToNcat();
  void listensForNcat();
  void hexOfTheRecordsIsThePayload();
  void slowReaderLosesNothing();

 private:
  QString file(const char* name) const { return folder_.filePath(s(name)); }
  QString writeRandom(const char* name, quint32 seed) const;
  static void startWithFiles(QProcess& process, const QStringList& arguments, const QString& in,
                             const QString& out);

  QTemporaryDir folder_;
  QString ours_;
  QString theirs_;
};

void TstCliBulk::initTestCase() {
  ours_ = writeRandom("ours", 1);
  theirs_ = writeRandom("theirs", 2);
}

QString TstCliBulk::writeRandom(const char* name, quint32 seed) const {
  QFile out(file(name));
  out.open(QIODevice::WriteOnly);
  QRandomGenerator random(seed);
  QList<quint32> block(250'000);
  for (qint64 written = 0; written < kBytes; written += 1'000'000) {
    random.fillRange(block.data(), block.size());
    out.write(reinterpret_cast<const char*>(block.constData()), 1'000'000);
  }
  return out.fileName();
}

void TstCliBulk::startWithFiles(QProcess& process, const QStringList& arguments, const QString& in,
                                const QString& out) {
  process.setStandardInputFile(in);
  process.setStandardOutputFile(out);
  process.start(tool("ncat"), arguments);
}

void TstCliBulk::connectsToNcat() {
  const QString port = QString::number(freePort());
  QProcess ncat;
  QByteArray said;
  connect(&ncat, &QProcess::readyReadStandardError, this, [&] { said += ncat.readAllStandardError(); });
  startWithFiles(ncat, {s("-v"), s("-l"), s("127.0.0.1"), port}, theirs_, file("ncat-got"));
  QTRY_VERIFY_WITH_TIMEOUT(said.contains("Listening on"), kDeadlineMs);
  JsonRun cli({s("connect"), s("tcp://127.0.0.1:") + port, s("--send-file"), ours_, s("--half-close"),
               s("--payload"), s("none"), s("--output"), file("cli-got")});
  QTRY_VERIFY_WITH_TIMEOUT(!cli.isRunning(), 120000);
  QCOMPARE(cli.waitForExit(), 0);
  QTRY_COMPARE_WITH_TIMEOUT(ncat.state(), QProcess::NotRunning, kDeadlineMs);
  QCOMPARE(cli.complaint(), QString());
  QCOMPARE(cli.summary().value(s("evicted")).toInt(), 0);
  QCOMPARE(cli.summary().value(s("bytes_out")).toInteger(), kBytes);
  QCOMPARE(cli.summary().value(s("bytes_in")).toInteger(), kBytes);
  QCOMPARE(sha256(file("ncat-got")), sha256(ours_));
  QCOMPARE(sha256(file("cli-got")), sha256(theirs_));
}

// The echo is the other way.
void TstCliBulk::listensForNcat() {
  JsonRun cli({s("listen"), s("tcp://127.0.0.1:0"), s("--respond"), s("echo"), s("--count"), s("1"),
               s("--payload"), s("none"), s("--output"), file("cli-got")});
  QProcess ncat;
  startWithFiles(ncat, {s("127.0.0.1"), QString::number(cli.port())}, ours_, file("ncat-got"));
  QTRY_VERIFY_WITH_TIMEOUT(!cli.isRunning(), 120000);
  QCOMPARE(cli.waitForExit(), 0);
  QTRY_COMPARE_WITH_TIMEOUT(ncat.state(), QProcess::NotRunning, kDeadlineMs);
  QCOMPARE(cli.summary().value(s("evicted")).toInt(), 0);
  QCOMPARE(cli.summary().value(s("bytes_in")).toInteger(), kBytes);
  QCOMPARE(sha256(file("cli-got")), sha256(ours_));
  QCOMPARE(sha256(file("ncat-got")), sha256(ours_));
}

// The lines go to a file, which is read afterwards.
void TstCliBulk::hexOfTheRecordsIsThePayload() {
  const QString port = QString::number(freePort());
  QProcess cli;
  cli.setStandardOutputFile(file("lines"));
  cli.start(cliPath(), {s("--json"), s("listen"), s("tcp://127.0.0.1:") + port, s("--count"), s("1")});
  QTRY_VERIFY_WITH_TIMEOUT(QFile(file("lines")).size() > 0, kDeadlineMs);
  QProcess ncat;
  startWithFiles(ncat, {s("--send-only"), s("127.0.0.1"), port}, theirs_, QProcess::nullDevice());
  QTRY_COMPARE_WITH_TIMEOUT(cli.state(), QProcess::NotRunning, 120000);
  QCOMPARE(cli.exitCode(), 0);
  QCryptographicHash hash(QCryptographicHash::Sha256);
  QFile lines(file("lines"));
  QVERIFY(lines.open(QIODevice::ReadOnly));
  QByteArray line;
  while (!lines.atEnd()) {
    line = lines.readLine();
    const qsizetype begin = line.indexOf("\"hex\":\"");
    if (begin >= 0)
      hash.addData(QByteArray::fromHex(line.mid(begin + 7, line.indexOf('"', begin + 7) - begin - 7)));
  }
  QVERIFY2(line.contains("\"evicted\":0,"), line.constData());
  QCOMPARE(hash.result().toHex(), sha256(theirs_));
}

// Somebody takes the records at leisure: the peer is slowed, and no record is evicted before it was printed.
void TstCliBulk::slowReaderLosesNothing() {
  const QString path = file("socket");
  Program reader(
      tool("python3"),
      pythonArguments("import hashlib, json, subprocess\n"
                      "cli = subprocess.Popen([sys.argv[1], '--json', 'listen', 'unix:' + sys.argv[2],\n"
                      "                        '--count', '1'], stdout=subprocess.PIPE)\n"
                      "hash = hashlib.sha256()\n"
                      "for line in cli.stdout:\n"
                      "    record = json.loads(line)\n"
                      "    if record['kind'] == 'listening':\n"
                      "        print('listening')\n"
                      "    if record['kind'] == 'in':\n"
                      "        hash.update(bytes.fromhex(record['hex']))\n"
                      "print(record['evicted'], hash.hexdigest(), cli.wait())\n",
                      {cliPath(), path}));
  QVERIFY(reader.waitForText("listening\n"));
  QProcess ncat;
  startWithFiles(ncat, {s("--send-only"), s("-U"), path}, theirs_, QProcess::nullDevice());
  QTRY_VERIFY_WITH_TIMEOUT(!reader.isRunning(), 180000);
  QCOMPARE(reader.waitForExit(), 0);
  QCOMPARE(reader.out(), "listening\n0 " + sha256(theirs_) + " 0\n");
}

QTEST_GUILESS_MAIN(TstCliBulk)
#include "tst_cli_bulk.moc"
