#include <QTemporaryDir>
#include <QTest>
#include <array>
#include <atomic>
#include <thread>

#include "tests/core/traffic/log_rows.h"

using namespace sockbench;

namespace {

constexpr std::uint32_t kWriters = 2;
constexpr std::uint64_t kRowsPerWriter = 30'000;
constexpr std::uint64_t kAllRows = kWriters * kRowsPerWriter;

std::size_t lengthOf(std::uint64_t sequence) {
  return static_cast<std::size_t>(sequence * 37 % 300);
}

// `waits`: it asks for room before it goes on, as a session does.
void write(TrafficLog& log, std::uint32_t session, bool waits) {
  const auto writer = log.makeWriter();
  FlowPtr flow = rows::makeFlow(session);
  for (std::uint64_t i = 0; i < kRowsPerWriter; ++i) {
    if (i % 5'000 == 99) flow = std::make_shared<Flow>(*flow);
    rows::append(*writer, flow, i, lengthOf(i));
    if (i % 8 != 7) continue;
    writer->publish();
    while (waits && !log.hasRoom()) std::this_thread::yield();
  }
}

bool isWhole(const LogRow& row) {
  return rows::isWhole(row, lengthOf(row.record.value));
}

// Walks through the log until it has seen the last row; what was wrong.
QString walk(const TrafficLog& log, bool bySlabs) {
  for (std::uint64_t next = 0; next < kAllRows;) {
    std::vector<LogRow> some;
    const LogSlab slab = bySlabs ? log.slab(next, 500) : LogSlab();
    for (std::size_t i = 0; i < slab.size(); ++i) some.push_back(rows::rowOf(slab, i));
    if (!bySlabs) log.read(std::max(next, log.first()), 500, some);
    if (some.empty() && log.first() == kAllRows) break;  // cleared to the last
    if (some.empty()) std::this_thread::yield();
    for (const LogRow& row : some) {
      if (row.number < next || !isWhole(row)) return QStringLiteral("row %1 is torn").arg(row.number);
      next = row.number + 1;
    }
  }
  return {};
}

}  // namespace

class TestLogSpillThreads : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void noRowIsTornOnItsWayToTheDisk_data();
  void noRowIsTornOnItsWayToTheDisk();
  void whoWaitsForRoomIsCalled();
};

void TestLogSpillThreads::noRowIsTornOnItsWayToTheDisk_data() {
  QTest::addColumn<bool>("waits");
  QTest::addColumn<bool>("disturbed");
  QTest::newRow("writers wait for room") << true << false;
  QTest::newRow("writers outrun the disk") << false << false;
  QTest::newRow("cleared, and settings change") << false << true;
}

void TestLogSpillThreads::noRowIsTornOnItsWayToTheDisk() {
  QFETCH(bool, waits);
  QFETCH(bool, disturbed);
  const QTemporaryDir folder;
  const std::string place = folder.path().toStdString();
  const auto log = TrafficLog::create({.budgetBytes = 1 << 20,
                                       .blockBytes = 8 << 10,
                                       .chunkRecords = 256,
                                       .spillBytes = std::uint64_t{64} << 20,
                                       .spillFolder = place});
  std::array<QString, 2> problems;
  {
    std::vector<std::jthread> threads;
    threads.emplace_back([&] { problems[0] = walk(*log, true); });
    threads.emplace_back([&] { problems[1] = walk(*log, false); });
    for (std::uint32_t w = 0; w < kWriters; ++w)
      threads.emplace_back([&log, w, waits] { write(*log, w + 1, waits); });
    for (std::uint64_t i = 0; disturbed && log->end() < kAllRows / 2; ++i) {
      if (i % 7 == 0) log->clear();
      log->setSpill(i % 5 == 0 ? 0 : (1 + i % 3) << 20, place);
      log->setBudget((256 + i % 512) << 10);
      std::this_thread::yield();
    }
  }
  for (const QString& problem : problems) QVERIFY2(problem.isEmpty(), qPrintable(problem));
  QCOMPARE(log->end(), kAllRows);
  QVERIFY(rows::isConsistent(*log));
  if (disturbed) return;
  QCOMPARE(log->evicted(), log->first());
  QVERIFY(log->spillStatus().rowsLost <= log->evicted());  // what was on disk before went with them
  if (waits) QCOMPARE(log->evicted(), 0U);
}

void TestLogSpillThreads::whoWaitsForRoomIsCalled() {
  const QTemporaryDir folder;
  const auto log = TrafficLog::create({.budgetBytes = 256 << 10,
                                       .blockBytes = 8 << 10,
                                       .chunkRecords = 64,
                                       .spillBytes = std::uint64_t{64} << 20,
                                       .spillFolder = folder.path().toStdString()});
  std::atomic<int> calls{0};
  log->setRoomHook([&calls] {
    ++calls;
    calls.notify_all();
  });
  const auto writer = log->makeWriter();
  const FlowPtr flow = rows::makeFlow(1);
  // Until there was no room once; then the call must come.
  for (std::uint64_t i = 0; i < 3'000'000 && calls == 0; ++i) {
    rows::append(*writer, flow, i, 500);
    writer->publish();
    if (!log->hasRoom()) calls.wait(0);
  }
  QVERIFY(calls > 0);
  log->setRoomHook({});
}

QTEST_APPLESS_MAIN(TestLogSpillThreads)
#include "tst_log_spill_threads.moc"
