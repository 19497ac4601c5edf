#include <QTest>

#include "tests/core/traffic/log_rows.h"

using namespace sockbench;

namespace {

// 64 blocks; chunks of 64 records.
constexpr LogLimits kSmall{.budgetBytes = 256 << 10, .blockBytes = 4096, .chunkRecords = 64};

Bytes bytesOf(const LogRow& row) {
  return {row.payload.bytes.begin(), row.payload.bytes.end()};
}

}  // namespace

class TestTrafficLog : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void rowsAreNumberedInOrderOfPublication();
  void rowsAppearOnlyWhenPublished();
  void aDyingWriterPublishesWhatIsLeft();
  void readCopiesTheRowsThatExist_data();
  void readCopiesTheRowsThatExist();
  void readAppendsToWhatIsThere();
  void committedBytesBecomeThePayload();
  void spaceGivesAtLeastWhatIsAsked();
  void aRowsPayloadStaysTogetherAcrossBlocks();
  void theLargestPayloadFillsABlock();
  void spaceIsEmptyWhenTheRowIsAsLongAsABlock();
  void aRowWithoutPayloadHoldsNoBlock();
  void sharedRowsCopyNothing();
  void sharedRowsBringBackABlockThatWasEvicted();
  void aPartOfPinnedBytesCanBeShared();
  void eventsCarryTheirDetail();
  void timeIsNowWhenNotGiven();
  void flowsAreToldApart();
  void aCopiedFlowIsAnotherFlow();
  void clearForgetsRowsAndGoesOnCounting();
  void clearedRowsAreNotEvicted();
  void wakesOnceUntilAcknowledged();
  void pinsAndRowsOutliveTheLog();
  void theWriterHoldsTheLog();
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

