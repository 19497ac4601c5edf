#include <QTest>
#include <chrono>
#include <map>
#include <semaphore>
#include <thread>

#include "tests/core/traffic/log_rows.h"

using namespace sockbench;

namespace {

// So small that rows go round the ring many times while readers hold some of them.
constexpr LogLimits kLimits{.budgetBytes = 1 << 20, .blockBytes = 16 << 10, .chunkRecords = 256};
constexpr std::uint32_t kWriters = 4;
constexpr std::uint32_t kSessionsPerWriter = 3;
constexpr std::uint64_t kRowsPerSession = 10'000;
constexpr std::uint64_t kAllRows = kWriters * kSessionsPerWriter * kRowsPerSession;

std::size_t lengthOf(std::uint64_t sequence) {
  return static_cast<std::size_t>(sequence * 37 % 700);
}

// Every way of appending takes its turn. All make the row that append() would.
void appendOne(TrafficWriter& writer, const FlowPtr& flow, std::uint64_t sequence) {
  const std::uint32_t session = flow->session.value;
  const std::size_t length = lengthOf(sequence);
  const Record record = rows::record(session, sequence);
  const Bytes bytes = rows::payload(session, sequence, length);
  if (sequence % 3 == 0) return writer.append(record, flow, bytes);
  std::ranges::copy(bytes, writer.space(length).begin());
  const PinnedBytes pin = writer.commit(length);
  if (sequence % 3 == 1) return writer.append(record, flow);
  writer.appendShared(record, flow, pin);
}

void writeSessions(TrafficLog& log, std::uint32_t firstSession) {
  const auto writer = log.makeWriter();
  std::vector<FlowPtr> flows;
  for (std::uint32_t i = 0; i < kSessionsPerWriter; ++i) flows.push_back(rows::makeFlow(firstSession + i));
  for (std::uint64_t sequence = 0; sequence < kRowsPerSession; ++sequence) {
    for (FlowPtr& flow : flows) {
      if (sequence % 1000 == 999) flow = std::make_shared<Flow>(*flow);
      appendOne(*writer, flow, sequence);
    }
    if (sequence % 8 == 7) writer->publish();
  }
}

// Reads the log while it is written, holds some rows for a while, and says what was wrong with them.
class Reader {
 public:
  explicit Reader(const TrafficLog& log) : log_(log) {}

  void run() {
    while (next_ < kAllRows && problem_.isEmpty()) {
      // first() before end(), so that the one is never beyond the other.
      const std::uint64_t first = log_.first();
      if (first > log_.end()) problem_ = QStringLiteral("first() beyond end()");
      next_ = std::max(next_, first);
      std::vector<LogRow> batch;
      if (log_.read(next_, 64, batch) == 0) std::this_thread::yield();
      for (LogRow& row : batch) check(row);
      if (!batch.empty()) hold(std::move(batch.back()));
    }
    for (const LogRow& row : held_) checkContent(row);
  }

  QString problem() const { return problem_; }
  std::uint64_t seen() const { return seen_; }

 private:
  void check(const LogRow& row) {
    if (row.number < next_) problem_ = QStringLiteral("row %1 came back").arg(row.number);
    next_ = row.number + 1;
    ++seen_;
    checkContent(row);
    const auto [last, isNew] = lastOf_.try_emplace(row.record.session.value, row.record.value);
    if (!isNew && row.record.value <= last->second)
      problem_ = QStringLiteral("row %1 out of order").arg(row.number);
    last->second = row.record.value;
  }

  void checkContent(const LogRow& row) {
    if (!rows::isWhole(row, lengthOf(row.record.value)))
      problem_ = QStringLiteral("row %1 is torn").arg(row.number);
  }

  void hold(LogRow row) {
    held_.push_back(std::move(row));
    if (held_.size() <= 20) return;
    checkContent(held_.front());
    held_.erase(held_.begin());
  }

