#include <QTest>
#include <atomic>
#include <cstdlib>
#include <new>

#include "tests/core/traffic/log_rows.h"

using namespace sockbench;

namespace {

constexpr LogLimits kLimits{.budgetBytes = 2 << 20, .blockBytes = 64 << 10, .chunkRecords = 512};

std::atomic<std::size_t> largeAllocations{0};

}  // namespace

// Blocks and chunks are arrays of bytes: their allocation is counted here.
void* operator new[](std::size_t size) {
  if (size >= kLimits.chunkRecords * sizeof(Record)) ++largeAllocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete[](void* memory) noexcept {
  std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
  std::free(memory);
}

class TestTrafficLogBudget : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void floodsStayWithinTheBudget_data();
  void floodsStayWithinTheBudget();
  void changingLoadsStayWithinTheBudget();
  void clearedMemoryServesTheNextLoad();
  void theLastReservesAreGivenUp();
  void evictionGoesInSlabs();
  void aLogSmallerThanItsBlockStillWorks();
  void batchesLargerThanTheLogArePublished();
  void aWarmRingAllocatesNothing();
  void oldFlowsAreLetGo();
};

void TestTrafficLogBudget::floodsStayWithinTheBudget_data() {
  QTest::addColumn<int>("rows");
  QTest::addColumn<int>("length");
  QTest::addColumn<int>("flows");
  QTest::addColumn<int>("perPublish");
  QTest::newRow("empty rows") << 120'000 << 0 << 1 << 10;
  QTest::newRow("rows of one byte") << 120'000 << 1 << 1 << 10;
  QTest::newRow("rows of 64 bytes") << 60'000 << 64 << 3 << 1;
  QTest::newRow("rows of a third of a block") << 5'000 << 22'000 << 3 << 4;
  QTest::newRow("rows as long as a block") << 1'000 << (64 << 10) << 1 << 1;
  QTest::newRow("a flow for each empty row") << 40'000 << 0 << 40'000 << 100;
  QTest::newRow("a flow for each row of one byte") << 40'000 << 1 << 40'000 << 100;
  QTest::newRow("many flows that come back") << 100'000 << 16 << 3'000 << 50;
}

void TestTrafficLogBudget::floodsStayWithinTheBudget() {
  QFETCH(int, rows);
  QFETCH(int, length);
  QFETCH(int, flows);
  QFETCH(int, perPublish);
  const auto log = TrafficLog::create(kLimits);
  const auto writer = log->makeWriter();
  std::vector<std::weak_ptr<const Flow>> known(static_cast<std::size_t>(flows));
  std::size_t most = 0;
  for (int i = 0; i < rows; ++i) {
    auto& place = known[static_cast<std::size_t>(i % flows)];
    FlowPtr flow = place.lock();
    if (!flow) place = flow = rows::makeFlow(static_cast<std::uint32_t>(i % flows + 1));
    rows::append(*writer, flow, static_cast<std::uint64_t>(i), static_cast<std::size_t>(length));
    if (i % perPublish == 0) writer->publish();
    most = std::max(most, log->bytesUsed());
  }
  writer->publish();
  QVERIFY2(most <= log->budget(), qPrintable(QString::number(most)));
  QVERIFY(most >= log->budget() / 2);  // the budget is for use
  QVERIFY(log->evicted() > 0);
  QCOMPARE(log->evicted(), log->first());
  QCOMPARE(log->end(), static_cast<std::uint64_t>(rows));
  QVERIFY(rows::isConsistent(*log));
  std::vector<LogRow> all;
  log->read(0, ~std::size_t{0}, all);
  for (const LogRow& row : all) QVERIFY(rows::isWhole(row, static_cast<std::size_t>(length)));
}

