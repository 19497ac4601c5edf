#include <QTest>
#include <atomic>
#include <random>
#include <thread>

#include "core/traffic/filter/row_search.h"
#include "made_log.h"

using namespace sockbench;

namespace {

constexpr std::size_t kAll = ~std::size_t{0};

FilterPtr parsed(std::string_view text) {
  return Filter::parse(text).value();
}

// What the GUI does: it takes what there is, each time that it is told.
class Reader {
 public:
  explicit Reader(std::shared_ptr<TrafficLog> log)
      : log_(std::move(log)), search_(log_, [this] { news_.fetch_add(1); }) {}

  RowSearch& search() { return search_; }
  void start(std::string_view filter) {
    rows_.clear();
    last_ = {};
    search_.start(parsed(filter));
  }
  // Whether everything has been looked through.
  bool takeNews(std::size_t most = kAll) {
    const int news = news_.load();
    if (news == seen_) return last_.upToDate;
    seen_ = news;
    last_ = search_.take(most);
    ascending_ = ascending_ && std::ranges::is_sorted(last_.rows) &&
                 (rows_.empty() || last_.rows.empty() || rows_.back() < last_.rows.front());
    rows_.insert(rows_.end(), last_.rows.begin(), last_.rows.end());
    return last_.upToDate;
  }
  bool takeUntil(std::uint64_t row) {
    takeNews();
    return last_.upToDate && last_.lookedTo >= row;
  }
  const std::vector<std::uint64_t>& rows() const { return rows_; }
  const RowSearch::Found& last() const { return last_; }
  bool ascending() const { return ascending_; }

 private:
  std::shared_ptr<TrafficLog> log_;
  std::atomic<int> news_{0};
  int seen_ = 0;
  std::vector<std::uint64_t> rows_;
  RowSearch::Found last_;
  bool ascending_ = true;
  RowSearch search_;
};

// Rows of so many bytes, one of seven an event.
void append(TrafficWriter& writer, std::mt19937& random, std::size_t count) {
  static const auto flow = [] {
    auto made = std::make_shared<Flow>();
    made->session = SessionId{1};
    return FlowPtr(made);
  }();
  for (std::size_t i = 0; i < count; ++i) {
    Record record;
    record.session = flow->session;
    const bool isEvent = random() % 7 == 0;
    record.kind = isEvent ? RecordKind::error : RecordKind::in;
    const std::string payload(random() % 60, static_cast<char>('a' + random() % 4));
    if (isEvent)
      writer.appendEvent(record, flow, {"said", {}});
    else
      writer.append(record, flow, asBytes(payload));
    if (random() % 16 == 0) writer.publish();
  }
  writer.publish();
}

// Those of `rows` that are not evicted.
std::vector<std::uint64_t> since(std::uint64_t first, std::vector<std::uint64_t> rows) {
  std::erase_if(rows, [&](std::uint64_t row) { return row < first; });
  return rows;
}

}  // namespace

class TstRowSearch : public QObject {
  Q_OBJECT
 private slots:
  void findsWhatIsThere();
  void findsWhatComes();
  void tellsInPortions();
  void saysWhenNothingIsFound();
  void ofAnEmptyLogIsUpToDate();
  void newSearchForgetsTheOld();
  void stoppedTellsNothing();
  void clearedLogIsLookedThrough();
  void deltaCountsFromTheRowBefore();
  void findsTheSameWhileWritersAppendAndEvict();
  void endsInMidSearch();
};

void TstRowSearch::findsWhatIsThere() {
  Reader reader(makeLog());
  reader.start("session == 3");
  QTRY_VERIFY(reader.takeNews());
  QCOMPARE(reader.rows(), (std::vector<std::uint64_t>{7, 8, 16}));
  QCOMPARE(reader.last().lookedTo, std::uint64_t{18});
}

void TstRowSearch::findsWhatComes() {
  const auto log = TrafficLog::create();
  const auto writer = log->makeWriter();
  std::mt19937 random(3);
  Reader reader(log);
  reader.start("kind == error");
  for (int i = 0; i < 20; ++i) {
    append(*writer, random, 100);
    reader.search().logChanged();
    QTRY_VERIFY(reader.takeUntil(log->end()));
    QCOMPARE(reader.rows(), selectedRows(*log, *parsed("kind == error")));
  }
}

void TstRowSearch::tellsInPortions() {
  Reader reader(makeLog());
  reader.start("");
  QTRY_VERIFY(reader.takeNews(5));
  QCOMPARE(reader.rows().size(), std::size_t{18});
  QVERIFY(reader.ascending());
  QCOMPARE(reader.last().rows.size(), std::size_t{3});
}

