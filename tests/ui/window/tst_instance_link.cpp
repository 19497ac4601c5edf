#include <sys/stat.h>

#include <QFile>
#include <QFileInfo>
#include <QLocalServer>
#include <QLocalSocket>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <thread>

#include "ui/window/instance_link.h"

using sockbench::Endpoint;
using sockbench::ui::InstanceLink;
using sockbench::ui::LaunchRequest;

class TestInstanceLink : public QObject {
  Q_OBJECT
 private slots:
  void init();
  void handsEndpointsToTheRunningWindow();
  void asksForTheWindowWithoutEndpoints();
  void findsNobodyWhereNobodyIs();
  void isOffWithoutAPlace();
  void replacesADeadProgramsSocket();
  void leavesALivingProgramItsPlace();
  void leavesAForeignFileAlone_data();
  void leavesAForeignFileAlone();
  void doesNotWaitForEverForAServerThatSaysNothing();
  void answersHostileMessagesWithARefusal_data();
  void answersHostileMessagesWithARefusal();
  void turnsAwayMoreTalkersThanItBears();
  void meetsInAFolderOfThisPersonOnly();
  void otherDisplaysAreOtherPlaces();

 private:
  // handOver() blocks, as a second program does; the window goes on in this thread.
  InstanceLink::HandOver handOverFromElsewhere(const LaunchRequest& request);

  std::unique_ptr<QTemporaryDir> folder_;
  QString place_;
};

void TestInstanceLink::init() {
  folder_ = std::make_unique<QTemporaryDir>();
  place_ = folder_->filePath(QStringLiteral("link"));
}

InstanceLink::HandOver TestInstanceLink::handOverFromElsewhere(const LaunchRequest& request) {
  std::optional<InstanceLink::HandOver> answer;
  std::atomic<bool> done = false;
  std::thread second([&] {
    answer = InstanceLink(place_).handOver(request);
    done = true;
  });
  [&] { QTRY_VERIFY_WITH_TIMEOUT(done.load(), 10000); }();
  second.join();
  return *answer;
}

void TestInstanceLink::handsEndpointsToTheRunningWindow() {
  InstanceLink first(place_);
  QVERIFY(first.serve());
  LaunchRequest heard;
  int times = 0;
  connect(&first, &InstanceLink::requested, this, [&](const LaunchRequest& request) {
    heard = request;
    ++times;
  });
  LaunchRequest request;
  request.listen.push_back(*Endpoint::parse("tcp://127.0.0.1:0"));
  request.connect.push_back(*Endpoint::parse("unix:/tmp/x y"));
  QCOMPARE(handOverFromElsewhere(request), InstanceLink::HandOver::taken);
  QCOMPARE(times, 1);
  QCOMPARE(heard, request);
}

void TestInstanceLink::asksForTheWindowWithoutEndpoints() {
  InstanceLink first(place_);
  QVERIFY(first.serve());
  bool asked = false;
  connect(&first, &InstanceLink::requested, this, [&](const LaunchRequest& r) { asked = r.isEmpty(); });
  QCOMPARE(handOverFromElsewhere({}), InstanceLink::HandOver::taken);
  QVERIFY(asked);
}

void TestInstanceLink::findsNobodyWhereNobodyIs() {
  QCOMPARE(InstanceLink(place_).handOver({}), InstanceLink::HandOver::nobody);
}

void TestInstanceLink::isOffWithoutAPlace() {
  InstanceLink link{QString()};
  QCOMPARE(link.handOver({}), InstanceLink::HandOver::nobody);
  QVERIFY(!link.serve());
}

void TestInstanceLink::replacesADeadProgramsSocket() {
  // python leaves the file of a bound socket behind when it ends.
  QCOMPARE(QProcess::execute(QStringLiteral("python3"),
                             {QStringLiteral("-c"),
                              QStringLiteral("import socket,sys; s=socket.socket(socket.AF_UNIX); "
                                             "s.bind(sys.argv[1]); s.listen()"),
                              place_}),
           0);
  QVERIFY(QFileInfo::exists(place_));
  InstanceLink first(place_);
  QVERIFY(first.serve());
  QCOMPARE(handOverFromElsewhere({}), InstanceLink::HandOver::taken);
}

void TestInstanceLink::leavesALivingProgramItsPlace() {
  InstanceLink first(place_);
  QVERIFY(first.serve());
  InstanceLink second(place_);
  QVERIFY(!second.serve());
  QCOMPARE(handOverFromElsewhere({}), InstanceLink::HandOver::taken);
}

