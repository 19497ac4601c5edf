// Captures of a live log: what is in the file, and what happens when the file cannot take it.
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "core/capture/capture.h"
#include "tests/core/capture/block_walk.h"
#include "tests/core/capture/written_rows.h"

using namespace sockbench;
using namespace sockbench::test;

namespace {

std::string contentOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

// Records in a file, each counted once.
std::size_t recordsIn(const WalkedFile& file) {
  std::size_t records = 0;
  for (const WalkedPacket& packet : file.packets) {
    const std::string part = valueOf(packet, "part");
    const bool isFirst = part.empty() || part.starts_with("1/");
    if (!valueOf(packet, "k").empty() && isFirst) ++records;
  }
  return records;
}

}  // namespace

class TestCapture : public QObject {
  Q_OBJECT

 private slots:
  void init();
  void writesRowsAsTheyCome();
  void saysOnlyWhatTheFileHolds();
  void stopWritesTheRest();
  void stopEndsWhileTrafficGoesOn();
  void earlierRowsAreTakenAlong_data();
  void earlierRowsAreTakenAlong();
  void filterChooses();
  void tellsNews();
  void doesNotBegin_data();
  void doesNotBegin();
  void replacesOnlyWhereItMay();
  void noThreadNoFile();
  void endsWhenItsFolderIsRemoved();
  void endsAtTheLimitOfAFilesSize();
  void whatStoodBeforeStays_data();
  void whatStoodBeforeStays();
  void endsWhenTheDeviceIsFull();
  void endsInAFullFileSystem();
  void endsWithItsReader();
  void readerThatTakesNothingHoldsUpNobody();
  void slowReaderHoldsUpNobodyForLong();
  void pipeGetsWhatAFileGets();
  void evictedRowsAreCounted();
  void roomIsOfTheBudgetAsItIs();
  void hookThatWasTakenAwayDoesNotRun();

 private:
  QString path(const char* name = "f.pcapng") const { return folder_->filePath(QString::fromLatin1(name)); }
  std::unique_ptr<Capture> start(CaptureSettings settings = {});
  bool stoppedWith(Capture& capture, int code);
  void useLog(LogLimits limits);

  std::unique_ptr<QTemporaryDir> folder_;
  std::shared_ptr<TrafficLog> log_;
  std::unique_ptr<TrafficWriter> writer_;
  std::unique_ptr<ToldSession> session_;
};

void TestCapture::init() {
  session_.reset();
  writer_.reset();
  folder_ = std::make_unique<QTemporaryDir>();
  log_ = TrafficLog::create();
  writer_ = log_->makeWriter();
  session_ = std::make_unique<ToldSession>(*writer_, 2, "127.0.0.1:1000", "127.0.0.1:40080");
}

std::unique_ptr<Capture> TestCapture::start(CaptureSettings settings) {
  if (settings.path.empty() && settings.descriptor < 0) settings.path = path().toStdString();
  Result<std::unique_ptr<Capture>> capture = Capture::start(log_, std::move(settings));
  return capture ? std::move(*capture) : nullptr;
}

void TestCapture::useLog(LogLimits limits) {
  session_.reset();
  log_ = TrafficLog::create(std::move(limits));
  writer_ = log_->makeWriter();
  session_ = std::make_unique<ToldSession>(*writer_, 2, "127.0.0.1:1000", "127.0.0.1:40080");
}

// It ends by itself, with this errno, and nothing else ends.
bool TestCapture::stoppedWith(Capture& capture, int code) {
  const bool ended = QTest::qWaitFor([&] { return !capture.status().running; }, 20000);
  const Capture::Status status = capture.status();
  const std::uint64_t before = log_->end();
  session_->in("the log goes on");
  writer_->publish();
  return ended && status.error && status.error->isErrno(code) && capture.hasRoom() &&
         log_->end() == before + 1;
}

