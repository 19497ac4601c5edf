// A program that captures is killed at any moment: the file opens, and holds what had been confirmed.
#include <signal.h>

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "core/capture/capture_file.h"
#include "tests/core/capture/block_walk.h"
#include "tests/core/capture/tshark.h"

using namespace sockbench::test;

namespace {

constexpr int kCrashes = 50;

struct Crash {
  std::uint64_t confirmed = 0;
  QString path;
};

// Kills the program once it has said `lines` numbers; the last one that it said.
Crash crashAfter(const QString& folder, int lines) {
  Crash crash;
  crash.path = folder + QStringLiteral("/%1.pcapng").arg(lines);
  QProcess talker;
  talker.start(QStringLiteral(SOCKBENCH_CAPTURE_TALKER), {crash.path});
  QByteArray said;
  while (said.count('\n') < lines && talker.waitForReadyRead(20000)) said += talker.readAllStandardOutput();
  ::kill(static_cast<pid_t>(talker.processId()), SIGKILL);
  talker.waitForFinished(20000);
  said += talker.readAllStandardOutput();
  said.truncate(said.lastIndexOf('\n') + 1);
  const QList<QByteArray> numbers = said.trimmed().split('\n');
  if (numbers.size() >= lines) crash.confirmed = numbers.last().toULongLong();
  return crash;
}

}  // namespace

class TestCaptureCrash : public QObject {
  Q_OBJECT

 private slots:
  void fileHoldsWhatWasConfirmed();
};

void TestCaptureCrash::fileHoldsWhatWasConfirmed() {
  for (int i = 0; i < kCrashes; ++i) {
    const QTemporaryDir folder;
    const Crash crash = crashAfter(folder.path(), 1 + i * 7 % 13);
    QVERIFY(crash.confirmed > 0);
    QFile file(crash.path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const std::string content = file.readAll().toStdString();
    const WalkedFile walked = walkBlocks(content);
    QCOMPARE(walked.complaint, "");
    std::uint64_t records = 0;
    for (const WalkedPacket& packet : walked.packets)
      if (!valueOf(packet, "k").empty()) ++records;
    QVERIFY2(records >= crash.confirmed,
             qPrintable(QStringLiteral("%1 of %2 records").arg(records).arg(crash.confirmed)));
    const auto opened = sockbench::CaptureFile::open({.path = crash.path.toStdString()});
    QVERIFY(opened);
    (*opened)->waitUntilRead();
    QVERIFY((*opened)->log().end() >= crash.confirmed);
    if (i % 10 != 0 || !tsharkMissing().isEmpty()) continue;
    const QByteArray numbers = tshark(crash.path, {QStringLiteral("-T"), QStringLiteral("fields"),
                                                   QStringLiteral("-e"), QStringLiteral("frame.number")});
    QCOMPARE(static_cast<std::size_t>(numbers.count('\n')), walked.packets.size());
  }
}

QTEST_GUILESS_MAIN(TestCaptureCrash)
#include "tst_capture_crash.moc"
