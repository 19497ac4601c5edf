#include <sched.h>
#include <sys/mount.h>

#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <random>
#include <thread>

#include "tests/core/traffic/log_rows.h"

using namespace sockbench;

namespace {

constexpr LogLimits kSmall{.budgetBytes = 512 << 10, .blockBytes = 8 << 10, .chunkRecords = 256};

bool waitUntil(auto&& holds) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  // Asked anew it might say no: log-io goes on meanwhile.
  for (; !holds(); std::this_thread::yield()) {
    if (std::chrono::steady_clock::now() >= deadline) return false;
  }
  return true;
}

LogLimits spilling(const QTemporaryDir& folder, std::uint64_t bytes) {
  LogLimits limits = kSmall;
  limits.spillBytes = bytes;
  limits.spillFolder = folder.path().toStdString();
  return limits;
}

// Rows [from, to), published as a worker would who asks for room before it receives.
bool fill(TrafficLog& log, std::uint64_t from, std::uint64_t to, std::size_t length) {
  const auto writer = log.makeWriter();
  const FlowPtr flow = rows::makeFlow(1);
  for (std::uint64_t i = from; i < to; ++i) {
    rows::append(*writer, flow, i, length);
    if (i % 8 != 7) continue;
    writer->publish();
    if (!waitUntil([&log] { return log.hasRoom(); })) return false;
  }
  return true;
}

bool areWhole(const TrafficLog& log, std::uint64_t first, std::size_t length) {
  std::uint64_t next = first;
  for (LogSlab slab = log.slab(0); !slab.empty(); slab = log.slab(slab.end())) {
    if (slab.first() != next) return false;
    for (std::size_t i = 0; i < slab.size(); ++i) {
      const LogRow row = rows::rowOf(slab, i);
      if (row.record.value != row.number || !rows::isWhole(row, length)) return false;
    }
    next = slab.end();
  }
  std::vector<LogRow> all;
  log.read(0, ~std::size_t{0}, all);
  for (const LogRow& row : all) {
    if (row.record.value != row.number || !rows::isWhole(row, length)) return false;
  }
  return next == log.end() && first + all.size() == log.end();
}

// Whether rows [first(), end()) are there and whole, by read() and by slab(), their value being their number.
// log-io may be at work on the last of them still, and the oldest leave the disk for it.
bool allWhole(const TrafficLog& log, std::size_t length) {
  return waitUntil([&] {
    const std::uint64_t first = log.first();
    const bool whole = areWhole(log, first, length);
    return log.first() == first && whole;
  });
}

// The row first() by each way there is. It may leave the disk between two looks.
bool readsItsFirst(const TrafficLog& log) {
  return waitUntil([&] {
    const std::uint64_t first = log.first();
    const std::optional<LogRow> row = log.read(first);
    const LogSlab slab = log.slab(first);
    return log.first() == first && row && row->record.value == first && !slab.empty() &&
           slab.first() == first;
  });
}

bool sameRow(const LogRow& a, const LogRow& b) {
  const Record& x = a.record;
  const Record& y = b.record;
  const bool fields = a.number == b.number && x.time == y.time && x.value == y.value &&
                      x.session == y.session && x.length == y.length && x.kind == y.kind &&
                      x.direction == y.direction && x.by == y.by && x.flags == y.flags;
  const bool flows = a.flow && b.flow ? a.flow->session == b.flow->session && a.flow->parent == b.flow->parent
                                      : !a.flow && !b.flow;
  return fields && flows && std::ranges::equal(a.payload.bytes, b.payload.bytes);
}

}  // namespace

class TestLogSpill : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void readsLikeALogOfUnlimitedMemory_data();
  void readsLikeALogOfUnlimitedMemory();
  void theOldestRowsLeaveTheDiskWhenItIsFull();
  void newSettingsOfAFullDisk_data();
  void newSettingsOfAFullDisk();
  void aSlabOnDiskSurvivesClearingAndTheLog();
  void clearingForgetsWhatIsOnDisk();
  void turnedOffItEvictsWhatIsOnDiskAlone();
  void flowsOnDiskStayWithinTheBudget();
  void folderThatWillNotDo_data();
  void folderThatWillNotDo();
  void fullDiskStopsItAndTheLogGoesOn();
  void aReadOnlyPlaceIsTold();
  void lessMemoryAtRunTime_data();
  void lessMemoryAtRunTime();
  void notesGoWithTheirRows();

 private:
  // A mount namespace of this thread's own, and of those that it starts.
  bool isolateMounts();
  bool isolated_ = false;
};

