#include <QTest>
#include <atomic>
#include <deque>
#include <thread>

#include "tests/core/traffic/log_rows.h"

using namespace sockbench;

namespace {

// So small that rows go round the ring many times while slabs of them are held.
constexpr LogLimits kLimits{.budgetBytes = 1 << 20, .blockBytes = 16 << 10, .chunkRecords = 256};
constexpr std::uint32_t kWriters = 3;
constexpr std::uint64_t kRowsPerWriter = 30'000;
constexpr std::uint64_t kAllRows = kWriters * kRowsPerWriter;

std::size_t lengthOf(std::uint64_t sequence) {
  return static_cast<std::size_t>(sequence * 37 % 500);
}

void write(TrafficLog& log, std::uint32_t session) {
  const auto writer = log.makeWriter();
  FlowPtr flow = rows::makeFlow(session);
  for (std::uint64_t i = 0; i < kRowsPerWriter; ++i) {
    if (i % 20 == 19) flow = std::make_shared<Flow>(*flow);
    rows::append(*writer, flow, i, lengthOf(i));
    if (i % 8 == 7) writer->publish();
  }
}

// Walks through the log while it is written and keeps a few slabs behind; what was wrong with a row.
QString walk(const TrafficLog& log, std::size_t most) {
  std::deque<LogSlab> held;
  const auto firstTorn = [](const LogSlab& slab) {
    for (std::size_t i = 0; i < slab.size(); ++i) {
      const LogRow row = rows::rowOf(slab, i);
      if (!rows::isWhole(row, lengthOf(row.record.value)))
        return QStringLiteral("row %1 is torn").arg(row.number);
    }
    return QString();
  };
  for (std::uint64_t next = 0; next < kAllRows;) {
    LogSlab slab = log.slab(next, most);
    if (slab.empty()) {
      if (log.first() == kAllRows) break;  // cleared to the last
      std::this_thread::yield();
      continue;
    }
    if (slab.first() < next) return QStringLiteral("row %1 came back").arg(slab.first());
    next = slab.end();
    if (const QString torn = firstTorn(slab); !torn.isEmpty()) return torn;
    held.push_back(std::move(slab));
    if (held.size() < 5) continue;
    if (const QString torn = firstTorn(held.front()); !torn.isEmpty()) return torn;
    held.pop_front();
  }
  return {};
}

}  // namespace

class TestLogSlabThreads : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void noRowIsTornBesideWriters_data();
  void noRowIsTornBesideWriters();
};

void TestLogSlabThreads::noRowIsTornBesideWriters_data() {
  QTest::addColumn<bool>("clearing");
  QTest::newRow("evicted") << false;
  QTest::newRow("cleared again and again") << true;
}

void TestLogSlabThreads::noRowIsTornBesideWriters() {
  QFETCH(bool, clearing);
  const auto log = TrafficLog::create(kLimits);
  std::array<QString, 3> problems;
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < problems.size(); ++i)
      threads.emplace_back([&, i] { problems[i] = walk(*log, i == 0 ? 10 : 1'000); });
    for (std::uint32_t w = 0; w < kWriters; ++w) threads.emplace_back([&log, w] { write(*log, w + 1); });
    while (clearing && log->end() < kAllRows / 2) {
      log->clear();
      std::this_thread::yield();
    }
  }
  for (const QString& problem : problems) QVERIFY2(problem.isEmpty(), qPrintable(problem));
  QCOMPARE(log->end(), kAllRows);
  rows::append(*log->makeWriter(), rows::makeFlow(1), 0, 10);
  QVERIFY(log->bytesUsed() <= log->budget() + 20 * kLimits.blockBytes);
}

QTEST_APPLESS_MAIN(TestLogSlabThreads)
#include "tst_log_slab_threads.moc"