void TestCapture::writesRowsAsTheyCome() {
  const auto capture = start();
  QVERIFY(capture);
  for (std::uint64_t rows = 1; rows <= 20; ++rows) {
    session_->in("hello");
    writer_->publish();
    QTRY_COMPARE_WITH_TIMEOUT(capture->status().rows, rows, 20000);
    const WalkedFile file = walkBlocks(contentOf(path()));
    QCOMPARE(file.complaint, "");
    QCOMPARE(recordsIn(file), rows);
  }
  QCOMPARE(capture->status().nextRow, 20U);
  QVERIFY(capture->status().running);
}

void TestCapture::saysOnlyWhatTheFileHolds() {
  const auto capture = start();
  QVERIFY(capture);
  std::atomic<bool> over{false};
  std::thread talker([&] {
    for (int i = 0; i < 20000; ++i) {
      session_->in(bytesOf(100)).out("ok");
      if (i % 10 == 0) writer_->publish();
    }
    writer_->publish();
    over = true;
  });
  while (!over) {
    const Capture::Status status = capture->status();
    const std::string content = contentOf(path());
    if (content.size() < status.bytes || recordsIn(walkBlocks(content)) < status.rows) break;
  }
  talker.join();
  QVERIFY(over);
  const Capture::Status last = capture->stop();
  QCOMPARE(last.rows, 40000U);
  QCOMPARE(last.lost, 0U);
  QCOMPARE(contentOf(path()).size(), last.bytes);
  QCOMPARE(walkBlocks(contentOf(path())).packets.size(), last.packets);
}

void TestCapture::stopWritesTheRest() {
  const auto capture = start({.path = path().toStdString(), .flushEvery = std::chrono::hours(1)});
  QVERIFY(capture);
  for (int i = 0; i < 1000; ++i) session_->in("x");
  writer_->publish();
  const Capture::Status status = capture->stop();
  QCOMPARE(status.rows, 1000U);
  QVERIFY(!status.running);
  QVERIFY(!status.error);
  QCOMPARE(recordsIn(walkBlocks(contentOf(path()))), 1000U);
  QCOMPARE(capture->stop().rows, 1000U);
}

// Writers that wait for the capture alone: the log has always more than is written.
void TestCapture::stopEndsWhileTrafficGoesOn() {
  useLog({.budgetBytes = 16 << 20, .blockBytes = 256 << 10});
  const auto capture = start();
  QVERIFY(capture);
  std::atomic<bool> over{false};
  const auto talk = [&](std::uint32_t id) {
    const auto writer = log_->makeWriter();
    auto flow = std::make_shared<Flow>();
    flow->session = SessionId{id};
    flow->transport = Transport::tcp;
    const std::string bytes = bytesOf(500);
    Record record;
    record.session = flow->session;
    record.kind = RecordKind::in;
    record.direction = Direction::in;
    while (!over) {
      if (!capture->hasRoom()) {
        std::this_thread::yield();
        continue;
      }
      writer->append(record, flow, asBytes(bytes));
      writer->publish();
    }
  };
  std::thread one(talk, 3);
  std::thread another(talk, 4);
  const bool began = QTest::qWaitFor([&] { return capture->status().rows > 1000; }, 20000);
  const std::uint64_t before = log_->end();
  std::atomic<bool> stopped{false};
  Capture::Status status;
  std::thread stopper([&] {
    status = capture->stop();
    stopped = true;
  });
  const bool inTime = QTest::qWaitFor([&] { return stopped.load(); }, 20000);
  const std::uint64_t after = log_->end();
  const bool wentOn = QTest::qWaitFor([&] { return log_->end() > after; }, 20000);
  over = true;
  one.join();
  another.join();
  stopper.join();
  QVERIFY(began);
  QVERIFY(inTime);
  QVERIFY(wentOn);
  QVERIFY(!status.error);
  QCOMPARE(status.lost, 0U);
  QVERIFY(status.rows >= before);
  QCOMPARE(status.nextRow, status.rows);
  const WalkedFile file = walkBlocks(contentOf(path()));
  QCOMPARE(file.complaint, "");
  QCOMPARE(recordsIn(file), status.rows);
}