// The memory of one kind of load must come free for the next kind.
void TestTrafficLogBudget::changingLoadsStayWithinTheBudget() {
  const auto log = TrafficLog::create(kLimits);
  const auto writer = log->makeWriter();
  const FlowPtr flow = rows::makeFlow(1);
  for (std::uint64_t round = 0; round < 6; ++round) {
    const bool bulk = round % 2 == 1;
    for (std::uint64_t i = 0; i < (bulk ? 200 : 60'000); ++i) {
      const std::size_t length = bulk ? kLimits.blockBytes : 0;
      rows::append(*writer, bulk ? flow : rows::makeFlow(2), i, length);
      QVERIFY(log->bytesUsed() <= log->budget());
    }
    writer->publish();
    QVERIFY(rows::isConsistent(*log));
    const std::uint64_t kept = log->end() - log->first();
    if (bulk) QVERIFY(kept >= 20 && kept < 2000);
  }
}

void TestTrafficLogBudget::clearedMemoryServesTheNextLoad() {
  const auto log = TrafficLog::create(kLimits);
  const auto writer = log->makeWriter();
  const FlowPtr flow = rows::makeFlow(1);
  const auto keptOf = [&](std::uint64_t rows, std::size_t length) {
    log->clear();
    for (std::uint64_t i = 0; i < rows; ++i) rows::append(*writer, flow, i, length);
    writer->publish();
    return log->end() - log->first();
  };
  const std::uint64_t small = keptOf(60'000, 0);
  const std::uint64_t large = keptOf(100, kLimits.blockBytes);
  QVERIFY(small > kLimits.budgetBytes / 50);
  QVERIFY(large > 28);
  QVERIFY(keptOf(60'000, 0) + 3'000 >= small);
  QVERIFY(keptOf(100, kLimits.blockBytes) + 2 >= large);
  QVERIFY(log->bytesUsed() <= log->budget());
}

// The spare chunks that a log keeps for quick use, where the next block leaves no room for them.
void TestTrafficLogBudget::theLastReservesAreGivenUp() {
  constexpr std::size_t kBlock = 100'000;
  const auto log = TrafficLog::create({.budgetBytes = kBlock + 3'000, .blockBytes = kBlock});
  const auto writer = log->makeWriter();
  const FlowPtr flow = rows::makeFlow(1);
  for (std::uint64_t i = 0; i < 1'000; ++i) rows::append(*writer, flow, i, 0);
  writer->publish();
  log->clear();
  rows::append(*writer, flow, 0, kBlock);
  writer->publish();
  QVERIFY(rows::isWhole(*log->read(log->end() - 1), kBlock));
  QVERIFY(log->bytesUsed() <= log->budget());
}

void TestTrafficLogBudget::evictionGoesInSlabs() {
  // A block holds 16 rows and the log some 19,000, so that a slab is many blocks.
  const auto log = TrafficLog::create({.budgetBytes = 2 << 20, .blockBytes = 1024, .chunkRecords = 512});
  const auto writer = log->makeWriter();
  const FlowPtr flow = rows::makeFlow(1);
  int slabs = 0;
  for (std::uint64_t i = 0; i < 60'000; ++i) {
    const std::uint64_t rows = log->end() - log->first();
    const std::uint64_t before = log->evicted();
    rows::append(*writer, flow, i, 64);
    writer->publish();
    if (log->evicted() == before) continue;
    QVERIFY((log->evicted() - before) * 100 >= rows);
    ++slabs;
  }
  QVERIFY(slabs > 10);
}

void TestTrafficLogBudget::aLogSmallerThanItsBlockStillWorks() {
  constexpr std::size_t kBlock = 64 << 10;
  const auto log = TrafficLog::create({.budgetBytes = 1, .blockBytes = kBlock, .chunkRecords = 1 << 20});
  const auto writer = log->makeWriter();
  const FlowPtr flow = rows::makeFlow(1);
  std::size_t most = 0;
  for (std::uint64_t i = 0; i < 10'000; ++i) {
    const std::size_t length = i * 997 % kBlock;
    rows::append(*writer, flow, i, length);
    writer->publish();
    QVERIFY(rows::isWhole(*log->read(log->end() - 1), length));
    most = std::max(most, log->bytesUsed());
  }
  QVERIFY(rows::isConsistent(*log));
  // The writer's block is evicted before it takes it again; beside it there are a few chunks of 16 records.
  QVERIFY2(most < kBlock + 4'000, qPrintable(QString::number(most)));
}

void TestTrafficLogBudget::batchesLargerThanTheLogArePublished() {
  const auto log = TrafficLog::create({.budgetBytes = 32 << 10, .blockBytes = 1024, .chunkRecords = 16});
  const auto writer = log->makeWriter();
  for (std::uint64_t i = 0; i < 20'000; ++i) rows::append(*writer, rows::makeFlow(1), i, 0);
  writer->publish();
  QCOMPARE(log->end(), 20'000U);
  QVERIFY(log->end() > log->first());
  QVERIFY(log->bytesUsed() <= log->budget());
  QVERIFY(rows::isConsistent(*log));
}

void TestTrafficLogBudget::aWarmRingAllocatesNothing() {
  const auto log = TrafficLog::create(kLimits);
  const auto writer = log->makeWriter();
  const FlowPtr flow = rows::makeFlow(1);
  const auto goRound = [&](int blocks) {
    for (int i = 0; i < blocks; ++i) {
      writer->space(kLimits.blockBytes);
      writer->commit(kLimits.blockBytes);
      writer->append(rows::record(1, 0), flow);
    }
  };
  goRound(5'000);
  const std::size_t before = largeAllocations;
  goRound(5'000);
  QCOMPARE(largeAllocations.load(), before);
}

void TestTrafficLogBudget::oldFlowsAreLetGo() {
  const auto log = TrafficLog::create(kLimits);
  const auto writer = log->makeWriter();
  FlowPtr old = rows::makeFlow(1);
  const std::weak_ptr<const Flow> watched = old;
  rows::append(*writer, old, 0, 10);
  old.reset();
  writer->publish();
  const FlowPtr flow = rows::makeFlow(2);
  QVERIFY(!watched.expired());
  for (std::uint64_t i = 0; log->first() < 1024; ++i) rows::append(*writer, flow, i, 10);
  QVERIFY(watched.expired());
}

QTEST_APPLESS_MAIN(TestTrafficLogBudget)
#include "tst_traffic_log_budget.moc"
