#include <QTest>

#include "tests/core/traffic/log_rows.h"

using namespace sockbench;

namespace {

// 64 blocks; chunks of 64 records.
constexpr LogLimits kSmall{.budgetBytes = 256 << 10, .blockBytes = 4096, .chunkRecords = 64};

}  // namespace

class TestTrafficLog : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void rowsAreNumberedInOrderOfPublication();
  void rowsAppearOnlyWhenPublished();
  void readCopiesTheRowsThatExist_data();
  void readCopiesTheRowsThatExist();
  void readAppendsToWhatIsThere();
  void flowsAreToldApart();
  void aCopiedFlowIsAnotherFlow();
  void clearForgetsRowsAndGoesOnCounting();
  void clearedRowsAreNotEvicted();
  void wakesOnceUntilAcknowledged();
  void pinsAndRowsOutliveTheLog();
};

void TestTrafficLog::rowsAreNumberedInOrderOfPublication() {
  const auto log = TrafficLog::create(kSmall);
  const auto a = log->makeWriter();
  const auto b = log->makeWriter();
  rows::append(*a, rows::makeFlow(1), 0, 10);
  rows::append(*b, rows::makeFlow(2), 0, 10);
  b->publish();
  a->publish();
  QCOMPARE(log->end(), 2U);
  QCOMPARE(log->read(0)->record.session.value, 2U);
  QCOMPARE(log->read(1)->record.session.value, 1U);
  QCOMPARE(log->read(1)->number, 1U);
  QVERIFY(rows::isWhole(*log->read(0), 10) && rows::isWhole(*log->read(1), 10));
}

void TestTrafficLog::rowsAppearOnlyWhenPublished() {
  const auto log = TrafficLog::create(kSmall);
  const auto writer = log->makeWriter();
  rows::append(*writer, rows::makeFlow(1), 0, 10);
  QCOMPARE(log->end(), 0U);
  QVERIFY(!log->read(0));
  writer->publish();
  QCOMPARE(log->end(), 1U);
  writer->publish();
  QCOMPARE(log->end(), 1U);
}

void TestTrafficLog::readCopiesTheRowsThatExist_data() {
  QTest::addColumn<quint64>("from");
  QTest::addColumn<quint64>("count");
  QTest::addColumn<quint64>("firstNumber");
  QTest::addColumn<quint64>("rows");
  constexpr quint64 kAll = ~quint64{0};
  // Rows [10, 100) are in memory.
  QTest::newRow("all") << quint64{0} << kAll << quint64{10} << quint64{90};
  QTest::newRow("from before the first") << quint64{5} << quint64{10} << quint64{10} << quint64{5};
  QTest::newRow("within") << quint64{20} << quint64{3} << quint64{20} << quint64{3};
  QTest::newRow("across chunks") << quint64{60} << quint64{20} << quint64{60} << quint64{20};
  QTest::newRow("past the end") << quint64{99} << quint64{10} << quint64{99} << quint64{1};
  QTest::newRow("only cleared ones") << quint64{0} << quint64{10} << quint64{0} << quint64{0};
  QTest::newRow("beyond the end") << quint64{100} << quint64{5} << quint64{0} << quint64{0};
  QTest::newRow("beyond every number") << kAll << kAll << quint64{0} << quint64{0};
  QTest::newRow("none") << quint64{50} << quint64{0} << quint64{0} << quint64{0};
}

void TestTrafficLog::readCopiesTheRowsThatExist() {
  QFETCH(quint64, from);
  QFETCH(quint64, count);
  QFETCH(quint64, firstNumber);
  QFETCH(quint64, rows);
  const auto log = TrafficLog::create(kSmall);
  const auto writer = log->makeWriter();
  const FlowPtr flow = rows::makeFlow(7);
  for (std::uint64_t i = 0; i < 100; ++i) {
    rows::append(*writer, flow, i, 8);
    writer->publish();
    if (i == 9) log->clear();
  }
  std::vector<LogRow> out;
  QCOMPARE(log->read(from, count, out), rows);
  QCOMPARE(out.size(), rows);
  for (std::size_t i = 0; i < out.size(); ++i) {
    QCOMPARE(out[i].number, firstNumber + i);
    QCOMPARE(out[i].record.value, firstNumber + i);
    QVERIFY(rows::isWhole(out[i], 8));
  }
}

void TestTrafficLog::readAppendsToWhatIsThere() {
  const auto log = TrafficLog::create(kSmall);
  rows::append(*log->makeWriter(), rows::makeFlow(1), 0, 1);
  std::vector<LogRow> out;
  QCOMPARE(log->read(0, 5, out), 1U);
  QCOMPARE(log->read(0, 5, out), 1U);
  QCOMPARE(out.size(), 2U);
}