void TestCapture::earlierRowsAreTakenAlong_data() {
  QTest::addColumn<quint64>("from");
  QTest::addColumn<quint64>("rows");
  QTest::newRow("all that the log has") << quint64(0) << quint64(12);
  QTest::newRow("some") << quint64(7) << quint64(5);
  QTest::newRow("from now on") << quint64(10) << quint64(2);
}

void TestCapture::earlierRowsAreTakenAlong() {
  QFETCH(quint64, from);
  QFETCH(quint64, rows);
  for (int i = 0; i < 10; ++i) session_->in("before");
  writer_->publish();
  const auto capture = start({.path = path().toStdString(), .from = from});
  QVERIFY(capture);
  session_->in("after").in("after");
  writer_->publish();
  QCOMPARE(capture->stop().rows, rows);
}

void TestCapture::filterChooses() {
  const auto capture = start({.path = path().toStdString(), .filter = Filter::parse("kind == out").value()});
  QVERIFY(capture);
  for (int i = 0; i < 10; ++i) session_->in("in").out("out").in("in");
  writer_->publish();
  const Capture::Status status = capture->stop();
  QCOMPARE(status.rows, 10U);
  QCOMPARE(status.nextRow, 30U);
  for (const WalkedPacket& packet : walkBlocks(contentOf(path())).packets)
    QCOMPARE(valueOf(packet, "k"), "out");
}

void TestCapture::tellsNews() {
  std::atomic<int> news{0};
  auto capture = Capture::start(log_, {.path = path().toStdString()}, [&] { ++news; });
  QVERIFY(capture);
  session_->in("x");
  writer_->publish();
  QTRY_VERIFY_WITH_TIMEOUT(news > 0, 20000);
  const int before = news;
  (*capture)->stop();
  QVERIFY(news > before);
}

void TestCapture::doesNotBegin_data() {
  QTest::addColumn<QString>("name");
  QTest::addColumn<int>("code");
  QTest::newRow("no folder") << QStringLiteral("nowhere/f.pcapng") << ENOENT;
  QTest::newRow("a folder of that name") << QStringLiteral("folder") << EISDIR;
  QTest::newRow("a file for a folder") << QStringLiteral("file/f.pcapng") << ENOTDIR;
  QTest::newRow("a FIFO that nobody reads") << QStringLiteral("fifo") << ENXIO;
  QTest::newRow("a read-only place") << QStringLiteral("locked/f.pcapng") << EACCES;
}

void TestCapture::doesNotBegin() {
  QFETCH(QString, name);
  QFETCH(int, code);
  if (code == EACCES && ::geteuid() == 0) QSKIP("root may write anywhere");
  QVERIFY(QDir(folder_->path()).mkdir(QStringLiteral("folder")));
  QFile file(path("file"));
  QVERIFY(file.open(QIODevice::WriteOnly));
  QCOMPARE(::mkfifo(path("fifo").toUtf8().constData(), 0600), 0);
  QCOMPARE(::mkdir(path("locked").toUtf8().constData(), 0500), 0);
  const auto capture = Capture::start(log_, {.path = folder_->filePath(name).toStdString(), .replace = true});
  QVERIFY(!capture);
  QCOMPARE(capture.error().symbol(), errnoSymbol(code));
  QCOMPARE(capture.error().op, Operation::open);
}