  const TrafficLog& log_;
  std::uint64_t next_ = 0;
  std::uint64_t seen_ = 0;
  std::map<std::uint32_t, std::uint64_t> lastOf_;
  std::vector<LogRow> held_;
  QString problem_;
};

}  // namespace

class TestTrafficLogThreads : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void noRowIsEverTorn();
  void everyRowIsKeptWhenThereIsRoom();
  void everyRowIsAnnounced();
  void clearingWhileWritingKeepsCount();
};

void TestTrafficLogThreads::noRowIsEverTorn() {
  const auto log = TrafficLog::create(kLimits);
  std::vector<Reader> readers(3, Reader(*log));
  {
    std::vector<std::jthread> threads;
    for (Reader& reader : readers) threads.emplace_back([&reader] { reader.run(); });
    for (std::uint32_t w = 0; w < kWriters; ++w) {
      threads.emplace_back([&log, w] { writeSessions(*log, 1 + w * kSessionsPerWriter); });
    }
  }
  for (const Reader& reader : readers) {
    QVERIFY2(reader.problem().isEmpty(), qPrintable(reader.problem()));
    QVERIFY(reader.seen() > 0);
  }
  QCOMPARE(log->end(), kAllRows);
  QVERIFY(log->evicted() > kAllRows / 2);
  QCOMPARE(log->evicted(), log->first());
}

void TestTrafficLogThreads::everyRowIsKeptWhenThereIsRoom() {
  const auto log = TrafficLog::create();
  Reader reader(*log);
  {
    std::vector<std::jthread> threads;
    for (std::uint32_t w = 0; w < kWriters; ++w) {
      threads.emplace_back([&log, w] { writeSessions(*log, 1 + w * kSessionsPerWriter); });
    }
    reader.run();
  }
  QVERIFY2(reader.problem().isEmpty(), qPrintable(reader.problem()));
  QCOMPARE(reader.seen(), kAllRows);
  QCOMPARE(log->evicted(), 0U);
}

// A reader that sleeps until it is woken sees every row: no wake is lost between acknowledge() and end().
void TestTrafficLogThreads::everyRowIsAnnounced() {
  const auto log = TrafficLog::create();
  std::binary_semaphore woken(0);
  log->setWakeHook([&woken] { woken.release(); });
  constexpr std::uint64_t kRows = 20'000;
  const std::jthread writing([&log] {
    const auto writer = log->makeWriter();
    const FlowPtr flow = rows::makeFlow(1);
    for (std::uint64_t i = 0; i < kRows; ++i) {
      rows::append(*writer, flow, i, 8);
      writer->publish();
    }
  });
  std::uint64_t seen = 0;
  while (seen < kRows) {
    QVERIFY2(woken.try_acquire_for(std::chrono::seconds(60)), "a wake was lost");
    log->acknowledge();
    std::vector<LogRow> rows;
    log->read(seen, kRows, rows);
    seen += rows.size();
  }
}

void TestTrafficLogThreads::clearingWhileWritingKeepsCount() {
  const auto log = TrafficLog::create(kLimits);
  {
    std::vector<std::jthread> writers;
    for (std::uint32_t w = 0; w < kWriters; ++w) {
      writers.emplace_back([&log, w] { writeSessions(*log, 1 + w * kSessionsPerWriter); });
    }
    while (log->end() < kAllRows / 2) {
      log->clear();
      std::this_thread::yield();
    }
  }
  std::vector<LogRow> rows;
  log->read(0, ~std::size_t{0}, rows);
  QCOMPARE(log->end(), kAllRows);
  QCOMPARE(log->first() + rows.size(), log->end());
  QVERIFY(log->evicted() <= log->first());
  for (const LogRow& row : rows) QVERIFY(rows::isWhole(row, lengthOf(row.record.value)));
}

QTEST_APPLESS_MAIN(TestTrafficLogThreads)
#include "tst_traffic_log_threads.moc"
