#include <QTest>
#include <random>

#include "tests/core/traffic/log_rows.h"

using namespace sockbench;

namespace {

constexpr LogLimits kLimits{.budgetBytes = 2 << 20, .blockBytes = 64 << 10, .chunkRecords = 512};

// Whether the slab says the same of its rows as read() does.
bool sameAsRead(const LogSlab& slab, const TrafficLog& log) {
  for (std::size_t i = 0; i < slab.size(); ++i) {
    const auto row = log.read(slab.first() + i);
    const Record& record = slab.records()[i];
    if (!row || row->record.time != record.time || row->record.value != record.value) return false;
    if (row->flow != slab.flow(record) || !std::ranges::equal(row->payload.bytes, slab.payload(record)))
      return false;
    if (record.flow != LogSlab::kNoFlow && record.flow >= slab.flowCount()) return false;
  }
  return true;
}

}  // namespace

class TestLogSlab : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aLoopSeesEveryRowOnce_data();
  void aLoopSeesEveryRowOnce();
  void asksForWhatIsThere_data();
  void asksForWhatIsThere();
  void rowsWithoutPayloadOrFlow();
  void aSlabSurvivesEvictionClearingAndTheLog();
  void whatIsHeldCountsInTheBudgetUntilItIsLetGo();
  void aHeldChunkIsNoReasonToEvictMore();
  void echoesReferToOlderBlocks();
  void bulkTrafficIsCutShort();
  void anyMixIsReadWhole_data();
  void anyMixIsReadWhole();
};

void TestLogSlab::aLoopSeesEveryRowOnce_data() {
  QTest::addColumn<int>("rows");
  QTest::addColumn<int>("length");
  QTest::addColumn<int>("flows");
  QTest::addColumn<quint64>("most");
  QTest::newRow("less than a chunk") << 100 << 10 << 1 << quint64{1000};
  QTest::newRow("several chunks") << 5'000 << 10 << 3 << quint64{100'000};
  QTest::newRow("in small portions") << 3'000 << 10 << 3 << quint64{7};
  QTest::newRow("one at a time") << 1'100 << 10 << 2 << quint64{1};
  QTest::newRow("bulk, evicted") << 1'000 << 30'000 << 2 << quint64{1000};
  QTest::newRow("small rows, evicted") << 60'000 << 64 << 5 << quint64{1000};
  QTest::newRow("a flow a row") << 3'000 << 4 << 3'000 << quint64{1000};
  QTest::newRow("no payload") << 3'000 << 0 << 1 << quint64{1000};
}

void TestLogSlab::aLoopSeesEveryRowOnce() {
  QFETCH(int, rows);
  QFETCH(int, length);
  QFETCH(int, flows);
  QFETCH(quint64, most);
  const auto log = TrafficLog::create(kLimits);
  const auto writer = log->makeWriter();
  std::vector<FlowPtr> ends;
  for (int i = 0; i < flows; ++i) ends.push_back(rows::makeFlow(static_cast<std::uint32_t>(i + 1)));
  for (int i = 0; i < rows; ++i)
    rows::append(*writer, ends[static_cast<std::size_t>(i % flows)], static_cast<std::uint64_t>(i),
                 static_cast<std::size_t>(length));
  writer->publish();
  std::uint64_t next = log->first();
  for (LogSlab slab = log->slab(0, most); !slab.empty(); slab = log->slab(slab.end(), most)) {
    QCOMPARE(slab.first(), next);
    QVERIFY(slab.size() <= most);
    QVERIFY(sameAsRead(slab, *log));
    for (std::size_t i = 0; i < slab.size(); ++i)
      QVERIFY(rows::isWhole(rows::rowOf(slab, i), static_cast<std::size_t>(length)));
    next = slab.end();
  }
  QCOMPARE(next, log->end());
}

void TestLogSlab::asksForWhatIsThere_data() {
  QTest::addColumn<quint64>("from");
  QTest::addColumn<quint64>("most");
  QTest::addColumn<quint64>("first");
  QTest::addColumn<quint64>("rows");
  constexpr quint64 kAll = ~quint64{0};
  // Rows [10, 100) are there.
  QTest::newRow("all") << quint64{10} << kAll << quint64{10} << quint64{90};
  QTest::newRow("from before the first") << quint64{0} << quint64{5} << quint64{10} << quint64{5};
  QTest::newRow("within") << quint64{50} << quint64{3} << quint64{50} << quint64{3};
  QTest::newRow("past the end") << quint64{99} << quint64{9} << quint64{99} << quint64{1};
  QTest::newRow("beyond the end") << quint64{100} << quint64{9} << quint64{0} << quint64{0};
  QTest::newRow("beyond every number") << kAll << kAll << quint64{0} << quint64{0};
  QTest::newRow("none") << quint64{50} << quint64{0} << quint64{0} << quint64{0};
}