void TestCapture::replacesOnlyWhereItMay() {
  QFile file(path());
  QVERIFY(file.open(QIODevice::WriteOnly));
  file.write(QByteArray(100'000, 'x'));
  file.close();
  const auto refused = Capture::start(log_, {.path = path().toStdString()});
  QVERIFY(!refused);
  QVERIFY(refused.error().isErrno(EEXIST));
  QCOMPARE(file.size(), 100'000);
  const auto capture = start({.path = path().toStdString(), .replace = true});
  QVERIFY(capture);
  capture->stop();
  QCOMPARE(walkBlocks(contentOf(path())).complaint, "");
}

// A stack larger than the address space: there can be no thread.
void TestCapture::noThreadNoFile() {
  QFile old(path("old"));
  QVERIFY(old.open(QIODevice::WriteOnly));
  old.write("old");
  old.close();
  pthread_attr_t before;
  pthread_attr_t huge;
  QCOMPARE(::pthread_getattr_default_np(&before), 0);
  QCOMPARE(::pthread_getattr_default_np(&huge), 0);
  QCOMPARE(::pthread_attr_setstacksize(&huge, std::size_t{1} << 47), 0);
  QCOMPARE(::pthread_setattr_default_np(&huge), 0);
  const auto capture = Capture::start(log_, {.path = path().toStdString()});
  const auto replacing = Capture::start(log_, {.path = path("old").toStdString(), .replace = true});
  QCOMPARE(::pthread_setattr_default_np(&before), 0);
  ::pthread_attr_destroy(&huge);
  ::pthread_attr_destroy(&before);
  QVERIFY(!capture);
  QVERIFY(!replacing);
  QCOMPARE(capture.error().symbol(), "EAGAIN");
  QCOMPARE(capture.error().op, Operation::open);
  QCOMPARE(capture.error().subject, path().toStdString());
  QVERIFY(!QFile::exists(path()));
  QCOMPARE(contentOf(path("old")), "old");
}

void TestCapture::endsWhenItsFolderIsRemoved() {
  QVERIFY(QDir(folder_->path()).mkdir(QStringLiteral("gone")));
  const auto capture = start({.path = path("gone/f.pcapng").toStdString()});
  QVERIFY(capture);
  session_->in("x");
  writer_->publish();
  QTRY_COMPARE_WITH_TIMEOUT(capture->status().rows, 1U, 20000);
  QVERIFY(QDir(path("gone")).removeRecursively());
  QVERIFY(stoppedWith(*capture, ENOENT));
  QVERIFY(capture->status().error->message().find("removed") != std::string::npos);
}

void TestCapture::endsAtTheLimitOfAFilesSize() {
  rlimit before{};
  QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
  rlimit small = before;
  small.rlim_cur = 100'000;
  const auto capture = start();
  QVERIFY(capture);
  QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
  for (int i = 0; i < 1000; ++i) session_->in(bytesOf(1000));
  writer_->publish();
  const bool stopped = stoppedWith(*capture, EFBIG);
  QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
  QVERIFY(stopped);
  const std::string content = contentOf(path());
  QVERIFY(content.size() <= 100'000);
  const WalkedFile file = walkBlocks(content);
  QCOMPARE(file.complaint, "");
  QCOMPARE(file.left, 0U);
  QCOMPARE(recordsIn(file), capture->status().rows);
  QVERIFY(capture->status().rows > 0);
}

void TestCapture::whatStoodBeforeStays_data() {
  QTest::addColumn<int>("flags");
  QTest::newRow("opened to append") << int(O_APPEND);
  QTest::newRow("written to already") << 0;
}

void TestCapture::whatStoodBeforeStays() {
  QFETCH(int, flags);
  const std::string old = bytesOf(50'000);
  const int descriptor =
      ::open(path().toUtf8().constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | flags, 0600);
  QVERIFY(descriptor >= 0);
  QCOMPARE(::write(descriptor, old.data(), old.size()), static_cast<ssize_t>(old.size()));
  if (flags == O_APPEND) QCOMPARE(::lseek(descriptor, 0, SEEK_SET), off_t{0});
  const auto capture = start({.path = "standard output", .descriptor = descriptor});
  QVERIFY(capture);
  rlimit before{};
  QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
  rlimit small = before;
  small.rlim_cur = 100'000;
  QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
  for (int i = 0; i < 1000; ++i) session_->in(bytesOf(1000));
  writer_->publish();
  const bool stopped = stoppedWith(*capture, EFBIG);
  QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
  QVERIFY(stopped);
  const std::string content = contentOf(path());
  const Capture::Status status = capture->status();
  QVERIFY(status.rows > 0);
  QCOMPARE(content.size(), old.size() + status.bytes);
  QVERIFY(content.starts_with(old));
  const WalkedFile file = walkBlocks(content.substr(old.size()));
  QCOMPARE(file.complaint, "");
  QCOMPARE(file.left, 0U);
  QCOMPARE(recordsIn(file), status.rows);
}

void TestCapture::endsWhenTheDeviceIsFull() {
  const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
  if (full < 0) QSKIP("there is no /dev/full");
  const auto capture = start({.path = "/dev/full", .descriptor = full});
  QVERIFY(capture);
  QVERIFY(stoppedWith(*capture, ENOSPC));
  QCOMPARE(capture->status().error->subject, "/dev/full");
  QCOMPARE(capture->status().rows, 0U);
}

// A file system of 1 MiB, which only this thread and the capture's see.
void TestCapture::endsInAFullFileSystem() {
  QString missing;
  std::string content;
  std::unique_ptr<Capture> capture;
  bool stopped = false;
  std::thread inside([&] {
    const QByteArray place = folder_->path().toUtf8();
    if (::unshare(CLONE_NEWNS) != 0 || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        ::mount("tmpfs", place.constData(), "tmpfs", 0, "size=1m") != 0) {
      missing = QStringLiteral("no right to mount a file system: ") + QString::fromLocal8Bit(strerror(errno));
      return;
    }
    capture = start();
    if (!capture) return;
    for (int i = 0; i < 3000; ++i) session_->in(bytesOf(1000));
    writer_->publish();
    stopped = QTest::qWaitFor([&] { return !capture->status().running; }, 20000);
    content = contentOf(path());
  });
  inside.join();
  if (!missing.isEmpty()) QSKIP(qPrintable(missing));
  QVERIFY(capture);
  QVERIFY(stopped);
  QVERIFY(stoppedWith(*capture, ENOSPC));
  const WalkedFile file = walkBlocks(content);
  QCOMPARE(file.complaint, "");
  QCOMPARE(file.left, 0U);
  QCOMPARE(recordsIn(file), capture->status().rows);
  QVERIFY(capture->status().rows > 100);
}

void TestCapture::endsWithItsReader() {
  int ends[2];
  QCOMPARE(::pipe2(ends, O_CLOEXEC), 0);
  const auto capture = start({.path = {}, .descriptor = ends[1]});
  QVERIFY(capture);
  ::close(ends[0]);
  session_->in("x");
  writer_->publish();
  QVERIFY(stoppedWith(*capture, EPIPE));
}

void TestCapture::readerThatTakesNothingHoldsUpNobody() {
  int ends[2];
  QCOMPARE(::pipe2(ends, O_CLOEXEC), 0);
  const auto capture = start({.path = "the pipe", .descriptor = ends[1]});
  QVERIFY(capture);
  const std::string much = bytesOf(1 << 20);
  for (int i = 0; i < 100; ++i) {
    session_->in(much);
    writer_->publish();
    QVERIFY(capture->hasRoom());
  }
  const Capture::Status status = capture->stop();
  ::close(ends[0]);
  QVERIFY(status.error);
  QVERIFY(status.error->isErrno(ETIMEDOUT));
}

// It always makes some progress, and would need half an hour.
void TestCapture::slowReaderHoldsUpNobodyForLong() {
  int ends[2];
  QCOMPARE(::pipe2(ends, O_CLOEXEC), 0);
  const auto capture = start({.path = "the pipe", .descriptor = ends[1]});
  QVERIFY(capture);
  const std::string much = bytesOf(1 << 20);
  for (int i = 0; i < 100; ++i) session_->in(much);
  writer_->publish();
  std::atomic<bool> over{false};
  std::thread reader([&] {
    char buffer[4096];
    while (!over && ::read(ends[0], buffer, sizeof buffer) > 0) ::poll(nullptr, 0, 50);
  });
  std::atomic<bool> stopped{false};
  Capture::Status status;
  std::thread stopper([&] {
    status = capture->stop();
    stopped = true;
  });
  const bool inTime = QTest::qWaitFor([&] { return stopped.load(); }, 30000);
  over = true;
  reader.join();
  ::close(ends[0]);
  stopper.join();
  QVERIFY(inTime);
  QVERIFY(status.error);
  QVERIFY(status.error->isErrno(ETIMEDOUT));
}

void TestCapture::pipeGetsWhatAFileGets() {
  int ends[2];
  QCOMPARE(::pipe2(ends, O_CLOEXEC), 0);
  std::string read;
  std::thread reader([&] {
    char buffer[5000];
    for (ssize_t got = 0; (got = ::read(ends[0], buffer, sizeof buffer)) > 0;)
      read.append(buffer, static_cast<std::size_t>(got));
    ::close(ends[0]);
  });
  auto capture = start({.path = "the pipe", .descriptor = ends[1]});
  const auto beside = start({.path = path().toStdString()});
  for (int i = 0; i < 300; ++i) session_->in(bytesOf(10'000));
  writer_->publish();
  const bool began = capture && beside;
  const Capture::Status status = began ? capture->stop() : Capture::Status();
  capture.reset();
  reader.join();
  QVERIFY(began);
  beside->stop();
  QVERIFY(!status.error);
  QCOMPARE(status.rows, 300U);
  QCOMPARE(read.size(), contentOf(path()).size());
  QVERIFY(read == contentOf(path()));
}

void TestCapture::evictedRowsAreCounted() {
  useLog({.budgetBytes = 4 << 20, .blockBytes = 256 << 10});
  const auto capture = start({.path = path().toStdString(), .flushEvery = std::chrono::hours(1)});
  QVERIFY(capture);
  for (int i = 0; i < 1000; ++i) session_->in(bytesOf(50'000));
  writer_->publish();
  QVERIFY(log_->first() > 0);
  const Capture::Status status = capture->stop();
  QVERIFY(status.lost > 0);
  QCOMPARE(status.rows + status.lost, 1000U);
  std::uint64_t told = 0;
  for (const WalkedPacket& packet : walkBlocks(contentOf(path())).packets) told += packet.dropCount;
  QCOMPARE(told, status.lost);
}

// Less than what wakes the capture by itself: it sleeps on until somebody is refused.
void TestCapture::roomIsOfTheBudgetAsItIs() {
  useLog({.budgetBytes = 64 << 20, .blockBytes = 256 << 10, .chunkRecords = 1024});
  const auto capture = start({.path = path().toStdString(), .flushEvery = std::chrono::hours(1)});
  QVERIFY(capture);
  for (int i = 0; i < 18; ++i) session_->in(bytesOf(50'000));
  writer_->publish();
  QVERIFY(capture->hasRoom());
  log_->setBudget(3 << 20);
  QVERIFY(!capture->hasRoom());
  QTRY_VERIFY_WITH_TIMEOUT(capture->hasRoom(), 20000);
}

void TestCapture::hookThatWasTakenAwayDoesNotRun() {
  useLog({.budgetBytes = 3 << 20, .blockBytes = 256 << 10, .chunkRecords = 1024});
  const auto capture = start({.path = path().toStdString(), .flushEvery = std::chrono::hours(1)});
  QVERIFY(capture);
  std::atomic<bool> began{false};
  std::atomic<bool> isTaken{false};
  std::atomic<bool> ended{false};
  capture->setCaughtUpHook([&] {
    began = true;
    for (int i = 0; i < 1000 && !isTaken; ++i) ::poll(nullptr, 0, 10);
    ::poll(nullptr, 0, 50);  // room for who would not wait to come back
    ended = true;
  });
  for (int i = 0; i < 18; ++i) session_->in(bytesOf(50'000));
  writer_->publish();
  const bool isRefused = !capture->hasRoom();
  const bool isCalled = QTest::qWaitFor([&] { return began.load(); }, 20000);
  isTaken = true;
  capture->setCaughtUpHook({});
  const bool hasEnded = ended;
  capture->stop();
  QVERIFY(isRefused);
  QVERIFY(isCalled);
  QVERIFY(hasEnded);
}

QTEST_GUILESS_MAIN(TestCapture)
#include "tst_capture.moc"
