#include <QTest>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <thread>
#include <vector>

#include "core/automation/many/latency_histogram.h"

using namespace sockbench;
using Nanos = std::chrono::nanoseconds;

namespace {

enum Shape { kEven, kExponential, kPowers, kTwoHills, kSmall };

std::vector<std::int64_t> draw(int shape, std::size_t count, unsigned seed) {
  std::mt19937_64 random(seed);
  std::vector<std::int64_t> values(count);
  std::exponential_distribution<double> falling(1e-5);
  std::normal_distribution<double> fast(50e3, 5e3);
  std::normal_distribution<double> slow(200e6, 30e6);
  for (std::int64_t& value : values) {
    switch (shape) {
      case kEven:
        value = static_cast<std::int64_t>(random() % 10'000'000'000);
        break;
      case kExponential:
        value = static_cast<std::int64_t>(falling(random));
        break;
      case kPowers:
        value = std::int64_t{1} << (random() % 62);
        break;
      case kTwoHills:
        value = static_cast<std::int64_t>(std::abs(random() % 10 == 0 ? slow(random) : fast(random)));
        break;
      default:
        value = static_cast<std::int64_t>(random() % 300);
    }
  }
  return values;
}

std::int64_t exactPercentile(const std::vector<std::int64_t>& sorted, double percent) {
  const auto place = static_cast<std::size_t>(
      std::ceil(static_cast<long double>(sorted.size()) * static_cast<long double>(percent) / 100.0L));
  return sorted[std::clamp<std::size_t>(place, 1, sorted.size()) - 1];
}

}  // namespace

class TestLatencyHistogram : public QObject {
  Q_OBJECT
 private slots:
  void bucketsFollowOneAnother();
  void nothingRecordedIsNothing();
  void percentilesAgainstSortedTimes_data();
  void percentilesAgainstSortedTimes();
  void partsMergeToTheWhole();
  void negativeTimesAreZero();
  void severalThreadsRecord();
};

// No time without its bucket, none in two, and each bucket narrow enough.
void TestLatencyHistogram::bucketsFollowOneAnother() {
  std::int64_t next = 0;
  for (std::size_t i = 0; i < LatencyHistogram::kBuckets; ++i) {
    const std::int64_t last = LatencyHistogram::lastOf(i).count();
    QVERIFY(last >= next);
    QCOMPARE(LatencyHistogram::bucketOf(Nanos(next)), i);
    QCOMPARE(LatencyHistogram::bucketOf(Nanos(last)), i);
    QVERIFY(last - next <= next / 128);
    if (last == INT64_MAX) QCOMPARE(i, LatencyHistogram::kBuckets - 1);
    if (last == INT64_MAX) return;
    next = last + 1;
  }
  QFAIL("the last bucket ends before the longest time");
}

void TestLatencyHistogram::nothingRecordedIsNothing() {
  const LatencyHistogram none;
  QCOMPARE(none.count(), 0U);
  QCOMPARE(none.percentile(50), Nanos(0));
  QCOMPARE(none.mean(), Nanos(0));
  QVERIFY(none.buckets().empty());
  QCOMPARE(LatencyRecorder().read().count(), 0U);
}

void TestLatencyHistogram::percentilesAgainstSortedTimes_data() {
  QTest::addColumn<int>("shape");
  QTest::addColumn<int>("count");
  const std::pair<const char*, int> shapes[] = {{"even", int(kEven)},
                                                {"exponential", int(kExponential)},
                                                {"powers of two", int(kPowers)},
                                                {"two hills", int(kTwoHills)},
                                                {"below a microsecond", int(kSmall)}};
  for (const auto& [name, shape] : shapes)
    for (const int count : {1, 2, 3, 10, 999, 100'000})
      QTest::addRow("%s, %d", name, count) << shape << count;
}

void TestLatencyHistogram::percentilesAgainstSortedTimes() {
  QFETCH(int, shape);
  QFETCH(int, count);
  std::vector<std::int64_t> values = draw(shape, static_cast<std::size_t>(count), 7);
  LatencyHistogram histogram;
  for (const std::int64_t value : values) histogram.record(Nanos(value));
  std::ranges::sort(values);
  for (const double percent : {0.0, 0.1, 1.0, 25.0, 50.0, 75.0, 90.0, 99.0, 99.9, 99.99, 100.0}) {
    const std::int64_t exact = exactPercentile(values, percent);
    const std::int64_t found = histogram.percentile(percent).count();
    QVERIFY2(found >= exact && found - exact <= exact / 128,
             qPrintable(QStringLiteral("%1 %: %2 for %3").arg(percent).arg(found).arg(exact)));
  }
  QCOMPARE(histogram.count(), static_cast<std::uint64_t>(count));
  QCOMPARE(histogram.least().count(), values.front());
  QCOMPARE(histogram.most().count(), values.back());
  const long double sum = std::accumulate(values.begin(), values.end(), 0.0L);
  QVERIFY(std::abs(static_cast<long double>(histogram.mean().count()) - sum / count) <= 1.0L + sum * 1e-15L);
}

void TestLatencyHistogram::partsMergeToTheWhole() {
  const std::vector<std::int64_t> values = draw(kTwoHills, 5000, 3);
  LatencyHistogram whole;
  LatencyHistogram parts[3];
  for (std::size_t i = 0; i < values.size(); ++i) {
    whole.record(Nanos(values[i]));
    parts[i % 3].record(Nanos(values[i]));
  }
  LatencyHistogram merged;
  for (const LatencyHistogram& part : parts) merged.merge(part);
  merged.merge(LatencyHistogram());
  QCOMPARE(merged.buckets(), whole.buckets());
  QCOMPARE(merged.count(), whole.count());
  QCOMPARE(merged.least(), whole.least());
  QCOMPARE(merged.most(), whole.most());
  QCOMPARE(merged.percentile(99), whole.percentile(99));
}

void TestLatencyHistogram::negativeTimesAreZero() {
  LatencyHistogram histogram;
  histogram.record(Nanos(-5));
  QCOMPARE(histogram.most(), Nanos(0));
  QCOMPARE(histogram.buckets(), (std::vector<LatencyHistogram::Bucket>{{Nanos(0), 1}}));
}

void TestLatencyHistogram::severalThreadsRecord() {
  LatencyRecorder recorder;
  std::vector<std::int64_t> all;
  std::vector<std::jthread> threads;
  for (unsigned thread = 0; thread < 4; ++thread) {
    const std::vector<std::int64_t> own = draw(kExponential, 20'000, thread);
    all.insert(all.end(), own.begin(), own.end());
    threads.emplace_back([own, &recorder] {
      for (const std::int64_t value : own) recorder.record(Nanos(value));
    });
  }
  std::uint64_t seen = 0;
  while (seen < all.size() / 2) {  // read meanwhile: never less than before
    const std::uint64_t now = recorder.read().count();
    QVERIFY(now >= seen);
    seen = now;
  }
  threads.clear();
  LatencyHistogram expected;
  for (const std::int64_t value : all) expected.record(Nanos(value));
  const LatencyHistogram histogram = recorder.read();
  QCOMPARE(histogram.buckets(), expected.buckets());
  QCOMPARE(histogram.most(), expected.most());
  QCOMPARE(histogram.least(), expected.least());
  QCOMPARE(histogram.mean(), expected.mean());
}

QTEST_GUILESS_MAIN(TestLatencyHistogram)
#include "tst_latency_histogram.moc"