bool TestLogSpill::isolateMounts() {
  if (isolated_) return true;
  isolated_ =
      ::unshare(CLONE_NEWNS) == 0 && ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
  return isolated_;
}

void TestLogSpill::readsLikeALogOfUnlimitedMemory_data() {
  QTest::addColumn<int>("longest");
  QTest::addColumn<int>("count");
  QTest::newRow("small rows") << 60 << 40'000;
  QTest::newRow("rows up to a block") << (8 << 10) << 4'000;
  QTest::newRow("no payload") << 0 << 100'000;
}

void TestLogSpill::readsLikeALogOfUnlimitedMemory() {
  QFETCH(int, longest);
  QFETCH(int, count);
  const QTemporaryDir folder;
  LogLimits limits = spilling(folder, 256 << 20);
  limits.budgetBytes = 2 << 20;  // the flows on disk have a quarter of it
  limits.chunkRecords = 1024;
  const auto small = TrafficLog::create(limits);
  const auto large = TrafficLog::create({.budgetBytes = 1 << 30});
  const std::array logs{small, large};
  std::mt19937 chance(3);
  const auto below = [&chance](std::size_t limit) { return static_cast<std::size_t>(chance() % limit); };
  std::array<std::vector<FlowPtr>, 2> flows;
  for (std::uint32_t i = 0; i < 30; ++i) {
    for (auto& own : flows) own.push_back(i == 0 ? FlowPtr{} : rows::makeFlow(i));
  }
  const std::array writers{small->makeWriter(), large->makeWriter()};
  for (int i = 0; i < count; ++i) {
    Record record = rows::record(1, static_cast<std::uint64_t>(i));
    record.flags = static_cast<std::uint8_t>(below(8));
    record.kind = static_cast<RecordKind>(below(16));
    record.by = static_cast<Party>(below(3));
    const std::size_t flow = below(30);
    const std::size_t length = below(static_cast<std::size_t>(longest) + 1);
    const std::uint64_t older = below(std::max<std::size_t>(small->end(), 1));
    const std::size_t how = below(20);
    for (std::size_t l = 0; l < 2; ++l) {
      const std::optional<LogRow> row = how == 0 ? logs[l]->read(older) : std::nullopt;
      if (row)
        writers[l]->appendShared(record, flows[l][flow], row->payload);
      else if (how == 1)
        writers[l]->appendEvent(record, flows[l][flow], {.text = "an event", .error = {}});
      else
        writers[l]->append(record, flows[l][flow], rows::payload(1, record.value, length));
      if (i % 4 == 3) writers[l]->publish();
    }
    if (i % 100 == 0) flows[0][flow] = flows[1][flow] = nullptr;
    if (flow > 0 && !flows[0][flow]) {
      for (auto& own : flows) own[flow] = rows::makeFlow(static_cast<std::uint32_t>(i));
    }
    QVERIFY(waitUntil([&small] { return small->hasRoom(); }));
  }
  for (const auto& writer : writers) writer->publish();
  QCOMPARE(small->end(), large->end());
  QCOMPARE(small->first(), 0U);
  QCOMPARE(small->evicted(), 0U);
  QVERIFY(small->spillStatus().rows > 0 && !small->spillStatus().error);
  QVERIFY(small->bytesUsed() <= small->budget() + 64 * 1024);
  std::vector<LogRow> ours;
  std::vector<LogRow> theirs;
  small->read(0, ~std::size_t{0}, ours);
  large->read(0, ~std::size_t{0}, theirs);
  QCOMPARE(ours.size(), theirs.size());
  for (std::size_t i = 0; i < ours.size(); ++i)
    QVERIFY2(sameRow(ours[i], theirs[i]), qPrintable(QString::number(i)));
  for (LogSlab slab = small->slab(0, 333); !slab.empty(); slab = small->slab(slab.end(), 333)) {
    for (std::size_t i = 0; i < slab.size(); ++i)
      QVERIFY(sameRow(rows::rowOf(slab, i), theirs[static_cast<std::size_t>(slab.first()) + i]));
  }
  QVERIFY(QDir(folder.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot));
}

