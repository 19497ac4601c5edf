#include <QTest>
#include <array>
#include <random>

#include "tests/core/traffic/log_rows.h"

using namespace sockbench;

namespace {

constexpr LogLimits kLimits{.budgetBytes = 2 << 20, .blockBytes = 64 << 10, .chunkRecords = 512};

}  // namespace

class TestTrafficLogPins : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void pinnedBytesSurviveTheRing();
  void pinsMayExceedTheBudgetUntilTheyAreLetGo();
  void anIdleWriterHoldsOneBlock();
  void sharedRowsThatWaitHoldFewBlocks();
  void anyMixKeepsEveryRowWhole_data();
  void anyMixKeepsEveryRowWhole();
};

void TestTrafficLogPins::pinnedBytesSurviveTheRing() {
  const auto log = TrafficLog::create(kLimits);
  const auto writer = log->makeWriter();
  const FlowPtr flow = rows::makeFlow(1);
  std::vector<LogRow> pins;
  constexpr std::uint64_t kRows = 5'000;  // the ring goes round some 80 times
  for (std::uint64_t i = 0; i < kRows; ++i) {
    rows::append(*writer, flow, i, 32 << 10);
    writer->publish();
    if (i % 500 == 0) pins.push_back(*log->read(log->end() - 1));
  }
  QVERIFY(log->first() > pins.back().number);
  for (const LogRow& row : pins) QVERIFY(rows::isWhole(row, 32 << 10));
  QVERIFY(log->bytesUsed() <= log->budget());
}

void TestTrafficLogPins::pinsMayExceedTheBudgetUntilTheyAreLetGo() {
  const auto log = TrafficLog::create(kLimits);
  const auto writer = log->makeWriter();
  const FlowPtr flow = rows::makeFlow(1);
  std::vector<LogRow> pins;
  for (std::uint64_t i = 0; i < 100; ++i) {
    rows::append(*writer, flow, i, kLimits.blockBytes);
    writer->publish();
    pins.push_back(*log->read(log->end() - 1));
  }
  QVERIFY(log->bytesUsed() > 100 * kLimits.blockBytes);
  QCOMPARE(log->first(), 0U);  // no row goes when that would free nothing
  for (const LogRow& row : pins) QVERIFY(rows::isWhole(row, kLimits.blockBytes));
  const std::size_t pinned = log->bytesUsed();
  for (std::uint64_t i = 0; i < 1'000; ++i) {
    rows::append(*writer, flow, i, kLimits.blockBytes);
    QVERIFY(log->bytesUsed() <= pinned + 3 * kLimits.blockBytes);
  }
  pins.clear();
  rows::append(*writer, flow, 0, kLimits.blockBytes);
  writer->publish();
  QVERIFY(log->bytesUsed() <= log->budget());
  QVERIFY(rows::isConsistent(*log));
}

void TestTrafficLogPins::anIdleWriterHoldsOneBlock() {
  const auto log = TrafficLog::create(kLimits);
  const FlowPtr flow = rows::makeFlow(1);
  std::vector<std::unique_ptr<TrafficWriter>> idle;
  for (std::uint32_t i = 0; i < 4; ++i) {
    idle.push_back(log->makeWriter());
    rows::append(*idle.back(), flow, i, 100);
    idle.back()->publish();
  }
  const auto busy = log->makeWriter();
  for (std::uint64_t i = 0; i < 10'000; ++i) {
    rows::append(*busy, flow, i, 16 << 10);
    QVERIFY(log->bytesUsed() <= log->budget());
  }
  // Their rows went, their blocks did not: they write on where they were.
  QVERIFY(log->first() > 4);
  for (std::size_t i = 0; i < 4; ++i) {
    rows::append(*idle[i], flow, i, 100);
    idle[i]->publish();
    QVERIFY(rows::isWhole(*log->read(log->end() - 1), 100));
    QCOMPARE(log->read(log->end() - 1)->payload.offset, 100U);
  }
}