void TestTrafficLog::aDyingWriterPublishesWhatIsLeft() {
  const auto log = TrafficLog::create(kSmall);
  rows::append(*log->makeWriter(), rows::makeFlow(1), 0, 10);
  QCOMPARE(log->end(), 1U);
  QVERIFY(rows::isWhole(*log->read(0), 10));
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

void TestTrafficLog::committedBytesBecomeThePayload() {
  const auto log = TrafficLog::create(kSmall);
  const auto writer = log->makeWriter();
  const FlowPtr flow = rows::makeFlow(1);
  const Bytes hello = toBytes("hello world");
  std::ranges::copy(hello, writer->space(64).begin());
  const PinnedBytes pin = writer->commit(hello.size());
  QVERIFY(std::ranges::equal(pin.bytes, hello));
  writer->append(rows::record(1, 0), flow);
  writer->append(rows::record(1, 1), flow);
  writer->publish();
  QCOMPARE(bytesOf(*log->read(0)), hello);
  QCOMPARE(log->read(0)->payload.bytes.data(), pin.bytes.data());
  QCOMPARE(log->read(0)->payload.offset, pin.offset);
  QVERIFY(log->read(1)->payload.bytes.empty());
}

void TestTrafficLog::spaceGivesAtLeastWhatIsAsked() {
  const auto log = TrafficLog::create(kSmall);
  const auto writer = log->makeWriter();
  QCOMPARE(writer->space(0).size(), kSmall.blockBytes);
  writer->commit(4000);
  writer->append(rows::record(1, 0), rows::makeFlow(1));
  QCOMPARE(writer->space(96).size(), 96U);
  QCOMPARE(writer->space(97).size(), kSmall.blockBytes);
  writer->commit(kSmall.blockBytes);
  writer->append(rows::record(1, 1), rows::makeFlow(1));
  QCOMPARE(writer->space(0).size(), kSmall.blockBytes);
  QCOMPARE(writer->space(kSmall.blockBytes * 9).size(), kSmall.blockBytes);
}

void TestTrafficLog::aRowsPayloadStaysTogetherAcrossBlocks() {
  const auto log = TrafficLog::create(kSmall);
  const auto writer = log->makeWriter();
  const FlowPtr flow = rows::makeFlow(1);
  rows::append(*writer, flow, 0, 3000);
  const Bytes expected = rows::payload(1, 1, 3000);
  std::copy_n(expected.begin(), 1000, writer->space(1000).begin());
  const PinnedBytes head = writer->commit(1000);
  std::copy_n(expected.begin() + 1000, 2000, writer->space(2000).begin());
  writer->commit(2000);
  writer->append(rows::record(1, 1), flow);
  writer->publish();
  QVERIFY(rows::isWhole(*log->read(0), 3000));
  QVERIFY(rows::isWhole(*log->read(1), 3000));
  QVERIFY(std::ranges::equal(head.bytes, ByteView(expected).first(1000)));
}

void TestTrafficLog::theLargestPayloadFillsABlock() {
  const auto log = TrafficLog::create(kSmall);
  const auto writer = log->makeWriter();
  const FlowPtr flow = rows::makeFlow(1);
  for (std::uint64_t i = 0; i < 3; ++i) rows::append(*writer, flow, i, kSmall.blockBytes);
  writer->publish();
  for (std::uint64_t i = 0; i < 3; ++i) QVERIFY(rows::isWhole(*log->read(i), kSmall.blockBytes));
}

void TestTrafficLog::spaceIsEmptyWhenTheRowIsAsLongAsABlock() {
  const auto log = TrafficLog::create(kSmall);
  const auto writer = log->makeWriter();
  writer->space(1);
  writer->commit(kSmall.blockBytes);
  QVERIFY(writer->space(1).empty());
  QVERIFY(writer->commit(1).bytes.empty());
  writer->append(rows::record(1, 0), rows::makeFlow(1));
  QVERIFY(!writer->space(1).empty());
  writer->publish();
  QCOMPARE(log->read(0)->record.length, kSmall.blockBytes);
}

void TestTrafficLog::aRowWithoutPayloadHoldsNoBlock() {
  const auto log = TrafficLog::create(kSmall);
  const auto writer = log->makeWriter();
  writer->append(rows::record(1, 0), rows::makeFlow(1), {});
  writer->appendShared(rows::record(1, 1), rows::makeFlow(1), {});
  QVERIFY(writer->commit(0).owner == nullptr);
  writer->append(rows::record(1, 2), rows::makeFlow(1));
  writer->publish();
  QCOMPARE(log->end(), 3U);
  for (std::uint64_t i = 0; i < 3; ++i) {
    QVERIFY(log->read(i)->payload.owner == nullptr);
    QCOMPARE(log->read(i)->record.block, 0U);
    QVERIFY(rows::isWhole(*log->read(i), 0));
  }
}

void TestTrafficLog::sharedRowsCopyNothing() {
  const auto log = TrafficLog::create(kSmall);
  const auto writer = log->makeWriter();
  const FlowPtr flow = rows::makeFlow(1);
  rows::append(*writer, flow, 0, 100);
  rows::append(*writer, flow, 1, 100);
  writer->publish();
  writer->appendShared(rows::record(1, 1), flow, log->read(1)->payload);
  writer->publish();
  QVERIFY(rows::isWhole(*log->read(2), 100));
  QCOMPARE(log->read(2)->payload.bytes.data(), log->read(1)->payload.bytes.data());
  QCOMPARE(log->read(2)->record.block, log->read(1)->record.block);
}

void TestTrafficLog::sharedRowsBringBackABlockThatWasEvicted() {
  const auto log = TrafficLog::create(kSmall);
  const auto writer = log->makeWriter();
  const FlowPtr flow = rows::makeFlow(1);
  rows::append(*writer, flow, 0, 2000);
  writer->publish();
  PinnedBytes pin = log->read(0)->payload;
  for (std::uint64_t i = 1; i < 1000; ++i) rows::append(*writer, flow, i, 2000);
  QVERIFY(!log->read(0));
  writer->appendShared(rows::record(1, 0), flow, pin);
  writer->publish();
  const std::uint64_t number = log->end() - 1;
  pin = {};
  for (std::uint64_t i = 1000; i < 1030; ++i) rows::append(*writer, flow, i, 2000);
  writer->publish();
  QVERIFY(rows::isWhole(*log->read(number), 2000));
}

void TestTrafficLog::aPartOfPinnedBytesCanBeShared() {
  const auto log = TrafficLog::create(kSmall);
  const auto writer = log->makeWriter();
  const FlowPtr flow = rows::makeFlow(1);
  writer->append(rows::record(1, 0), flow, asBytes("head"));
  writer->append(rows::record(1, 1), flow, asBytes("short write"));
  writer->publish();
  PinnedBytes rest = log->read(1)->payload;
  rest.bytes = rest.bytes.subspan(6);
  writer->appendShared(rows::record(1, 2), flow, rest);
  writer->publish();
  QCOMPARE(bytesOf(*log->read(2)), toBytes("write"));
}

void TestTrafficLog::eventsCarryTheirDetail() {
  const auto log = TrafficLog::create(kSmall);
  const auto writer = log->makeWriter();
  const FlowPtr flow = rows::makeFlow(1);
  const EventDetail detail{"attempt 1 of 2", Error::fromErrno(Operation::connect, 111, "tcp://127.0.0.1:9")};
  Record record = rows::record(1, 0);
  record.kind = RecordKind::error;
  writer->appendEvent(record, flow, detail);
  writer->appendEvent(record, flow, {});
  writer->publish();
  QVERIFY(log->read(0)->record.kind == RecordKind::error);
  QVERIFY(decodeEventDetail(log->read(0)->payload.bytes) == detail);
  QVERIFY(log->read(1)->payload.bytes.empty());
}

void TestTrafficLog::timeIsNowWhenNotGiven() {
  const auto log = TrafficLog::create(kSmall);
  const auto writer = log->makeWriter();
  Record record = rows::record(1, 0);
  writer->append(record, rows::makeFlow(1));
  record.time = 0;
  const WallNanos before = wallNow();
  writer->append(record, rows::makeFlow(1));
  const WallNanos after = wallNow();
  writer->publish();
  QCOMPARE(log->read(0)->record.time, WallNanos{1});
  QVERIFY(log->read(1)->record.time >= before && log->read(1)->record.time <= after);
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

void TestTrafficLog::theWriterHoldsTheLog() {
  auto log = TrafficLog::create(kSmall);
  const std::weak_ptr<TrafficLog> watched = log;
  auto writer = log->makeWriter();
  log.reset();
  rows::append(*writer, rows::makeFlow(1), 0, 500);
  writer->publish();
  QVERIFY(!watched.expired());
  QVERIFY(rows::isWhole(*watched.lock()->read(0), 500));
  writer.reset();
  QVERIFY(watched.expired());
}

QTEST_APPLESS_MAIN(TestTrafficLog)
#include "tst_traffic_log.moc"