void TestTrafficLog::flowsAreToldApart() {
  const auto log = TrafficLog::create(kSmall);
  const auto writer = log->makeWriter();
  std::vector<FlowPtr> flows;
  for (std::uint32_t i = 0; i < 10; ++i) flows.push_back(rows::makeFlow(i + 1));
  for (std::uint64_t i = 0; i < 300; ++i) rows::append(*writer, flows[i * i % flows.size()], i, 4);
  writer->publish();
  for (std::uint64_t i = 0; i < 300; ++i) {
    QCOMPARE(log->read(i)->flow, flows[i * i % flows.size()]);
    QVERIFY(rows::isWhole(*log->read(i), 4));
  }
}

void TestTrafficLog::aCopiedFlowIsAnotherFlow() {
  const auto log = TrafficLog::create(kSmall);
  const auto writer = log->makeWriter();
  const FlowPtr before = rows::makeFlow(1);
  rows::append(*writer, before, 0, 4);
  writer->publish();
  auto after = std::make_shared<Flow>(*before);
  after->parent = SessionId{9};
  rows::append(*writer, after, 1, 4);
  writer->publish();
  QCOMPARE(log->read(0)->flow, before);
  QCOMPARE(log->read(1)->flow, FlowPtr(after));
}

void TestTrafficLog::clearForgetsRowsAndGoesOnCounting() {
  const auto log = TrafficLog::create(kSmall);
  const auto writer = log->makeWriter();
  const FlowPtr flow = rows::makeFlow(1);
  log->clear();
  QCOMPARE(log->first(), 0U);
  for (std::uint64_t i = 0; i < 100; ++i) rows::append(*writer, flow, i, 100);
  writer->publish();
  const PinnedBytes pin = log->read(99)->payload;
  rows::append(*writer, flow, 100, 100);
  log->clear();
  QCOMPARE(log->first(), 100U);
  QCOMPARE(log->end(), 100U);
  QVERIFY(!log->read(99));
  QVERIFY(std::ranges::equal(pin.bytes, rows::payload(1, 99, 100)));
  writer->publish();
  QCOMPARE(log->end(), 101U);
  QVERIFY(rows::isWhole(*log->read(100), 100));
}

void TestTrafficLog::clearedRowsAreNotEvicted() {
  const auto log = TrafficLog::create(kSmall);
  const auto writer = log->makeWriter();
  const FlowPtr flow = rows::makeFlow(1);
  std::uint64_t cleared = 0;
  for (std::uint64_t i = 0; i < 5000; ++i) {
    rows::append(*writer, flow, i, 200);
    if (i % 1700 != 1699) continue;
    writer->publish();
    cleared += log->end() - log->first();
    log->clear();
  }
  writer->publish();
  QVERIFY(cleared > 0 && log->evicted() > 0);
  QCOMPARE(log->evicted() + cleared, log->first());
  QCOMPARE(log->end(), 5000U);
}

void TestTrafficLog::wakesOnceUntilAcknowledged() {
  const auto log = TrafficLog::create(kSmall);
  int wakes = 0;
  std::uint64_t endWhenWoken = 0;
  log->setWakeHook([&] {
    ++wakes;
    endWhenWoken = log->end();
  });
  const auto a = log->makeWriter();
  const auto b = log->makeWriter();
  a->publish();
  QCOMPARE(wakes, 0);
  rows::append(*a, rows::makeFlow(1), 0, 1);
  a->publish();
  QCOMPARE(wakes, 1);
  QCOMPARE(endWhenWoken, 1U);
  rows::append(*b, rows::makeFlow(2), 0, 1);
  b->publish();
  QCOMPARE(wakes, 1);
  log->acknowledge();
  QCOMPARE(wakes, 1);
  b->publish();
  QCOMPARE(wakes, 1);
  rows::append(*b, rows::makeFlow(2), 1, 1);
  b->publish();
  QCOMPARE(wakes, 2);
}

void TestTrafficLog::pinsAndRowsOutliveTheLog() {
  auto log = TrafficLog::create(kSmall);
  rows::append(*log->makeWriter(), rows::makeFlow(1), 0, 500);
  const std::optional<LogRow> row = log->read(0);
  log.reset();
  QVERIFY(rows::isWhole(*row, 500));
}

QTEST_APPLESS_MAIN(TestTrafficLog)
#include "tst_traffic_log.moc"