void TestLogSpill::theOldestRowsLeaveTheDiskWhenItIsFull() {
  const QTemporaryDir folder;
  const auto log = TrafficLog::create(spilling(folder, 1 << 20));
  QVERIFY(fill(*log, 0, 60'000, 64));
  const SpillStatus status = log->spillStatus();
  QCOMPARE(status.limit, std::uint64_t{1 << 20});
  QVERIFY(status.bytes <= status.limit && status.bytes > status.limit / 2);
  QVERIFY(log->first() > 0);
  QVERIFY(waitUntil([&log] { return log->evicted() == log->first(); }));
  QCOMPARE(log->end(), 60'000U);
  QCOMPARE(status.rowsLost, 0U);
  QVERIFY(allWhole(*log, 64));
  // More than memory alone would keep.
  QVERIFY((log->end() - log->first()) * 104 > kSmall.budgetBytes * 2);
  log->setSpill(256 << 10, folder.path().toStdString());
  QVERIFY(log->spillStatus().bytes <= 256 << 10);
  QVERIFY(waitUntil([&log] { return log->evicted() == log->first(); }));
  QVERIFY(allWhole(*log, 64));
}

void TestLogSpill::newSettingsOfAFullDisk_data() {
  QTest::addColumn<QString>("place");
  QTest::addColumn<int>("lower");
  QTest::newRow("the same ones") << QString() << 0;
  QTest::newRow("a lower limit") << QString() << 40;
  QTest::newRow("another folder") << QStringLiteral("other") << 0;
  QTest::newRow("a folder that will not do") << QStringLiteral("missing") << 0;
  QTest::newRow("a lower limit in one that will not do") << QStringLiteral("missing") << 40;
}

// They make room for a segment before a row is written: the rows that go for it are gone for readers, too.
void TestLogSpill::newSettingsOfAFullDisk() {
  QFETCH(QString, place);
  QFETCH(int, lower);
  const QTemporaryDir folder;
  QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("other")));
  const bool willDo = place != QLatin1String("missing");
  for (int limit = 200; limit <= 1100; limit += 60) {
    const auto log = TrafficLog::create(spilling(folder, static_cast<std::uint64_t>(limit) << 10));
    QVERIFY(fill(*log, 0, 20'000, 64));
    log->setSpill(static_cast<std::uint64_t>(limit - lower) << 10, folder.filePath(place).toStdString());
    if (willDo)
      QVERIFY(allWhole(*log, 64));
    else
      QVERIFY(waitUntil([&log] { return log->spillStatus().error.has_value(); }));
    QVERIFY2(readsItsFirst(*log) && allWhole(*log, 64), qPrintable(QString::number(limit)));
    QVERIFY(waitUntil([&log] { return log->evicted() == log->first(); }));
    QVERIFY(fill(*log, 20'000, 22'000, 64));
    QVERIFY2(readsItsFirst(*log) && allWhole(*log, 64), qPrintable(QString::number(limit)));
    QCOMPARE(!log->spillStatus().error, willDo);
  }
}

void TestLogSpill::aSlabOnDiskSurvivesClearingAndTheLog() {
  const QTemporaryDir folder;
  auto log = TrafficLog::create(spilling(folder, 64 << 20));
  QVERIFY(fill(*log, 0, 20'000, 64));
  const LogSlab slab = log->slab(0);
  const LogRow row = *log->read(1);
  const PinnedBytes pinned = slab.pinned(slab.records()[2]);
  QVERIFY(row.payload.onDisk && pinned.onDisk);
  log->clear();
  log.reset();
  QVERIFY(slab.size() > 10);
  for (std::size_t i = 0; i < slab.size(); ++i) QVERIFY(rows::isWhole(rows::rowOf(slab, i), 64));
  QVERIFY(rows::isWhole(row, 64));
  QVERIFY(std::ranges::equal(pinned.bytes, rows::payload(1, 2, 64)));
}

void TestLogSpill::clearingForgetsWhatIsOnDisk() {
  const QTemporaryDir folder;
  const auto log = TrafficLog::create(spilling(folder, 64 << 20));
  QVERIFY(fill(*log, 0, 20'000, 64));
  log->clear();
  QCOMPARE(log->first(), 20'000U);
  QCOMPARE(log->spillStatus().rows, 0U);
  QCOMPARE(log->spillStatus().bytes, 0U);
  QVERIFY(!log->read(0) && log->slab(0).empty());
  QVERIFY(fill(*log, 20'000, 40'000, 64));
  QCOMPARE(log->first(), 20'000U);
  QCOMPARE(log->evicted(), 0U);
  QVERIFY(log->spillStatus().rows > 0);
  QVERIFY(allWhole(*log, 64));
}

void TestLogSpill::turnedOffItEvictsWhatIsOnDiskAlone() {
  const QTemporaryDir folder;
  const auto log = TrafficLog::create(kSmall);
  QVERIFY(fill(*log, 0, 20'000, 64));
  const std::uint64_t before = log->first();
  QVERIFY(before > 0);
  log->setSpill(64 << 20, folder.path().toStdString());
  QVERIFY(fill(*log, 20'000, 40'000, 64));
  QCOMPARE(log->first(), before);
  log->setSpill(0, {});
  QVERIFY(log->first() > 20'000);
  QVERIFY(waitUntil([&log] { return log->evicted() == log->first(); }));
  QCOMPARE(log->spillStatus().limit, 0U);
  QCOMPARE(log->spillStatus().rows, 0U);
  QVERIFY(allWhole(*log, 64));
  QVERIFY(fill(*log, 40'000, 60'000, 64));
  QVERIFY(waitUntil([&log] { return log->evicted() == log->first(); }));
  QVERIFY(allWhole(*log, 64));
}

void TestLogSpill::flowsOnDiskStayWithinTheBudget() {
  const QTemporaryDir folder;
  const auto log = TrafficLog::create(spilling(folder, 64 << 20));
  const auto writer = log->makeWriter();
  std::size_t most = 0;
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    rows::append(*writer, rows::makeFlow(static_cast<std::uint32_t>(i + 1)), i, 4);
    if (i % 8 != 7) continue;
    writer->publish();
    most = std::max(most, log->bytesUsed());
    QVERIFY(waitUntil([&log] { return log->hasRoom(); }));
  }
  // One segment's worth of flows may stand over it for a moment.
  QVERIFY2(most <= log->budget() * 2, qPrintable(QString::number(most)));
  QVERIFY(waitUntil([&log] { return log->evicted() == log->first(); }));
  QVERIFY(log->first() > 0);
  QVERIFY(waitUntil([&log] { return rows::isConsistent(*log); }));
}

void TestLogSpill::folderThatWillNotDo_data() {
  QTest::addColumn<QString>("place");
  QTest::addColumn<int>("error");
  QTest::newRow("not there") << QStringLiteral("missing") << ENOENT;
  QTest::newRow("a file") << QStringLiteral("file") << ENOTDIR;
}

// It is told before a row has to go there, and another folder is a new beginning.
void TestLogSpill::folderThatWillNotDo() {
  QFETCH(QString, place);
  QFETCH(int, error);
  const QTemporaryDir folder;
  QFile file(folder.filePath(QStringLiteral("file")));
  QVERIFY(file.open(QFile::WriteOnly));
  const auto log = TrafficLog::create(kSmall);
  int wakes = 0;
  log->setWakeHook([&wakes] { ++wakes; });
  log->setSpill(64 << 20, folder.filePath(place).toStdString());
  QVERIFY(waitUntil([&log] { return log->spillStatus().error.has_value(); }));
  const Error told = *log->spillStatus().error;
  QVERIFY2(told.isErrno(error), told.line().c_str());
  QCOMPARE(told.op, Operation::open);
  QCOMPARE(told.subject, folder.filePath(place).toStdString());
  QVERIFY(fill(*log, 0, 20'000, 64));
  QVERIFY(log->first() > 0 && log->hasRoom());
  QVERIFY(waitUntil([&log] { return log->evicted() == log->first(); }));
  QVERIFY(waitUntil([&log] { return log->spillStatus().rowsLost == log->evicted(); }));
  QVERIFY(allWhole(*log, 64));
  log->setSpill(64 << 20, folder.path().toStdString());
  const std::uint64_t before = log->first();
  QVERIFY(fill(*log, 20'000, 40'000, 64));
  QVERIFY(!log->spillStatus().error);
  QVERIFY(log->spillStatus().rows > 0);
  QCOMPARE(log->first(), before);
  QVERIFY(allWhole(*log, 64));
}

void TestLogSpill::fullDiskStopsItAndTheLogGoesOn() {
  if (!isolateMounts()) QSKIP("a file system of its own needs CAP_SYS_ADMIN");
  const QTemporaryDir folder;
  const QByteArray place = folder.path().toLocal8Bit();
  if (::mount("tmpfs", place.constData(), "tmpfs", 0, "size=1m") != 0) QSKIP("no tmpfs can be mounted here");
  auto log = TrafficLog::create(spilling(folder, 64 << 20));
  const bool filled = fill(*log, 0, 60'000, 64);
  const SpillStatus status = log->spillStatus();
  const bool consistent = allWhole(*log, 64) && log->evicted() == log->first();
  const std::uint64_t kept = log->end() - log->first();
  log.reset();
  QCOMPARE(::umount2(place.constData(), MNT_DETACH), 0);
  QVERIFY(filled && consistent);
  QVERIFY(status.error && status.error->isErrno(ENOSPC));
  QCOMPARE(status.error->op, Operation::write);
  QVERIFY(status.rowsLost > 0);
  QVERIFY(kept > 1'000 && kept < 60'000);
}

void TestLogSpill::aReadOnlyPlaceIsTold() {
  if (!isolateMounts()) QSKIP("a file system of its own needs CAP_SYS_ADMIN");
  const QTemporaryDir folder;
  const QByteArray place = folder.path().toLocal8Bit();
  if (::mount("tmpfs", place.constData(), "tmpfs", MS_RDONLY, "size=1m") != 0)
    QSKIP("no tmpfs can be mounted here");
  auto log = TrafficLog::create(spilling(folder, 64 << 20));
  const bool told = waitUntil([&log] { return log->spillStatus().error.has_value(); });
  const SpillStatus status = log->spillStatus();
  log.reset();
  QCOMPARE(::umount2(place.constData(), MNT_DETACH), 0);
  QVERIFY(told);
  QVERIFY2(status.error->isErrno(EROFS), status.error->line().c_str());
}

void TestLogSpill::lessMemoryAtRunTime_data() {
  QTest::addColumn<bool>("spill");
  QTest::newRow("rows are evicted") << false;
  QTest::newRow("rows go to the disk") << true;
}

void TestLogSpill::lessMemoryAtRunTime() {
  QFETCH(bool, spill);
  const QTemporaryDir folder;
  LogLimits limits = spilling(folder, spill ? 64 << 20 : 0);
  limits.budgetBytes = 4 << 20;
  const auto log = TrafficLog::create(limits);
  QVERIFY(fill(*log, 0, 30'000, 64));
  QCOMPARE(log->first(), 0U);
  log->setBudget(1 << 20);
  QCOMPARE(log->budget(), std::size_t{1 << 20});
  QVERIFY(fill(*log, 30'000, 60'000, 64));
  // What is on its way to the disk is held a moment longer.
  QVERIFY2(waitUntil([&log] { return log->bytesUsed() <= log->budget(); }),
           qPrintable(QString::number(log->bytesUsed())));
  QVERIFY(waitUntil([&log] { return log->evicted() == log->first(); }));
  QCOMPARE(log->first() == 0, spill);
  QVERIFY(allWhole(*log, 64));
  log->setBudget(8 << 20);
  const std::uint64_t before = log->first();
  QVERIFY(fill(*log, 60'000, 90'000, 64));
  QCOMPARE(log->first(), before);
  QVERIFY(log->bytesUsed() > 2 << 20);
  QVERIFY(allWhole(*log, 64));
}

void TestLogSpill::notesGoWithTheirRows() {
  const auto log = TrafficLog::create(kSmall);
  QVERIFY(fill(*log, 0, 100, 64));
  log->notes().setMarked(10, true);
  log->notes().setMarked(99, true);
  log->clear();
  QVERIFY(!log->notes().isMarked(10) && !log->notes().isMarked(99));
  log->notes().setMarked(100, true);
  QVERIFY(fill(*log, 100, 20'000, 64));
  log->notes().setMarked(19'999, true);
  QVERIFY(log->first() > 100);
  QVERIFY(!log->notes().isMarked(100));
  QVERIFY(log->notes().isMarked(19'999));
}

QTEST_APPLESS_MAIN(TestLogSpill)
#include "tst_log_spill.moc"