void TestLogSlab::asksForWhatIsThere() {
  QFETCH(quint64, from);
  QFETCH(quint64, most);
  QFETCH(quint64, first);
  QFETCH(quint64, rows);
  const auto log = TrafficLog::create(kLimits);
  const auto writer = log->makeWriter();
  const FlowPtr flow = rows::makeFlow(7);
  for (std::uint64_t i = 0; i < 100; ++i) {
    rows::append(*writer, flow, i, 8);
    writer->publish();
    if (i == 9) log->clear();
  }
  const LogSlab slab = log->slab(from, most);
  QCOMPARE(slab.size(), rows);
  QCOMPARE(slab.empty(), rows == 0);
  if (rows > 0) QCOMPARE(slab.first(), first);
  QVERIFY(sameAsRead(slab, *log));
}

void TestLogSlab::rowsWithoutPayloadOrFlow() {
  const auto log = TrafficLog::create(kLimits);
  const auto writer = log->makeWriter();
  writer->append(rows::record(1, 0), {});
  writer->append(rows::record(1, 1), rows::makeFlow(1));
  writer->append(rows::record(1, 2), {}, rows::payload(1, 2, 9));
  writer->publish();
  const LogSlab slab = log->slab(0);
  QCOMPARE(slab.size(), 3U);
  QCOMPARE(slab.records()[0].flow, LogSlab::kNoFlow);
  QVERIFY(!slab.flow(slab.records()[0]) && slab.flow(slab.records()[1]));
  QVERIFY(slab.payload(slab.records()[0]).empty() && slab.payload(slab.records()[1]).empty());
  QVERIFY(!slab.pinned(slab.records()[1]).owner);
  QVERIFY(std::ranges::equal(slab.payload(slab.records()[2]), rows::payload(1, 2, 9)));
}