void TestTrafficLogPins::sharedRowsThatWaitHoldFewBlocks() {
  const auto log = TrafficLog::create(kLimits);
  const auto writer = log->makeWriter();
  const FlowPtr flow = rows::makeFlow(1);
  const auto echo = log->makeWriter();  // never publishes
  for (std::uint64_t i = 0; i < 1'000; ++i) {
    rows::append(*writer, flow, i, kLimits.blockBytes);
    writer->publish();
    echo->appendShared(rows::record(1, i), flow, log->read(log->end() - 1)->payload);
    QVERIFY(log->bytesUsed() <= log->budget());
  }
}

void TestTrafficLogPins::anyMixKeepsEveryRowWhole_data() {
  QTest::addColumn<int>("budget");
  QTest::addColumn<int>("block");
  QTest::addColumn<int>("chunk");
  QTest::newRow("small blocks") << (256 << 10) << 1024 << 64;
  QTest::newRow("large blocks") << (256 << 10) << (32 << 10) << 4096;
  QTest::newRow("fewer blocks than writers") << (40 << 10) << (16 << 10) << 64;
  QTest::newRow("hardly any memory") << 1 << 1024 << 16;
}

// Three writers, every way to append, pins that come and go, clear(): by a fixed sequence of chances.
void TestTrafficLogPins::anyMixKeepsEveryRowWhole() {
  QFETCH(int, budget);
  QFETCH(int, block);
  QFETCH(int, chunk);
  const auto blockBytes = static_cast<std::size_t>(block);
  const auto log = TrafficLog::create({.budgetBytes = static_cast<std::size_t>(budget),
                                       .blockBytes = blockBytes,
                                       .chunkRecords = static_cast<std::size_t>(chunk)});
  std::mt19937 chance(1);
  const auto below = [&chance](std::size_t limit) { return static_cast<std::size_t>(chance() % limit); };
  std::array<std::unique_ptr<TrafficWriter>, 3> writers;
  for (auto& writer : writers) writer = log->makeWriter();
  std::vector<FlowPtr> flows;
  for (std::uint32_t i = 0; i < 40; ++i) flows.push_back(rows::makeFlow(i + 1));
  std::array<LogRow, 8> pins;
  std::uint64_t cleared = 0;
  const auto lengthOf = [&](std::uint64_t sequence) { return sequence * sequence * 31 % (blockBytes + 1); };
  for (std::uint64_t i = 0; i < 15'000; ++i) {
    TrafficWriter& writer = *writers[below(writers.size())];
    rows::append(writer, flows[below(flows.size())], i, lengthOf(i));
    const LogRow& pin = pins[below(pins.size())];
    if (below(4) == 0 && pin.flow) {
      writer.appendShared(rows::record(pin.flow->session.value, pin.record.value), pin.flow, pin.payload);
    }
    if (below(8) == 0) writer.publish();
    if (below(50) == 0) flows[below(flows.size())] = rows::makeFlow(static_cast<std::uint32_t>(i));
    const std::uint64_t kept = log->end() - log->first();
    if (below(5) == 0 && kept > 0) pins[below(pins.size())] = *log->read(log->first() + below(kept));
    if (below(5'000) == 0) {
      cleared += kept;
      log->clear();
    }
    if (i % 1'000 != 0) continue;
    std::vector<LogRow> all;
    log->read(0, ~std::size_t{0}, all);
    for (const LogRow& row : all) QVERIFY(rows::isWhole(row, lengthOf(row.record.value)));
    QVERIFY(rows::isConsistent(*log));
    QCOMPARE(log->evicted() + cleared, log->first());
  }
  for (const LogRow& row : pins) QVERIFY(rows::isWhole(row, lengthOf(row.record.value)));
  QVERIFY(log->bytesUsed() <= log->budget() + (pins.size() + 3 + writers.size()) * blockBytes + 4'000);
}

QTEST_APPLESS_MAIN(TestTrafficLogPins)
#include "tst_traffic_log_pins.moc"
