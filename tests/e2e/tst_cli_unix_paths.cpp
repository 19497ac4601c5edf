#include <signal.h>
#include <sys/stat.h>

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include "live_program.h"

using namespace sockbench::test;

namespace {

QString s(const char* text) {
  return QString::fromUtf8(text);
}

// A socket that is bound at the path and then left behind, or kept alive.
const QByteArray kBind =
    "k = socket(AF_UNIX, {'unix:': SOCK_STREAM, 'unix-dgram:': SOCK_DGRAM, 'unix-seqpacket:': "
    "SOCK_SEQPACKET}[sys.argv[1]])\n"
    "k.bind(sys.argv[2])\n"
    "if sys.argv[1] != 'unix-dgram:':\n"
    "    k.listen()\n"
    "print('bound')\n"
    "if sys.argv[3] == 'live':\n"
    "    time.sleep(60)\n";

}  // namespace

// What stands at a path where a listener is to be: only a dead socket of ours may be replaced.
class TstCliUnixPaths : public QObject {
  Q_OBJECT
 private slots:
  void init();
  void keepsForeignFiles_data();
  void keepsForeignFiles();
  void keepsALiveSocket_data();
  void keepsALiveSocket();
  void replacesADeadSocket_data();
  void replacesADeadSocket();
  void removesItsOwnFile();
  void leavesAFileThatIsNoLongerItsOwn();

 private:
  std::unique_ptr<QTemporaryDir> folder_;
  QString path_;
};

void TstCliUnixPaths::init() {
  folder_ = std::make_unique<QTemporaryDir>();
  path_ = folder_->filePath(s("s"));
}

void TstCliUnixPaths::keepsForeignFiles_data() {
  QTest::addColumn<QString>("what");
  QTest::newRow("a regular file") << s("echo precious > \"$0\"");
  QTest::newRow("an empty file") << s(": > \"$0\"");
  QTest::newRow("a folder") << s("mkdir \"$0\"");
  QTest::newRow("a pipe") << s("mkfifo \"$0\"");
  QTest::newRow("a link to a file") << s("echo precious > \"$0.t\"; ln -s \"$0.t\" \"$0\"");
  QTest::newRow("a dangling link") << s("ln -s /nonexistent/x \"$0\"");
}

void TstCliUnixPaths::keepsForeignFiles() {
  QFETCH(QString, what);
  Program make(s("/bin/sh"), {s("-c"), what, path_});
  QCOMPARE(make.waitForExit(), 0);
  struct stat before {};
  QCOMPARE(::lstat(path_.toUtf8().constData(), &before), 0);
  for (const char* transport : {"unix:", "unix-dgram:", "unix-seqpacket:"}) {
    JsonRun cli({s("listen"), s(transport) + path_});
    QCOMPARE(cli.waitForExit(), 1);
    QCOMPARE(cli.complaint(), QString());
    const QJsonObject error = cli.records().value(0).value(s("error")).toObject();
    QCOMPARE(error.value(s("symbol")).toString(), s("EADDRINUSE"));
    struct stat after {};
    QCOMPARE(::lstat(path_.toUtf8().constData(), &after), 0);
    QVERIFY(after.st_ino == before.st_ino && after.st_mode == before.st_mode &&
            after.st_size == before.st_size);
  }
}

void TstCliUnixPaths::keepsALiveSocket_data() {
  QTest::addColumn<QString>("transport");
  for (const char* transport : {"unix:", "unix-dgram:", "unix-seqpacket:"})
    QTest::newRow(transport) << s(transport);
}

void TstCliUnixPaths::keepsALiveSocket() {
  QFETCH(QString, transport);
  Program holder(tool("python3"), pythonArguments(kBind, {transport, path_, s("live")}));
  QVERIFY(holder.waitForText("bound"));
  struct stat before {};
  QCOMPARE(::lstat(path_.toUtf8().constData(), &before), 0);
  for (const char* ours : {"unix:", "unix-dgram:", "unix-seqpacket:"}) {
    JsonRun cli({s("listen"), s(ours) + path_});
    QCOMPARE(cli.waitForExit(), 1);
    const QJsonObject error = cli.records().value(0).value(s("error")).toObject();
    QCOMPARE(error.value(s("symbol")).toString(), s("EADDRINUSE"));
    struct stat after {};
    QCOMPARE(::lstat(path_.toUtf8().constData(), &after), 0);
    QCOMPARE(after.st_ino, before.st_ino);
  }
}

void TstCliUnixPaths::replacesADeadSocket_data() {
  keepsALiveSocket_data();
}

void TstCliUnixPaths::replacesADeadSocket() {
  QFETCH(QString, transport);
  Program holder(tool("python3"), pythonArguments(kBind, {transport, path_, s("dead")}));
  QCOMPARE(holder.waitForExit(), 0);
  QVERIFY(QFileInfo::exists(path_));
  JsonRun cli({s("listen"), transport + path_});
  QVERIFY2(!cli.waitFor(s("listening")).isEmpty(), cli.out().constData());
  JsonRun peer({s("connect"), transport + path_, s("--send"), s("x"), s("--for"), s("20")});
  QVERIFY(!cli.waitFor(s("in")).isEmpty());
  cli.signal(SIGTERM);
  QCOMPARE(cli.waitForExit(), 0);
}

void TstCliUnixPaths::removesItsOwnFile() {
  JsonRun cli({s("listen"), s("unix:") + path_});
  QVERIFY(!cli.waitFor(s("listening")).isEmpty());
  QVERIFY(QFileInfo::exists(path_));
  cli.signal(SIGTERM);
  QCOMPARE(cli.waitForExit(), 0);
  QVERIFY(!QFileInfo::exists(path_));
}

void TstCliUnixPaths::leavesAFileThatIsNoLongerItsOwn() {
  JsonRun cli({s("listen"), s("unix:") + path_});
  QVERIFY(!cli.waitFor(s("listening")).isEmpty());
  QVERIFY(QFile::remove(path_));
  QFile other(path_);
  QVERIFY(other.open(QIODevice::WriteOnly));
  other.write("precious");
  other.close();
  cli.signal(SIGTERM);
  QCOMPARE(cli.waitForExit(), 0);
  QVERIFY(other.open(QIODevice::ReadOnly));
  QCOMPARE(other.readAll(), QByteArray("precious"));
}

QTEST_GUILESS_MAIN(TstCliUnixPaths)
#include "tst_cli_unix_paths.moc"