void TestLogSlab::aSlabSurvivesEvictionClearingAndTheLog() {
  auto log = TrafficLog::create(kLimits);
  auto writer = log->makeWriter();
  const auto write = [&](std::uint64_t from, std::uint64_t count) {
    for (std::uint64_t i = from; i < from + count; ++i)
      rows::append(*writer, rows::makeFlow(static_cast<std::uint32_t>(i + 1)), i, 100);
    writer->publish();
  };
  write(0, 700);  // a full chunk and one that is being filled
  std::vector<LogSlab> held{log->slab(0), log->slab(512)};
  const PinnedBytes pinned = held[1].pinned(held[1].records()[3]);
  log->clear();
  write(700, 60'000);
  QVERIFY(log->first() > 1'000);
  held.push_back(log->slab(log->first()));
  write(60'700, 60'000);
  QVERIFY(log->first() > held.back().end());
  writer.reset();
  log.reset();
  QCOMPARE(held[1].size(), 188U);
  for (const LogSlab& slab : held) {
    for (std::size_t i = 0; i < slab.size(); ++i) QVERIFY(rows::isWhole(rows::rowOf(slab, i), 100));
  }
  held.clear();
  QVERIFY(std::ranges::equal(pinned.bytes, rows::payload(516, 515, 100)));
}

void TestLogSlab::whatIsHeldCountsInTheBudgetUntilItIsLetGo() {
  const auto log = TrafficLog::create(kLimits);
  const auto writer = log->makeWriter();
  const FlowPtr flow = rows::makeFlow(1);
  const auto fill = [&] {
    for (std::uint64_t i = 0; i < 40'000; ++i) rows::append(*writer, flow, i, 64);
    writer->publish();
  };
  fill();
  std::vector<LogSlab> held;
  for (std::uint64_t at = log->first(); at < log->end(); at = held.back().end())
    held.push_back(log->slab(at));
  const std::size_t before = log->bytesUsed();
  log->clear();
  QVERIFY(log->bytesUsed() + 4'096 >= before);  // nothing of it went
  for (const LogSlab& slab : held) {
    for (std::size_t i = 0; i < slab.size(); i += 50) QVERIFY(rows::isWhole(rows::rowOf(slab, i), 64));
  }
  fill();
  QVERIFY(log->bytesUsed() >= before);
  held.clear();
  fill();
  QVERIFY(log->bytesUsed() <= log->budget());
  // Nothing is charged that nobody has any longer.
  log->clear();
  QVERIFY(log->bytesUsed() <= before);
  fill();
  QVERIFY(log->bytesUsed() <= log->budget() && log->bytesUsed() > log->budget() / 2);
  QVERIFY(log->end() - log->first() > 10'000);
}

void TestLogSlab::aHeldChunkIsNoReasonToEvictMore() {
  const auto log = TrafficLog::create(kLimits);
  const auto writer = log->makeWriter();
  const FlowPtr flow = rows::makeFlow(1);
  std::vector<LogSlab> held;
  for (std::uint64_t i = 0; i < 60'000; ++i) {
    writer->append(rows::record(1, i), flow);
    if (i % 512 != 511) continue;
    writer->publish();
    held.push_back(log->slab(log->end() - 1));  // of each chunk
  }
  QCOMPARE(log->first(), 0U);  // no row goes when that would free nothing
  held.clear();
  for (std::uint64_t i = 0; i < 2'000; ++i) writer->append(rows::record(1, i), flow);
  writer->publish();
  QVERIFY(log->first() > 0);
  QVERIFY(log->bytesUsed() <= log->budget());
}

void TestLogSlab::echoesReferToOlderBlocks() {
  const auto log = TrafficLog::create(kLimits);
  const auto writer = log->makeWriter();
  const FlowPtr flow = rows::makeFlow(1);
  std::vector<LogRow> originals;
  const auto lengthOf = [](std::uint64_t i) { return i % 2 == 0 ? std::size_t{300} : std::size_t{20}; };
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    if (i % 1'000 < 990) {
      rows::append(*writer, flow, i, lengthOf(i));
      continue;
    }
    writer->publish();
    const LogRow original = *log->read(log->end() - 1 - i % 700);
    writer->appendShared(original.record, flow, original.payload);  // from chunks and blocks before
  }
  writer->publish();
  for (LogSlab slab = log->slab(0, 100); !slab.empty(); slab = log->slab(slab.end(), 100)) {
    for (std::size_t i = 0; i < slab.size(); ++i) {
      const LogRow row = rows::rowOf(slab, i);
      QVERIFY(rows::isWhole(row, lengthOf(row.record.value)));
    }
  }
}

void TestLogSlab::bulkTrafficIsCutShort() {
  const auto log = TrafficLog::create(kLimits);
  const auto writer = log->makeWriter();
  const FlowPtr flow = rows::makeFlow(1);
  for (std::uint64_t i = 0; i < 200; ++i) rows::append(*writer, flow, i, kLimits.blockBytes / 4);
  writer->publish();
  std::size_t slabs = 0;
  for (LogSlab slab = log->slab(0); !slab.empty(); slab = log->slab(slab.end())) {
    QVERIFY(slab.size() * kLimits.blockBytes / 4 <= kLimits.budgetBytes / 8);
    ++slabs;
  }
  QVERIFY(slabs >= 7);
}

void TestLogSlab::anyMixIsReadWhole_data() {
  QTest::addColumn<int>("budget");
  QTest::addColumn<int>("block");
  QTest::addColumn<int>("chunk");
  QTest::newRow("small blocks") << (256 << 10) << 1024 << 64;
  QTest::newRow("large blocks") << (256 << 10) << (32 << 10) << 4096;
  QTest::newRow("fewer blocks than writers") << (40 << 10) << (16 << 10) << 64;
  QTest::newRow("hardly any memory") << 1 << 1024 << 16;
}

// Writers, echoes, slabs that are held for a while, clear(): by a fixed sequence of chances.
void TestLogSlab::anyMixIsReadWhole() {
  QFETCH(int, budget);
  QFETCH(int, block);
  QFETCH(int, chunk);
  const auto blockBytes = static_cast<std::size_t>(block);
  const auto log = TrafficLog::create({.budgetBytes = static_cast<std::size_t>(budget),
                                       .blockBytes = blockBytes,
                                       .chunkRecords = static_cast<std::size_t>(chunk)});
  std::mt19937 chance(2);
  const auto below = [&chance](std::size_t limit) { return static_cast<std::size_t>(chance() % limit); };
  const auto lengthOf = [&](std::uint64_t sequence) { return sequence * sequence * 31 % (blockBytes + 1); };
  const std::array writers{log->makeWriter(), log->makeWriter(), log->makeWriter()};
  std::vector<FlowPtr> flows;
  for (std::uint32_t i = 0; i < 40; ++i) flows.push_back(rows::makeFlow(i + 1));
  std::array<LogSlab, 6> held;
  const auto allWhole = [&](const LogSlab& slab) {
    for (std::size_t i = 0; i < slab.size(); ++i) {
      const LogRow row = rows::rowOf(slab, i);
      if (!rows::isWhole(row, lengthOf(row.record.value))) return false;
    }
    return true;
  };
  for (std::uint64_t i = 0; i < 15'000; ++i) {
    TrafficWriter& writer = *writers[below(writers.size())];
    rows::append(writer, flows[below(flows.size())], i, lengthOf(i));
    const LogSlab& old = held[below(held.size())];
    if (below(4) == 0 && !old.empty()) {
      const LogRow row = rows::rowOf(old, below(old.size()));
      writer.appendShared(row.record, row.flow, row.payload);
    }
    if (below(8) == 0) writer.publish();
    if (below(50) == 0) flows[below(flows.size())] = rows::makeFlow(static_cast<std::uint32_t>(i));
    const std::uint64_t kept = log->end() - log->first();
    if (below(5) == 0 && kept > 0)
      held[below(held.size())] = log->slab(log->first() + below(kept), 1 + below(100));
    if (below(5'000) == 0) log->clear();
    if (i % 50 == 0) QVERIFY(allWhole(held[below(held.size())]));
    if (i % 1'000 != 0) continue;
    for (LogSlab slab = log->slab(0, 300); !slab.empty(); slab = log->slab(slab.end(), 300)) {
      QVERIFY(sameAsRead(slab, *log));
      QVERIFY(allWhole(slab));
    }
  }
  for (const LogSlab& slab : held) QVERIFY(allWhole(slab));
}

QTEST_APPLESS_MAIN(TestLogSlab)
#include "tst_log_slab.moc"
