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

class TestTrafficWriter : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aDyingWriterPublishesWhatIsLeft();
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
  void theWriterHoldsTheLog();
};

void TestTrafficWriter::aDyingWriterPublishesWhatIsLeft() {
  const auto log = TrafficLog::create(kSmall);
  rows::append(*log->makeWriter(), rows::makeFlow(1), 0, 10);
  QCOMPARE(log->end(), 1U);
  QVERIFY(rows::isWhole(*log->read(0), 10));
}

void TestTrafficWriter::committedBytesBecomeThePayload() {
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

void TestTrafficWriter::spaceGivesAtLeastWhatIsAsked() {
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

void TestTrafficWriter::aRowsPayloadStaysTogetherAcrossBlocks() {
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

void TestTrafficWriter::theLargestPayloadFillsABlock() {
  const auto log = TrafficLog::create(kSmall);
  const auto writer = log->makeWriter();
  const FlowPtr flow = rows::makeFlow(1);
  for (std::uint64_t i = 0; i < 3; ++i) rows::append(*writer, flow, i, kSmall.blockBytes);
  writer->publish();
  for (std::uint64_t i = 0; i < 3; ++i) QVERIFY(rows::isWhole(*log->read(i), kSmall.blockBytes));
}

void TestTrafficWriter::spaceIsEmptyWhenTheRowIsAsLongAsABlock() {
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

void TestTrafficWriter::aRowWithoutPayloadHoldsNoBlock() {
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

void TestTrafficWriter::sharedRowsCopyNothing() {
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

void TestTrafficWriter::sharedRowsBringBackABlockThatWasEvicted() {
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

void TestTrafficWriter::aPartOfPinnedBytesCanBeShared() {
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

void TestTrafficWriter::eventsCarryTheirDetail() {
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

void TestTrafficWriter::timeIsNowWhenNotGiven() {
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

void TestTrafficWriter::theWriterHoldsTheLog() {
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

QTEST_APPLESS_MAIN(TestTrafficWriter)
#include "tst_traffic_writer.moc"