void TstRowSearch::saysWhenNothingIsFound() {
  Reader reader(makeLog());
  reader.start("len > 100000");
  QTRY_VERIFY(reader.takeNews());
  QVERIFY(reader.rows().empty());
  QCOMPARE(reader.last().lookedTo, std::uint64_t{18});
}

void TstRowSearch::ofAnEmptyLogIsUpToDate() {
  Reader reader(TrafficLog::create());
  reader.start("");
  QTRY_VERIFY(reader.takeNews());
  QCOMPARE(reader.last().lookedTo, std::uint64_t{0});
}

void TstRowSearch::newSearchForgetsTheOld() {
  const auto log = TrafficLog::create();
  std::mt19937 random(5);
  append(*log->makeWriter(), random, 50000);
  Reader reader(log);
  for (int i = 0; i < 50; ++i) {
    reader.start("kind == in");
    if (i % 2 == 0) reader.takeNews(1 + random() % 1000);
    reader.start("kind == error");
    reader.takeNews(random() % 100);
  }
  QTRY_VERIFY(reader.takeNews());
  QCOMPARE(reader.rows(), selectedRows(*log, *parsed("kind == error")));
}

void TstRowSearch::stoppedTellsNothing() {
  Reader reader(makeLog());
  reader.start("");
  QTRY_VERIFY(reader.takeNews());
  reader.search().stop();
  reader.search().logChanged();
  const RowSearch::Found found = reader.search().take(kAll);
  QVERIFY(found.rows.empty());
  QCOMPARE(found.lookedTo, std::uint64_t{0});
  QVERIFY(!found.upToDate);
}

void TstRowSearch::clearedLogIsLookedThrough() {
  const auto log = makeLog();
  Reader reader(log);
  reader.start("kind == error");
  QTRY_VERIFY(reader.takeNews());
  log->clear();
  std::mt19937 random(11);
  append(*log->makeWriter(), random, 200);
  reader.search().logChanged();
  QTRY_VERIFY(reader.takeUntil(log->end()));
  QCOMPARE(since(log->first(), reader.rows()), selectedRows(*log, *parsed("kind == error")));
  log->clear();
  reader.start("kind == error");
  QTRY_VERIFY(reader.takeUntil(log->end()));
  QVERIFY(reader.rows().empty());
}

void TstRowSearch::deltaCountsFromTheRowBefore() {
  const auto log = TrafficLog::create();
  const auto writer = log->makeWriter();
  Reader reader(log);
  reader.start("delta > 0.5");
  for (std::int64_t i = 1; i <= 10; ++i) {
    Record record;
    record.time = i * 1'000'000'000;
    writer->append(record, nullptr);
    writer->publish();
    reader.search().logChanged();
    QTRY_VERIFY(reader.takeUntil(log->end()));
  }
  QCOMPARE(reader.rows(), (std::vector<std::uint64_t>{1, 2, 3, 4, 5, 6, 7, 8, 9}));
}

void TstRowSearch::findsTheSameWhileWritersAppendAndEvict() {
  const auto log = TrafficLog::create({.budgetBytes = 1 << 20, .blockBytes = 16 << 10, .chunkRecords = 256});
  Reader reader(log);
  reader.start("data contains \"aa\" or kind == error");
  std::vector<std::jthread> writers;
  for (unsigned seed = 1; seed <= 2; ++seed) {
    writers.emplace_back([&, seed] {
      std::mt19937 random(seed);
      const auto writer = log->makeWriter();
      for (int i = 0; i < 400; ++i) {
        append(*writer, random, 100);
        reader.search().logChanged();
      }
    });
  }
  while (log->end() < 80000) reader.takeNews(1 + log->end() % 977);
  writers.clear();
  reader.search().logChanged();
  QTRY_VERIFY(reader.takeUntil(log->end()));
  QVERIFY(reader.ascending());
  QVERIFY(log->evicted() > 0);
  QCOMPARE(since(log->first(), reader.rows()),
           selectedRows(*log, *parsed("data contains \"aa\" or kind == error")));
}

void TstRowSearch::endsInMidSearch() {
  const auto log = TrafficLog::create();
  std::mt19937 random(13);
  append(*log->makeWriter(), random, 100000);
  for (int i = 0; i < 20; ++i) {
    Reader reader(log);
    reader.start("data matches \"(a|b)*c\"");
  }
  QVERIFY(log->end() == 100000);
}

QTEST_GUILESS_MAIN(TstRowSearch)
#include "tst_row_search.moc"