void TestInstanceLink::leavesAForeignFileAlone_data() {
  QTest::addColumn<QString>("kind");
  QTest::newRow("a file") << QStringLiteral("file");
  QTest::newRow("a folder") << QStringLiteral("folder");
  QTest::newRow("a symbolic link to a file") << QStringLiteral("link");
}

void TestInstanceLink::leavesAForeignFileAlone() {
  QFETCH(const QString, kind);
  const QString other = folder_->filePath(QStringLiteral("precious"));
  if (kind == QLatin1String("folder")) {
    QVERIFY(QDir().mkdir(place_));
  } else {
    QFile file(kind == QLatin1String("link") ? other : place_);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("precious") == 8);
    file.close();
    if (kind == QLatin1String("link")) QVERIFY(QFile::link(other, place_));
  }
  InstanceLink link(place_);
  QCOMPARE(link.handOver({}), InstanceLink::HandOver::nobody);
  QVERIFY(!link.serve());
  QVERIFY(QFileInfo::exists(place_));
}

void TestInstanceLink::doesNotWaitForEverForAServerThatSaysNothing() {
  QLocalServer mute;
  QVERIFY(mute.listen(place_));
  QCOMPARE(handOverFromElsewhere({}), InstanceLink::HandOver::nobody);
}

void TestInstanceLink::answersHostileMessagesWithARefusal_data() {
  QTest::addColumn<QByteArray>("message");
  QTest::newRow("another program's words")
      << QByteArray("GET / HTTP/1.1\r\n\r\nend\n").replace("\r\nend", "\nend");
  QTest::newRow("a malformed endpoint") << QByteArray("sockbench 1\nlisten nonsense\nend\n");
  QTest::newRow("a flood") << QByteArray(LaunchRequest::kMostBytes * 2, 'x');
}

void TestInstanceLink::answersHostileMessagesWithARefusal() {
  QFETCH(const QByteArray, message);
  InstanceLink first(place_);
  QVERIFY(first.serve());
  const QSignalSpy asked(&first, &InstanceLink::requested);
  QLocalSocket guest;
  guest.connectToServer(place_);
  QVERIFY(guest.waitForConnected(2000));
  guest.write(message);
  QTRY_COMPARE(guest.bytesAvailable(), qint64(sizeof "refused"));
  QCOMPARE(guest.readAll(), QByteArray("refused\n"));
  QTRY_COMPARE(guest.state(), QLocalSocket::UnconnectedState);
  QCOMPARE(asked.count(), 0);
}

void TestInstanceLink::turnsAwayMoreTalkersThanItBears() {
  InstanceLink first(place_);
  QVERIFY(first.serve());
  std::vector<std::unique_ptr<QLocalSocket>> guests;
  for (int i = 0; i < InstanceLink::kMostConversations + 3; ++i) {
    guests.push_back(std::make_unique<QLocalSocket>());
    guests.back()->connectToServer(place_);
  }
  const auto turnedAway = [&guests] {
    return std::ranges::count_if(guests,
                                 [](const auto& g) { return g->state() == QLocalSocket::UnconnectedState; });
  };
  QTRY_VERIFY(turnedAway() >= 3);
  // Those that say nothing are sent away in their turn, and the link goes on.
  QTRY_COMPARE_WITH_TIMEOUT(turnedAway(), std::ptrdiff_t(guests.size()), 3 * InstanceLink::kPatienceMs);
  QCOMPARE(handOverFromElsewhere({}), InstanceLink::HandOver::taken);
}

void TestInstanceLink::meetsInAFolderOfThisPersonOnly() {
  const QByteArray before = qgetenv("XDG_RUNTIME_DIR");
  qputenv("XDG_RUNTIME_DIR", QFile::encodeName(folder_->path()));
  QVERIFY(InstanceLink::placeFor(QStringLiteral(":0")).startsWith(folder_->path()));
  QVERIFY(chmod(QFile::encodeName(folder_->path()).constData(), 0777) == 0);
  QVERIFY(!InstanceLink::placeFor(QStringLiteral(":0")).startsWith(folder_->path()));
  qputenv("XDG_RUNTIME_DIR", before);
}

void TestInstanceLink::otherDisplaysAreOtherPlaces() {
  QVERIFY(InstanceLink::placeFor(QStringLiteral(":0")) != InstanceLink::placeFor(QStringLiteral(":1")));
  QCOMPARE(InstanceLink::placeFor(QStringLiteral(":0")), InstanceLink::placeFor(QStringLiteral(":0")));
}

QTEST_GUILESS_MAIN(TestInstanceLink)
#include "tst_instance_link.moc"
